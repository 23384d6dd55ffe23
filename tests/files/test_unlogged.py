"""Files without their log: copied alone, or the folder with the dot was deleted."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reviewkit.files.unlogged import unlogged
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.tables import Row, row_rev
from tests.files.hands import bib, copy_ops, edit_row, rows, settle, start

NAMES = ("references.bib", "reviews.csv")


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """The folder in which two people said something."""
    with start(tmp_path / "group") as project:
        project.review(
            "smith2021", rating=4, tags=["core"], note="Keep me.\n\nAll of me.", anchor=4,
            criteria={"novelty": 2},
        )  # fmt: skip
        project.review("zhang2020", rating=2)
        project.review("zhang2020", status="read", note="So.", reviewer="bob")
        project.flush()
    return tmp_path / "group"


def copied(said: Path, *names: str) -> Path:
    folder = said.with_name("copy")
    folder.mkdir()
    for name in names:
        shutil.copy(said / name, folder / name)
    return folder


def shown(project: Project) -> list[object]:
    return [
        (paper.citekey, review.reviewer, review.rating, review.status, review.tags,
         review.criteria, [(note.id, note.text, note.anchor) for note in review.notes])
        for paper in project.papers() for review in paper.reviews
    ]  # fmt: skip


def test_both_files_without_a_log_are_taken_in(said: Path) -> None:
    folder = copied(said, *NAMES)
    with Project(said, reviewer="ana", watch=False) as project:
        before = shown(project)
    with Project(folder, reviewer="cem", watch=False) as project:
        assert shown(project) == before
        settle(project)
        assert bib(project) == (said / "references.bib").read_text()
        assert not project.info().problems
        project.review("smith2021", rating=1, reviewer="ana")
        settle(project)
        assert "Keep me." in bib(project)


def test_rows_of_which_the_log_says_nothing_stay_until_it_comes(said: Path) -> None:
    folder = copied(said, *NAMES)
    (folder / ".reviewkit").mkdir()
    shutil.copy(said / ".reviewkit/library.json", folder / ".reviewkit")
    before = (said / "reviews.csv").read_bytes()
    with Project(folder, reviewer="cem", watch=False) as project:
        assert "3 rows say what no log" in project.info().problems[0].reason
        project.review("matsubara2022bottlefit", rating=5)
        settle(project)
        assert [(r["key"], r["reviewer"]) for r in rows(project)] == [
            ("matsubara2022bottlefit", "cem"), ("smith2021", "ana"), ("zhang2020", "ana"),
            ("zhang2020", "bob"),
        ]  # fmt: skip
    with Project(folder, reviewer="cem", watch=False) as project:
        assert "3 rows say" in project.info().problems[0].reason
        copy_ops(said, folder)
        settle(project)
        assert not project.info().problems
        mine = [
            line for line in project.csv_path.read_bytes().splitlines() if b",cem," not in line
        ]
        assert mine == before.splitlines()


def test_a_row_without_its_rev_is_taken_in(said: Path) -> None:
    folder = copied(said, *NAMES)
    (folder / ".reviewkit").mkdir()
    shutil.copy(said / ".reviewkit/library.json", folder / ".reviewkit")
    with Project(folder, reviewer="cem", watch=False) as project:
        edit_row(project, "zhang2020", "bob", rev="")
        settle(project)
        assert "2 rows say" in project.info().problems[0].reason
        review = project["zhang2020"].review_of("bob")
        assert review is not None and review.status == "read" and review.notes[0].text == "So."


def test_keywords_and_stars_of_the_file_outlive_a_first_tag_and_rating_in_the_table(
    tmp_path: Path,
) -> None:
    text = '@misc{a, keywords = "one, {T}wo", ranking = {rank2}, title = {A}}\n'
    with start(tmp_path, text + "@misc{b, title={B}}\n") as project:
        project.review("b", rating=3)
        project.flush()
        table = project.csv_path.read_text(encoding="utf-8-sig")
        project.csv_path.write_text(f"{table}a,,ana,4,,,core,,,\n", encoding="utf-8")
        settle(project)
        assert 'keywords = "one, {T}wo" # {, core}' in bib(project)
        assert "rank4" in bib(project)
        edit_row(project, "a", rating="", tags="")
        settle(project)
        assert re.sub(r", reviewkit = \{[^}]*\}", "", bib(project)).startswith(text.rstrip("}\n"))


def test_who_deletes_the_folder_with_the_dot_has_it_again(said: Path) -> None:
    with Project(said, reviewer="ana", watch=False) as project:
        project.review("zhang2020", note="Mine alone.", private=True)
        before, log = shown(project), project.log()
        mine = {op.id for op in project._private.fold}
    files = [(said / name).read_bytes() for name in NAMES]
    shutil.rmtree(said / ".reviewkit")
    with Project(said, reviewer="ana", watch=False) as project:
        settle(project)
        assert shown(project) == before
        assert [change.id for change in project.log()] == [change.id for change in log]
        assert mine and {op.id for op in project._private.fold} == mine
        assert [(said / name).read_bytes() for name in NAMES] == files


def test_another_project_in_the_place_of_one_that_was_deleted_is_another(said: Path) -> None:
    shutil.rmtree(said)
    with start(said) as project:
        assert project.log() == []
        assert not any(paper.reviews for paper in project.papers())


def test_a_row_of_papers_that_were_merged_on_elsewhere_is_known(tmp_path: Path) -> None:
    """The history of seed 50332: its reviewer is one of the paper that all of them are now."""
    with start(tmp_path / "p") as project:
        project.review("zhang2020", rating=3)
        project.flush()
        (tmp_path / "q").mkdir()
        (tmp_path / "q/references.bib").write_text(bib(project), encoding="utf-8")
        copy_ops(project.root, tmp_path / "q")
        with Project(tmp_path / "q", reviewer="bob", watch=False) as other:
            project.review("smith2021", status="read", reviewer="bob")
            project.merge("smith2021", "zhang2020", by="ana")
            project.flush()
            other.merge("matsubara2022bottlefit", "smith2021", by="bob")
            copy_ops(other.root, project.root)
            edit_row(project, "smith2021", "bob", rating="2")
            settle(project)
            copy_ops(project.root, other.root)
            settle(other)
            assert {r["key"] for r in rows(project)} == {"matsubara2022bottlefit"}
            assert rows(project) == rows(other)


def test_a_row_with_a_key_that_another_paper_had_for_a_while_is_known() -> None:
    """The history of seed 127591: an entry of that key was there before anybody told whose."""
    cells = {"rating": "4"}
    row = Row("x2021", "bob", cells, rev=row_rev(cells))
    one, other = paper_id("a2021"), paper_id("x2021")
    fold = Fold(
        Op(f"w.{n}", f"{n:016x}", "bob", paper, who, field, value, seen, "bib")
        for n, (paper, who, field, value, seen) in enumerate(
            [
                (one, None, "citekey", "x2021", ()),
                (one, None, "citekey", "a2021", ("w.0",)),
                (one, "bob", "rating", 4, ()),
                (other, None, "citekey", "x2021", ()),
            ]
        )
    )
    assert unlogged([row], {"x2021": other}, fold) == {}
    assert list(unlogged([replace(row, key="y")], {"y": other}, fold)) == [("y", "bob")]
