"""Claims linked to notebook cells, and what came of running these."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reviewkit.checks.code import cell_codes
from reviewkit.errors import ProjectError, StaleError, ValueRefusedError
from reviewkit.ops.ids import link_id
from reviewkit.project import Project, Run, open_project

BIB = """@misc{a, title={On A}, abstract={It is 2.25times faster. It is good.}}
@misc{b, title={B}}
"""
QUOTE = "It is 2.25times faster."


def write(path: Path, sources: Sequence[str]) -> None:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "outputs": [],
         "execution_count": None}
        for n, source in enumerate(sources, start=1)
    ]  # fmt: skip
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    write(tmp_path / "speed.ipynb", ["x = 1", "assert x == 1", "y = 2"])
    with open_project(tmp_path, reviewer="ana", watch=False) as opened:
        yield opened


def ran(project: Project, *, passed: bool, cell: str = "c2", by: str = "ci") -> int:
    path = project.root / "speed.ipynb"
    code = cell_codes(path.name, path.read_text(encoding="utf-8"))[cell]
    return project.record_runs([Run("speed.ipynb", cell, passed, code)], by=by)


def state(project: Project, key: str = "a") -> list[str]:
    return [link.state for link in project.links(key)]


def test_a_claim_is_linked_and_shown_with_what_came_of_running_it(project: Project) -> None:
    link = project.link("a", QUOTE, "speed.ipynb", "c2")
    assert (link.quote, link.notebook, link.cell, link.state) == (
        QUOTE, "speed.ipynb", "c2", "not run",
    )  # fmt: skip
    assert ran(project, passed=True) == 1
    [link] = project.links("a")
    assert (link.state, link.by) == ("reproduced", "ci") and link.at
    assert "reproduced by ci" in project["a"]._repr_html_()
    assert ran(project, passed=True) == 0, "what is known is not written again"
    assert ran(project, passed=False) == 1
    assert state(project) == ["failed"]


def test_what_refutes_a_claim_passes(project: Project) -> None:
    project.link("a", QUOTE, project.root / "speed.ipynb", 2, "refutes")
    ran(project, passed=True)
    assert state(project) == ["refuted"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["x = 1", "assert x == 1", "y = 3"], "reproduced"),
        (["x = 1", "assert x == 1 ", "y = 2"], "reproduced"),
        (["x = 1", "assert x < 2", "y = 2"], "stale"),
        (["x = 1.0", "assert x == 1", "y = 2"], "stale"),
        (["x = 1"], "gone"),
    ],
)
def test_a_change_of_the_cell_or_before_it_makes_the_outcome_stale(
    project: Project, sources: list[str], expected: str
) -> None:
    project.link("a", QUOTE, "speed.ipynb", "c2")
    ran(project, passed=True)
    write(project.root / "speed.ipynb", sources)
    assert state(project) == [expected]


def test_the_latest_run_counts_whoever_made_it(project: Project) -> None:
    project.link("a", QUOTE, "speed.ipynb", "c2")
    ran(project, passed=True, by="ci")
    ran(project, passed=False, by="bob")
    [link] = project.links("a")
    assert (link.state, link.by) == ("failed", "bob")


def test_links_are_undone_and_runs_are_passed_over(project: Project) -> None:
    before = project.at("2000-01-01")
    project.link("a", QUOTE, "speed.ipynb", "c2")
    ran(project, passed=True, by="ana")
    assert project.undo().undone == "link to a cell of a"
    assert state(project) == []
    project.undo(project.actions()[0].id)
    assert state(project) == ["reproduced"]
    project.unlink("a", project.links("a")[0])
    assert state(project) == []
    with pytest.raises(StaleError):
        project.unlink("a", "nothing")
    assert not before["a"].cells if "a" in before else True


def test_links_follow_a_merge_and_outlive_a_rename(project: Project) -> None:
    project.link("b", "It is so.", "speed.ipynb", "c3")
    project.rename("b", "bee")
    assert state(project, "b") == ["not run"]
    project.merge("a", "bee")
    assert state(project) == ["not run"]
    ran(project, passed=True, cell="c3")
    assert state(project) == ["reproduced"]
    assert ("speed.ipynb", "c3") in project.linked_cells()


def test_a_run_neither_brings_a_deleted_paper_back_nor_makes_a_review(project: Project) -> None:
    project.link("a", QUOTE, "speed.ipynb", "c2")
    ran(project, passed=True)
    assert project["a"].reviews == ()
    project.remove("a")
    ran(project, passed=False)
    assert "a" not in project


def test_another_process_sees_the_link_and_the_files_do_not_hold_it(project: Project) -> None:
    project.link("a", QUOTE, "speed.ipynb", "c2")
    project.flush()
    assert "speed.ipynb" not in project.bib_path.read_text(encoding="utf-8")
    with open_project(project.root, reviewer="bob", watch=False) as other:
        assert [link.reviewer for link in other.links("a")] == ["ana"]
        other.link("a", QUOTE, "speed.ipynb", "c2")
        assert [link.id for link in other.links("a")] == [link_id("speed.ipynb", "c2", QUOTE)] * 2


@pytest.mark.parametrize(
    ("notebook", "cell", "relation", "error"),
    [
        ("speed.ipynb", "nowhere", "reproduces", ProjectError),
        ("speed.ipynb", 9, "reproduces", ProjectError),
        ("other.ipynb", "c1", "reproduces", ProjectError),
        ("/etc/passwd", "c1", "reproduces", ProjectError),
        ("speed.ipynb", "c1", "proves", ValueRefusedError),
        (None, "c1", "reproduces", ValueRefusedError),
        (None, None, "reproduces", ProjectError),
    ],
)
def test_what_cannot_be_linked_is_refused(
    project: Project, notebook: str | None, cell: str | int | None, relation: str, error: type
) -> None:
    with pytest.raises(error):
        project.link("a", QUOTE, notebook, cell, relation)
    assert project.links("a") == ()


def test_claims_of_a_paper_are_its_sentences_with_quantities_first(project: Project) -> None:
    assert project.claimed("a").quotes == (QUOTE, "It is good.")


@pytest.mark.parametrize(
    "quote",
    ["It is 3 times faster.", "It is slow", "It … 9", "It is good … faster", "times"],
)
def test_words_that_the_paper_does_not_have_are_linked_only_when_meant(
    project: Project, quote: str
) -> None:
    with pytest.raises(ValueRefusedError) as raised:
        project.link("a", quote, "speed.ipynb", "c2")
    assert (raised.value.field, project.links("a")) == ("anyway", ())
    project.link("a", quote, "speed.ipynb", "c2", anyway=True)
    project.link("a", quote, "speed.ipynb", "c3")
    assert state(project) == ["not run", "not run"]


def test_the_words_nearest_to_a_claim_are_told(project: Project) -> None:
    with pytest.raises(ValueRefusedError, match=r"abstract has: “It is 2\.25times faster\.”"):
        project.link("a", "It is 2.5 times faster.", "speed.ipynb", "c2")


def test_words_of_title_notes_and_what_is_known_of_nobody_are_linked(project: Project) -> None:
    project.review("a", note="On page 7:\n\n> *Ten* times the work")
    project.review("a", note="Only on a Tuesday", private=True)
    for quote in ("on a", "ten times", "IT IS 2.25times", "It … good", "only on a tuesday"):
        project.link("a", quote, "speed.ipynb", "c2")
    with (
        open_project(project.root, reviewer="bob", watch=False) as other,
        pytest.raises(ValueRefusedError) as raised,
    ):
        other.link("a", "Only on Tuesdays", "speed.ipynb", "c2")
    assert "a Tuesday" not in str(raised.value)
    project.link("b", "Whatever it says", "speed.ipynb", "c2")
