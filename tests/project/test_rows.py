"""The rows of papers that changed, for a list that has the others already."""

from pathlib import Path

import pytest

import reviewkit
from reviewkit.records import Query

BIB = "\n".join(
    f"@article{{{key},\n  title = {{Of {key}}},\n  year = {{2020}},\n}}\n" for key in "abc"
)


@pytest.fixture
def project(tmp_path: Path):
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with reviewkit.open(tmp_path, reviewer="ana", watch=False) as opened:
        yield opened


def test_a_row_is_that_of_the_page(project) -> None:
    project.review("b", rating=4, tags=["x"])
    whole = project.page(Query(), me="ana")
    some = project.rows(["b", "nobody"], me="ana")
    assert some.rows == whole.rows[1:2]
    assert (some.rows[0].rating, some.total, some.revision) == (4, 3, whole.revision)
    assert project.rows(["b"], me="ben").rows[0].rating is None


def test_opinions_leave_the_order_as_it_is(project) -> None:
    before = project.page(Query()).order
    project.review("b", rating=4)
    project.edit("c", {"title": "Another"})
    assert project.rows(["b"]).order == project.page(Query()).order == before != ""


def test_papers_that_come_go_or_are_renamed_make_another_order(project) -> None:
    orders = [project.page(Query()).order]
    project.add(b"@misc{d, title = {New}}", name="new.bib", by="ana")
    orders.append(project.rows([]).order)
    project.rename("d", "aa")
    orders.append(project.rows([]).order)
    (project.root / "references.bib").write_text(BIB, encoding="utf-8")
    project.sync()
    project.remove("a")
    orders.append(project.rows([]).order)
    assert len(set(orders)) == 4
    assert [row.citekey for row in project.rows(["a", "b"]).rows] == ["b"]


def test_a_row_shows_what_its_entry_inherits(tmp_path: Path) -> None:
    text = (
        '@string{j = "Journal of Examples"}\n'
        "@inproceedings{x, title = {T}, author = {Ruiz, Ana and Li, Bo}, crossref = {p}}\n"
        "@article{y, title = {U}, journal = j, date = {2019-04}}\n"
        "@proceedings{p, booktitle = {Proceedings}, year = {2021}}\n"
    )
    (tmp_path / "references.bib").write_text(text, encoding="utf-8")
    with reviewkit.open(tmp_path, reviewer="ana", watch=False) as project:
        project.edit("y", {"title": "Said otherwise"})
        x, y = project.rows(["x", "y"]).rows
        assert (x.title, x.authors, x.year, x.venue) == ("T", "Ruiz and Li", 2021, "Proceedings")
        assert (y.title, y.year, y.venue) == ("Said otherwise", 2019, "Journal of Examples")
        for row in (x, y):
            paper = project[row.citekey]
            assert (row.title, row.year, row.venue) == (paper.title, paper.year, paper.venue)
