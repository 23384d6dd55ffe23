"""A second reader of ratings of criteria in both files, from `docs/format.md` and nothing else.

It imports nothing of reviewkit, and of the log only what `tests.reader` makes of it.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from tests.reader import Line, State

#: Whose rating of what: reviewer and criterion.
Given = dict[tuple[str, str], float]

_FIELD = re.compile(r"^rating:[a-z0-9]+(?:-[a-z0-9]+)*$")
_ENTRY = re.compile(r"^@\w+\{([^,\s]+),(.*?)(?=^@|\Z)", re.MULTILINE | re.DOTALL)
_OURS = re.compile(r"reviewkit-criteria\s*=\s*\{([^{}]*)\}")


def revision(values: Any) -> str:
    """10 characters of base32 of the SHA-256 of compact JSON with sorted keys."""
    text = json.dumps(["rev", values], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:10]


def of_log(state: State, lines: Iterable[Line], paper: str) -> Given:
    """What the log says: of several current values the latest by (t, i)."""
    known = {line["i"]: line for line in lines}
    found = {}
    for reviewer, field in state.fields(paper):
        if reviewer is None or not _FIELD.match(field):
            continue
        value = known[state.current(paper, reviewer, field)[-1]]["x"]
        if value is not None:
            found[reviewer, field[7:]] = float(value)
    return found


def of_table(data: bytes) -> dict[str, Given]:
    """What reviews.csv says, by citekey; each row must be as its hash says."""
    found: dict[str, Given] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        cells = {name: text for name, text in row.items() if _FIELD.match(name) and text}
        rev = revision(sorted([name, text] for name, text in cells.items())) if cells else ""
        assert row.get("rev:ratings", "") == rev, row
        given = {(row["reviewer"], name[7:]): float(text) for name, text in cells.items()}
        found.setdefault(row["key"], {}).update(given)
    return found


def of_library(data: bytes) -> dict[str, Given]:
    """What references.bib says, by citekey; each field must be as its hash says."""
    found = {}
    for key, body in _ENTRY.findall(data.decode()):
        ours = _OURS.search(body)
        if ours is None:
            continue
        said, rev = (part.strip() for part in ours[1].split("|"))
        values = [
            [f"rating:{name}", who.strip(), text]
            for part in said.split(";")
            for who, _, ratings in [part.partition(":")]
            for name, _, text in (one.strip().partition("=") for one in ratings.split(","))
        ]
        assert rev == revision(sorted(values)), ours[0]
        found[key] = {(who, name[7:]): float(text) for name, who, text in values}
    return found
