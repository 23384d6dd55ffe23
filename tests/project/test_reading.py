import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from IPython.lib.pretty import pretty

import reviewkit as rk
from reviewkit.errors import ProjectError, ReviewerError, UnknownPaperError
from reviewkit.project import Project
from reviewkit.records import Me, Query


def test_a_project_is_a_mapping_of_papers(project: Project) -> None:
    assert list(project) == ["matsubara2022bottlefit", "smith2021", "zhang2020"]
    assert len(project) == 3
    assert "smith2021" in project
    assert 5 not in project
    assert project.get("nobody") is None
    assert [paper.citekey for paper in project.papers()] == list(project)
    assert repr(project) == "<project group: 3 papers>"
    paper = project["matsubara2022bottlefit"]
    assert paper.title == "BottleFit: Learning Compressed Representations"
    assert paper.authors == ("Yoshitomo Matsubara", "Davide von Callegaro")
    assert (paper.year, paper.type, paper.project) == (2022, "inproceedings", project)
    assert project["smith2021"].venue == "Journal of Small Things"
    assert project["smith2021"].keywords == ("small", "things")
    assert repr(paper) == f"<paper matsubara2022bottlefit: {paper.title}>"


def test_a_paper_is_a_card_and_in_a_list_a_line(project: Project) -> None:
    paper = project["smith2021"]
    assert "Journal of Small Things" in pretty(paper)
    assert pretty([paper, paper], max_width=1000) == f"[{paper!r}, {paper!r}]"


def test_an_unknown_key_names_the_near_ones(project: Project) -> None:
    with pytest.raises(UnknownPaperError, match="Did you mean smith2021") as caught:
        project["smith2012"]
    assert caught.value.near[0] == "smith2021"
    for use in (project.history, lambda key: project.review(key, rating=4),
                lambda key: project.edit(key, {"year": "1"}), project.remove):  # fmt: skip
        with pytest.raises(UnknownPaperError):
            use("smith2012")


def test_a_folder_or_its_bib_is_the_project(folder: Path, open_: Callable[..., Project]) -> None:
    assert open_(folder / "references.bib").root == folder
    (folder / "other.bib").write_text("@misc{other, title={Other}}")
    other = open_(folder / "other.bib")
    assert list(other) == ["other"]
    assert other.bib_path.name == "other.bib"
    other.review("other", rating=4)
    other.flush()
    assert "ana=4" in (folder / "other.bib").read_text()
    assert "ana=4" not in (folder / "references.bib").read_text()


def test_what_cannot_be_a_project(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    for place in (tmp_path / "none", tmp_path / "notes.txt", tmp_path / "none" / "a.bib"):
        with pytest.raises(ProjectError, match="Give the folder"):
            rk.open(place)


def test_reading_needs_no_name_and_the_first_edit_asks(open_: Callable[..., Project]) -> None:
    project = open_(reviewer=None)
    assert project.reviewer is None
    assert project["smith2021"].reviews == ()
    with pytest.raises(ReviewerError, match="reviewer='your-name'"):
        project.review("smith2021", rating=4)
    assert project.log() == []
    project.review("smith2021", rating=4, reviewer="Zoë")
    project.reviewer = "bob"
    project.review("smith2021", rating=2)
    assert [r.reviewer for r in project["smith2021"].reviews] == ["bob", "zoe"]


def test_finding_and_sorting(project: Project) -> None:
    project.review("smith2021", rating=4, status="read", tags=["core"], note="About compression.")
    project.review("zhang2020", rating=2, tags=["core"])
    project.review("zhang2020", rating=5, reviewer="bob")

    def keys(*args: str, **query: str) -> list[str]:
        return [paper.citekey for paper in project.find(*args, **query)]

    assert keys() == ["matsubara2022bottlefit", "smith2021", "zhang2020"]
    assert keys("compress") == ["matsubara2022bottlefit", "smith2021"]
    assert keys("Zoë") == ["smith2021"]
    assert keys(tag="core") == ["smith2021", "zhang2020"]
    assert keys(status="read") == ["smith2021"]
    assert keys(reviewer="bob") == ["zhang2020"]
    assert keys(sort="year")[0] == "matsubara2022bottlefit"
    assert keys(sort="score")[0] == "smith2021"
    assert keys(sort="disagreement")[0] == "zhang2020"
    assert keys("nothing like it") == []


def test_a_page_is_rows_as_somebody_sees_them(project: Project) -> None:
    project.review("smith2021", rating=4, status="read", tags=["core"])
    project.review("smith2021", rating=2, reviewer="bob")
    page = project.page(Query(sort="title"), 1, 1)
    assert (page.total, page.offset, len(page.rows)) == (3, 1, 1)
    assert page.revision == project.revision
    rows = {row.citekey: row for row in project.page(Query()).rows}
    row = rows["smith2021"]
    assert (row.rating, row.status, row.score, row.readers) == (4, "read", 3, 2)
    assert (row.disagreement, row.tags, row.venue) == (2, ("core",), "Journal of Small Things")
    bobs = {row.citekey: row for row in project.page(Query(), me="bob").rows}
    assert bobs["smith2021"].rating == 2
    assert rows["matsubara2022bottlefit"].authors == "Matsubara and Callegaro"
    assert project.page(Query(), 90).rows == ()


def test_a_page_follows_the_edits(project: Project) -> None:
    assert project.find("freshly") == []
    project.review("zhang2020", note="Freshly noted.")
    assert [p.citekey for p in project.find("freshly")] == ["zhang2020"]
    project.undo()
    assert project.find("freshly") == []


def test_frames(project: Project) -> None:
    project.review("smith2021", rating=4, tags=["core"], note="One.")
    project.review("smith2021", status="read", reviewer="bob")
    papers = project.papers_frame()
    assert list(papers["citekey"]) == list(project)
    assert str(papers["year"].dtype) == "Int64"
    assert str(papers["score"].dtype) == "float64"
    assert papers["authors"][0] == ["Yoshitomo Matsubara", "Davide von Callegaro"]
    assert papers.set_index("citekey").loc["smith2021", "readers"] == 2
    assert pd.isna(papers["score"][0])
    reviews = project.reviews_frame()
    assert list(reviews["reviewer"]) == ["ana", "bob"]
    assert str(reviews["rating"].dtype) == "float64"
    assert isinstance(reviews["updated"].dtype, pd.DatetimeTZDtype)
    assert reviews["notes"][0] == ["One."]
    assert pd.isna(reviews["rating"][1])


def test_frames_of_an_empty_project_have_their_columns(
    tmp_path: Path, open_: Callable[..., Project]
) -> None:
    project = open_(tmp_path)
    assert list(project.papers_frame().columns)[:3] == ["citekey", "type", "title"]
    assert str(project.reviews_frame()["rating"].dtype) == "float64"
    assert len(project.reviews_frame()) == 0


def test_a_project_at_a_glance(project: Project) -> None:
    project.review("smith2021", rating=4, tags=["core", "edge"])
    project.review("zhang2020", tags=["core"], reviewer="bob")
    info = project.info()
    assert (info.name, info.papers, info.revision) == ("group", 3, project.revision)
    assert [(p.reviewer, p.papers) for p in info.people] == [("ana", 1), ("bob", 1)]
    assert [(t.tag, t.papers) for t in info.tags] == [("core", 2), ("edge", 1)]
    assert (info.conflicts, info.held, info.waiting) == ((), (), ())
    assert info.me.reviewer == "ana"
    asked = project.info(me=Me("ana", "Ana Ochoa", "settings", locked=False))
    assert [p.name for p in asked.people] == ["Ana Ochoa", "bob"]


def test_edits_that_others_saw_and_we_did_not(
    project: Project, folder: Path, private_home: Path
) -> None:
    for rating in (1, 2, 3):
        project.review("smith2021", rating=rating)
    (log,) = folder.glob(".reviewkit/ops/*/*.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)
    log.with_name("copy.jsonl").write_bytes(lines[0] + lines[-1])
    project.close()
    log.unlink()
    # They were made on another machine.
    shutil.rmtree(private_home / "reviewkit")
    with Project(folder, reviewer="bob", watch=False) as bob:
        (text,) = bob.info().waiting
        assert text == f"waiting for {len(lines) - 2} edits of ana"


def test_history_and_log_say_who_what_when_and_how(project: Project) -> None:
    project.review("smith2021", rating=4)
    project.review("zhang2020", status="read", reviewer="bob", via="panel")
    change = project.history("smith2021")[-1]
    assert (change.field, change.value, change.by, change.via) == ("rating", 4, "ana", "kernel")
    assert change.at is not None
    assert [c.citekey for c in project.log(1)] == ["zhang2020"]
    assert project.log(0) == []


def test_papers_show_themselves_and_hostile_text_stays_text(
    tmp_path: Path, open_: Callable[..., Project]
) -> None:
    (tmp_path / "references.bib").write_text(
        "@misc{x, title={<script>alert(1)</script>}, author={<b>, A}}"
    )
    project = open_(tmp_path)
    project.review("x", note="<img src=x onerror=y>", tags=["<i>"])
    for html in (project["x"]._repr_html_(), project._repr_html_()):
        assert "<script>" not in html
        assert "<img" not in html
        assert "<i>" not in html


def test_a_project_shows_a_screen_of_its_papers(
    tmp_path: Path, open_: Callable[..., Project]
) -> None:
    (tmp_path / "references.bib").write_text(
        "".join(f"@misc{{k{n:02}, title={{Paper {n}}}}}\n" for n in range(30))
    )
    html = open_(tmp_path)._repr_html_()
    assert html.count("<tr") == 1 + 20
    assert "20 of 30 papers" in html
