import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from tests.project.test_surveying import PAPERS

Run = Callable[..., Any]


def test_a_draft_tells_what_changed_and_what_was_kept(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--tag", "small things", "--note", "First.")
    first = run("draft", "survey.ipynb", "--title", "Small things")
    assert first.code == 0
    assert first.out.startswith("1 section with 1 paper: ")
    notebook = nbformat.read(library / "survey.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source == "# Small things"
    cell = next(cell for cell in notebook.cells if "First" in cell.source)
    cell.source = "Mine on [@smith2021]."
    nbformat.write(notebook, library / "survey.ipynb")
    run("review", "smith2021", "--reviewer", "ben", "--rating", "2")
    again = run("draft", "survey.ipynb")
    assert "yours was kept, and the draft says otherwise now: smith2021" in again.out
    assert "  +Rated 2 of 5 by ben." in again.out
    assert "Mine on [@smith2021]." in (library / "survey.ipynb").read_text()
    assert run("draft", "survey.ipynb", "--by", "mood").code == 2
    written = nbformat.read(library / "survey.ipynb", as_version=4)
    written.cells = [cell for cell in written.cells if not cell.source.startswith("# ")]
    nbformat.write(written, library / "survey.ipynb")
    assert "1 deleted before and not made again" in run("draft", "survey.ipynb").out
    assert "1 cell added" in run("draft", "survey.ipynb", "--restore").out
    restored = nbformat.read(library / "survey.ipynb", as_version=4)
    assert restored.cells[0].source == "# Small things"
    told = json.loads(run("draft", "survey.ipynb", "--json").out)
    assert [change["kind"] for change in told["changes"]] == ["kept"]
    one = run("draft", "one.ipynb", "--papers", "smith2021", "matsubara2022bottlefit", "--json")
    assert sum(c["id"].startswith("rk-paper-") for c in json.loads(one.out)["changes"]) == 2


def test_topics_are_shown_and_made_tags(library: Path, run: Run) -> None:
    Path(library, "more.bib").write_text(PAPERS)
    run("add", "more.bib")
    told = json.loads(run("topics", "--number", "2", "--json").out)
    assert sorted(len(topic["papers"]) for topic in told["topics"]) == [6, 6]
    shown = run("topics", "-k", "2", "--as-tags", "--reviewer", "ana")
    assert "12 papers tagged" in shown.out
    assert len(json.loads(run("list", "--json").out)) > 12
    run("undo", "--reviewer", "ana")
    assert run("topics", "-k", "40").code == 2


def test_open_questions_are_listed(library: Path, run: Run) -> None:
    assert run("questions").out == "No open questions.\n"
    run("review", "smith2021", "--reviewer", "ana", "--rating", "1", "--note", "Why *so*? Good.")
    run("review", "smith2021", "--reviewer", "ben", "--rating", "5")
    assert run("questions").out == (
        "smith2021\n  ratings far apart: ana 1, ben 5\n  ana: Why *so*?\n"
    )
    told = json.loads(run("questions", "smith2021", "--json").out)
    assert [each["kind"] for each in told] == ["ratings", "asked"]
    assert run("questions", "nobody").code != 0
