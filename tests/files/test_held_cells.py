"""Cells that wait for a person: one held change each, shown, accepted or dismissed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import StaleError, ValueRefusedError
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
)  # fmt: skip

KEY = "smith2021"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = start(tmp_path / "p")
    project.review(KEY, rating=4, status="reading", tags=["core", "1-2"], note="Groß.")
    project.review("zhang2020", rating=2, tags=["007"], reviewer="bob")
    project.flush()
    edit_row(project, KEY, decision="2021-01-02")
    project.sync()
    yield project
    project.close()


def spoil(project: Project) -> None:
    """A spreadsheet makes another date of the decision, and a person types a rating."""
    edit_row(project, KEY, decision="02.01.2021", rating="5")


def test_a_typed_cell_is_taken_in_and_the_spoilt_one_beside_it_waits(project: Project) -> None:
    since = len(project.log())
    spoil(project)
    result = project.sync()
    assert (result.taken_in, result.held) == (1, 1)
    assert [(c.field, c.value) for c in taken_in(project, since)] == [("rating", 5)]
    (item,) = project.held()
    assert (item.file, item.citekey, item.reviewer) == ("reviews.csv", KEY, "ana")
    assert (item.kind, item.field, item.was, item.now) == (
        "spreadsheet", "decision", "2021-01-02", "02.01.2021")  # fmt: skip
    assert "".join(piece.text for piece in item.pieces if piece.kind != "added") == item.was
    assert "".join(piece.text for piece in item.pieces if piece.kind != "removed") == item.now
    assert item.acceptable
    assert project.info().held == (item,)
    settle(project)
    # It stays as it was found, beside what the log says of all else.
    assert (row(project, KEY)["decision"], row(project, KEY)["rating"]) == ("02.01.2021", "5")


def test_saving_again_holds_nothing_twice_and_other_edits_go_on(project: Project) -> None:
    spoil(project)
    project.sync()
    (item,) = project.held()
    for rating in ("4", "3"):
        edit_row(project, KEY, rating=rating)
        assert project.sync().taken_in == 1
        settle(project)
    project.review(KEY, status="read")
    settle(project)
    assert [held.id for held in project.held()] == [item.id]
    assert row(project, KEY)["decision"] == "02.01.2021"


@pytest.mark.parametrize("kept", [11, 8, 3, 0])
def test_a_table_cut_off_behind_a_held_cell_is_from_no_unknown_state(
    project: Project, kept: int
) -> None:
    """Of its last row so many letters of `rev` are left."""
    edit_row(project, "zhang2020", "bob", decision="#NAME?")
    project.sync()
    (item,) = project.held()
    written = project.csv_path.read_bytes()
    save(project.csv_path, written[: len(written) - 11 + kept])
    project.sync()
    settle(project)
    assert project.held() == [item]
    assert project.csv_path.read_bytes() == written
    # And somebody who puts it right has still decided.
    edit_row(project, "zhang2020", "bob", decision="", rating="3")
    assert project.sync().taken_in == 1
    settle(project)
    assert project.held() == []


def test_a_held_cell_stands_in_a_table_that_was_emptied(project: Project) -> None:
    spoil(project)
    project.sync()
    written = project.csv_path.read_bytes()
    save(project.csv_path, b"")
    project.sync()
    settle(project)
    assert project.csv_path.read_bytes() == written
    edit_row(project, KEY, decision="2021-01-02")
    project.sync()
    settle(project)
    assert project.held() == []


def test_accepting_is_one_edit_and_undo_has_it_held_again(project: Project) -> None:
    spoil(project)
    project.sync()
    (item,) = project.held()
    since = len(project.log())
    assert project.accept(item.id).decided == 1
    made = project.log()[since:]
    assert [(c.field, c.value, c.reviewer, c.by) for c in made if c.field == "decision"] == [
        ("decision", "02.01.2021", "ana", "ana")]  # fmt: skip
    assert project.held() == []
    assert project.conflicts() == []
    settle(project)
    assert row(project, KEY)["decision"] == "02.01.2021"
    undone = project.undo()
    assert (undone.undone, undone.citekey) == ("decision of smith2021", KEY)
    assert [held.now for held in project.held()] == ["02.01.2021"]
    settle(project)
    assert project.accept(project.held()[0].id).decided == 1
    settle(project)


def test_dismissing_puts_the_cell_back_and_undo_has_it_held_again(project: Project) -> None:
    spoil(project)
    project.sync()
    stale = project.csv_path.read_bytes()
    since = len(project.log())
    assert project.dismiss([item.id for item in project.held()]).decided == 1
    settle(project)
    assert row(project, KEY)["decision"] == "2021-01-02"
    assert project.held() == []
    # The spreadsheet is still open and saves what it has once more: that was decided.
    save(project.csv_path, stale)
    assert project.sync().held == 0
    settle(project)
    assert row(project, KEY)["decision"] == "2021-01-02"
    assert len(project.log()) == since + 1
    assert project.undo().undone == "dismissing a held change of smith2021"
    settle(project)
    assert len(project.held()) == 1
    assert row(project, KEY)["decision"] == "02.01.2021"


def test_what_is_not_held_any_more_cannot_be_decided_on(project: Project) -> None:
    spoil(project)
    project.sync()
    (item,) = project.held()
    project.dismiss(item.id)
    for decide in (project.accept, project.dismiss):
        with pytest.raises(StaleError, match="Look at the list again"):
            decide(item.id)


def test_what_cannot_be_a_value_is_not_accepted(project: Project) -> None:
    edit_row(project, KEY, rating="9")
    project.sync()
    (item,) = project.held()
    assert (item.kind, item.was, item.now, item.acceptable) == ("value", "4", "9", False)
    with pytest.raises(ValueRefusedError, match="dismiss it"):
        project.accept(item.id)
    spoil(project)
    project.sync()
    edit_row(project, KEY, rating="9")
    project.sync()
    result = project.accept([item.id for item in project.held()])
    assert result.decided == 1
    assert len(result.refused) == 1
    assert [held.now for held in project.held()] == ["9"]


def test_put_right_in_the_file_it_is_let_go(project: Project) -> None:
    for mended in ("2021-01-02", "include"):
        spoil(project)
        project.sync()
        assert len(project.held()) == 1
        edit_row(project, KEY, decision=mended)
        project.sync()
        assert project.held() == []
        settle(project)
        assert row(project, KEY)["decision"] == mended
        edit_row(project, KEY, decision="2021-01-02")
        project.sync()


def test_an_edit_elsewhere_of_what_it_was_made_from_is_a_conflict_when_accepted(
    project: Project,
) -> None:
    edit_row(project, KEY, tags="01-Feb; core")
    edit_row(project, KEY, decision="02.01.2021", status="#NAME?")
    project.sync()
    project.review(KEY, status="done")
    settle(project)
    held = {item.field: item for item in project.held()}
    assert row(project, KEY)["status"] == "done"
    assert not held["status"].acceptable
    project.dismiss(held["status"].id)
    settle(project)
    assert row(project, KEY)["status"] == "done"


def test_replicas_share_what_is_held_and_what_was_decided(
    project: Project, tmp_path: Path
) -> None:
    spoil(project)
    project.sync()
    other = tmp_path / "other"
    other.mkdir()
    (other / "references.bib").write_bytes(project.bib_path.read_bytes())
    copy_ops(project.root, other)
    with Project(other, reviewer="bob", watch=False) as bob:
        settle(bob)
        assert bob.held() == project.held()
        assert bob.csv_path.read_bytes() == project.csv_path.read_bytes()
        # An old copy of the file from before the spreadsheet says nothing against it.
        assert row(bob, KEY)["decision"] == "02.01.2021"
        bob.accept(bob.held()[0].id)
        bob.sync()
        copy_ops(other, project.root)
        settle(project)
        assert project.held() == []
        assert bob.csv_path.read_bytes() == project.csv_path.read_bytes()


def test_a_clean_copy_that_is_older_than_what_is_held_does_not_let_it_go(
    project: Project,
) -> None:
    old = project.csv_path.read_bytes()
    spoil(project)
    project.sync()
    save(project.csv_path, old)
    project.sync()
    settle(project)
    assert len(project.held()) == 1
    assert row(project, KEY)["decision"] == "02.01.2021"


def test_a_row_of_an_unknown_state_can_be_accepted_or_dismissed(project: Project) -> None:
    edit_row(project, KEY, rating="1", rev="aaaaaaaaaa")
    project.sync()
    (item,) = project.held()
    assert (item.kind, item.field, item.was, item.acceptable) == ("unknown", None, None, True)
    assert "rating: 1" in (item.now or "")
    project.dismiss(item.id)
    settle(project)
    assert row(project, KEY)["rating"] == "4"
    project.undo()
    assert len(project.held()) == 1
    project.accept(item.id) if item.id in [i.id for i in project.held()] else project.accept(
        project.held()[0].id
    )
    settle(project)
    assert project[KEY].review_of("ana").rating == 1
    assert project[KEY].review_of("ana").tags == ("1-2", "core")
    assert project.conflicts() == []


def test_an_entry_that_waits_is_dismissed(project: Project) -> None:
    text = project.bib_path.read_text()
    save(project.bib_path, text.replace("ana=4 reading", "ana=9 reading"))
    project.sync()
    (item,) = project.held()
    assert (item.file, item.kind) == ("references.bib", "value")
    assert "ana=9" in (item.now or "")
    project.dismiss(item.id)
    settle(project)
    assert "ana=4 reading" in project.bib_path.read_text()
    assert project.held() == []


def many(folder: Path, number: int) -> Project:
    text = "".join(f"@misc{{k{i:03}, title = {{Paper {i}}}}}\n" for i in range(number))
    project = start(folder, text)
    for i in range(number):
        project.review(f"k{i:03}", rating=1 + i % 5)
    project.flush()
    return project


def test_a_column_that_was_sorted_by_itself_waits_as_a_whole(tmp_path: Path) -> None:
    with many(tmp_path / "p", 40) as project:
        before = rows(project)
        changed = [{**r, "rating": rating} for r, rating in zip(
            before, sorted(r["rating"] for r in before), strict=True)]  # fmt: skip
        number = sum(r["rating"] != s["rating"] for r, s in zip(before, changed, strict=True))
        changed[0]["status"] = "read"
        save_rows(project, changed)
        result = project.sync()
        assert (result.taken_in, result.held) == (1, number)
        assert {item.kind for item in project.held()} == {"many"}
        settle(project)
        # One cell more, typed now, is one edit: what waits does not count again.
        since = len(project.log())
        edit_row(project, "k001", status="done")
        assert project.sync().taken_in == 1
        assert len(taken_in(project, since)) == 1
        save_rows(project, rows(project))
        assert project.sync().taken_in == 0
        assert len(project.held()) == number
        assert project.accept([item.id for item in project.held()]).decided == number
        settle(project)
        assert [r["rating"] for r in rows(project)] == [r["rating"] for r in changed]
        project.undo()
        assert len(project.held()) == number
        project.dismiss([item.id for item in project.held()])
        settle(project)
        assert [r["rating"] for r in rows(project)] == [r["rating"] for r in before]


def test_filling_empty_cells_and_a_few_changes_are_just_edits(tmp_path: Path) -> None:
    with many(tmp_path / "p", 30) as project:
        changed = [{**r, "status": "read"} for r in rows(project)]
        for r in changed[:9]:
            r["rating"] = "5" if r["rating"] != "5" else "1"
        save_rows(project, changed)
        result = project.sync()
        assert (result.taken_in, result.held) == (39, 0)
        settle(project)


@pytest.mark.parametrize("at", range(1, 24, 2))
def test_a_file_that_was_cut_off_changes_nothing(project: Project, at: int) -> None:
    before = state(project)
    data = project.csv_path.read_bytes()
    save(project.csv_path, data[: len(data) * at // 24])
    since = len(project.log())
    if project.info().waiting == ():
        result = project.sync()
        assert (result.taken_in, result.held) == (0, 0)
        assert len(project.log()) == since
        if not project.info().waiting:
            settle(project)
            assert state(project) == before


def test_what_explains_a_held_entry_may_arrive_while_nobody_has_it_open(
    project: Project, tmp_path: Path
) -> None:
    before, other = bib(project), tmp_path / "other"
    other.mkdir()
    for name in ("references.bib", "reviews.csv"):
        (other / name).write_bytes((project.root / name).read_bytes())
    copy_ops(project.root, other)
    with Project(other, reviewer="cem", watch=False) as cem:
        cem.review("smith2021", rating=5)
        cem.flush()
        save(project.bib_path, bib(cem).replace("cem=5", "cem=5 done"))
    assert project.sync().held == 1
    save(project.bib_path, before)
    project.sync()
    project.close()
    copy_ops(other, project.root)
    with Project(project.root, reviewer="ana", watch=False) as again:
        again.sync()
        assert again.info().held == ()
        assert again["smith2021"].review_of("cem").status == "done"
