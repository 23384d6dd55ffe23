"""Time as look-ups need it: passed in, so that tests wait for nothing."""

from __future__ import annotations

import threading
import time


class Clock:
    """The real clock."""

    def monotonic(self) -> float:
        """Seconds that never go back, from any beginning."""
        return time.monotonic()

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wait(self, seconds: float, over: threading.Event) -> None:
        """Return after so many seconds, or as soon as `over` is set."""
        over.wait(seconds)
