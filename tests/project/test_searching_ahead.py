"""An index that is made while people edit finds what one made afterwards does."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import reviewkit
from reviewkit.project import Project
from reviewkit.project.opening import searching
from reviewkit.records import Query
from reviewkit.search.index import SearchIndex

BIB = "\n".join(
    f"@article{{{key},\n  title = {{Of {key}}},\n  author = {{Ruiz, Ana}},\n  year = 2020\n}}\n"
    for key in ("aa", "bb", "cc", "dd", "ee")
)


#: One that needs the index.
ANY = Query(text="x")


class Held(SearchIndex):
    """The index of a library so large that making it takes until it is let go."""

    begun = threading.Event()
    go = threading.Event()

    def __init__(self, papers: Iterable[object] = ()) -> None:
        super().__init__(papers)
        if threading.current_thread().name == "reviewkit-search":
            self.begun.set()
            assert self.go.wait(20)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    Held.begun, Held.go = threading.Event(), threading.Event()
    monkeypatch.setattr(searching, "SearchIndex", Held)
    with reviewkit.open(tmp_path, reviewer="ana", watch=False) as opened:
        opened.review("ee", tags=["early"])
        opened.expect_search()
        assert Held.begun.wait(20)
        yield opened
        Held.go.set()


def _rows(index: SearchIndex) -> dict[str, tuple[object, ...]]:
    return {
        key: tuple(getattr(row, name) for name in row.__slots__)
        for key, row in index._rows.items()
    }


def test_what_was_edited_meanwhile_is_found(project: Project) -> None:
    project.review("aa", rating=4, tags=["meanwhile"])
    project.edit("bb", {"title": "Said otherwise"})
    project.rename("cc", "zz")
    project.remove("dd")
    project.add(b"@misc{ff, title = {New}}", name="new.bib", by="ana")
    Held.go.set()
    project._searching.wait(ANY)
    made = project._searching._index
    assert made is not None
    assert _rows(made) == _rows(SearchIndex(project.papers()))
    for text in ("meanwhile", "otherwise", "zz", "New", "early"):
        assert len(project.find(text)) == 1, text
    assert project.find("key:dd") == project.find("key:cc") == []


def test_it_is_not_taken_where_any_paper_may_have_changed_meanwhile(project: Project) -> None:
    (project.root / "references.bib").write_text(
        BIB.replace("Of bb", "Typed elsewhere") + "@misc{ff, title = {New}}\n", encoding="utf-8"
    )
    project.sync()
    Held.go.set()
    project._searching.wait(ANY)
    assert project._searching._index is None
    assert [paper.citekey for paper in project.find("elsewhere")] == ["bb"]
    assert [paper.citekey for paper in project.find("new")] == ["ff"]


def test_the_list_does_not_wait_for_it(project: Project) -> None:
    assert [row.citekey for row in project.page(Query()).rows] == ["aa", "bb", "cc", "dd", "ee"]
    assert len(project.find()) == 5
    assert project._searching._index is None


def test_who_keeps_it_from_being_made_does_not_wait_for_it(project: Project) -> None:
    with project._lock:
        assert [paper.citekey for paper in project.find("early")] == ["ee"]
    Held.go.set()
    project._searching.wait(ANY)
    assert [paper.citekey for paper in project.find("early")] == ["ee"]
