"""A paper out of what a service said: clean and bounded, finished as importers do it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewkit.bibtex import decode_value, encode_value
from reviewkit.bibtex.names import Name
from reviewkit.formats.draft import Draft
from reviewkit.formats.finishing import candidate
from reviewkit.formats.importer import Candidate
from reviewkit.formats.people import person
from reviewkit.lookup.plain import paragraphs, plain

_LONGEST = {"title": 3_000, "abstract": 60_000}
_OTHERS = 1_000

#: Papers of large experiments have more authors than anybody reads.
_PEOPLE = 5_000


def finished(draft: Draft, *, tex: Sequence[str] = ()) -> Candidate | None:
    """The paper; None if the service gave it no title.

    `tex` names the values whose text is TeX already, formulas and accents; the others may
    hold HTML, JATS or MathML.
    """
    given = {name: text[: _LONGEST.get(name, _OTHERS)] for name, text in draft.values.items()}
    for name in ("title", "container", "series", "publisher"):
        if name in given and name not in tex:
            given[name] = plain(given[name])
    if "abstract" in given and "abstract" not in tex:
        given["abstract"] = paragraphs(given["abstract"])
    draft.values = given
    draft.authors, draft.editors = draft.authors[:_PEOPLE], draft.editors[:_PEOPLE]
    paper = candidate(draft)
    if paper is None:
        return None
    fields, raw = dict(paper.fields), dict(paper.raw)
    for name in tex:
        if "\\" in fields.get(name, "") or "$" in fields.get(name, ""):
            raw[name] = _as_tex(name, fields[name])
            fields[name] = decode_value(name, raw[name])
    return replace(paper, citekey=None, fields=fields, raw=raw)


def named(names: Iterable[str]) -> list[Name]:
    """People and groups of whom only the whole names are known, the family names last."""
    found = (person(plain(name[:300])) for name in names)
    return [name for name in found if name is not None]


def _as_tex(name: str, text: str) -> str:
    """The TeX as a right-hand side, with what would end or empty it escaped."""
    if not _pairs_up(text):
        return encode_value(name, text)
    return "{" + re.sub(r"(?<!\\)([%#&])", r"\\\1", text) + "}"


def _pairs_up(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and not text.endswith("\\")
