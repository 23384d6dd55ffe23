"""One note that several people changed at once: merged where that can be, else all shown."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import bib, edit_row, row, save, settle, taken_in
from tests.project.test_conflicts import KEY, meet, same

START = "A good paper.\n\nThe method is clear."


@pytest.fixture
def three(folder: Path, open_: Callable[..., Project], tmp_path: Path) -> list[Project]:
    with Project(folder, reviewer="ana", watch=False) as first:
        first.review(KEY, note=START)
    copies = [shutil.copytree(folder, tmp_path / name) for name in ("copy", "third")]
    return [open_(), *(open_(copy) for copy in copies)]


def change(project: Project, old: str, new: str) -> None:
    (note,) = project[KEY].review_of("ana").notes
    assert old in note.text
    text = note.text.replace(old, new)
    project.review(KEY, note=text, note_id=note.id, seen=note.seen)


def text_of(project: Project) -> str:
    (note,) = project[KEY].review_of("ana").notes
    return note.text


def test_changes_at_different_places_are_both_shown_and_nothing_is_written(
    three: list[Project],
) -> None:
    one, other, _ = three
    change(one, "good", "very good")
    change(other, "clear.", "clear and short.")
    known = len(one.log())
    same(one, other)
    assert text_of(one) == text_of(other) == "A very good paper.\n\nThe method is clear and short."
    assert one.conflicts() == []
    assert len(one.log()) == known + 1
    assert "very good paper" in row(one, KEY)["notes"]
    assert "clear and short" in bib(other)


def test_three_at_once_in_any_order_of_meeting(three: list[Project]) -> None:
    one, other, third = three
    change(one, "A good", "A really good")
    change(other, "clear.", "clear and short.")
    change(third, "method", "new method")
    meet(one, third)
    meet(other, third)
    for _ in range(2):
        same(one, other)
        same(other, third)
    assert text_of(one) == "A really good paper.\n\nThe new method is clear and short."
    assert text_of(third) == text_of(one)


def test_what_meets_is_a_conflict_with_each_text_and_what_became_in_it(
    three: list[Project],
) -> None:
    one, other, _ = three
    change(one, "good", "great")
    change(other, "good", "bad")
    same(one, other)
    (conflict,) = one.conflicts()
    assert [v.value.split()[1] for v in conflict.values] == ["bad", "great"]
    pieces = [(piece.kind, piece.text) for piece in conflict.values[0].pieces]
    assert pieces == [
        ("same", "A "), ("removed", "good"), ("added", "bad"),
        ("same", " paper.\n\nThe method is clear."),
    ]  # fmt: skip
    assert text_of(one) == conflict.values[0].value
    one.resolve(KEY, "ana", conflict.field, conflict.values[1].id)
    same(one, other)
    assert "great" in text_of(other)
    assert other.conflicts() == []


def test_an_edit_of_the_merged_text_replaces_all_and_undo_brings_both_back(
    three: list[Project],
) -> None:
    one, other, _ = three
    change(one, "good", "very good")
    change(other, "clear", "short")
    same(one, other)
    merged = text_of(one)
    change(one, "The method", "Its method")
    current = one._sync.fold.history(one[KEY].id, "ana", _field(one))[-1]
    assert len(current.seen) == 2
    same(one, other)
    assert text_of(other) == merged.replace("The method", "Its method")


def _field(project: Project) -> str:
    (note,) = project[KEY].review_of("ana").notes
    return f"note:{note.id}.text"


def test_saving_the_merged_text_as_it_is_makes_it_one(three: list[Project]) -> None:
    one, other, _ = three
    change(one, "good", "very good")
    change(other, "clear", "short")
    same(one, other)
    (note,) = one[KEY].review_of("ana").notes
    assert len(note.seen) == 2
    one.review(KEY, note=note.text, note_id=note.id, seen=note.seen)
    assert len(one[KEY].review_of("ana").notes[0].seen) == 1
    same(one, other)
    assert text_of(other) == note.text


def test_typing_into_the_merged_note_in_a_file_is_one_edit_that_replaces_both(
    three: list[Project],
) -> None:
    one, other, _ = three
    change(one, "good", "very good")
    change(other, "clear", "short")
    same(one, other)
    since = len(one.log())
    edit_row(one, KEY, notes=row(one, KEY)["notes"].replace("paper", "paper here"))
    assert one.sync().taken_in == 1
    (found,) = taken_in(one, since)
    assert found.value == "A very good paper here.\n\nThe method is short."
    assert len(one[KEY].review_of("ana").notes[0].seen) == 1
    same(one, other)


def test_stale_copies_of_every_version_are_known(three: list[Project]) -> None:
    one, other, third = three
    change(one, "A good", "A really good")
    change(other, "clear.", "clear and short.")
    change(third, "method", "new method")
    for project in three:
        project.sync()
    stale = [(p.csv_path.read_bytes(), bib(p)) for p in three]
    meet(one, third)
    stale.append((one.csv_path.read_bytes(), bib(one)))
    meet(other, third)
    meet(one, other)
    stale.append((other.csv_path.read_bytes(), bib(other)))
    since = len(one.log())
    for table, text in stale:
        save(one.csv_path, table)
        save(one.bib_path, text)
        result = one.sync()
        assert (result.taken_in, result.held) == (0, 0)
        settle(one)
    assert len(one.log()) == since
    for table, _ in stale:
        # Typed into an old copy: that version's text with one word more, merged in again.
        save(one.csv_path, table)
        edit_row(one, KEY, status="read")
        result = one.sync()
        assert result.held == 0
        settle(one)
    assert len(taken_in(one, since)) == 1


def test_typing_into_a_stale_version_is_merged_with_the_others(three: list[Project]) -> None:
    one, other, _ = three
    change(one, "A good", "A really good")
    change(other, "clear.", "clear and short.")
    other.sync()
    stale = other.csv_path.read_bytes()
    same(one, other)
    save(one.csv_path, stale)
    edit_row(one, KEY, notes=row(one, KEY)["notes"].replace("method", "new method"))
    assert one.sync().taken_in == 1
    assert text_of(one) == "A really good paper.\n\nThe new method is clear and short."
    same(one, other)


def test_deleted_here_and_changed_there_stays_to_be_seen(three: list[Project]) -> None:
    one, other, _ = three
    (note,) = one[KEY].review_of("ana").notes
    one.review(KEY, delete_note=note.id)
    change(other, "good", "very good")
    same(one, other)
    assert "very good" in text_of(one)
    (conflict,) = one.conflicts()
    assert {v.value is None for v in conflict.values} == {True, False}
