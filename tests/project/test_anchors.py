"""Where in a paper a note belongs: said, changed, met, undone, erased, private and told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit import api
from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.frames import reviews_frame
from reviewkit.project import Project
from reviewkit.records import Me, Note
from tests.files.hands import bib, row, settle
from tests.project.test_conflicts import KEY, same
from tests.project.test_purging import stands

WORDS = "words of the paper that tell"


def note_of(project: Project, reviewer: str = "ana") -> Note:
    (note,) = project[KEY].review_of(reviewer).notes
    return note


@pytest.fixture
def two(folder: Path, open_: Callable[..., Project], tmp_path: Path) -> tuple[Project, Project]:
    with Project(folder, reviewer="ana", watch=False) as first:
        first.review(KEY, note="Why?", anchor=4)
    copy = shutil.copytree(folder, tmp_path / "copy")
    return open_(), open_(copy)


def test_it_is_said_with_the_note_and_stands_in_both_files(project: Project) -> None:
    review = project.review(KEY, note="Why?", anchor="pages 4-6")
    (note,) = review.notes
    assert (note.text, note.anchor) == ("Why?", "p4-6")
    project.flush()
    assert row(project, KEY)["notes"] == f"[{note.id} p4-6] Why?"
    assert f"comment-ana = {{[{note.id} p4-6] Why?}}" in " ".join(bib(project).split())
    assert [(c.field, c.value) for c in project.log() if c.field.startswith("note:")] == [
        (f"note:{note.id}.text", "Why?"), (f"note:{note.id}.anchor", "p4-6"),
    ]  # fmt: skip
    settle(project)


def test_a_note_keeps_its_place_until_it_is_given_another_or_none(project: Project) -> None:
    (note,) = project.review(KEY, note="Why?", anchor="§4.2").notes
    project.review(KEY, note="Why so?", note_id=note.id, seen=note.seen)
    assert (note_of(project).text, note_of(project).anchor) == ("Why so?", "§4.2")
    project.review(KEY, note_id=note.id, anchor=7)
    assert (note_of(project).text, note_of(project).anchor) == ("Why so?", "p7")
    known = len(project.log())
    project.review(KEY, note_id=note.id, anchor="p. 7")
    assert len(project.log()) == known
    project.review(KEY, note_id=note.id, anchor=None)
    assert note_of(project).anchor is None
    project.flush()
    assert row(project, KEY)["notes"] == f"[{note.id}] Why so?"


def test_the_same_words_on_another_page_are_another_note(project: Project) -> None:
    project.review(KEY, note="Typo.")
    project.review(KEY, note="Typo.", anchor=4)
    assert note_of(project).anchor == "p4"
    project.review(KEY, note="Typo.", anchor=9)
    project.review(KEY, note="Typo.", anchor=9)
    project.review(KEY, note="Typo.")
    notes = project[KEY].review_of("ana").notes
    assert [(n.text, n.anchor) for n in notes] == [("Typo.", "p4"), ("Typo.", "p9")]
    settle(project)


def test_what_cannot_be_is_refused_and_nothing_is_recorded(project: Project) -> None:
    for given in ({"note": "W", "anchor": "x" * 300}, {"anchor": 4}, {"note": "W", "anchor": 4.5}):
        with pytest.raises(ValueRefusedError, match=r"note|anchor"):
            project.review(KEY, rating=3, **given)
    with pytest.raises(StaleError):
        project.review(KEY, note_id="aaaaaa", anchor=4)
    assert project.log() == []


def test_places_said_at_once_are_a_conflict_and_both_are_listed(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    for project, page in ((one, 5), (other, 6)):
        note = note_of(project)
        project.review(KEY, note_id=note.id, anchor=page, seen=note.seen)
    same(one, other)
    (conflict,) = one.conflicts()
    assert conflict.field == f"note:{note_of(one).id}.anchor"
    assert [value.value for value in conflict.values] == ["p6", "p5"]
    assert note_of(one).anchor == note_of(other).anchor == "p6"
    assert f"[{note_of(one).id} p6] Why?" in row(one, KEY)["notes"]
    one.resolve(KEY, "ana", conflict.field, conflict.values[1].id)
    same(one, other)
    assert note_of(other).anchor == "p5"
    assert other.conflicts() == []


def test_a_place_that_was_not_seen_is_not_replaced(project: Project) -> None:
    (note,) = project.review(KEY, note="Why?").notes
    project.review(KEY, note_id=note.id, anchor=5)
    project.review(KEY, note_id=note.id, anchor=6, seen=note.seen)
    (conflict,) = project.conflicts()
    assert {value.value for value in conflict.values} == {"p5", "p6"}


def test_the_same_place_said_twice_is_one_and_the_text_is_apart(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    note = note_of(one)
    one.review(KEY, note_id=note.id, anchor=5, seen=note.seen)
    other.review(KEY, note_id=note.id, anchor="page 5", note="Why not?", seen=note.seen)
    same(one, other)
    assert one.conflicts() == []
    assert (note_of(one).text, note_of(one).anchor) == ("Why not?", "p5")
    settle(one)
    settle(other)


def test_a_deleted_note_takes_its_place_along_and_brings_it_back(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    note = note_of(one)
    one.review(KEY, delete_note=note.id)
    other.review(KEY, note_id=note.id, anchor=5, seen=note.seen)
    same(one, other)
    assert one[KEY].review_of("ana").notes == () and one.conflicts() == []
    one.undo(next(change.id for change in one.log() if change.value is None))
    same(one, other)
    # What was said of it meanwhile is not lost.
    assert (note_of(other).text, note_of(other).anchor) == ("Why?", "p5")


def test_undo_gives_the_former_place_back(project: Project) -> None:
    (note,) = project.review(KEY, note="Why?", anchor=4).notes
    project.review(KEY, note="Why so?", note_id=note.id, anchor=5)
    project.undo()
    assert (note_of(project).text, note_of(project).anchor) == ("Why?", "p4")
    project.undo()
    assert project[KEY].review_of("ana").notes == ()
    settle(project)


def test_versions_of_a_note_kept_apart_belong_to_the_same_place(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    for project, text in ((one, "Wherefore?"), (other, "What for?")):
        note = note_of(project)
        project.review(KEY, note=text, note_id=note.id, seen=note.seen)
    same(one, other)
    (conflict,) = one.conflicts()
    one.resolve(KEY, "ana", conflict.field, conflict.values[0].id, apart=True)
    notes = one[KEY].review_of("ana").notes
    assert sorted(n.text for n in notes) == ["What for?", "Wherefore?"]
    assert [n.anchor for n in notes] == ["p4", "p4"]


def test_words_of_the_paper_are_erased_with_the_note(project: Project, private_home: Path) -> None:
    secret = "Sieht nach einer Erfindung aus"
    (note,) = project.review(KEY, note="Hm.", anchor=secret, rating=2).notes
    project.flush()
    project.review(KEY, note_id=note.id, anchor=4)
    project.review(KEY, note_id=note.id, anchor=secret)
    project.flush()
    assert stands(project.root, private_home)
    project.purge(KEY, note=note.id)
    assert stands(project.root, private_home) == []
    review = project[KEY].review_of("ana")
    assert (review.notes, review.rating) == ((), 2)
    settle(project)


def test_a_place_that_was_said_elsewhere_of_an_erased_note_is_erased_as_well(
    two: tuple[Project, Project], private_home: Path
) -> None:
    one, other = two
    note = note_of(one)
    other.review(KEY, note_id=note.id, anchor="Sieht nach einer Erfindung aus")
    other.flush()
    one.purge(KEY, note=note.id)
    same(one, other)
    assert stands(one.root, other.root, private_home) == []
    assert one[KEY].review_of("ana").notes == other[KEY].review_of("ana").notes == ()


def test_a_private_note_has_a_place_which_goes_along_when_it_is_published(
    project: Project,
) -> None:
    (note,) = project.review(KEY, note="Hm.", anchor=WORDS, private=True).notes
    assert note.anchor == f'"{WORDS}"'
    project.flush()
    assert WORDS not in bib(project)
    assert WORDS not in repr(project.log())
    project.publish(KEY, note.id)
    assert note_of(project).anchor == f'"{WORDS}"'
    project.undo()
    assert project[KEY].review_of("ana").notes == ()
    assert project.private(KEY).notes[0].anchor == f'"{WORDS}"'


def test_a_view_asks_for_it_and_is_told(project: Project) -> None:
    me = Me("ana", None, "given", locked=False)

    def ask(**note: object) -> Note:
        given = {"citekey": KEY, "note": note}
        paper = api.handle(project, "review", given, me=me, via="panel")
        (found,) = paper["reviews"][0]["notes"]
        return Note(**found)

    note = ask(id=None, text="Why?", anchor="4", seen=[])
    assert note.anchor == "p4"
    note = ask(id=note.id, seen=list(note.seen), anchor="§2")
    assert (note.text, note.anchor) == ("Why?", "§2")
    note = ask(id=note.id, seen=list(note.seen), text="How?")
    assert (note.text, note.anchor) == ("How?", "§2")
    assert ask(id=note.id, seen=list(note.seen), anchor=None).anchor is None
    for wrong in ({"anchor": "4"}, {"text": "x", "anchor": 4}):
        with pytest.raises(ValueRefusedError):
            ask(id=None, seen=[], **wrong)


def test_tables_and_texts_tell_it(project: Project) -> None:
    project.review(KEY, note="Why?", anchor=4)
    project.review(KEY, note="Good.")
    frame = reviews_frame(project.papers())
    assert frame["notes"][0] == ["Why?", "Good."]
    assert frame["anchors"][0] == ["p4", None]
    assert "(p. 4) Why?" in project[KEY]._repr_html_()
