"""From the project to its survey: topics, figures, counts, and the draft."""

import json
from pathlib import Path
from typing import Any

import pytest

from reviewkit.citing.notebook import bibliography_cells
from reviewkit.drafts.cells import memory_of, source_of
from reviewkit.errors import (
    FormatError,
    ProjectError,
    UnknownPaperError,
    ValueRefusedError,
)
from reviewkit.project import Project
from tests.files.hands import LIBRARY, edit_row

PAPERS = "".join(
    f"@article{{k{n}, title = {{{what} {n}}}, author = {{Doe, Jo}}, year = {2015 + n % 5}, "
    f"abstract = {{We propose {what.lower()} {n}. It is {n + 2}x faster than the baseline.}}}}\n"
    for n in range(12)
    for what in ["Depth from stereo cameras" if n % 2 else "Routing tokens to experts"]
)


@pytest.fixture
def survey(project: Project) -> Project:
    project.bib_path.write_text(LIBRARY)
    project.sync()
    project.review("smith2021", rating=4, tags=["core"], note="Why so *slow*?")
    project.review("zhang2020", status="to-read")
    return project


@pytest.fixture
def dozen(project: Project) -> Project:
    project.add(PAPERS.encode(), name="dozen.bib")
    return project


def cells(path: Path) -> dict[str, dict[str, Any]]:
    notebook = json.loads(path.read_bytes())
    return {
        f"{memory_of(c).get('role')}/{memory_of(c).get('section', '')}": c
        for c in notebook["cells"]
    }


def test_a_draft_and_a_draft_again(survey: Project) -> None:
    path = survey.root / "survey.ipynb"
    first = survey.draft(path, title="Small things")
    assert first.message.startswith("2 sections with 2 papers: ")
    made = cells(path)
    assert source_of(made["title/"]) == "# Small things"
    assert source_of(made["authors/"]) == "*ana*"
    assert source_of(made["question/smith2021"]) == (
        "On @smith2021:\n\n- ana asks: “Why so *slow*?”"
    )
    assert "image/png" in made["figure/flow"]["outputs"][0]["data"]
    notebook = json.loads(path.read_bytes())
    notebook["cells"].insert(1, {"cell_type": "markdown", "id": "own", "metadata": {},
                                 "source": ["My own words on [@zhang2020]."]})  # fmt: skip
    path.write_text(json.dumps(notebook))
    before = path.read_bytes()
    assert survey.draft(path).changes == ()
    assert path.read_bytes() == before
    survey.review("smith2021", note="Faster than I thought.")
    again = survey.draft(path)
    assert [change.what for change in again.changes] == ["smith2021"]
    assert "My own words" in path.read_text()
    assert source_of(cells(path)["title/"]) == "# Small things", "the title is remembered"
    kept = list((survey.root / ".reviewkit/trash").glob("*survey.ipynb"))
    assert before in [each.read_bytes() for each in kept]
    path.write_text("no notebook")
    with pytest.raises(FormatError, match="another name"):
        survey.draft(path)
    assert path.read_text() == "no notebook"
    with pytest.raises(ProjectError, match="make it first"):
        survey.draft(survey.root / "none" / "survey.ipynb")


def test_private_words_reach_no_draft(survey: Project) -> None:
    survey.review("smith2021", note="Secret?", tags=["hidden"], private=True)
    survey.draft(survey.root / "survey.ipynb")
    text = (survey.root / "survey.ipynb").read_text()
    assert "Secret" not in text
    assert "hidden" not in text


def test_the_references_are_those_that_are_cited_in_a_style(survey: Project) -> None:
    path = survey.root / "survey.ipynb"
    survey.draft(path, papers=["smith2021"])
    notebook = json.loads(path.read_bytes())
    (found,) = bibliography_cells(notebook)
    assert found.style == "apa"
    assert "Smith" in found.source
    assert "Zhang" not in found.source
    notebook["cells"][2]["source"] = "See [@zhang2020]."
    path.write_text(json.dumps(notebook))
    again = survey.draft(path)
    assert [c.what for c in again.changes if c.kind == "changed"] == ["bibliography"]
    assert "Zhang" in bibliography_cells(json.loads(path.read_bytes()))[0].source
    notebook["cells"] = [
        c for c in notebook["cells"] if memory_of(c).get("role") != "bibliography"
    ]
    path.write_text(json.dumps(notebook))
    survey.draft(path)
    assert bibliography_cells(json.loads(path.read_bytes())) == [], "deleted, so it stays away"


def test_papers_are_chosen_and_the_choice_is_remembered(survey: Project) -> None:
    path = survey.root / "survey.ipynb"
    survey.draft(path, min_rating=4)
    assert {"paper/smith2021"} == {name for name in cells(path) if name.startswith("paper/")}
    assert "with a mean rating of at least 4 of 5" in source_of(cells(path)["method/"])
    assert survey.draft(path).changes == ()
    survey.draft(path, min_rating=0)
    assert "paper/zhang2020" in cells(path)
    with pytest.raises(UnknownPaperError, match="Did you mean smith2021"):
        survey.draft(path, papers=["smith2012"])
    with pytest.raises(ValueRefusedError, match="tag, topic, year, venue"):
        survey.draft(path, by="mood")


def test_sections_by_topic_stay_when_papers_come(dozen: Project) -> None:
    path = dozen.root / "survey.ipynb"
    topics = dozen.topics(2)
    assert {len(topic.papers) for topic in topics.topics} == {6}
    named = topics.rename(0, "Stereo" if "k1" in topics[0].papers else "Experts")
    dozen.draft(path, by=named)
    assert dozen.topics_in(path) == named
    before = cells(path)
    dozen.add(b"@article{new, title = {Depth of stereo cameras again}, year = {2020}}")
    again = dozen.draft(path)
    assert [c.what for c in again.changes if c.kind == "added"] == ["new"]
    assert dozen.topics_in(path).of("new") == dozen.topics_in(path).of("k1")
    assert [name for name in cells(path) if name.startswith("heading/")] == [
        name for name in before if name.startswith("heading/")
    ]
    code = {source_of(cell) for cell in cells(path).values() if cell["cell_type"] == "code"}
    assert any('project.figure("topics", papers, topics=project.topics_in(' in c for c in code)
    with pytest.raises(FormatError, match="cannot be read"):
        dozen.topics_in(dozen.root / "none.ipynb")


def test_topics_become_tags_and_one_undo_takes_them_back(dozen: Project) -> None:
    topics = dozen.topics(2).rename(0, "one, two")
    assert topics.as_tags(prefix="t: ") == 12
    assert dozen["k0"].tags + dozen["k1"].tags == ("t: one / two", f"t: {topics[1].label}") or (
        dozen["k1"].tags == ("t: one / two",)
    )
    assert topics.as_tags(prefix="t: ") == 0
    dozen.undo()
    assert not any(paper.tags for paper in dozen.papers())
    assert "<b>one, two</b>" in topics._repr_html_()


def test_the_code_of_a_draft_runs(dozen: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dozen.root / "survey.ipynb"
    dozen.draft(path, by="topic")
    dozen.review("k1", rating=5, tags=["x"])
    dozen.review("k1", rating=2, reviewer="ben")
    dozen.draft(path)
    monkeypatch.chdir(dozen.root)
    scope: dict[str, Any] = {}
    shown = []
    for name, cell in cells(path).items():
        if cell["cell_type"] == "code":
            *body, last = source_of(cell).split("\n")
            exec("\n".join(body), scope)
            if name == "setup/":
                exec(last, scope)
            else:
                output = eval(last, scope).output()
                assert output == cell["outputs"][0], name
                shown.append(name)
    scope["project"].close()
    assert [name.partition("/")[2] for name in shown] == [
        "flow", "years", "venues", "ratings", "disagreement", "tags", "topics",
    ]  # fmt: skip


def test_a_figure_that_is_not_there_says_which_are(dozen: Project) -> None:
    with pytest.raises(ValueRefusedError, match="Did you mean years"):
        dozen.figure("year")
    with pytest.raises(ValueRefusedError, match="nobody rated any"):
        dozen.figure("ratings")


def test_every_count_of_the_flow_is_what_was_done(survey: Project) -> None:
    began = survey.flow([])
    papers = len(survey)
    assert (began.identified, began.screened, began.known) == (papers, papers, 0)
    survey.add(PAPERS.encode(), name="dozen.bib")
    survey.add((PAPERS + "@misc{more, title = {Something else}}").encode())
    survey.add(b"@misc{gone, title = {Undone}}", name="gone.bib")
    survey.undo()
    survey.add(PAPERS.encode(), name="nothing new.bib")
    survey.remove("more")
    survey.review("k0", rating=3)
    survey.review("k1", status="skimmed")
    survey.review("k2", status="read")
    survey.merge("k3", "k4")
    survey.flush()
    edit_row(survey, "k2", decision="Exclude: off topic")
    survey.sync()
    flow = survey.flow(["smith2021", "k1", "k5"])
    named = {source.name: source.records for source in flow.sources}
    assert named == {survey.bib_path.name: papers, "dozen.bib": 12, "pasted bibtex": 13}
    assert flow.identified == papers + 25
    assert (flow.known, flow.merged, flow.removed) == (12, 1, 1)
    assert flow.screened == len(survey) == papers + 11
    assert flow.identified - flow.known - flow.merged - flow.removed == flow.screened
    assert (flow.excluded, flow.reasons) == (1, (("off topic", 1),))
    assert flow.read == 3, "smith2021, k0 and k1"
    assert flow.excluded + flow.unread + flow.read == flow.screened
    assert (flow.included, flow.included_read) == (3, 2)
    assert "k2" not in {p.citekey for p in survey.papers() if p.citekey in _drafted(survey)}


def _drafted(project: Project) -> set[str]:
    path = project.root / "all.ipynb"
    project.draft(path, by="year")
    return {name.partition("/")[2] for name in cells(path) if name.startswith("paper/")}


def test_sections_by_a_column_of_the_matrix_and_a_table_of_it(dozen: Project) -> None:
    path = dozen.root / "survey.ipynb"
    dozen.add_column("sensor", choices=["stereo", "lidar"])
    dozen.fill("k1", "sensor", "stereo")
    dozen.fill("k3", "sensor", "stereo")
    dozen.fill("k3", "sensor", "lidar", reviewer="ben")
    dozen.draft(path, by="Sensor")
    made = cells(path)
    assert [source_of(c) for name, c in made.items() if name.startswith("heading/")] == [
        "## Stereo", "## Lidar", "## Other papers",
    ]  # fmt: skip
    assert "[@k3] under *Stereo*" in source_of(made["elsewhere/column sensor:lidar"])
    table = source_of(made["table/comparison"])
    assert "| [@k1] | stereo |" in table
    assert "| [@k5] | stereo? |" in table, "what nobody said is marked"
    assert dozen.draft(path).changes == ()
    with pytest.raises(ValueRefusedError, match="year, venue, 'sensor'"):
        dozen.draft(path, by="sensors")


def test_without_columns_the_table_has_what_abstracts_claim_marked_as_such(dozen: Project) -> None:
    path = dozen.root / "survey.ipynb"
    dozen.draft(path, by="topic", papers=["k0", "k1", "k2", "k3", "k4", "k5", "k6"])
    table = source_of(cells(path)["table/comparison"])
    assert table.startswith("Values with a question mark were found in abstracts by rules")
    assert "3?" in table.split("[@k1]")[1].split("\n")[0]
    rows = [row.strip("|").split("|") for row in table.splitlines() if row.startswith("|")]
    columns = list(zip(*(rows[:1] + rows[2:]), strict=True))
    assert all(any(cell.strip() for cell in column[1:]) for column in columns), "none is empty"
    assert len(columns) < 6


def test_a_draft_is_a_notebook(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ValueRefusedError, match=r"end its name in \.ipynb, not 'survey\.txt'"):
        project.draft(tmp_path / "survey.txt")
    assert not (tmp_path / "survey.txt").exists()
