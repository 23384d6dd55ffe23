"""A project's folder as its place: layout, machine, journal, and where its operations are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from reviewkit.errors import NotDurableError, ReviewkitError
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op, encode
from reviewkit.store.card import Card, ensure_library, library_card, library_id
from reviewkit.store.erasing import erase
from reviewkit.store.git import work_tree
from reviewkit.store.gitsetup import set_up_unasked
from reviewkit.store.journal import Journal
from reviewkit.store.layout import Layout
from reviewkit.store.logrules import RULES, MergedLogs, Rules
from reviewkit.store.logs import LogOperations
from reviewkit.store.machine import Machine
from reviewkit.store.merging import LogMerger
from reviewkit.store.operations import Operations
from reviewkit.store.refusal import folder_gone, not_saved
from reviewkit.store.turn import turn
from reviewkit.store.watcher import LATER_MS, Watcher
from reviewkit.store.writer import Writer


class Look(Protocol):
    """What is called when something may have changed."""

    def __call__(self, *, files: bool) -> None:
        """`files`: it may be another file than a log."""


class FolderStore:
    """One project's operations; every process that opens the project has its own store."""

    def __init__(
        self,
        layout: Layout,
        machine: Machine | None = None,
        operations: Operations | None = None,
        card: Card | None = None,
    ) -> None:
        self.layout = layout
        self.machine = machine or Machine()
        self.fs = self.machine.fs
        self.operations = operations or LogOperations(layout, self.machine)
        self._card = card
        #: The database that has the operations; None: they are in the folder's logs.
        self._address = None if card is None else card.operations
        self._writers: dict[str, Writer] = {}
        self.journal = Journal(layout, self.machine)
        self._watcher = Watcher(self.fs)

    def writer(self, slug: str) -> Writer:
        """Who gives this process's operations of a person their ids."""
        if slug not in self._writers:
            self._writers[slug] = Writer(self.machine, slug)
        return self._writers[slug]

    def append(self, ops: Sequence[Op], writer: Writer) -> None:
        """Return when the operations are durable; see `Operations.append` for errors."""
        lines = b"".join(encode(op) for op in ops)
        try:
            library = self.library()
            name = self.operations.append(lines, writer)
            # Whoever moves them elsewhere copies again what came before the card was changed.
            self._see_that_they_stay(library_card(self.layout, self.fs))
        except ReviewkitError:
            writer.rename()
            raise
        self.journal.keep(library, name, lines)

    def erase(self, ids: Collection[str]) -> None:
        """Take the bytes of erased operations out of all that is here and this user's journals.

        Raises
        ------
        OSError
            Not all of them could be written.
        """
        # The journals first: what still stands in a log beside its erased line is found again.
        erase(self.machine.private_folder(self.library()), ids, self.fs)
        self.operations.erase(ids)
        if self._address is not None:
            # What was moved to the database stands in the folder, too.
            erase(self.layout.ops, ids, self.fs)

    def write_again(self, lines: bytes) -> None:
        """Put lines that were safe once back; return when they are durable again.

        Raises
        ------
        NotDurableError
            Nothing was written that counts.
        """
        self.library()
        self.operations.write_again(lines)

    def merge_logs(
        self, known: Fold, rules: Rules | None = None, *, asked: bool = True, dry_run: bool = False
    ) -> MergedLogs:
        """Make one log of many old ones that this user wrote here; see `LogMerger`.

        In a git work tree only if somebody `asked`: thousands of its files change, which a
        person commits. The old ones go at once then, as a commit is one step.

        Raises
        ------
        OSError
            The logs cannot be listed; nothing was changed.
        """
        library, rules = library_id(self.layout, self.fs), rules or RULES
        if library is None or self._address is not None:
            return MergedLogs(0)
        if work_tree(self.layout.root, self.fs) is not None:
            if not asked:
                return MergedLogs(0)
            rules = replace(rules, wait=0.0)
        merger = LogMerger(self.layout, self.machine, self.journal, library, known, rules)
        with turn(self.layout, self.machine, "merge") as mine:
            return merger.run(dry_run=dry_run or not mine)

    def library(self) -> str:
        """The project's id, made with its first edit.

        Raises
        ------
        NotDurableError
            The project's folder cannot be written.
        """
        if self.layout.is_gone(self.fs):
            raise folder_gone(self.layout.root)
        try:
            had, self._card = self._card, ensure_library(self.layout, self.machine, self._card)
            if had is None:
                set_up_unasked(self.layout, self.fs)
            self._see_that_they_stay(self._card)
            return self._card.id
        except NotDurableError:
            raise
        except OSError as error:
            raise not_saved(self.layout.meta, error) from error

    def _see_that_they_stay(self, card: Card | None) -> None:
        if card is not None and card.operations != self._address:
            raise NotDurableError(
                0,
                f"The edits of {self.layout.root} are kept in "
                f"{card.operations or 'the folder'} now. Open the project again and save there.",
            )

    def unwritable(self) -> Path | None:
        """The folder that keeps this user from saving edits; None: nothing does, so far."""
        if self._address is not None:
            return None
        layout = self.layout
        there = [f for f in (layout.ops, layout.meta, layout.root) if self.fs.is_folder(f)][:1]
        return next((folder for folder in there if not self.fs.may_write(folder)), None)

    def read(self) -> list[Op]:
        """Operations, of anybody, that are new since the last call."""
        return self.operations.read()

    def watch(self, on_change: Look, private: Callable[[], Path | None]) -> None:
        """Call back, in a thread, soon after any file of the project changed.

        `files` tells whether it may be something else than an operation.

        One watcher looks at the project's folder itself, one at the operations, so that a huge
        project folder costs nothing, and one at the user's private log, whose folder `private`
        tells once there may be one.
        """
        self._watcher.watch(
            lambda: self.layout.root, lambda: on_change(files=True), deep=False, step=LATER_MS
        )
        self.operations.watch(lambda: on_change(files=False))
        self._watcher.watch(private, lambda: on_change(files=False), pause=1.0, step=LATER_MS)

    def close(self) -> None:
        """Stop watching and give the files back."""
        self._watcher.close()
        self.operations.close()
