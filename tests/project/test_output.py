import json

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.errors import FormatError, ProjectError, UnknownCitationError
from reviewkit.project import Project
from tests.files.hands import LIBRARY

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


def test_a_draft_and_a_draft_again(survey: Project) -> None:
    path = survey.root / "survey.ipynb"
    survey.draft(path)
    notebook = json.loads(path.read_bytes())
    assert any("[@smith2021]" in "".join(cell["source"]) for cell in notebook["cells"])
    notebook["cells"].insert(1, {"cell_type": "markdown", "id": "own", "metadata": {},
                                 "source": ["My own words."]})  # fmt: skip
    path.write_text(json.dumps(notebook))
    survey.draft(path)
    assert "My own words." in path.read_text()
    before = path.read_bytes()
    survey.draft(path)
    assert path.read_bytes() == before
    path.write_text("no notebook")
    with pytest.raises(FormatError, match="another name"):
        survey.draft(path)
    assert path.read_text() == "no notebook"
