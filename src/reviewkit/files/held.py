"""Changes in a file that wait for a person, or for edits that are still on their way.

A held change is an operation like any other (`held:<hash>`), so it survives and travels;
while it is current, the file's row or entry is left exactly as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import revision
from reviewkit.ops.op import Op
from reviewkit.records import HeldItem
from reviewkit.store.recorder import Edit

PREFIX = "held:"


class HeldChanges:
    """All current held changes of a project."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._places: set[tuple[str, str]] = set()
        self.observe(fold)

    def observe(self, ops: Iterable[Op]) -> None:
        """Take note of operations that were folded."""
        for op in ops:
            if op.field.startswith(PREFIX):
                self._places.add((op.paper, op.field))

    def current(self) -> list[Op]:
        """The operation of each change that is held now."""
        ops = (self._fold.current(paper, None, field) for paper, field in self._places)
        return [found[-1] for found in ops if found and found[-1].value is not None]

    def holds(self, paper: str, file: str, reviewer: str | None) -> bool:
        """Whether this row or entry is held."""
        return any(
            op.paper == paper and op.value["file"] == file and op.value["reviewer"] == reviewer
            for op in self.current()
        )

    def hold(
        self,
        paper: str,
        file: str,
        reviewer: str | None,
        reason: str,
        content: Mapping[str, Any],
    ) -> Edit:
        """The edit that holds a row or entry, with all that it says."""
        value = {"file": file, "reviewer": reviewer, "reason": reason, "content": dict(content)}
        field = PREFIX + revision([paper, file, reviewer])
        current = self._fold.current(paper, None, field)
        seen = tuple(op.id for op in current)
        if any(op.value == value for op in current):
            seen = current[-1].seen
        return Edit(paper, None, field, value, seen, taken_in=True, origin=file)

    def release(self, paper: str, file: str, reviewer: str | None) -> list[Edit]:
        """The edit that lets go of a held row or entry; empty if it is not held."""
        field = PREFIX + revision([paper, file, reviewer])
        current = self._fold.current(paper, None, field)
        if not current or current[-1].value is None:
            return []
        return [Edit(paper, None, field, None, tuple(op.id for op in current), origin=file)]

    def items(self, citekeys: Mapping[str, str]) -> Sequence[HeldItem]:
        """What is held, for people; `citekeys` maps paper ids."""
        return [
            HeldItem(
                op.id, op.value["file"], citekeys.get(op.paper), op.value["reason"], iso_time(op.t)
            )
            for op in sorted(self.current(), key=lambda op: op.order)
        ]
