"""What ends a look-up before it is done: a person, or its time being up."""

from __future__ import annotations

import threading

from reviewkit.errors import SourceError
from reviewkit.lookup.clock import Clock


class Stop:
    """Looked at between requests and while an answer comes in; may be set from any thread.

    Parameters
    ----------
    seconds
        How long the look-up may take in all; None: as long as it takes.
    """

    def __init__(self, seconds: float | None = None, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._end = None if seconds is None else self._clock.monotonic() + seconds
        self._over = threading.Event()

    def set(self) -> None:
        """End the look-up."""
        self._over.set()

    @property
    def left(self) -> float:
        """Seconds that are left; infinite without a limit."""
        if self._over.is_set():
            return 0.0
        return float("inf") if self._end is None else max(0.0, self._end - self._clock.monotonic())

    def check(self) -> None:
        """Go on, or raise SourceError: what is not found yet waits for the next time."""
        if self.left <= 0:
            raise SourceError("not looked up yet: the look-up was stopped", temporary=True)

    def wait(self, seconds: float, reason: str) -> None:
        """Wait so long, unless that is longer than is left: then SourceError at once."""
        self.check()
        if seconds > self.left:
            raise SourceError(f"not looked up yet: {reason}", temporary=True)
        if seconds > 0:
            self._clock.wait(seconds, self._over)
        self.check()
