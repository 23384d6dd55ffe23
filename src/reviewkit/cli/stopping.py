"""Long work on the command line: its steps on stderr, and an end by Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def steps(done: int, total: int, what: str) -> None:
    """One line on stderr that the next step writes over; nothing where nobody looks."""
    if sys.stderr.isatty():
        line = "" if done == total else f"{done + 1} of {total}: {what}"
        print(f"\r{line:<60}", end="\r" if done == total else "", file=sys.stderr, flush=True)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets instead of breaking off; a second Ctrl-C breaks off."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
