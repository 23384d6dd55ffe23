"""Changes in a file that wait for a person, or for edits that are still on their way.

A held change is an operation like any other (`held:<hash>`), so it survives and travels;
while it is current, the file's row or entry is left exactly as it stands. It is known by
what it says: a copy of the project whose file does not say it neither holds nor releases it.
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
        return [found[-1] for found in ops if found and all(op.value for op in found)]

    def find(self, paper: str, file: str, content: Mapping[str, Any]) -> Op | None:
        """The operation that holds just this; None if it is not held."""
        if not self._places:
            return None
        field = _field(paper, file, content)
        return next((op for op in self.current() if (op.paper, op.field) == (paper, field)), None)

    def hold(
        self, paper: str, file: str, content: Mapping[str, Any], reason: str, *, mendable: bool
    ) -> list[Edit]:
        """The edit that holds a row or entry with all that it says; empty if it is held.

        Parameters
        ----------
        mendable
            Whether it waits for a person to put it right in the file, rather than for
            edits of others that explain it.
        """
        field = _field(paper, file, content)
        current = self._fold.current(paper, None, field)
        if current and all(op.value for op in current):
            return []
        value = {
            "file": file,
            "reviewer": content.get("reviewer"),
            "reason": reason,
            "content": dict(content),
            "mendable": mendable,
        }
        seen = tuple(op.id for op in current)
        return [Edit(paper, None, field, value, seen, taken_in=True, origin=file)]

    def release(self, op: Op) -> Edit:
        """The edit that lets go of a held change."""
        current = self._fold.current(op.paper, None, op.field)
        seen = tuple(found.id for found in current)
        return Edit(op.paper, None, op.field, None, seen, taken_in=True, origin=op.value["file"])

    def mended(self, file: str, before: Iterable[str], after: Iterable[str]) -> list[Edit]:
        """Edits that let go of what stood in the file and was put right or taken out.

        `before` and `after` are the names (`name`) of what the file said and says.
        """
        gone = set(before) - set(after)
        return [
            self.release(op)
            for op in self.current()
            if op.field in gone and op.value["file"] == file and op.value.get("mendable")
        ]

    def name(self, paper: str, file: str, content: Mapping[str, Any]) -> str:
        """What a held change with this content is called."""
        return _field(paper, file, content)

    def items(self, citekeys: Mapping[str, str]) -> Sequence[HeldItem]:
        """What is held, for people; `citekeys` maps paper ids."""
        return [
            HeldItem(
                op.id,
                op.value["file"],
                citekeys.get(op.paper) or op.value["content"].get("key"),
                op.value["reason"],
                iso_time(op.t),
                "value" if op.value.get("mendable") else "unknown",
                op.value["reviewer"],
                None,
                None,
                None,
                (),
                False,
            )
            for op in sorted(self.current(), key=lambda op: op.order)
        ]


def _field(paper: str, file: str, content: Mapping[str, Any]) -> str:
    return PREFIX + revision([paper, file, sorted(content.items())])
