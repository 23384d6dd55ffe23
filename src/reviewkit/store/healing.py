"""Edits that were safe and are not in the folder any more: brought back, or asked about."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from reviewkit.errors import NotDurableError, ReviewkitError
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import BadLineError, Op, decode
from reviewkit.records import Problem
from reviewkit.store.card import library_id
from reviewkit.store.erasing import is_erased
from reviewkit.store.folder import FolderStore
from reviewkit.store.git import Head, head_of
from reviewkit.store.journal import Decided

_ID = re.compile(rb'"i":"([^"\\]{1,80})"')


class Healing:
    """Compares the folder with the private journal of what this user did in it.

    Whoever restores a folder, or a synchroniser that rolls it back, does not mean to take
    edits away: they are written again at once. Whoever checks out another commit may: there
    the person is asked.
    """

    def __init__(self, store: FolderStore) -> None:
        self._store = store
        self._missing: dict[str, bytes] = {}
        self._looked: Head | None = None
        self._noted: Head | None = None
        #: The edits that were written again since the project was opened.
        self.brought_back: list[Op] = []

    def missing(self, known: Container[str]) -> list[Op]:
        """Edits that somebody must decide on, in their order."""
        return _decoded(line for name, line in self._missing.items() if name not in known)

    def check(self, known: Fold) -> bool:
        """Compare; whether edits were written again, to be read with the next look.

        `known` holds the operations of the folder's logs. What somebody erased stays erased,
        whatever is checked out: about that nobody is asked.
        """
        self._missing = {}
        library = self._library()
        if library is None:
            return False
        journal, decided = self._store.journal, self._store.journal.decided(library)
        head, place = self._head()
        lacking = journal.lacking(library, self._store.operations.sound_logs(), known)
        left = set(decided.left.get(place, ()))
        again = self._erase_again([line for line in lacking.values() if is_erased(line[:-1])])
        self._missing = {
            name: line
            for name, line in lacking.items()
            if name not in left and not is_erased(line[:-1])
        }
        if not self._missing:
            if head != decided.head:
                journal.decide(library, replace(decided, head=head))
            return again
        if head is not None and decided.head is not None and head != decided.head:
            return again
        return self._write(library, decided) or again

    def _erase_again(self, lines: list[bytes]) -> bool:
        try:
            if lines:
                self._store.write_again(b"".join(lines))
        except NotDurableError:
            return False
        return bool(lines)

    def look(self) -> None:
        """See what is checked out, before the logs are read."""
        self._looked = head_of(self._store.layout.root, self._store.fs)

    def note(self) -> None:
        """Remember what was checked out then: all edits were in the folder."""
        if self._looked == self._noted or self._missing or self._store.operations.lost:
            return
        self._noted, library = self._looked, self._library()
        if library is not None and self._noted is not None:
            decided = self._store.journal.decided(library)
            head = [self._noted.branch, self._noted.commit]
            self._store.journal.decide(library, replace(decided, head=head))

    def bring_back(self) -> None:
        """Write the missing edits again, to be read with the next look.

        Raises
        ------
        NotDurableError
            They cannot be written now, and stay missing.
        """
        library, number = self._library(), len(self._missing)
        if library is None or not number:
            return
        if not self._write(library, self._store.journal.decided(library)):
            raise NotDurableError(
                0,
                f"{number} edits cannot be written to {self._store.operations.where}. Make room "
                "or give this user the right to write there and try again; they are in the "
                "journal.",
            )

    def leave(self) -> None:
        """Remember that the missing edits are not wanted on this branch."""
        library = self._library()
        if library is not None and self._missing:
            decided = self._store.journal.decided(library)
            head, place = self._head()
            left = sorted({*decided.left.get(place, ()), *self._missing})
            self._store.journal.decide(library, Decided(head, {**decided.left, place: left}))
            self._missing = {}

    def _write(self, library: str, decided: Decided) -> bool:
        try:
            self._store.write_again(b"".join(self._missing.values()))
        except NotDurableError:
            # A folder that cannot be written today: they are told of, and not lost.
            return False
        self.brought_back += _decoded(self._missing.values())
        self._missing = {}
        self._store.journal.decide(library, replace(decided, head=self._head()[0]))
        return True

    def _library(self) -> str | None:
        try:
            return library_id(self._store.layout, self._store.fs)
        except (ReviewkitError, OSError):
            return None

    def _head(self) -> tuple[list[str | None] | None, str]:
        """What is checked out, and the branch's name, for remembering."""
        head = head_of(self._store.layout.root, self._store.fs)
        return (None, "") if head is None else ([head.branch, head.commit], head.place)

    def damage(self, known: Container[str]) -> list[Problem]:
        """Lines of logs that are not whole, where they begin, and whether something is lost."""
        library = self._library()
        found = []
        for problem in self._store.operations.problems:
            if problem.path is None or problem.line is None:
                found.append(problem)
                continue
            path = self._store.layout.ops / problem.path
            try:
                lines = self._store.fs.read(path).split(b"\n")
            except OSError:
                found.append(problem)
                continue
            number = problem.line
            start = sum(len(line) + 1 for line in lines[: number - 1])
            names = _ID.findall(b"".join(lines[number - 1 : number]))
            if library is not None:
                kept = self._store.journal.line(library, path.name, number)
                names += _named(kept)
            here = any(name.decode("utf-8", "replace") in known for name in names)
            fate = (
                "its edit is kept in another log"
                if here
                else "its edit is lost here, unless another copy of the project has it"
            )
            found.append(replace(problem, reason=f"{problem.reason}, at byte {start}: {fate}"))
        return found


def _decoded(lines: Iterable[bytes]) -> list[Op]:
    return sorted((decode(line[:-1]) for line in lines), key=lambda op: op.order)


def _named(line: bytes) -> list[bytes]:
    try:
        return [decode(line).id.encode()]
    except BadLineError:
        return []
