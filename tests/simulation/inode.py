"""A file of the disk in memory, and what may befall a call to the disk."""

from __future__ import annotations


class Crash(BaseException):
    """The machine stopped in the middle of a call."""


class TroubleError(OSError):
    """A call that was made to fail."""


class Inode:
    """A file: its bytes, those of them that are on the disk, and how many names it has."""

    def __init__(self, number: int, tick: int) -> None:
        self.number = number
        self.data = bytearray()
        self.synced = b""
        self.names = 0
        self.tick = tick
