"""`reviewkit bibliography`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_of_a_notebook_and_of_keys(run: Run, library: Path) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["[@smith2021; @nobody1999]"]}
    path = library / "survey.ipynb"
    path.write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    )
    answer = run("bibliography", "survey.ipynb", "--style", "ieee")
    assert answer.out.startswith("[1] Z. Smith, “On Small Things,”")
    assert "not in the library: nobody1999 (cell 1, line 1)" in answer.err
    assert answer.code == 1
    answer = run("bibliography", "survey.ipynb", "--style", "ieee", "--write")
    assert "Written: 1 paper (IEEE, numbers)" in answer.err
    cells = json.loads(path.read_text())["cells"]
    assert cells[1]["metadata"]["reviewkit"] == {"role": "bibliography", "style": "ieee"}
    answer = run("bibliography", "smith2021", "matsubara2022bottlefit", "--json")
    assert answer.code == 0
    assert [one["citekey"] for one in answer.json["references"]] == [
        "matsubara2022bottlefit", "smith2021",
    ]  # fmt: skip
    assert answer.json["markdown"].count("\n\n") == 1
    assert run("bibliography", "smith2021", "--to", "html").out.startswith("<div")


def test_styles_are_named(run: Run, library: Path) -> None:
    assert "springer-lncs " in run("bibliography", "--styles").out
    answer = run("bibliography", "smith2021", "--style", "appa")
    assert answer.code == 2 and "Did you mean apa" in answer.err


def test_citations_are_converted_after_a_look(run: Run, library: Path) -> None:
    path = library / "old.md"
    path.write_text("See \\citep{smith2021}.\n")
    answer = run("convert-citations", "old.md", stdin=b"n\n")
    assert "-See \\citep{smith2021}." in answer.out and "+See [@smith2021]." in answer.out
    assert path.read_text() == "See \\citep{smith2021}.\n"
    assert run("convert-citations", "old.md", "--dry-run").code == 0
    assert run("convert-citations", "old.md", "--yes").code == 0
    assert path.read_text() == "See [@smith2021].\n"
    answer = run("convert-citations", "old.md", "--json")
    assert answer.json["changes"] == []
