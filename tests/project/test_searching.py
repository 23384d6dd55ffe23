"""When a library is looked through for duplicates again."""

import threading
import time
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


def test_a_search_in_the_background_gives_others_time_before_the_next() -> None:
    states, told = iter("abcdefghij"), threading.Semaphore(0)
    begun: list[float] = []
    pause = 0.05

    def records() -> list[Record]:
        begun.append(time.monotonic())
        time.sleep(pause)
        return []

    search = Search(told.release)
    for _ in range(2):
        assert search.latest(lambda: next(states), records)[1]
        assert told.acquire(timeout=30)
    assert begun[1] - begun[0] > 5 * pause


def test_a_search_that_waits_for_its_turn_ends_with_the_project() -> None:
    states, told = iter("abcdefghij"), threading.Semaphore(0)
    begun: list[float] = []

    def records() -> list[Record]:
        begun.append(time.monotonic())
        time.sleep(0.5)
        return []

    search = Search(told.release)
    search.latest(lambda: next(states), records)
    assert told.acquire(timeout=30)
    search.latest(lambda: next(states), records)
    waiting = [each for each in threading.enumerate() if each.name == "reviewkit-duplicates"]
    assert waiting
    search.close()
    for each in waiting:
        each.join(timeout=3)
    # It had more than four seconds to wait.
    assert not any(each.is_alive() for each in waiting)
    assert len(begun) == 1
