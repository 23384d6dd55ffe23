import json

import pandas as pd
import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.errors import (
    FormatError,
    ProjectError,
    UnknownCitationError,
    UnknownPaperError,
    ValueRefusedError,
)
from reviewkit.exports import FORMATS
from reviewkit.project import Project
from tests.files.hands import LIBRARY, edit_row

PARENT = """
@inproceedings{child2020, crossref = {proc2020}, title = {Child}, author = {A, B}}
@proceedings{proc2020, title = {Proceedings}, year = {2020}}
"""


@pytest.fixture
def survey(project: Project) -> Project:
    project.bib_path.write_text(LIBRARY + PARENT)
    project.sync()
    project.review("smith2021", rating=4, tags=["core"], note="Mine.")
    project.review("child2020", rating=2)
    return project


def test_exactly_what_is_cited_with_what_it_needs(survey: Project) -> None:
    (survey.root / "text.md").write_text("As [@smith2021] and [@child2020].")
    done = survey.export(survey.root / "used.bib", used_in=survey.root / "text.md")
    assert done.citekeys == ("smith2021", "child2020")
    data = (survey.root / "used.bib").read_bytes()
    document = BibDocument.from_bytes(data)
    assert list(document.citekeys) == ["smith2021", "child2020", "proc2020"]
    assert b"@string{venue = {Journal of Small Things}}" in data
    smith = LIBRARY[LIBRARY.index("@article{smith2021") : LIBRARY.index("@article{zhang2020")]
    assert smith.strip().encode() in data
    assert b"comment-ana" not in data
    assert b"reviewkit" not in data
    assert b"ranking" not in data


def test_opinions_where_asked_for(survey: Project) -> None:
    (survey.root / "text.tex").write_text("\\cite{smith2021}")
    survey.export(survey.root / "used.bib", used_in=survey.root / "text.tex", opinions=True)
    text = (survey.root / "used.bib").read_text()
    assert "Mine." in text
    assert "ana=4" in text


def test_everything_without_a_manuscript(survey: Project) -> None:
    done = survey.export(survey.root / "all.bib")
    assert done.citekeys == tuple(survey)
    expected = (LIBRARY + PARENT).partition("\n")[2]
    exported = (survey.root / "all.bib").read_text().split("\n")
    assert [line for line in exported if line] == [line for line in expected.split("\n") if line]


def test_unknown_keys_are_named_with_near_ones(survey: Project) -> None:
    (survey.root / "text.md").write_text("[@smith2012] [@zhang2020] [@nothinglikeit]")
    with pytest.raises(UnknownCitationError, match="did you mean smith2021") as caught:
        survey.export(survey.root / "used.bib", used_in=survey.root / "text.md")
    assert set(caught.value.unknown) == {"smith2012", "nothinglikeit"}
    assert not (survey.root / "used.bib").exists()


def test_the_projects_own_files_are_not_written_over(survey: Project) -> None:
    for path in (survey.bib_path, survey.csv_path):
        with pytest.raises(ProjectError, match="another name"):
            survey.export(path)
    with pytest.raises(ProjectError, match="folder"):
        survey.export(survey.root / "none" / "used.bib")
    with pytest.raises(FormatError, match="missing.md"):
        survey.export(survey.root / "used.bib", used_in=survey.root / "missing.md")


def test_a_file_written_over_goes_to_the_trash(survey: Project) -> None:
    (survey.root / "used.bib").write_text("precious")
    survey.export(survey.root / "used.bib")
    kept = (survey.root / ".reviewkit/trash").glob("*used.bib")
    assert [path.read_text() for path in kept] == ["precious"]


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.bib", "bibtex"), ("a.ris", "ris"), ("a.JSON", "csl-json"), ("a.csv", "csv")],
)
def test_the_suffix_says_the_format(survey: Project, name: str, form: str) -> None:
    assert survey.export(survey.root / name).format == form


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_opinions_only_where_asked_for(survey: Project, form: str) -> None:
    path = survey.root / "out.bib"
    done = survey.export(path, format=form)
    assert done.citekeys == tuple(survey)
    assert (done.format, done.problems) == (form, ())
    text = path.read_text(encoding="utf-8-sig")
    assert "On Small Things" in text
    assert not any(word in text for word in ("Mine.", "core", "reviewkit", "ana"))
    if form == "clean":
        with pytest.raises(ValueRefusedError, match="never holds opinions"):
            survey.export(path, format=form, opinions=True)
    else:
        survey.export(path, format=form, opinions=True)
        assert "core" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("form", FORMATS)
def test_just_these_papers(survey: Project, form: str) -> None:
    path = survey.root / "out"
    done = survey.export(path, format=form, papers=[survey["smith2021"], "child2020"])
    assert done.citekeys == ("smith2021", "child2020")
    assert done.message == f"2 papers written to {path}"
    assert "zhang2020" not in path.read_text(encoding="utf-8-sig")


def test_cited_papers_and_others(survey: Project) -> None:
    text = survey.root / "text.md"
    text.write_text("[@child2020]")
    done = survey.export(survey.root / "a.json", used_in=text, papers="smith2021")
    assert done.citekeys == ("smith2021", "child2020")
    items = json.loads((survey.root / "a.json").read_bytes())
    assert items[1]["container-title"] == "Proceedings"
    with pytest.raises(ProjectError, match="is the manuscript"):
        survey.export(text, used_in=text, format="bibtex")
    assert text.read_text() == "[@child2020]"


def test_what_cannot_be_exported_is_told(survey: Project) -> None:
    with pytest.raises(UnknownPaperError, match="Did you mean smith2021") as caught:
        survey.export(survey.root / "a.bib", papers=["smith2012"])
    assert caught.value.near == ("smith2021",)
    with pytest.raises(UnknownPaperError, match="smith2012.*nobody"):
        survey.export(survey.root / "a.bib", papers=["smith2012", "nobody"])
    with pytest.raises(ValueRefusedError, match="csl-json"):
        survey.export(survey.root / "a.odt")
    with pytest.raises(ValueRefusedError, match="Did you mean zotero"):
        survey.export(survey.root / "a.bib", format="zotreo")
    with pytest.raises(ProjectError, match="own file"):
        survey.export(survey.root / ".reviewkit" / "library.json")
    (survey.root / "link.bib").hardlink_to(survey.bib_path)
    with pytest.raises(ProjectError, match="own file"):
        survey.export(survey.root / "link.bib")
    (survey.root / "folder.bib").mkdir()
    with pytest.raises(ProjectError, match="is a folder"):
        survey.export(survey.root / "folder.bib")
    assert not (survey.root / "a.bib").exists()


def test_decisions_label_a_screening_set(survey: Project) -> None:
    survey.flush()
    edit_row(survey, "smith2021", decision="exclude: wrong population")
    survey.sync()
    survey.export(survey.root / "a.csv", format="asreview", opinions=True)
    table = pd.read_csv(survey.root / "a.csv", dtype=str, keep_default_na=False)
    labels = dict(zip(table["key"], table["asreview_label"], strict=True))
    assert labels["smith2021"] == "0"
    assert labels["zhang2020"] == ""


def test_broken_entries_are_told(survey: Project) -> None:
    with survey.bib_path.open("a") as file:
        file.write("\n@misc{torn, title = {A, comment-ana = {Secret}\n")
    survey.sync()
    done = survey.export(survey.root / "a.bib")
    assert [problem.text for problem in done.problems] == ["torn"]
    assert "torn was left out" in done.message
    assert "torn" not in done.citekeys
    assert "Secret" not in (survey.root / "a.bib").read_text()
