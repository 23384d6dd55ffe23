"""Hybrid time: orders what is shown, however wrong the machines' clocks are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

_DAY_MS = 24 * 3600 * 1000
_LAST_MS = 0xFFFFFFFFFFFF


def iso_time(t: str) -> str | None:
    """A hybrid time as ISO 8601 in UTC with seconds; None where no calendar has it."""
    try:
        moment = datetime.fromtimestamp(int(t[:12], 16) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class HybridClock:
    """Gives times that grow, and that follow those seen from others.

    Parameters
    ----------
    wall_ms
        Milliseconds since 1970 by this machine's clock, right or wrong.
    """

    def __init__(self, wall_ms: Callable[[], int]) -> None:
        self._wall_ms = wall_ms
        self._last = (0, 0)

    def observe(self, t: str) -> None:
        """Let later times be after `t`, unless it is over a day ahead of this machine."""
        try:
            seen = (int(t[:12], 16), int(t[12:], 16))
        except ValueError:
            return
        if seen > self._last and seen[0] <= self._wall_ms() + _DAY_MS:
            self._last = seen

    def next(self) -> str:
        """A time after all that were given or observed: 12 and 4 hex digits."""
        wall = (max(0, min(self._wall_ms(), _LAST_MS)), 0)
        ms, count = self._last
        after = (ms, count + 1) if count < 0xFFFF else (ms + 1, 0)
        self._last = max(wall, after)
        return f"{self._last[0]:012x}{self._last[1]:04x}"
