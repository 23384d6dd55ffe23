"""Whose turn it is to write the files, among the processes of this user on this machine.

All of them write the same, so one is enough. The lock only saves work: where there is none, or
nobody honours it, files are written more often, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reviewkit.errors import ReviewkitError
from reviewkit.store.layout import Layout, library_id, place_of
from reviewkit.store.machine import Machine


@contextmanager
def turn(layout: Layout, machine: Machine) -> Iterator[bool]:
    """Take the turn until the block ends; gives whether nobody else has it."""
    lock = _lock(layout, machine)
    try:
        yield lock is not None
    finally:
        if lock is not None and lock >= 0:
            machine.fs.close(lock)


def _lock(layout: Layout, machine: Machine) -> int | None:
    """Descriptor of the locked file; -1 where nothing can be locked; None: somebody has it."""
    fs = machine.fs
    try:
        library = library_id(layout, fs)
        if library is None:
            return -1
        folder = machine.cache_folder(library, place_of(layout, fs))
        fs.make_folder(folder)
        return fs.lock(folder / "turn")
    except (OSError, ReviewkitError):
        return -1
