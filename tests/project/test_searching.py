"""When a library is looked through for duplicates again."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.duplicates import Record
from reviewkit.project import Project
from reviewkit.project.curating.finding import Search
from tests.files.hands import bib, save, start

KEEP = "smith2021"
TEXT = """\
@misc{other, title={On Small Things and Their Use}, author={Smith, Zoe},
  abstract={Said at length.}}
@misc{smith2021, title={On Small Things and Their Use}, author={Smith, Zoe}, year=2021}
"""


@pytest.fixture
def twice(tmp_path: Path) -> Project:
    return start(tmp_path / "twice", TEXT)


def test_opinions_that_others_wrote_are_no_reason_to_look_again(twice: Project) -> None:
    twice.review(KEEP, rating=3)
    twice.flush()
    twice.duplicates()
    other = Project(twice.root, reviewer="ben", watch=False)
    other.review(KEEP, rating=5, tags=["small"], note="Yes.")
    other.close()
    twice.sync()
    assert "comment-ben" in bib(twice)
    assert not twice.duplicates(wait=False).searching
    save(twice.bib_path, bib(twice).replace("Said at length.", "Said."))
    twice.sync()
    assert twice.duplicates(wait=False).searching


def test_the_first_opinion_of_a_paper_is_no_reason_either_but_another_name_is(
    twice: Project,
) -> None:
    twice.duplicates()
    twice.review(KEEP, rating=3, tags=["small"])
    assert not twice.duplicates(wait=False).searching
    twice.rename("other", "smith2021a")
    assert twice.duplicates(wait=False).searching


class Clock:
    """A clock that goes on only while a library is looked through, by so much each time."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step
        self.begun: list[float] = []

    def __call__(self) -> float:
        return self.now

    def records(self) -> list[Record]:
        self.begun.append(time.monotonic())
        self.now += self.step
        return []


def searched(step: float) -> tuple[Search, Clock, Callable[[], bool]]:
    """A search whose rounds take so many seconds each, and what waits for the next to end."""
    states, told, clock = iter("abcdefghij"), threading.Semaphore(0), Clock(step)
    search = Search(told.release, clock)

    def again() -> bool:
        assert search.latest(lambda: next(states), clock.records)[1]
        return told.acquire(timeout=30)

    return search, clock, again


def test_a_search_in_the_background_gives_others_time_before_the_next() -> None:
    _, clock, again = searched(0.05)
    assert again()
    assert again()
    assert clock.begun[1] - clock.begun[0] > 5 * clock.step


def test_a_search_that_waits_for_its_turn_ends_with_the_project() -> None:
    # The next one would begin after minutes.
    search, clock, again = searched(60)
    assert again()
    states = iter("xyz")
    search.latest(lambda: next(states), clock.records)
    waiting = [each for each in threading.enumerate() if each.name == "reviewkit-duplicates"]
    assert waiting
    search.close()
    for each in waiting:
        each.join(timeout=10)
    assert not any(each.is_alive() for each in waiting)
    assert len(clock.begun) == 1
