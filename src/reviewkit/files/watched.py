"""What both files have in common: how one was last seen, and a save that meets our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.files.replace import Replaced
from reviewkit.store.fs import FS, Signature
from reviewkit.store.recorder import Edit


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
        self._data: bytes | None = None
        self._saved_between: bytes | None = None
        #: Whether the file was read since it was last compared with what it should hold.
        self.looked = False

    def written(self, data: bytes, replaced: Replaced) -> None:
        """Take note that the file was replaced, and of what came out of its place."""
        if replaced.came_out is not None and replaced.came_out != self._data:
            # Somebody saved between our look and the exchange: their bytes are the next
            # thing to be taken in, though they are not under the name any more.
            self._saved_between = replaced.came_out
        self._signature = replaced.signature
        self._data = data

    @property
    def unsettled(self) -> bool:
        """Whether the file is to be compared with what it should hold."""
        return self.looked or self._saved_between is not None
