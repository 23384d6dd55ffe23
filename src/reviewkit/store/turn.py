"""Whose turn it is to read and write the files, among the processes of one machine.

All of them would read and write the same, so one is enough. The locks only save work: where
there are none, or nobody honours them, files are read and written more often, and nothing is
lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reviewkit.errors import ReviewkitError
from reviewkit.store.card import library_id
from reviewkit.store.layout import Layout, place_of
from reviewkit.store.machine import Machine

#: What stands for a lock where nothing can be locked.
_NO_LOCK = -1


@contextmanager
def turn(layout: Layout, machine: Machine, at: str = "turn") -> Iterator[bool]:
    """Take the turn until the block ends; gives whether nobody else has it.

    `at` names what it is of, other than the reading and writing of the files.
    """
    lock = _lock(layout, machine, at)
    try:
        yield lock is not None
    finally:
        if lock not in (None, _NO_LOCK):
            machine.fs.close(lock)


class Lead:
    """Which of the open projects looks at the files at once: the first that asks, while it lives.

    What it takes in from them, the others hear of by the log. They look later, in case it
    hangs; the system gives its lock back when it ends, however it does. The lock is on the
    project's own folder, so that several users of one machine have one who leads, too.
    """

    def __init__(self, layout: Layout, machine: Machine) -> None:
        self._layout = layout
        self._machine = machine
        self._lock: int | None = None

    def is_mine(self) -> bool:
        """Whether nobody else has the lead, which is this project's from now on."""
        if self._lock is None:
            try:
                self._lock = self._machine.fs.lock(self._layout.meta, there=True)
            except OSError:
                # Nothing there yet, or nothing can be locked there: everybody leads.
                return True
        return self._lock is not None

    def give_up(self) -> None:
        """Let another project have it."""
        lock, self._lock = self._lock, None
        if lock is not None:
            self._machine.fs.close(lock)


def _lock(layout: Layout, machine: Machine, name: str) -> int | None:
    """Descriptor of the locked file; `_NO_LOCK`: none can be; None: somebody has it."""
    fs = machine.fs
    try:
        library = library_id(layout, fs)
        if library is None:
            return _NO_LOCK
        folder = machine.cache_folder(library, place_of(layout, fs))
        fs.make_folder(folder)
        return fs.lock(folder / name)
    except (OSError, ReviewkitError):
        return _NO_LOCK
