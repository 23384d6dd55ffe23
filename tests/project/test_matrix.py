from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import StaleError, UnknownPaperError, ValueRefusedError
from reviewkit.matrix.grid import CONFLICT, DIFFERING, EMPTY, FILLED, SUGGESTED
from reviewkit.project import Project
from reviewkit.project.history.past import Past
from tests.files.hands import bib, rows

KEY, OTHER = "smith2021", "matsubara2022bottlefit"
ABSTRACT = (
    "We present Fast. Fast is 2.5x faster than BERT on ImageNet with an A100 GPU, "
    "and cuts latency by 40%. Code: https://github.com/a/fast."
)


@pytest.fixture
def told(project: Project) -> Project:
    project.edit(KEY, {"abstract": ABSTRACT})
    return project


def test_what_nobody_made_is_suggested_and_nothing_is_recorded(told: Project) -> None:
    before = len(told._sync.fold)
    matrix = told.matrix(["dataset", "hardware", "speedup"])
    cell = matrix.cell(KEY, "speedup")
    assert (cell.state, cell.text, cell.suggested) == (SUGGESTED, "", "2.5")
    assert matrix.cell(KEY, "hardware").suggested == "A100 GPU"
    assert matrix.frame().loc[KEY].isna().all()
    assert matrix.frame(suggested=True).loc[KEY, "speedup (x)"] == 2.5
    assert len(told._sync.fold) == before and told.columns() == []
    with pytest.raises(ValueRefusedError, match="Did you mean dataset"):
        told.matrix(["datset"])


def test_filling_makes_the_column_and_undo_takes_both_back(told: Project) -> None:
    cell = told.fill(KEY, "speedup", "3 x", quote="Fast is 2.5x faster")
    assert (cell.state, cell.text) == (FILLED, "3")
    assert [column.title for column in told.columns()] == ["speedup (x)"]
    said = told.matrix().cell(KEY, "speedup").said[0]
    assert (said.reviewer, said.entry.quote) == ("ana", "Fast is 2.5x faster")
    assert ABSTRACT[said.entry.start : said.entry.end] == "Fast is 2.5x faster"
    assert told.undo().undone == f"cell 'speedup' of {KEY}"
    assert told.columns() == []
    told.undo(told.actions()[0])
    assert told.matrix().cell(KEY, "speedup").text == "3"


def test_two_people_differ_and_one_person_s_cells_are_their_own(project: Project) -> None:
    project.add_column("Time", unit="ms")
    project.fill(KEY, "time", "2 s")
    project.fill(KEY, "time", 2000, reviewer="ben")
    assert project.matrix().cell(KEY, "Time").state == FILLED
    project.fill(KEY, "time", 2100, reviewer="ben", quote="q")
    cell = project.matrix().cell(KEY, "Time")
    assert cell.state == DIFFERING
    assert cell.values() == [("2000", ("ana",)), ("2100", ("ben",))]
    assert project.conflicts() == []
    assert project.matrix().counts() == {"Time": (1, len(project) - 1, 1)}
    frame = project.matrix().frame()
    assert frame["Time (ms)"].isna().all() and frame.attrs["differing"] == [(KEY, "Time (ms)")]
    long = project.matrix().frame(long=True)
    assert list(zip(long.reviewer, long.value, long.quote, strict=True)) == [
        ("ana", 2000, ""), ("ben", 2100, "q"),
    ]  # fmt: skip
    project.fill(KEY, "time", None, reviewer="ben")
    assert project.matrix().cell(KEY, "Time").state == FILLED


def test_one_person_s_values_out_of_touch_are_a_conflict_for_them_to_settle(
    open_: Callable[..., Project], project: Project
) -> None:
    column = project.add_column("Time", unit="ms")
    other = open_(reviewer="ana")
    other.sync()
    project.fill(KEY, "time", 1)
    other.fill(KEY, "time", 2)
    project.sync()
    assert project.matrix().cell(KEY, "time").state == CONFLICT
    (conflict,) = project.conflicts()
    assert (conflict.citekey, conflict.reviewer, conflict.field) == (KEY, "ana", column.field)
    # Two edits of one millisecond have no order that a test could count on.
    (two,) = (said for said in conflict.values if said.value["value"] == 2)
    project.resolve(KEY, "ana", column.field, two.id)
    cell = project.matrix().cell(KEY, "time")
    assert (cell.state, cell.text, project.conflicts()) == (FILLED, "2", [])


def test_the_same_column_made_twice_out_of_touch_is_one(
    open_: Callable[..., Project], project: Project
) -> None:
    other = open_(reviewer="ben")
    project.add_column("Speed-up", unit="x")
    other.add_column("speed-up", unit="x")
    project.sync()
    assert len(project.columns()) == 1


def test_a_column_that_somebody_changed_outlives_its_removal_elsewhere(
    open_: Callable[..., Project], project: Project
) -> None:
    project.add_column("A")
    other = open_(reviewer="ben")
    other.sync()
    project.remove_column("A")
    other.edit_column("A", name="B")
    project.sync()
    assert [column.name for column in project.columns()] == ["B"]


def test_suggestions_are_accepted_and_rejected(told: Project) -> None:
    (one,) = told.suggest_cells("speedup")
    assert (one.citekey, one.text) == (KEY, "2.5") and one.quote in ABSTRACT
    assert told.accept_cells(told.suggest_cells("speedup")) == 1
    cell = told.matrix(["speedup"]).cell(KEY, "speedup")
    assert (cell.state, cell.text, cell.said[0].entry.quote) == (FILLED, "2.5", one.quote)
    (data,) = told.suggest_cells("dataset")
    told.reject_cell(data)
    assert told.matrix(["dataset"]).cell(KEY, "dataset").state == EMPTY
    with pytest.raises(StaleError, match="not suggested"):
        told.accept_cells(data)
    told.undo()
    assert told.matrix(["dataset"]).cell(KEY, "dataset").state == SUGGESTED


def test_columns_are_changed_moved_removed_and_come_back(project: Project) -> None:
    for name in "abc":
        project.add_column(name)
    assert [c.name for c in project.move_column("c", "a")] == ["c", "a", "b"]
    assert [c.name for c in project.move_column("c")] == ["a", "b", "c"]
    project.undo()
    assert [c.name for c in project.columns()] == ["c", "a", "b"]
    project.fill(KEY, "a", "said")
    project.remove_column("a")
    assert [c.name for c in project.columns()] == ["c", "b"]
    assert project.add_column("A") == project.matrix().columns[1]
    assert project.matrix().cell(KEY, "A").text == "said"
    with pytest.raises(ValueRefusedError, match="already"):
        project.add_column("b", "number")
    with pytest.raises(ValueRefusedError, match="Another column"):
        project.edit_column("b", name="c")
    project.edit_column("a", name="Time", type="number", unit="ms")
    cell = project.matrix().cell(KEY, "Time")
    assert (cell.text, cell.fits) == ("said", False)


def test_ratings_and_tags_are_columns_that_nobody_fills_in(project: Project) -> None:
    project.review(KEY, rating=4, add_tags=["edge"])
    project.review(KEY, rating=3, reviewer="ben")
    matrix = project.matrix(["rating", "edge"])
    assert [matrix.cell(KEY, name).text for name in ("rating", "edge")] == ["3.5", "yes"]
    assert matrix.frame().loc[KEY].tolist() == [3.5, True]
    project.add_column("Ben", "rating", about="ben")
    assert project.matrix(["Ben"]).cell(KEY, "Ben").text == "3"
    with pytest.raises(ValueRefusedError, match="computed from reviews"):
        project.fill(KEY, "rating", 3)


def test_ratings_of_a_criterion_are_a_column(project: Project) -> None:
    project.review(KEY, rating=1, criteria={"novelty": 4})
    project.review(KEY, criteria={"novelty": 3, "soundness": 5}, reviewer="ben")
    for name in ("novelty", "Novelty", "rating:novelty"):
        assert project.matrix([name]).cell(KEY, name).text == "3.5"
    assert project.matrix(["rating", "soundness"]).frame().loc[KEY].tolist() == [1, 5]
    column = project.add_column("novelty")
    assert (column.type, column.about, column.criterion) == ("rating", "rating:novelty", "novelty")
    project.review(OTHER, rating=2)
    assert project.matrix(["novelty"]).cell(OTHER, "novelty").text == ""
    with pytest.raises(ValueRefusedError, match="computed from reviews"):
        project.fill(KEY, "novelty", 3)
    assert project.add_column("Speed of it").criterion == ""


def test_cells_stay_out_of_reviews_csv_and_out_of_the_entry(project: Project) -> None:
    project.review(OTHER, rating=3)
    project.sync()
    table = rows(project)
    project.add_column("Remark")
    project.fill(KEY, "Remark", "cell words", reviewer="cem")
    project.fill(OTHER, "Remark", "cell words")
    project.sync()
    assert rows(project) == table
    assert "cell words" not in bib(project)
    assert project[KEY].reviews == ()
    project.close()
    again = Project(project.root, reviewer="ana", watch=False)
    assert again.matrix().cell(KEY, "Remark").text == "cell words"
    assert again.sync().taken_in == 0
    again.close()


def test_cells_go_with_a_merged_and_a_renamed_paper(project: Project) -> None:
    project.add_column("Remark")
    project.fill(KEY, "Remark", "one")
    project.fill(OTHER, "Remark", "two", reviewer="ben")
    project.rename(KEY, "smith2021new")
    assert project.matrix().cell("smith2021new", "Remark").text == "one"
    project.merge(OTHER, "smith2021new")
    cell = project.matrix().cell(OTHER, "Remark")
    assert (cell.state, cell.values()) == (DIFFERING, [("one", ("ana",)), ("two", ("ben",))])
    project.undo()
    assert project.matrix().cell("smith2021new", "Remark").text == "one"


def test_the_matrix_of_a_time_and_the_history(project: Project) -> None:
    project.add_column("Remark")
    project.fill(KEY, "Remark", "before")
    change = project.history(KEY)[-1]
    assert change.field == project.columns()[0].field and change.at is not None
    last = max(op.t for op in project._sync.fold)
    project.fill(KEY, "Remark", "after")
    past = Past(last, project._sync.fold, project.bib_path.read_bytes(), project)
    assert past.matrix().cell(KEY, "Remark").text == "before"
    assert project.matrix().cell(KEY, "Remark").text == "after"


def test_rows_are_chosen_and_named(project: Project) -> None:
    project.add_column("Remark")
    assert list(project.matrix(papers=[KEY]).frame().index) == [KEY]
    with pytest.raises(UnknownPaperError):
        project.matrix(papers=["none"])
    with pytest.raises(UnknownPaperError):
        project.matrix(papers=[KEY]).cell(OTHER, "Remark")


def test_files_are_written_by_suffix_and_the_project_s_own_are_safe(
    project: Project, tmp_path: Path
) -> None:
    project.fill(KEY, "speedup", 2)
    for suffix in (".md", ".tex", ".html", ".typ", ".csv", ".xlsx"):
        assert project.matrix().write(tmp_path / f"m{suffix}").stat().st_size > 0
    with pytest.raises(ValueRefusedError, match="which form"):
        project.matrix().write(tmp_path / "m.pdf")
    with pytest.raises(Exception, match="own file"):
        project.matrix().write(project.csv_path)


def test_claims_of_the_abstract_and_of_quotes_in_notes(told: Project) -> None:
    told.review(KEY, note="Not mine: 9x faster.\n\n> It is 3x faster than B.")
    found = told.claims(KEY)
    assert [(c.source.partition(":")[0], c.text, c.unit, c.kind) for c in found] == [
        ("abstract", "2.5", "x", "speedup"), ("abstract", "40", "%", "latency"),
        ("note", "3", "x", "speedup"),
    ]  # fmt: skip
    assert ABSTRACT[found[0].start : found[0].end] == "2.5"


def test_a_project_s_own_names_are_found_in_abstracts(told: Project, folder: Path) -> None:
    (folder / "reviewkit.toml").write_text('datasets = ["BERT"]\n', encoding="utf-8")
    assert told.matrix(["dataset"]).cell(KEY, "dataset").suggested == "BERT; ImageNet"


def test_cells_are_erased_with_all_that_they_said(project: Project) -> None:
    project.add_column("Remark")
    project.fill(KEY, "Remark", "a secret word", quote="secret quote")
    project.fill(KEY, "Remark", "other", quote="kept quote", reviewer="ben")
    project.review(KEY, rating=3)
    project.purge(KEY, kinds=["cells"])
    assert project.matrix().cell(KEY, "Remark").values() == [("other", ("ben",))]
    assert project[KEY].review_of("ana").rating == 3
    logs = b"".join(path.read_bytes() for path in project.root.rglob("*.jsonl"))
    assert b"secret" not in logs and b"kept quote" in logs
