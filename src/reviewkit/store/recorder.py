"""Turns edits into operations: durable first, then folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reviewkit.bulk import no_collecting
from reviewkit.ops.clock import HybridClock
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import taken_in_id
from reviewkit.ops.op import Op
from reviewkit.store.machine import Machine
from reviewkit.store.writer import Writer


@dataclass(frozen=True)
class Edit:
    """A field's new value before it is an operation.

    `seen` None: all values that are current now. `taken_in` edits get an id that every
    replica gives them.
    """

    paper: str
    reviewer: str | None
    field: str
    value: Any
    seen: tuple[str, ...] | None = None
    taken_in: bool = False
    origin: str | None = None


class Store(Protocol):
    """Where operations are kept."""

    machine: Machine

    def writer(self, slug: str) -> Writer:
        """Who gives this process's operations of a person their ids."""

    def append(self, ops: Sequence[Op], writer: Writer) -> None:
        """Return when the operations are durable."""

    def read(self) -> list[Op]:
        """Operations that are new since the last call."""

    def erase(self, ids: Collection[str]) -> None:
        """Take the bytes of erased operations out of the logs."""


class Recorder:
    """The one place where this process makes operations."""

    def __init__(self, store: Store, fold: Fold, clock: HybridClock | None = None) -> None:
        self._store = store
        self._fold = fold
        self.clock = clock or HybridClock(store.machine.wall_ms)

    def receive(self) -> list[Op]:
        """Fold what others (or an earlier process) wrote; the operations that were new."""
        fresh = []
        with no_collecting():
            for op in self._store.read():
                self.clock.observe(op.t)
                if self._fold.add(op):
                    fresh.append(op)
        return fresh

    def erase(self, ops: Sequence[Op], by: str) -> None:
        """Put erased operations in place of those with their values, for good.

        Raises
        ------
        NotDurableError
            Nothing was erased.
        """
        if ops:
            self._store.append(ops, self._store.writer(by))
            for op in ops:
                self._fold.add(op)

    def take_out(self) -> bool:
        """Take the bytes of what was erased out of the logs; False where that cannot be (yet)."""
        copies = self._fold.copies
        try:
            if copies:
                self._store.erase(copies)
        except OSError:
            # They count no more; the next look tries again.
            return False
        self._fold.copies = set()
        return True

    def record(
        self,
        edits: Sequence[Edit],
        *,
        by: str,
        via: str,
        origin: str | None = None,
        group: str | None = None,
    ) -> list[Op]:
        """Make the edits durable and fold them; all of them are one group.

        With `group`, the id of an earlier operation of the same person, they belong to that
        action and are undone with it.

        Raises
        ------
        NotDurableError
            Nothing was recorded.
        """
        writer = self._store.writer(by)
        # What was found in a file at one look is one action as well.
        found = bool(edits) and all(edit.taken_in for edit in edits)
        ops: list[Op] = []
        names: set[str] = set()
        made: dict[tuple[str, str | None, str], tuple[str, ...]] = {}
        for edit in edits:
            place = (edit.paper, edit.reviewer, edit.field)
            seen = edit.seen
            if seen is None:
                current = self._fold.current(*place)
                # An edit sees what the same action noted of the field just before it.
                seen = made.get(place) or tuple(op.id for op in current)
            name = (
                taken_in_id(edit.paper, edit.reviewer, edit.field, seen, edit.value)
                if edit.taken_in
                else writer.next_id()
            )
            made[place] = (name,)
            if name in self._fold or name in names:
                continue
            op = Op(
                name,
                self.clock.next(),
                by,
                edit.paper,
                edit.reviewer,
                edit.field,
                edit.value,
                seen,
                via,
                group,
                edit.origin or origin,
            )
            if found or not edit.taken_in:
                group = group or name
            ops.append(op)
            names.add(name)
        if ops:
            self._store.append(ops, writer)
            for op in ops:
                self._fold.add(op)
        return ops
