"""Private notes and tags: seen by their author, and by nobody and nothing else."""

import os
import random
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import NotDurableError, StaleError, ValueRefusedError
from reviewkit.project import Project
from reviewkit.records import Query
from tests.files.hands import bib, edit_bib, settle
from tests.project.told import Told

KEY, OTHER = "smith2021", "zhang2020"
SECRET, WORD = "Sieht schwach aus", "geheim"


def leaks(folder: Path) -> list[str]:
    """Files of the project that hold a byte of what is private."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and any(s.encode() in path.read_bytes() for s in (SECRET, WORD)):
            found.append(path.name)
    return found


def test_private_words_are_kept_and_shown_to_their_author_alone(
    project: Project, open_: Callable[..., Project]
) -> None:
    review = project.review(KEY, tags=[WORD], note=SECRET, private=True)
    assert (review.tags, [note.text for note in review.notes]) == ((WORD,), [SECRET])
    assert project[KEY].reviews == () and project[KEY].private is None
    assert project.as_seen_by(KEY).private == project.private(KEY) == review
    assert project.as_seen_by(KEY, "bob").private is None
    assert project.private(KEY, "bob").notes == ()
    assert project.log() == project.history(KEY) == []
    again = open_()
    assert again.private(KEY) == review
    assert again.private_reviews() == {KEY: review}


def test_a_private_note_is_changed_and_deleted(project: Project) -> None:
    (note,) = project.review(KEY, note=SECRET, private=True).notes
    review = project.review(
        KEY, note="Or not.", note_id=note.id, seen=note.seen, private=True, add_tags=[WORD]
    )
    assert [n.text for n in review.notes] == ["Or not."]
    project.review(KEY, delete_note=note.id, remove_tags=[WORD], private=True)
    assert project.as_seen_by(KEY).private is None


def test_a_rating_cannot_be_private(project: Project) -> None:
    for changes in ({"rating": 3}, {"status": "read"}):
        with pytest.raises(ValueRefusedError, match="private"):
            project.review(KEY, note=SECRET, private=True, **changes)
    assert project.private(KEY).notes == ()


def test_nothing_of_it_is_in_the_folder_and_the_file_is_untouched(project: Project) -> None:
    before = project.bib_path.read_bytes()
    project.review(KEY, tags=[WORD], note=SECRET, private=True)
    project.flush()
    assert project.bib_path.read_bytes() == before
    assert not project.csv_path.exists()
    assert leaks(project.root) == []
    settle(project)


def test_the_private_folder_is_the_users_alone(project: Project) -> None:
    project.review(KEY, note=SECRET, private=True)
    folder = project._private.folder
    assert folder is not None and folder.name == "private"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    journal = folder.parent / "journal.jsonl"
    assert not journal.exists() or SECRET.encode() not in journal.read_bytes()


def test_private_words_are_found_by_their_author_only(project: Project) -> None:
    project.review(KEY, status="read", rating=4)
    project.review(KEY, tags=[WORD], note=SECRET, private=True)
    project.review(OTHER, note=f"Other: {SECRET}", private=True, reviewer="bob")
    assert [p.citekey for p in project.find("schwach")] == [KEY]
    assert [p.citekey for p in project.find(tag=WORD)] == [KEY]
    assert [p.citekey for p in project.find("schwach", status="read", reviewer="ana")] == [KEY]
    for who, found in (("bob", [OTHER]), ("cem", []), ("", [])):
        keys = [row.citekey for row in project.page(_query("schwach"), me=who).rows]
        assert keys == found
    assert len(project.find("smith schwach")) == 1
    assert all(not p.tags for p in project.find("schwach"))


def _query(text: str) -> Query:
    return Query(text)


def test_private_edits_are_undone_like_others_and_by_their_author_only(project: Project) -> None:
    project.review(KEY, rating=4)
    project.review(KEY, note=SECRET, private=True)
    action = project.actions()[0]
    assert (action.what, action.citekeys) == (f"note of {KEY}", (KEY,))
    assert [a.what for a in project.actions(me="bob")] == [f"rating of {KEY}"]
    with pytest.raises(ValueRefusedError):
        project.undo(action.id, by="bob")
    undo = project.undo()
    assert project.private(KEY).notes == () and project[KEY].review_of("ana").rating == 4
    project.undo(undo.action)
    assert project.private(KEY).notes[0].text == SECRET
    assert leaks(project.root) == []


def test_publishing_is_one_action_that_can_be_taken_back(project: Project) -> None:
    (note,) = project.review(KEY, note=SECRET, private=True).notes
    with pytest.raises(StaleError):
        project.publish(KEY, note, reviewer="bob")
    project.publish(KEY, note)
    project.flush()
    assert SECRET in bib(project)
    assert project.as_seen_by(KEY).private is None
    undo = project.undo()
    project.flush()
    assert SECRET not in bib(project)
    assert project.private(KEY).notes[0].text == SECRET
    project.undo(undo.action)
    assert project[KEY].review_of("ana").notes[0].text == SECRET
    assert project.as_seen_by(KEY).private is None
    with pytest.raises(StaleError):
        project.publish(KEY, note.id)


def test_other_processes_of_the_user_see_it_at_once(open_: Callable[..., Project]) -> None:
    one, two = open_(), open_(watch=True)
    one.review(OTHER, rating=1)
    one.review(KEY, note="First.", private=True)
    told = Told(two)
    told.until(lambda: bool(two.private(KEY).notes))
    waits = []
    for number in range(2, 5):
        begun = time.monotonic()
        one.review(KEY, note=f"{SECRET} {number}", private=True)
        told.until(lambda seen=number: len(two.private(KEY).notes) == seen)
        waits.append(time.monotonic() - begun)
    # Without being told it takes five seconds each time; this machine may be busy once.
    assert min(waits) < 2
    told.until(lambda: bool(told.events))
    assert SECRET not in repr(told.events) and KEY in repr(told.events)


def test_it_stays_with_the_paper_through_renaming_and_merging(project: Project) -> None:
    project.review(KEY, note=SECRET, private=True)
    project.rename(KEY, "new2021")
    assert project.private("new2021").notes[0].text == SECRET
    project.merge(OTHER, "new2021")
    assert project.private(OTHER).notes[0].text == SECRET
    assert [p.citekey for p in project.find("schwach")] == [OTHER]
    project.publish(OTHER, project.private(OTHER).notes[0])
    assert project[OTHER].review_of("ana").notes[0].text == SECRET
    project.undo()
    project.undo()
    assert project.private("new2021").notes[0].text == SECRET


def test_it_is_not_lost_with_its_paper(project: Project) -> None:
    project.review(KEY, note=SECRET, private=True)
    # Nobody said anything of the paper in public, so the entry has no mark to know it by.
    edit_bib(project, f"@article{{{KEY},", "@article{unlike2021,")
    project.sync()
    assert project.private_reviews()[KEY].notes[0].text == SECRET


def test_a_full_home_refuses_the_edit(project: Project) -> None:
    project.review(OTHER, rating=1)
    project.review(KEY, note="First.", private=True)
    folder = project._private.folder
    assert folder is not None
    (log,) = folder.rglob("*.jsonl")
    kept = log.read_bytes()
    log.unlink()
    if os.geteuid() == 0:
        log.parent.rmdir()
        folder.rmdir()
        folder.write_text("in the way", encoding="utf-8")
        with pytest.raises(NotDurableError):
            project.review(KEY, note=SECRET, private=True)
        assert [n.text for n in project.private(KEY).notes] == ["First."]
        folder.unlink()
    project.review(KEY, note=SECRET, private=True)
    (log,) = folder.rglob("*.jsonl")
    assert kept in log.read_bytes()


@pytest.mark.parametrize("seed", range(8))
def test_no_byte_leaks_in_any_history(project: Project, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    outside = tmp_path / "outside"
    outside.mkdir()
    told: list[object] = []
    project.on_change(told.append)
    for number in range(25):
        key = rng.choice([k for k in (KEY, OTHER) if k in project] or ["matsubara2022bottlefit"])
        who = rng.choice(("ana", "bob"))
        name = f"out{number}"
        rng.choice(
            [
                lambda k=key, w=who, n=number: project.review(
                    k, note=f"{SECRET} {n}", add_tags=[f"{WORD} {n}"], private=True, reviewer=w
                ),
                lambda k=key, w=who: project.review(k, rating=rng.randint(1, 5), reviewer=w),
                lambda k=key, w=who: project.review(k, note="Open.", tags=["open"], reviewer=w),
                lambda k=key: project.edit(k, {"year": str(rng.randint(1900, 2000))}),
                lambda k=key: project.remove(k) if len(project) > 2 else None,
                project.undo,
                project.sync,
                lambda w=who: project.undo(by=w),
                lambda n=name: project.export(
                    outside / f"{n}.{rng.choice(['bib', 'csv', 'json', 'ris'])}", opinions=True
                ),
                lambda n=name: project.draft(outside / f"{n}.ipynb"),
            ]
        )()
    project.flush()
    shown = [project._repr_html_(), repr(told), repr(project.log()), repr(project.conflicts())]
    shown += [repr(project.papers()), repr(project.info()), repr(project.actions(me="cem"))]
    shown += [paper._repr_html_() for paper in project.papers()]
    shown += [str(project.papers_frame()), str(project.reviews_frame())]
    shown += [repr(project.at("2999-01-01").papers())]
    assert not any(SECRET in text or WORD in text for text in shown)
    assert leaks(project.root) == leaks(outside) == []
    mine = [n.text for r in project.private_reviews("ana").values() for n in r.notes]
    theirs = [n.text for r in project.private_reviews("bob").values() for n in r.notes]
    assert not set(mine) & set(theirs)
    settle(project)
