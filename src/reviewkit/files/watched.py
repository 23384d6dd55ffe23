"""What both files have in common: how one was last seen, and a save that meets our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.files.leftover import Leftover, check_sum, state_of, to_trash
from reviewkit.files.replace import Replaced
from reviewkit.store.fs import FS, Signature
from reviewkit.store.machine import Machine
from reviewkit.store.recorder import Edit

#: So many of the files that came out last are looked at again: ten minutes of writing each second.
_LATE = 600


@dataclass
class TakenIn:
    """What a look at a file found: edits to record, and how many things are held."""

    edits: list[Edit] = field(default_factory=list)
    held: int = 0

    def add(self, other: TakenIn) -> None:
        """Put another look's finds to these."""
        self.edits += other.edits
        self.held += other.held


class WatchedFile:
    """A file that others save as well: as it was last seen, and as it should be."""

    def __init__(self, path: Path, fs: FS) -> None:
        self._path = path
        self._fs = fs
        self._signature: Signature | None = None
        #: That of the file that this process wrote last.
        self._mine: Signature | None = None
        self._data: bytes | None = None
        self._saved_between: bytes | None = None
        #: Where that is kept until it is recorded, with its check sum.
        self._unread: dict[Path, str] = {}
        #: What came out of our place lately and where it is: an editor that had it open may
        #: still be writing into it.
        self._out: dict[Path, Signature | None] = {}
        #: Whether the file was read since it was last compared with what it should hold.
        self.looked = False
        self._doubtful = False

    def written(self, data: bytes, replaced: Replaced) -> None:
        """Take note that the file was replaced, and of what came out of its place."""
        if replaced.came_out is not None and replaced.came_out != self._data:
            # Somebody saved between our look and the exchange: their bytes are the next
            # thing to be taken in, though they are not under the name any more.
            self._saved_between = replaced.came_out
            if replaced.kept is not None:
                self._unread[replaced.kept] = check_sum(replaced.came_out)
        if replaced.kept is not None:
            self._out[replaced.kept] = replaced.out
            while len(self._out) > _LATE:
                del self._out[next(iter(self._out))]
        self._signature = self._mine = replaced.signature
        self._doubtful = replaced.doubtful
        self._data = data

    def saved_by_others(self, since_ms: int) -> bool:
        """Whether the file has been saved since then, not by this process."""
        there = self._fs.signature(self._path)
        return there not in (None, self._mine) and there.mtime_ns // 1_000_000 >= since_ms

    def read_back(self) -> None:
        """Let the next look read what was written, where only that shows what others did."""
        if self._doubtful:
            self._signature, self._doubtful = None, False

    def written_late(self) -> bool:
        """Whether somebody wrote into a file after it had come out of its place."""
        return any(self._fs.signature(p) not in (s, None) for p, s in self._out.items())

    def look_back(self) -> None:
        """Take what was written into a file that had come out for a save that met ours."""
        for path, signature in self._out.items():
            there = self._fs.signature(path)
            if there not in (signature, None) and self._saved_between is None:
                data = self._fs.read(path)
                self._out[path] = there
                self._unread[path] = check_sum(data)
                if data != self._data:
                    self._saved_between = data

    def look(self) -> tuple[Signature, bytes] | None:
        """The file as it is; None if there is none."""
        # What is saved after the first of both is seen as a change.
        signature = self._fs.signature(self._path)
        return None if signature is None else (signature, self._fs.read(self._path))

    def restore(self, signature: Signature, data: bytes) -> None:
        """Take a file for seen that is known to say just what the log says."""
        self._settle(signature, data)

    @property
    def last(self) -> bytes | None:
        """The bytes as last read or written; None if there is no file, as far as is known."""
        return self._data

    @property
    def unsettled(self) -> bool:
        """Whether the file is to be compared with what it should hold."""
        return self.looked or self.met

    @property
    def met(self) -> bool:
        """Whether somebody's save met our writing and was not taken in yet."""
        return self._saved_between is not None

    def find(self, leftover: Leftover) -> None:
        """Take note of a save that met the writing of a process that crashed over it."""
        signature = self._fs.signature(self._path)
        there = None if signature is None else self._fs.read(self._path)
        self._unread[leftover.path] = check_sum(leftover.data)
        if there == leftover.data or leftover.data == self._saved_between:
            return
        if there is not None and check_sum(there) == leftover.new:
            # What took its place says nothing that the log does not.
            self._settle(signature, there)
        self._saved_between = leftover.data

    def take_copy(self, place: Path, data: bytes) -> bool:
        """Take a synchroniser's copy of the file for a save that met ours; False: it is none."""
        if self._saved_between is not None or not self._fs.exists(self._path):
            return False
        joined = self._joined(self._fs.read(self._path), data)
        if joined is None:
            return False
        self._saved_between = joined
        self._unread[place] = check_sum(data)
        return True

    def _joined(self, here: bytes, copy: bytes) -> bytes | None:
        """What both say as one file; None where the copy is not one of this file."""
        return None

    def _settle(self, signature: Signature | None, data: bytes) -> None:
        self._signature, self._data = signature, data

    def put_away(self, trash: Path, machine: Machine) -> None:
        """All that was saved meanwhile is recorded: the old files go to the trash."""
        unread, self._unread = self._unread, {}
        for path, checked in unread.items():
            kept = to_trash(path, self._path.name, trash, machine, state_of(checked))
            if path in self._out:
                self._out[kept] = self._out.pop(path)
