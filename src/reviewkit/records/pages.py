"""Lists of papers: what is asked for and what is answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as one line of a list.

    `readers` counts the reviewers with any opinion; `status` and `rating` are those of
    the reviewer who asks; `authors` is short ("Matsubara et al.").
    """

    citekey: str
    title: str
    authors: str
    year: int | None
    venue: str | None
    tags: tuple[str, ...]
    score: float | None
    disagreement: float | None
    readers: int
    status: str | None
    rating: float | None
    conflicts: int


@dataclass(frozen=True, slots=True)
class Query:
    """Which papers, in which order; an empty text or None does not restrict.

    `text` is looked for, word by word, in title, authors, tags, notes and citekey.
    `sort` is one of `SORTS`; best, newest, unread and most disputed come first.
    """

    text: str = ""
    tag: str | None = None
    status: str | None = None
    reviewer: str | None = None
    sort: str = "citekey"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + len(rows)` of the `total` that a query finds.

    `revision` grows with every change of the project in this process. `order` is another word
    once papers came, went or were renamed; empty where nobody looks for that.
    """

    total: int
    offset: int
    rows: tuple[PaperRow, ...]
    revision: int
    order: str = ""
