"""The log's citekey and the file's: renamed here, by hand, and in old copies."""

from collections.abc import Callable

from reviewkit.project import Project
from reviewkit.store.recorder import Edit
from tests.files.hands import bib, edit_bib, rows, save, save_rows, settle


def rename(project: Project, old: str, new: str) -> None:
    """The log's part of a renaming."""
    with project._lock:
        key, paper = project._identify(old)
        grounds = project._sync.bib.grounding.ground(paper, key, "", None)
        project._record([*grounds, Edit(paper, None, "citekey", new)], "ana", "kernel")


def test_a_renamed_paper_has_its_new_key_at_once_and_in_both_files(project: Project) -> None:
    project.review("smith2021", rating=4)
    project.flush()
    rename(project, "smith2021", "smith2021small")
    assert "smith2021small" in project
    assert [key for key in project if key.startswith("smith")] == ["smith2021small"]
    project.flush()
    settle(project)
    assert "@article{smith2021small,\n" in bib(project)
    assert bib(project).count("smith2021") == 1
    assert [row["key"] for row in rows(project)] == ["smith2021small"]


def test_a_paper_that_nobody_reviewed_is_renamed(
    project: Project, open_: Callable[..., Project]
) -> None:
    rename(project, "zhang2020", "zhang2020study")
    assert [key for key in project if key.startswith("zhang")] == ["zhang2020study"]
    other = open_(reviewer="bob")
    assert [key for key in other if key.startswith("zhang")] == ["zhang2020study"]
    other.review("zhang2020study", status="read")
    other.flush()
    project.sync()
    assert bib(project).count("zhang2020") == 1
    assert project["zhang2020study"].review_of("bob").status == "read"


def test_an_old_copy_of_the_files_does_not_take_the_renaming_back(project: Project) -> None:
    project.review("smith2021", rating=4)
    project.flush()
    old_bib, old_csv = project.bib_path.read_bytes(), project.csv_path.read_bytes()
    rename(project, "smith2021", "smith2021small")
    project.flush()
    edits = len(project.log())
    save(project.bib_path, old_bib)
    save(project.csv_path, old_csv)
    project.sync()
    assert "smith2021small" in project
    assert "@article{smith2021small," in bib(project)
    assert [row["key"] for row in rows(project)] == ["smith2021small"]
    assert len(project.log()) == edits


def test_an_edit_in_an_old_copy_reaches_the_renamed_paper(project: Project) -> None:
    project.review("smith2021", rating=4)
    project.flush()
    old_bib, old_rows = bib(project), rows(project)
    rename(project, "smith2021", "smith2021small")
    project.flush()
    save(project.bib_path, old_bib.replace("ana=4", "ana=5"))
    project.sync()
    assert project["smith2021small"].review_of("ana").rating == 5
    save_rows(project, [row | {"rating": "2"} for row in old_rows])
    project.sync()
    # Two edits of the same old state: both are there to choose from.
    (conflict,) = project["smith2021small"].conflicts
    assert {value.value for value in conflict.values} == {5, 2}
    assert [key for key in project if key.startswith("smith")] == ["smith2021small"]


def test_a_key_changed_by_hand_is_taken_in_and_so_is_changing_it_back(
    project: Project, open_: Callable[..., Project]
) -> None:
    project.review("smith2021", rating=4, note="Good.")
    project.flush()
    edit_bib(project, "@article{smith2021,", "@article{Smith21,")
    project.sync()
    assert project["Smith21"].review_of("ana").rating == 4
    assert [row["key"] for row in rows(project)] == ["Smith21"]
    settle(project)
    edit_bib(project, "@article{Smith21,", "@article{smith2021,")
    project.sync()
    settle(project)
    assert "@article{smith2021," in bib(project)
    assert [c.value for c in project.history("smith2021") if c.field == "citekey"] == [
        "smith2021", "Smith21", "smith2021",
    ]  # fmt: skip
    assert open_(reviewer="bob")["smith2021"].review_of("ana").rating == 4


def test_a_key_that_another_entry_has_by_now_is_not_taken(project: Project) -> None:
    project.review("smith2021", rating=4)
    project.flush()
    save(project.bib_path, bib(project) + "\n@misc{taken, title={Another}}\n")
    project.sync()
    rename(project, "smith2021", "taken")
    project.flush()
    assert project["smith2021"].review_of("ana").rating == 4
    assert project["taken"].title == "Another"
    reasons = [problem.reason for problem in project.info(me=None, path="").problems]
    assert any("'taken' is taken" in reason for reason in reasons)
