"""Where a project's operations are kept, apart from the folder with its two files."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from reviewkit.ops.op import Op
from reviewkit.records import Problem
from reviewkit.store.writer import Writer


class Operations(Protocol):
    """A set of lines that only grows, except by erasing; every process has its own view of it."""

    #: Whether operations that were read are gone, as after a checkout or an old backup.
    lost: bool

    @property
    def where(self) -> str:
        """What people are told when nothing can be written there."""

    @property
    def problems(self) -> list[Problem]:
        """What cannot be read, for a person to mend."""

    @property
    def newer(self) -> int:
        """Number of operations that only a newer reviewkit understands."""

    def sound_logs(self) -> dict[str, Path]:
        """Files that hold all that was read of them, by name; empty where there are no files."""

    def append(self, lines: bytes, writer: Writer) -> str:
        """Return when whole lines are durable; the name to keep them under once more.

        Raises
        ------
        NotDurableError
            Nothing is acknowledged. Some may be there all the same: ids never come again.
        """

    def write_again(self, lines: bytes) -> None:
        """Put lines that were safe once back; see `append`."""

    def read(self) -> list[Op]:
        """Operations, of anybody, that are new since the last call; some may come twice."""

    def read_all(self) -> list[Op]:
        """All operations that are there now; does not count as a reading."""

    def begin_again(self) -> None:
        """Read everything anew with the next call."""

    def erase(self, ids: Collection[str]) -> None:
        """Take the bytes of erased operations out.

        Raises
        ------
        OSError
            Not all of them could be.
        """

    def fingerprint(self) -> bytes | None:
        """A hash of all that is there; None while not all was read, own edits included."""

    def watch(self, on_change: Callable[[], None]) -> None:
        """Call back, in a thread, soon after there is something new to read."""

    def close(self) -> None:
        """Stop watching, and let go."""
