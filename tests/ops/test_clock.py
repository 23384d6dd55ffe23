from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.ops.clock import HybridClock, begin_of, end_of, iso_time

DAY = 24 * 3600 * 1000


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=50))
def test_times_grow_however_the_wall_clock_jumps(walls: list[int]) -> None:
    ticks = iter(walls)
    clock = HybridClock(lambda: next(ticks))
    times = [clock.next() for _ in walls]
    assert all(len(t) == 16 for t in times)
    assert times == sorted(set(times))


def test_times_follow_those_seen_from_others() -> None:
    clock = HybridClock(lambda: 1000)
    theirs = f"{5000:012x}{7:04x}"
    clock.observe(theirs)
    assert clock.next() > theirs


def test_a_clock_years_ahead_does_not_drag_others_along() -> None:
    clock = HybridClock(lambda: 1000)
    clock.observe(f"{1000 + 2 * DAY:012x}0000")
    assert clock.next() == f"{1000:012x}0000"


def test_many_edits_in_one_millisecond_have_different_times() -> None:
    clock = HybridClock(lambda: 5)
    times = [clock.next() for _ in range(70_000)]
    assert times == sorted(set(times))


def test_nonsense_is_no_time() -> None:
    clock = HybridClock(lambda: 5)
    for nonsense in ("", "zz", "\udcff", "0" * 11 + "x"):
        clock.observe(nonsense)
        assert iso_time(nonsense) is None
    assert clock.next() == f"{5:012x}0000"


def test_iso_time_is_utc_and_absent_beyond_the_calendar() -> None:
    assert iso_time(f"{1_700_000_000_000:012x}0000") == "2023-11-14T22:13:20Z"
    assert iso_time("f" * 16) is None


def test_a_moment_has_a_first_and_a_last_hybrid_time() -> None:
    moment = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
    for time in ("2026-11-01T10:00", "2026-11-01 10:00:00Z", "2026-11-01T11:00+01:00", moment):
        assert iso_time(begin_of(time)) == "2026-11-01T10:00:00Z"
        first, last = begin_of(time), end_of(time)
        assert int(last[:12], 16) - int(first[:12], 16) == 999
        assert first < last
    assert end_of("2026-11-01T10:00:00.250") < end_of("2026-11-01T10:00")
    assert begin_of("2026-11-01") == begin_of("2026-11-01T00:00")
    assert begin_of("0001-01-01") == "0" * 16
    assert len(end_of("9999-12-31T23:59:59")) == 16


@pytest.mark.parametrize("text", ["", "yesterday", "2 hours ago", "2026-13-01", "1e5", "\x1b[2J"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="no time"):
        end_of(text)
