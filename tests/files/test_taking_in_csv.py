import io
import re
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.project import Project
from tests.files.hands import (
    bib,
    copy_ops,
    edit_row,
    row,
    rows,
    save,
    save_rows,
    settle,
    start,
    state,
    taken_in,
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = start(tmp_path / "p")
    project.review("smith2021", rating=4, status="reading", tags=["core", "edge"], note="First.")
    project.review("smith2021", note="Second.")
    project.review("matsubara2022bottlefit", rating=2, reviewer="bob")
    project.flush()
    yield project
    project.close()


def mine(project: Project) -> object:
    return project["smith2021"].review_of("ana")


def test_each_cell_is_taken_in_exactly_once(project: Project) -> None:
    notes = row(project, "smith2021")["notes"]
    changes = [
        ("rating", "5", ("rating", 5)),
        ("rating", "3.5", ("rating", 3.5)),
        ("rating", "4,5", ("rating", 4.5)),
        ("rating", "", ("rating", None)),
        ("status", "Done", ("status", "done")),
        ("status", "", ("status", None)),
        ("tags", "core; edge; new", ("tag:new", True)),
        ("tags", "edge; new", ("tag:core", None)),
        ("notes", notes.replace("First.", "First, mended."), None),
        ("decision", "include", ("decision", "include")),
    ]
    for column, text, expected in changes:
        since = len(project.log())
        edit_row(project, "smith2021", **{column: text})
        result = project.sync()
        found = taken_in(project, since)
        assert result.taken_in == 1, column
        assert len(found) == 1, column
        change = found[0]
        if expected is not None:
            assert (change.field, change.value) == expected
        else:
            assert change.field.startswith("note:")
            assert change.value == "First, mended."
        assert (change.by, change.reviewer, change.via) == ("ana", "ana", "csv")
        assert change.origin is not None
        assert change.origin.startswith("reviews.csv row ")
        settle(project)
    assert mine(project).tags == ("edge", "new")
    assert [note.text for note in mine(project).notes] == ["First, mended.", "Second."]
    assert row(project, "smith2021")["decision"] == "include"


def test_a_note_typed_below_the_others_is_a_new_note(project: Project) -> None:
    notes = row(project, "smith2021")["notes"]
    edit_row(project, "smith2021", notes="Typed above.\n\n" + notes)
    assert project.sync().taken_in == 1
    assert sorted(note.text for note in mine(project).notes) == [
        "First.", "Second.", "Typed above."]  # fmt: skip
    settle(project)
    assert "Typed above." in bib(project)


def test_a_note_deleted_in_its_cell_is_deleted(project: Project) -> None:
    first = row(project, "smith2021")["notes"].split("\n\n")[0]
    edit_row(project, "smith2021", notes=first)
    assert project.sync().taken_in == 1
    assert [note.text for note in mine(project).notes] == ["First."]
    settle(project)


def test_another_opens_the_file_and_types_for_me(project: Project) -> None:
    with Project(project.root, reviewer="bob", watch=False) as bob:
        edit_row(bob, "smith2021", rating="1")
        bob.sync()
        (change,) = taken_in(bob)
        assert (change.by, change.reviewer, change.value) == ("bob", "ana", 1)
    settle(project)
    assert mine(project).rating == 1


def test_a_stale_clean_copy_changes_nothing_and_is_written_anew(project: Project) -> None:
    old = project.csv_path.read_bytes()
    project.review("smith2021", rating=1, remove_tags=["core"])
    project.review("zhang2020", rating=3)
    project.flush()
    before = state(project)
    save(project.csv_path, old)
    since = len(project.log())
    assert project.sync().taken_in == 0
    assert len(project.log()) == since
    settle(project)
    assert state(project) == before


def test_a_cell_of_a_stale_copy_is_an_edit_of_what_it_was_made_from(project: Project) -> None:
    stale = rows(project)
    project.review("smith2021", rating=1)
    project.flush()
    for r in stale:
        if r["key"] == "smith2021":
            r["status"] = "done"
    save_rows(project, stale)
    assert project.sync().taken_in == 1
    assert (mine(project).rating, mine(project).status) == (1, "done")
    settle(project)


def test_a_cell_changed_on_both_sides_is_a_conflict(project: Project) -> None:
    stale = rows(project)
    project.review("smith2021", rating=1)
    project.flush()
    for r in stale:
        if r["key"] == "smith2021":
            r["rating"] = "5"
    save_rows(project, stale)
    project.sync()
    (conflict,) = project.conflicts()
    assert {value.value for value in conflict.values} == {1, 5}
    assert {value.via for value in conflict.values} == {"kernel", "csv"}
    settle(project)


def test_a_row_of_an_unknown_state_is_held_as_it_stands(project: Project) -> None:
    edit_row(project, "smith2021", rating="1", rev="aaaaaaaaaa")
    result = project.sync()
    assert (result.taken_in, result.held) == (0, 1)
    assert mine(project).rating == 4
    assert (row(project, "smith2021")["rating"], row(project, "smith2021")["rev"]) == (
        "1", "aaaaaaaaaa")  # fmt: skip
    (held,) = project.info().held
    assert (held.file, held.citekey) == ("reviews.csv", "smith2021")
    assert "state that is not known" in held.reason
    project.review("matsubara2022bottlefit", rating=3)
    settle(project)
    assert row(project, "smith2021")["rating"] == "1"


@pytest.mark.parametrize("back", [True, False])
def test_an_old_table_with_a_key_that_the_paper_had_for_a_while(
    project: Project, back: bool
) -> None:
    """After a rename in an editor that was undone, or after the next one."""
    save(project.bib_path, bib(project).replace("@article{smith2021,", "@article{once2021,"))
    project.sync()
    project.sync()
    old = project.csv_path.read_bytes()
    if back:
        renaming = next(c for c in reversed(project.log()) if c.field == "citekey")
        assert project.undo(renaming.id).undone is not None
    else:
        save(project.bib_path, bib(project).replace("@article{once2021,", "@article{now2021,"))
    settle(project)
    key = "smith2021" if back else "now2021"
    save(project.csv_path, old)
    edit_row(project, "once2021", rating="1")
    assert project.sync().held == 0
    settle(project)
    assert project.held() == []
    assert project[key].review_of("ana").rating == 1
    assert {r["key"] for r in rows(project)} == {key, "matsubara2022bottlefit"}
    assert project.conflicts() == []


def test_a_held_row_is_taken_in_when_the_edits_that_explain_it_arrive(
    project: Project, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("references.bib", "reviews.csv"):
        (other / name).write_bytes((project.root / name).read_bytes())
    copy_ops(project.root, other)
    with Project(other, reviewer="cem", watch=False) as cem:
        cem.review("smith2021", rating=1, reviewer="ana")
        cem.flush()
        edit_row(cem, "smith2021", status="done")
        save(project.csv_path, cem.csv_path.read_bytes())
    assert project.sync().held == 1
    assert len(project.info().held) == 1
    copy_ops(other, project.root)
    project.sync()
    assert project.info().held == ()
    assert (mine(project).rating, mine(project).status) == (1, "done")
    settle(project)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"rating": "9"}, "1 .worst. to 5 .best."),
        ({"rating": "4;5"}, "1 .worst. to 5 .best."),
        ({"status": "finished"}, "to-read, reading"),
        ({"tags": "a{b"}, "cannot be a tag"),
    ],
)
def test_what_cannot_be_is_held_and_left_alone(
    project: Project, cells: dict[str, str], said: str
) -> None:
    edit_row(project, "smith2021", **cells)
    typed = row(project, "smith2021")
    assert project.sync().held == 1
    settle(project)
    assert row(project, "smith2021") == typed
    assert mine(project).rating == 4
    (held,) = project.info().held
    assert re.search(said, held.reason)
    edit_row(project, "smith2021", rating="3", status="reading", tags="core; edge")
    project.sync()
    assert project.info().held == ()
    assert mine(project).rating == 3
    settle(project)


def test_editing_in_the_panel_lets_go_of_a_held_row_when_it_is_put_right(
    project: Project,
) -> None:
    edit_row(project, "smith2021", rating="9")
    project.sync()
    edit_row(project, "smith2021", rating="4")
    project.sync()
    assert project.info().held == ()
    settle(project)


def test_rows_that_were_sorted_filtered_or_deleted_come_back(project: Project) -> None:
    before = state(project)
    for change in (lambda r: r[::-1], lambda r: r[:1], lambda _: []):
        changed = change(rows(project))
        if changed:
            save_rows(project, changed)
        else:
            save(project.csv_path, project.csv_path.read_bytes().split(b"\n")[0] + b"\n")
        assert project.sync().taken_in == 0
        settle(project)
        assert state(project) == before


def test_an_emptied_or_deleted_file_is_no_deletion(project: Project) -> None:
    before = state(project)
    save(project.csv_path, b"")
    assert project.sync().taken_in == 0
    settle(project)
    assert state(project) == before
    project.csv_path.unlink()
    settle(project)
    assert state(project) == before


def test_a_row_that_somebody_typed(project: Project) -> None:
    typed = {"key": "zhang2020", "reviewer": "Dana Müller", "rating": "3", "notes": "Typed."}
    save_rows(project, [*rows(project), typed])
    project.sync()
    review = project["zhang2020"].review_of("dana-muller")
    assert review.rating == 3
    assert [note.text for note in review.notes] == ["Typed."]
    settle(project)
    assert [r["reviewer"] for r in rows(project) if r["key"] == "zhang2020"] == ["dana-muller"]


def test_a_typed_row_of_a_known_review_clears_nothing(project: Project) -> None:
    save_rows(project, [{"key": "smith2021", "reviewer": "ana", "rating": "4", "tags": "typed"}])
    project.sync()
    assert mine(project).rating == 4
    assert mine(project).status == "reading"
    assert mine(project).tags == ("core", "edge", "typed")
    settle(project)


def test_a_row_of_an_unknown_key_stays_in_the_file(project: Project) -> None:
    typed = {"key": "nobody1999", "reviewer": "ana", "rating": "3"}
    save_rows(project, [*rows(project), typed])
    project.sync()
    settle(project)
    found = row(project, "nobody1999")
    assert found["rating"] == "3"
    assert "nobody1999" not in bib(project)


def test_columns_and_rows_of_other_people_are_kept(project: Project) -> None:
    changed = [{**r, "Priority": "high", "_x": "=1"} for r in rows(project)]
    save_rows(project, changed)
    project.sync()
    settle(project)
    assert all((r["Priority"], r["_x"]) == ("high", "=1") for r in rows(project))
    project.review("smith2021", rating=1)
    project.flush()
    assert row(project, "smith2021")["Priority"] == "high"


def test_a_row_with_only_other_peoples_columns_is_kept(project: Project) -> None:
    save_rows(
        project, [*rows(project), {"key": "zhang2020", "reviewer": "ana", "Priority": "low"}]
    )
    project.sync()
    settle(project)
    assert row(project, "zhang2020")["Priority"] == "low"


@pytest.mark.parametrize("dtype", [None, str])
def test_pandas_saves_what_it_read_and_nothing_happens(
    project: Project, dtype: type | None
) -> None:
    before = state(project)
    frame = pd.read_csv(project.csv_path, dtype=dtype)
    text = io.StringIO()
    frame.to_csv(text, index=False)
    save(project.csv_path, text.getvalue())
    assert project.sync().taken_in == 0
    settle(project)
    assert state(project) == before


def test_an_edit_by_pandas(project: Project) -> None:
    frame = pd.read_csv(project.csv_path)
    frame.loc[frame["key"] == "smith2021", "rating"] = 1
    frame.to_csv(project.csv_path, index=False)
    assert project.sync().taken_in == 1
    assert mine(project).rating == 1
    settle(project)


def test_a_merge_with_conflict_markers(project: Project) -> None:
    data = project.csv_path.read_text(encoding="utf-8-sig")
    lines = data.splitlines(keepends=True)
    ours = next(line for line in lines if line.startswith("matsubara"))
    theirs = ours.replace(",2,", ",5,")
    marked = data.replace(ours, f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n")
    save(project.csv_path, marked)
    project.sync()
    assert project["matsubara2022bottlefit"].review_of("bob").rating == 5
    settle(project)
    assert "<<<<<<<" not in project.csv_path.read_text()


@pytest.mark.parametrize("junk", [b"\x00" * 50, b"PK\x03\x04rubbish", b"just a text\n", b'"'])
def test_a_file_that_is_no_table_is_left_alone_and_told(project: Project, junk: bytes) -> None:
    save(project.csv_path, junk)
    assert project.sync().taken_in == 0
    assert project.info().problems
    assert project.csv_path.read_bytes() == junk
    project.review("smith2021", rating=1)
    project.flush()
    assert project.csv_path.read_bytes() == junk
    assert any("reviews.csv" in text for text in project.info().waiting)
    project.csv_path.unlink()
    settle(project)
    assert row(project, "smith2021")["rating"] == "1"
