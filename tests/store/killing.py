"""Processes that are started together, told on, and killed in one moment.

Only a process without threads may fork safely: whoever uses this is a program of its own.
"""

import os
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from typing import NoReturn

Working = Callable[[int], object]


class Doomed:
    """Children that each write lines of what is safe into a pipe, until all are killed.

    Parameters
    ----------
    works : iterable of callable
        What each child does with the end of its pipe; it never returns.
    """

    def __init__(self, works: Iterable[Working]) -> None:
        self._ends: dict[int, bytes] = {}
        self._children: list[int] = []
        for work in works:
            read_end, write_end = os.pipe()
            child = os.fork()
            if child == 0:
                _work_until_killed(work, write_end)
            os.close(write_end)
            self._children.append(child)
            self._ends[read_end] = b""

    def wait_for_all(self) -> None:
        """Return when each of them has said something."""
        for end in self._ends:
            self._ends[end] += os.read(end, 1 << 16)

    def wait_for_one(self) -> None:
        """Return when one of them has said something."""
        select.select(list(self._ends), [], [])

    def kill_after(self, seconds: float) -> list[str]:
        """Listen so long, kill all, and give the lines that were written."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for end in select.select(list(self._ends), [], [], left)[0]:
                self._ends[end] += os.read(end, 1 << 16)
        for child in self._children:
            os.kill(child, signal.SIGKILL)
        for child in self._children:
            os.waitpid(child, 0)
        for end in self._ends:
            while data := os.read(end, 1 << 16):
                self._ends[end] += data
            os.close(end)
        # The pipe may end in half an id: that edit was acknowledged, but not heard of.
        return [line.decode() for said in self._ends.values() for line in said.split(b"\n")[:-1]]


def _work_until_killed(work: Working, end: int) -> NoReturn:
    # Whatever it meets, a child must not go on as if it were its parent.
    try:
        work(end)
    finally:
        traceback.print_exc()
        os._exit(1)
