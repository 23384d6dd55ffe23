"""The project as it was at some time, from the log alone."""

import random
from pathlib import Path

import pytest

from reviewkit.errors import UnknownPaperError, ValueRefusedError
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from tests.files.hands import LIBRARY, edit_bib, edit_row

KEY, OTHER = "smith2021", "zhang2020"


class Clock:
    """A machine's clock that a test sets: seconds since 2026 began."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> int:
        return 1_767_225_600_000 + self.seconds * 1000

    def time(self) -> str:
        """Now, as one would type it."""
        return f"2026-01-01T{self.seconds // 3600:02}:{self.seconds // 60 % 60:02}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def past(tmp_path: Path, clock: Clock) -> Project:
    folder = tmp_path / "past"
    folder.mkdir()
    (folder / "references.bib").write_text(LIBRARY, encoding="utf-8")
    machine = Machine(wall_ms=clock, state=tmp_path / "state", cache=tmp_path / "cache")
    return Project(folder, reviewer="ana", watch=False, machine=machine)


def _later(clock: Clock) -> str:
    clock.seconds += 60
    time = clock.time()
    clock.seconds += 60
    return time


def test_reviews_are_those_of_the_time(past: Project, clock: Clock) -> None:
    before = _later(clock)
    past.review(KEY, rating=4, tags=["core"], note="First.")
    middle = _later(clock)
    past.review(KEY, rating=2, tags=[])
    past.review(KEY, rating=5, reviewer="bob")
    after = _later(clock)
    assert past.at(before)[KEY].reviews == ()
    (review,) = past.at(middle)[KEY].reviews
    assert (review.rating, review.tags, review.notes[0].text) == (4, ("core",), "First.")
    assert past.at(after)[KEY].reviews == past[KEY].reviews
    assert [past.at(t)[KEY].keywords for t in (before, after)] == [("small", "things")] * 2
    assert [p.citekey for p in past.at(middle).find("first")] == [KEY]
    assert past.at(before).find("first") == []
    assert past.at(middle).find(tag="core") and not past.at(after).find(tag="core")


def test_keywords_from_before_a_tag_that_was_typed_into_the_table(
    past: Project, clock: Clock
) -> None:
    past.review(KEY, status="read")
    past.sync()
    before = _later(clock)
    edit_row(past, KEY, tags="core")
    past.sync()
    assert past.at(before)[KEY].keywords == past[KEY].keywords == ("small", "things")


def test_a_time_that_was_shown_has_all_of_that_second(past: Project) -> None:
    past.review(KEY, rating=4)
    (action,) = past.actions()
    assert action.at is not None
    assert past.at(action.at)[KEY].review_of("ana").rating == 4


def test_fields_are_what_they_were_before_later_edits(past: Project, clock: Clock) -> None:
    before = _later(clock)
    assert past[OTHER].keywords == ()
    past.edit(KEY, {"year": "2000"})
    middle = _later(clock)
    past.edit(KEY, {"year": "2001", "doi": "10.1000/x"})
    past.review(OTHER, tags=["core"])
    past.flush()
    edit_bib(past, "year={2020}", "year={2024}")
    past.sync()
    assert [past.at(t)[KEY].year for t in (before, middle)] == [2021, 2000]
    assert past.at(middle)[KEY].doi is None
    assert (past.at(middle)[OTHER].year, past.at(middle)[OTHER].keywords) == (2020, ())
    assert past[OTHER].year == 2024


def test_papers_that_came_later_are_not_there_and_those_that_went_are(
    past: Project, clock: Clock
) -> None:
    before = _later(clock)
    past.add("@misc{new2026, title={New}}")
    past.flush()
    edit_bib(past, "@misc{new2026", "@misc{typed2026, title={Typed}}\n\n@misc{new2026")
    past.sync()
    past.remove(KEY)
    past.flush()
    then, today = past.at(before), past.at(_later(clock))
    assert set(then) == {"matsubara2022bottlefit", KEY, OTHER}
    assert then[KEY].title == "On Small Things"
    assert set(today) == set(past) == {"matsubara2022bottlefit", OTHER, "new2026", "typed2026"}
    with pytest.raises(UnknownPaperError):
        then["new2026"]
    assert "3 papers" in repr(then)


def test_a_paper_has_the_key_of_the_time_and_both_before_they_were_merged(
    past: Project, clock: Clock
) -> None:
    past.review(OTHER, rating=1)
    before = _later(clock)
    past.rename(KEY, "new2021")
    past.merge("new2021", OTHER)
    past.flush()
    then = past.at(before)
    assert set(then) == {"matsubara2022bottlefit", KEY, OTHER}
    assert (then[KEY].title, then[KEY].reviews) == ("On Small Things", ())
    assert then[OTHER].title == "A Study"
    assert "new2021" in past.at(_later(clock))
    assert past["new2021"].review_of("ana").rating == 1


def test_the_past_is_shown_as_a_table_and_changes_nothing(past: Project, clock: Clock) -> None:
    past.review(KEY, rating=4)
    past.flush()
    files = past.bib_path.read_bytes(), past.csv_path.read_bytes()
    then = past.at(_later(clock))
    assert KEY in then._repr_html_()
    assert then.conflicts() == [] and then == then and len(then.papers()) == 3
    past.rename(KEY, "new2021")
    past.undo()
    past.flush()
    assert past.csv_path.read_bytes() == files[1]
    with pytest.raises(ValueRefusedError):
        past.at("yesterday")


@pytest.mark.parametrize("seed", range(10))
def test_every_state_is_found_again(past: Project, clock: Clock, seed: int) -> None:
    rng = random.Random(seed)
    states = []
    for number in range(10):
        key, who = rng.choice((KEY, OTHER)), rng.choice(("ana", "bob"))
        if key in past:
            past.review(key, rating=rng.randint(1, 5), note=f"Note {number}.", reviewer=who)
            rng.choice(
                [
                    lambda k=key: past.edit(k, {"year": str(rng.randint(1900, 2000))}),
                    lambda k=key: past.remove(k),
                    past.undo,
                    past.flush,
                    past.sync,
                    lambda n=number: past.add(f"@misc{{k{n}, title={{Paper {n}}}}}"),
                ]
            )()
        states.append((_later(clock), [(p.citekey, p.year, p.reviews) for p in past.papers()]))
    for time, state in states:
        found = [(p.citekey, p.year, p.reviews) for p in past.at(time).papers()]
        assert sorted(found) == sorted(state), time
