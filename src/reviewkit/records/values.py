"""What all records share: their JSON form, the words and scales, a problem found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

#: What a reviewer may say about having read a paper; absent means not begun.
STATUSES = ("to-read", "reading", "skimmed", "read", "done")

#: Who writes the .bib: people and reviewkit, or another program that makes it anew.
SHARED = "shared"
GENERATED = "generated"
MODES = (SHARED, GENERATED)

#: Worst and best value of the overall rating.
RATING_SCALE = (1, 5)

#: Orders of a list of papers.
SORTS = ("citekey", "title", "year", "score", "unread", "disagreement")


def as_json(value: Any) -> Any:
    """JSON value of a record: a dict with Python's field names, tuples as lists.

    A field that does not count in comparisons is not part of the value and is left out.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file or text that was not understood.

    `line` counts from 1 (None: the whole file); `text` is the text at fault, shortened.
    """

    line: int | None
    reason: str
    text: str = ""
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts that were compared: `kind` is same, removed or added."""

    kind: str
    text: str
