import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import StaleError
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from tests.files.hands import bib, copy_ops, edit_row, row, save, settle, taken_in

KEY = "smith2021"


@pytest.fixture
def two(folder: Path, tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """The project and a copy of its folder that has lost touch.

    Their clocks are right: what is done later has a later time, however fast the disk is.
    """
    machine = Machine(wall_ms=itertools.count(1_790_000_000_000).__next__)
    with Project(folder, reviewer="ana", watch=False, machine=machine) as first:
        first.review(KEY, rating=3, tags=["core"], note="Start.")
    shutil.copytree(folder, tmp_path / "copy")
    with (
        Project(folder, reviewer="ana", watch=False, machine=machine) as one,
        Project(tmp_path / "copy", reviewer="ana", watch=False, machine=machine) as other,
    ):
        yield one, other


def meet(one: Project, two: Project) -> None:
    copy_ops(one.root, two.root)
    copy_ops(two.root, one.root)
    for project in (one, two, one, two):
        project.sync()


def same(one: Project, two: Project, *, order: bool = True) -> None:
    meet(one, two)
    assert {p.citekey: p.reviews for p in one.papers()} == {
        p.citekey: p.reviews for p in two.papers()
    }
    assert one.conflicts() == two.conflicts()
    assert (bib(one) == bib(two)) == order
    assert one.csv_path.read_bytes() == two.csv_path.read_bytes()
    settle(one)
    settle(two)


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("rating", {"rating": 5}, {"rating": 1}),
        ("status", {"status": "read"}, {"status": "done"}),
        ("rating", {"rating": 5}, {"rating": None}),
    ],
)
def test_both_values_are_shown_and_resolving_settles_both(
    two: tuple[Project, Project], field: str, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    one, other = two
    one.review(KEY, **mine)
    other.review(KEY, **theirs)
    same(one, other)
    (conflict,) = one.conflicts()
    assert (conflict.citekey, conflict.reviewer, conflict.field) == (KEY, "ana", field)
    assert [v.value for v in conflict.values] == [*theirs.values(), *mine.values()]
    assert all(v.by == "ana" and v.at and v.via == "kernel" for v in conflict.values)
    assert one[KEY].conflicts == (conflict,)
    assert one.info().conflicts == (conflict,)
    paper = other.resolve(KEY, "ana", field, conflict.values[1].id)
    assert paper.conflicts == ()
    assert getattr(paper.review_of("ana"), field) == mine[field]
    with pytest.raises(StaleError, match="Look at it again"):
        other.resolve(KEY, "ana", field, conflict.values[0].id)
    same(one, other)
    assert one.conflicts() == []
    assert getattr(one[KEY].review_of("ana"), field) == mine[field]


def test_the_same_value_twice_is_no_conflict(two: tuple[Project, Project]) -> None:
    one, other = two
    for project in two:
        project.review(KEY, rating=5, add_tags=["new"], note="Same.")
    same(one, other)
    assert one.conflicts() == []
    assert [note.text for note in one[KEY].review_of("ana").notes] == ["Start.", "Same."]


def test_a_note_changed_by_two_is_shown_with_both_texts(two: tuple[Project, Project]) -> None:
    one, other = two
    note = one[KEY].review_of("ana").notes[0]
    one.review(KEY, note_id=note.id, note="Start, mine.", seen=note.seen)
    other.review(KEY, note_id=note.id, note="Start, theirs.", seen=note.seen)
    same(one, other)
    (conflict,) = one.conflicts()
    assert conflict.field == f"note:{note.id}.text"
    assert {value.value for value in conflict.values} == {"Start, mine.", "Start, theirs."}
    review = one.review(KEY, note_id=note.id, note="Start, ours.")
    assert [n.text for n in review.notes] == ["Start, ours."]
    same(one, other)
    assert one.conflicts() == []


@pytest.mark.parametrize("last", ["deletes", "edits"])
def test_a_note_deleted_by_one_and_edited_by_another_stays(
    two: tuple[Project, Project], last: str
) -> None:
    one, other = two
    note = one[KEY].review_of("ana").notes[0]
    if last == "edits":
        one.review(KEY, delete_note=note.id)
    other.review(KEY, note_id=note.id, note="Edited.")
    if last == "deletes":
        one.review(KEY, delete_note=note.id)
    same(one, other)
    assert [n.text for n in one[KEY].review_of("ana").notes] == ["Edited."]
    assert "Edited." in row(one, KEY)["notes"]


def test_a_tag_removed_by_one_and_kept_by_another(two: tuple[Project, Project]) -> None:
    one, other = two
    one.review(KEY, tags=[])
    other.review(KEY, tags=["core", "edge"])
    same(one, other)
    assert one[KEY].tags == ("edge",)
    assert one.conflicts() == []


@pytest.mark.parametrize("last", ["removes", "adds"])
def test_a_tag_removed_by_one_and_given_again_by_another_is_there(
    two: tuple[Project, Project], last: str
) -> None:
    one, other = two
    if last == "adds":
        one.review(KEY, remove_tags=["core"])
    other.review(KEY, remove_tags=["core"])
    other.review(KEY, add_tags=["core"])
    if last == "removes":
        one.review(KEY, remove_tags=["core"])
    same(one, other)
    assert one[KEY].tags == ("core",)
    assert row(one, KEY)["tags"] == "core"
    assert one.conflicts() == []


def test_an_edit_that_two_copies_find_is_one_edit(two: tuple[Project, Project]) -> None:
    """A synchroniser brought one table to both; who replaces the edit replaces all of it."""
    one, other = two
    one.sync()
    other.sync()
    edit_row(one, KEY, rating="5")
    save(other.csv_path, one.csv_path.read_bytes())
    one.sync()
    other.sync()
    one.review(KEY, rating=1)
    same(one, other)
    assert one.conflicts() == []
    assert one[KEY].review_of("ana").rating == 1
    assert len(taken_in(one)) == 1


def test_two_reviewers_never_conflict(two: tuple[Project, Project]) -> None:
    one, other = two
    one.review(KEY, rating=5, reviewer="bob", tags=["x"])
    other.review(KEY, rating=1, reviewer="cem", tags=["x"])
    same(one, other)
    assert one.conflicts() == []
    assert one[KEY].score == 3
    assert one[KEY].disagreement == 4


def test_a_field_of_the_paper_edited_by_two(two: tuple[Project, Project]) -> None:
    one, other = two
    one.edit(KEY, {"year": "2000"})
    other.edit(KEY, {"year": "2001"})
    same(one, other)
    (conflict,) = one.conflicts()
    assert (conflict.reviewer, conflict.field) == (None, "bib:year")
    assert len(conflict.values) == 2
    # People see what became of the text, without the braces that it has in the file.
    assert [piece.text for piece in conflict.values[0].pieces] == ["2021", "2001"]
    assert conflict.values[0].value == "{2001}"
    older = conflict.values[1]
    one.resolve(KEY, None, "bib:year", older.id)
    same(one, other)
    assert other[KEY].year == 2000


def test_a_paper_removed_by_one_and_reviewed_by_another_stays(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    one.remove(KEY)
    one.flush()
    other.review(KEY, rating=5, reviewer="bob")
    # In one of the files it came back, at the end.
    same(one, other)
    assert one[KEY].review_of("bob").rating == 5
    assert other[KEY].title == "On Small Things"
    assert one[KEY].title == "On Small Things"


def test_the_same_paper_added_by_two(two: tuple[Project, Project]) -> None:
    one, other = two
    for project in two:
        project.add("@misc{new2024, title={New}, author={A, B}, year={2024}}")
        project.flush()
    one.review("new2024", rating=5)
    other.review("new2024", rating=1, reviewer="bob")
    same(one, other)
    assert one["new2024"].id == other["new2024"].id
    assert [r.reviewer for r in one["new2024"].reviews] == ["ana", "bob"]
    assert bib(one).count("@misc{new2024") == 1
    assert one.conflicts() == []


def test_two_papers_added_under_one_key(two: tuple[Project, Project]) -> None:
    one, other = two
    one.add("@misc{new2024, title={One thing}, author={A, B}, year={2024}}")
    one.flush()
    other.add("@misc{new2024, title={Quite another}, author={C, D}, year={2024}}")
    other.flush()
    same(one, other)
    titles = {value.value for c in one.conflicts() if c.field == "bib:title" for value in c.values}
    assert titles == {"{One thing}", "{Quite another}"}


def test_values_of_bibtex_are_told_as_they_read_and_kept_as_they_stand(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    one.edit(KEY, {"title": "A μ-kernel & Café"})
    other.edit(KEY, {"title": "A kernel of Müller"})
    same(one, other)
    (conflict,) = one.conflicts()
    assert {value.text for value in conflict.values} == {"A μ-kernel & Café", "A kernel of Müller"}
    assert any(r"\&" in value.value for value in conflict.values)
    for value in conflict.values:
        assert "".join(p.text for p in value.pieces if p.kind != "removed") == value.text
        assert "".join(p.text for p in value.pieces if p.kind != "added") == "On Small Things"
    assert "'A μ-kernel & Café' (ana)" in repr(conflict)
    assert one[KEY].conflicts == (conflict,)
    kept = next(value for value in conflict.values if value.text == "A μ-kernel & Café")
    one.resolve(KEY, None, "bib:title", kept.id)
    assert one[KEY].title == "A μ-kernel & Café"
    one.flush()
    assert kept.value in bib(one)
