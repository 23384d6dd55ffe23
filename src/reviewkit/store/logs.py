"""Operations kept in logs below a folder, one a writing process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from reviewkit.ops.op import BadLineError, NewerLineError, Op, decode
from reviewkit.records import Problem
from reviewkit.store.erasing import erase, logs_below
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.log import LogWriter
from reviewkit.store.machine import Machine
from reviewkit.store.reader import LogReader
from reviewkit.store.watcher import Watcher
from reviewkit.store.writer import Writer


class LogOperations:
    """See `Operations`; the logs need no server and are shared like any files."""

    def __init__(self, layout: Layout, machine: Machine) -> None:
        self._layout = layout
        self._machine = machine
        self._logs: dict[Writer, LogWriter] = {}
        self._reader = LogReader(layout.ops, machine.fs)
        self._watcher = Watcher(machine.fs)

    @property
    def where(self) -> str:
        """The folder of the logs."""
        return str(self._layout.ops)

    @property
    def lost(self) -> bool:
        """Whether a log that was read is gone or is not what it was."""
        return self._reader.lost

    @lost.setter
    def lost(self, value: bool) -> None:
        self._reader.lost = value

    @property
    def problems(self) -> list[Problem]:
        """Lines that are not whole, and logs that cannot be read."""
        return self._reader.problems

    @property
    def newer(self) -> int:
        """Number of operations that only a newer reviewkit understands."""
        return self._reader.newer

    def sound_logs(self) -> dict[str, Path]:
        """Logs without damage, by name."""
        return self._reader.sound_logs()

    def append(self, lines: bytes, writer: Writer) -> str:
        """Write to the writer's own log; its name. See `LogWriter.append` for errors."""
        if writer not in self._logs:
            self._logs[writer] = LogWriter(self._layout, self._machine, writer)
        log = self._logs[writer]
        log.append(lines)
        return log.log

    def write_again(self, lines: bytes) -> None:
        """Put lines that were safe once into a new log."""
        log = LogWriter(self._layout, self._machine, Writer(self._machine, "again"))
        try:
            log.append(lines)
        finally:
            log.close()

    def read(self) -> list[Op]:
        """Operations in lines that are new; what was taken away of our own is written first."""
        for log in self._logs.values():
            log.bring_back()
        return self._reader.read()

    def read_all(self) -> list[Op]:
        """The operations of all logs."""
        return LogReader(self._layout.ops, self._machine.fs).read()

    def begin_again(self) -> None:
        """Read all logs anew with the next look."""
        self._reader = LogReader(self._layout.ops, self._machine.fs)

    def erase(self, ids: Collection[str]) -> None:
        """Write blanks over the lines of these operations, except erased ones."""
        for log in self._logs.values():
            log.forget(ids)
        erase(self._layout.ops, ids, self._machine.fs)
        # Logs that were made one with others are kept there for some days.
        erase(self._layout.trash, ids, self._machine.fs)

    def fingerprint(self) -> bytes | None:
        """A hash of all logs as they were read."""
        return self._reader.fingerprint(
            log.end for log in self._logs.values() if log.end is not None
        )

    def watch(self, on_change: Callable[[], None]) -> None:
        """Call back soon after a log changed."""
        self._watcher.watch(lambda: self._layout.ops, on_change)

    def close(self) -> None:
        """Stop watching and give the files back."""
        self._watcher.close()
        for log in self._logs.values():
            log.close()


def whole_lines(folder: Path, fs: FS) -> Iterator[bytes]:
    """The lines, without line feeds, of all logs below a folder whose check sums are right.

    Those of a newer reviewkit are among them.
    """
    for path in logs_below(folder, fs):
        for line in fs.read(path).split(b"\n"):
            try:
                decode(line)
            except NewerLineError:
                yield line
            except BadLineError:
                continue
            else:
                yield line
