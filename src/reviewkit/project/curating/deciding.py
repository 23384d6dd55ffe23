"""Held changes: what waits for a person, accepted or dismissed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.files.deciding import accepting
from reviewkit.ops.op import Op
from reviewkit.project.curating.curating import Curating
from reviewkit.records import Decided, HeldItem, Problem
from reviewkit.store.recorder import Edit


class Deciding(Curating):
    """The part of a project that decides on what was found in the files and not taken in."""

    def held(self) -> list[HeldItem]:
        """Changes in the two files that wait for a look, in the order they were found.

        They are kept in the log, so they survive and every replica knows them; the files
        show them as they were found until somebody decides.
        """
        with self._lock:
            library = self._sync.library
            keys = {op.paper: library.key_of(op.paper) for op in self._sync.held.current()}
            return list(self._sync.held.items({p: k for p, k in keys.items() if k is not None}))

    def accept(
        self, ids: str | Iterable[str], *, by: str | None = None, via: str = "kernel"
    ) -> Decided:
        """Take held changes in as edits; one action, which `undo` takes back.

        Parameters
        ----------
        ids
            Of one or several of `held`.

        Returns
        -------
        Decided
            Its `refused` names those that cannot be values; they stay held.

        Raises
        ------
        StaleError
            One of them is not held any more; nothing was changed.
        ValueRefusedError
            It is the only one, and cannot be accepted; nothing was changed.
        """
        with self._lock:
            ops = self._held_ops(ids)
            edits: list[Edit] = []
            refused: list[Problem] = []
            for op in ops:
                try:
                    edits += [*accepting(self._sync.fold, op), self._letting_go(op)]
                except ValueRefusedError as error:
                    if len(ops) == 1:
                        raise
                    key = self._sync.library.key_of(op.paper) or ""
                    refused.append(Problem(None, error.message, key, op.value["file"]))
            self._record(edits, by or self._author(), via)
            return Decided(len(ops) - len(refused), tuple(refused))

    def dismiss(
        self, ids: str | Iterable[str], *, by: str | None = None, via: str = "kernel"
    ) -> Decided:
        """Let held changes go: the files say again what the log says. One action.

        What they said stays in the history, and `undo` has them held again.

        Raises
        ------
        StaleError
            One of them is not held any more; nothing was changed.
        """
        with self._lock:
            ops = self._held_ops(ids)
            self._record([self._letting_go(op) for op in ops], by or self._author(), via)
            return Decided(len(ops))

    def _letting_go(self, op: Op) -> Edit:
        return replace(self._sync.held.release(op), taken_in=False)

    def _held_ops(self, ids: str | Iterable[str]) -> Sequence[Op]:
        wanted = list(dict.fromkeys([ids] if isinstance(ids, str) else ids))
        current = {op.id: op for op in self._sync.held.current()}
        gone = [name for name in wanted if name not in current]
        if gone:
            raise StaleError(
                f"{gone[0]!r} is not held any more: somebody decided on it, or put it right. "
                "Look at the list again."
            )
        return [current[name] for name in wanted]
