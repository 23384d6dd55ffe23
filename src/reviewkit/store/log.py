"""The process's own log: an append returns when the edit is durable, or raises."""

from __future__ import annotations

import errno
from collections.abc import Container
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.errors import NotDurableError
from reviewkit.store.erasing import without
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.refusal import folder_gone, not_saved
from reviewkit.store.writer import Writer


class LogWriter:
    """Appends lines to a file that no other process ever writes: it has its writer's name."""

    def __init__(self, layout: Layout, machine: Machine, writer: Writer) -> None:
        self._layout = layout
        self._machine = machine
        self._fs = machine.fs
        self._writer = writer
        self._path: Path | None = None
        self._fd = -1
        self._size = 0
        self._written: list[bytes] = []
        #: The name of the first log; later ones, if it is taken away, begin with its lines.
        self.log = ""

    @property
    def end(self) -> tuple[Path, int] | None:
        """Where the log is and how long; None before the first edit."""
        return None if self._path is None else (self._path, self._size)

    def append(self, lines: bytes) -> None:
        """Make whole lines durable, in one write.

        Raises
        ------
        NotDurableError
            The disk is full, the folder is gone...: nothing is acknowledged, the log ends
            in its last whole line.
        """
        try:
            self._put(lines)
        except NotDurableError:
            raise
        except OSError as error:
            raise not_saved(self._layout.ops, error) from error
        self._written.append(lines)

    def _put(self, lines: bytes) -> None:
        if self._fd >= 0:
            self._write(lines)
            if self._stands():
                return
            # A checkout or a synchroniser took the file away under us.
            self.close()
        # All that this process ever acknowledged goes to the new log.
        self._open()
        self._write(b"".join(self._written) + lines)
        if not self._stands():
            self.close()
            raise FileNotFoundError(2, "the log vanishes as it is written", str(self._path))

    def bring_back(self) -> None:
        """Write what this process acknowledged to a new log, if its log was taken away.

        A synchroniser that rolls the folder back makes edits vanish that people were told
        are safe.
        """
        try:
            if self._fd >= 0 and not self._stands():
                self.close()
                self._put(b"")
        except OSError:
            # The next append or look tries again, and an append says what is wrong.
            self.close()

    def forget(self, ids: Container[str]) -> None:
        """Let go of the lines of these operations: they were erased."""
        self._written = [without(lines, ids) for lines in self._written]

    def _stands(self) -> bool:
        assert self._path is not None
        return self._fs.same_file(self._fd, self._path, self._size)

    def _open(self) -> None:
        today = datetime.fromtimestamp(_possible(self._machine.seconds), UTC)
        month = self._layout.ops / today.strftime("%Y-%m")
        if self._layout.is_gone(self._fs):
            raise folder_gone(self._layout.root)
        self._fs.make_folder(month)
        name = self._writer.name if self._path is None else self._machine.name(10)
        self._path = month / f"{self._writer.slug}-{name}.jsonl"
        self.log = self.log or self._path.name
        fd = self._fs.create(self._path)
        try:
            for folder in (month, self._layout.ops, self._layout.meta, self._layout.root):
                self._fs.sync_folder(folder)
        except OSError:
            self._fs.close(fd)
            raise
        self._fd, self._size = fd, 0

    def _write(self, lines: bytes) -> None:
        try:
            done = self._fs.write(self._fd, lines)
            if done != len(lines):
                raise OSError(errno.ENOSPC, f"only {done} of {len(lines)} bytes were written")
        except OSError:
            self._take_back()
            raise
        try:
            self._fs.sync(self._fd)
        except OSError:
            # What a failed fsync leaves of a file is not known: it is not used any more.
            self._take_back()
            self.close()
            raise
        self._size += len(lines)

    def _take_back(self) -> None:
        try:
            self._fs.truncate(self._fd, self._size)
        except OSError:
            self.close()

    def close(self) -> None:
        """Give the file back; a later append begins a new one."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            self._fs.close(fd)


def _possible(seconds: float) -> float:
    """A time that every calendar has, whatever the machine's clock says."""
    return min(max(seconds, 0.0), 250_000_000_000.0)
