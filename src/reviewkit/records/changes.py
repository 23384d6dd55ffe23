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
class UndoResult:
    """What was undone, in words, and for which paper; both None: nothing to undo."""

    undone: str | None
    citekey: str | None


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
