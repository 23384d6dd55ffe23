"""What was done: adding, changes, undo, and the push message about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.records.duplicates import Alike
from reviewkit.records.values import Problem


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a text or file did; citekeys in the text's order.

    `queued` names papers that wait for a look-up, as `Project.queue` does.
    `maybe` names those of `added` that a person should compare with a paper there.
    """

    format: str
    added: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    completed: Mapping[str, tuple[str, ...]] | None = None
    abstracts_added: int = 0
    problems: tuple[Problem, ...] = ()
    message: str = ""
    queued: tuple[str, ...] = ()
    maybe: tuple[Alike, ...] = ()


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
class Action:
    """What somebody did at once: one click, one call, what one look at a file found.

    `id` names it for `undo`. `by` is who did it, `at` when (ISO 8601, UTC; None: not known)
    and `via` by which way; `what` are words for people. `citekeys` are the papers concerned,
    as they are called now. `undone` says that it is taken back; `can_undo` that at least a
    part of it can be. Taking back an undo does the thing again.
    """

    id: str
    by: str
    at: str | None
    via: str
    what: str
    citekeys: tuple[str, ...]
    undone: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Actions:
    """What people did, the latest first."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What people changed of one paper, the latest first."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FoundOpinions:
    """Ratings and comments of another program in the .bib that nobody has adopted, or now did.

    `papers` counts those that hold any, `program` is its name for people and `message` says
    what they hold.
    """

    papers: int
    program: str
    message: str


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What was undone, in words, and for which paper; both None: nothing was.

    `action` is the id of the undo itself: undoing that does the thing again. `left` says
    in words which parts stay, because somebody has changed them since.
    """

    undone: str | None
    citekey: str | None
    action: str | None = None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """How many held changes were accepted or dismissed, and why others were not."""

    decided: int
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """Push message: these papers changed (None: many). The receiver asks for what it shows."""

    project: str
    citekeys: tuple[str, ...] | None
    revision: int
