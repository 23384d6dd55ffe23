"""A project's state at a glance: who, what waits, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.records.papers import Conflict
from reviewkit.records.values import Piece, Problem


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
    """A change in one of the files that waits for a person or for edits on their way.

    Attributes
    ----------
    kind
        Why it waits, as a word: `spreadsheet` (a program most likely changed the cell by
        itself), `many` (very many cells of a column at once), `value` (it cannot be so) or
        `unknown` (it was made from a state that is not known here).
    reviewer, field
        Whose opinion it is about, and the column of it; None: a whole row or entry.
    was, now
        What stood there before and what does now; None where that cannot be said.
    pieces
        `was` and `now` compared word by word.
    acceptable
        Whether `accept` can take it in; what cannot be must be mended in the file.
    """

    id: str
    file: str
    citekey: str | None
    reason: str
    at: str | None
    kind: str
    reviewer: str | None
    field: str | None
    was: str | None
    now: str | None
    pieces: tuple[Piece, ...]
    acceptable: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that is only named so far and waits for a look-up.

    `id` is kind and value ("doi:10.1000/x"), `reason` why it was not found yet, `by` and
    `at` who named it and when (ISO 8601, UTC; None: not known).
    """

    id: str
    kind: str
    value: str
    reason: str
    by: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Papers that are only named so far, and whether this user lets them be looked up.

    `sends` says in words what a look-up tells whom.
    """

    on: bool
    sends: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A project's state at a glance.

    `path` is as the asker named it. `waiting` says in words what has not happened yet
    ("waiting for reviews.csv", "waiting for 3 edits of ana"); empty: all is written. `mode`
    is one of `MODES`: shared, or generated where another program makes the .bib anew, so that
    opinions are kept in a second one. `missing` counts edits of this user that a checkout or
    reset took out of the folder: `bring_back` or `leave` them. `criteria` are what the group
    rates papers by besides the overall rating: those that `reviewkit.toml` names, else those that
    anybody used. `wanted` counts papers that are only named so far and wait for a look-up.
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
    mode: str
    missing: int
    criteria: tuple[str, ...] = ()
    wanted: int = 0
