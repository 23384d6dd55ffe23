"""Several open projects in one folder: one reads a changed file, the others hear of it."""

import threading
from collections.abc import Callable

import pytest
import watchfiles

from reviewkit.project import Project
from reviewkit.project.opening import live
from reviewkit.store import watcher
from tests.files.hands import bib, edit_bib, edit_row, save
from tests.project.told import PATIENCE, Told

KEY = "smith2021"
#: Longer than any test: what happens meanwhile does not come of waiting.
_NEVER = 3600.0


@pytest.fixture
def both(
    open_: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> tuple[Project, Project]:
    """The project that leads and one that follows it; both have read what is in the files."""
    monkeypatch.setattr(live, "PROJECT_SECONDS", _NEVER)
    monkeypatch.setattr(live, "FOLLOW_SECONDS", _NEVER)
    monkeypatch.setattr(watcher, "RESCAN_MS", int(_NEVER * 1000))
    with open_() as before:
        before.review(KEY, rating=4)
    return open_(watch=True), open_(watch=True, reviewer="bob")


def test_one_who_follows_hears_of_a_row_without_reading_the_file(
    both: tuple[Project, Project],
) -> None:
    leader, follower = both
    text = follower._sync.csv.last
    told = Told(follower)
    edit_row(leader, KEY, rating="2")
    told.until(lambda: follower[KEY].review_of("ana").rating == 2)
    assert follower._sync.csv.last == text


def test_one_who_follows_hears_of_a_field_without_reading_the_file(
    both: tuple[Project, Project],
) -> None:
    leader, follower = both
    text = follower._sync.bib.data
    told = Told(follower)
    edit_bib(leader, follower[KEY].title, "By hand")
    told.until(lambda: follower[KEY].title == "By hand")
    assert follower._sync.bib.data == text


def test_a_paper_that_is_only_in_the_file_is_read_at_once(both: tuple[Project, Project]) -> None:
    leader, follower = both
    told = Told(follower)
    save(leader.bib_path, bib(leader) + "\n@misc{new2024,\n  title = {New by hand},\n}\n")
    told.until(lambda: "new2024" in follower and follower["new2024"].title == "New by hand")


def test_another_leads_when_the_first_is_closed(both: tuple[Project, Project]) -> None:
    leader, follower = both
    leader.close()
    told = Told(follower)
    edit_row(follower, KEY, rating="3")
    told.until(lambda: follower[KEY].review_of("ana").rating == 3)


def test_another_leads_when_the_first_ends_before_it_has_read_what_somebody_saved(
    both: tuple[Project, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, follower = both
    lead, asked = follower._live._lead, threading.Event()
    is_mine = lead.is_mine

    def ask() -> bool:
        mine = is_mine()
        if not mine:
            asked.set()
        return mine

    monkeypatch.setattr(lead, "is_mine", ask)
    monkeypatch.setattr(live, "SETTLE_SECONDS", _NEVER)
    told = Told(follower)
    edit_row(follower, KEY, rating="3")
    assert asked.wait(PATIENCE)
    monkeypatch.setattr(live, "SETTLE_SECONDS", 0.0)
    # As if it were killed: what is due there is not done.
    leader._live.stop()
    told.until(lambda: follower[KEY].review_of("ana").rating == 3)


def test_one_who_follows_reads_what_is_only_in_a_file_that_changes_all_the_time_at_last(
    both: tuple[Project, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, follower = both
    monkeypatch.setattr(live, "FOLLOW_AT_LAST", 0.1)
    told = Told(follower)
    edit_bib(leader, follower[KEY].title, "By hand")
    told.until(lambda: b"By hand" in follower._sync.bib.data)


def test_one_who_follows_leaves_the_writing_to_who_saved_a_moment_ago(
    open_: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PROJECT_SECONDS", 0.5)
    with open_() as before:
        before.review(KEY, rating=4)
    leader, follower = open_(watch=True), open_(watch=True, reviewer="bob")
    told = Told(leader)
    changes = watchfiles.watch(
        leader.root, rust_timeout=1000 * PATIENCE, yield_on_timeout=True, recursive=False
    )
    text = follower._sync.bib.data
    leader.review(KEY, rating=5)
    leader.flush()
    follower.review(KEY, rating=1)
    told.until(lambda: leader[KEY].review_of("bob"))
    for _ in changes:
        if "bob=1" in bib(leader):
            break
    with leader._files:
        assert "bob=1" in leader._sync.bib.data.decode()
    assert follower._sync.bib.data == text
