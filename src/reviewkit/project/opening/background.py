"""Computing for long beside threads of the same process that somebody waits for."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: So long a thread computes on, in seconds, when another one of the process waits for Python.
_TURN = 0.0005
_lock = threading.Lock()
_before: list[float] = []


@contextmanager
def letting_others_in() -> Iterator[None]:
    """Compute in the background: other threads of this process get their turn sooner.

    Python lets a thread go on for 5 ms while another one waits. An edit on its way to a panel
    passes a dozen threads, each of which would wait for so long.
    """
    with _lock:
        _before.append(sys.getswitchinterval())
        sys.setswitchinterval(min(_TURN, _before[0]))
    try:
        yield
    finally:
        with _lock:
            if len(_before) == 1:
                sys.setswitchinterval(_before[0])
            _before.pop()
