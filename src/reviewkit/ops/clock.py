"""Hybrid time: orders what is shown, however wrong the machines' clocks are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from reviewkit.errors import ValueRefusedError

_DAY_MS = 24 * 3600 * 1000
_LAST_MS = 0xFFFFFFFFFFFF
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_time(t: str) -> str | None:
    """A hybrid time as ISO 8601 in UTC with seconds; None where no calendar has it."""
    try:
        moment = datetime.fromtimestamp(int(t[:12], 16) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="seconds")[:19] + "Z"


def begin_of(time: str | datetime) -> str:
    """The least hybrid time of a moment, see `end_of`; at or after it is `t >= begin_of(time)`."""
    return f"{_ms(_moment(time)):012x}0000"


def end_of(time: str | datetime) -> str:
    """The greatest hybrid time of a moment; up to it is `t <= end_of(time)`.

    Parameters
    ----------
    time
        A datetime or a text of ISO 8601; UTC unless it names a zone. What is given to the
        second means all of that second, as the times are that `iso_time` gives.

    Raises
    ------
    ValueRefusedError
        It is no such time.
    """
    moment = _moment(time)
    ms = _ms(moment) + (999 if moment.microsecond == 0 else 0)
    return f"{min(ms, _LAST_MS):012x}ffff"


def _moment(time: str | datetime) -> datetime:
    moment = _read(time) if isinstance(time, str) else time
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueRefusedError(
            f"{text[:40]!r} is no time. Write it as 2026-11-01 or 2026-11-01T10:00 (UTC), "
            "or with a zone, as 2026-11-01T10:00+01:00.",
            field="time",
            value=text,
        ) from error


def _ms(moment: datetime) -> int:
    seconds = (moment - _EPOCH).total_seconds()
    return min(max(0, round(seconds * 1000)), _LAST_MS)


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
