"""The values that cross every boundary: papers, reviews, notes, conflicts and answers.

All are frozen; `as_json` gives the JSON form that `schemas/` specifies. Nothing here
touches disk, clock or network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

#: What a reviewer may say about having read a paper; absent means not begun.
STATUSES = ("to-read", "reading", "skimmed", "read", "done")

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
class Link:
    """A place on the web that belongs to a paper; `kind` is code, page, arxiv or doi."""

    url: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Note:
    """A reviewer's Markdown text on a paper as a whole.

    `updated` is an ISO 8601 time in UTC (None: not known). `seen` holds the ids of the
    operations whose value this is: an edit passes them back to say what its author saw.
    """

    id: str
    text: str
    updated: str | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's judgement of one paper.

    `rating` lies in `RATING_SCALE`, without unit; None means not rated. `status` is one
    of `STATUSES`; None means not begun.
    """

    reviewer: str
    status: str | None = None
    rating: float | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of several values of a field: who wrote it, when (ISO 8601, UTC) and where."""

    id: str
    value: Any
    by: str
    at: str | None
    via: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one field whose authors had not seen each other's, latest first.

    `reviewer` is None for a field of the paper itself.
    """

    citekey: str
    reviewer: str | None
    field: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is reviewed, with everybody's opinions.

    Absent facts are None or empty. `authors` are display names, "First von Last, Jr".
    `abstract` is the text exactly as given, `abstract_display` the same with the debris
    of a page's copy mended. `score` is the mean rating; `disagreement` the range of the
    ratings (None: fewer than one or two ratings). `keywords` are the authors', `tags`
    the union of the reviewers'.
    """

    citekey: str
    id: str
    type: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    urls: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    abstract: str | None = None
    abstract_display: str | None = None
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    score: float | None = None
    disagreement: float | None = None
    reviews: tuple[Review, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def review_of(self, reviewer: str) -> Review:
        """This reviewer's review; an empty one if there is none yet."""
        for review in self.reviews:
            if review.reviewer == reviewer:
                return review
        return Review(reviewer)


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

    `revision` grows with every change of the project in this process.
    """

    total: int
    offset: int
    rows: tuple[PaperRow, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a text or file did; citekeys in the text's order."""

    format: str
    added: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    completed: Mapping[str, tuple[str, ...]] | None = None
    abstracts_added: int = 0
    problems: tuple[Problem, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One operation as people read it: who changed what, when, by which way."""

    id: str
    citekey: str
    reviewer: str | None
    field: str
    value: Any
    by: str
    at: str | None
    via: str
    group: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer of the project: slug, display name and how many papers they judged."""

    reviewer: str
    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and the number of papers that carry it."""

    tag: str
    papers: int


@dataclass(frozen=True, slots=True)
class Me:
    """Who is asking. `source` is identity, settings, browser or given; None: must be asked.

    `locked` is true where the hub or server vouches for the name: nobody can be another.
    """

    reviewer: str | None
    name: str | None
    source: str | None
    locked: bool


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A change in one of the files that waits for a person or for edits on their way."""

    id: str
    file: str
    citekey: str | None
    reason: str
    at: str | None


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A project's state at a glance.

    `path` is as the asker named it. `waiting` says in words what has not happened yet
    ("waiting for reviews.csv", "waiting for 3 edits of ana"); empty: all is written.
    """

    path: str
    name: str
    papers: int
    people: tuple[Person, ...]
    tags: tuple[TagCount, ...]
    statuses: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    held: tuple[HeldItem, ...]
    problems: tuple[Problem, ...]
    waiting: tuple[str, ...]
    me: Me
    revision: int


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What was undone, in words, and for which paper; both None: nothing to undo."""

    undone: str | None
    citekey: str | None


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """Push message: these papers changed (None: many). The receiver asks for what it shows."""

    project: str
    citekeys: tuple[str, ...] | None
    revision: int


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """What a notebook output shows: the form of one paper or a table.

    `project` is the project's folder relative to the notebook's; `citekey` is None for
    a table.
    """

    format: int
    view: str
    project: str
    citekey: str | None = None
    query: Query | None = None
