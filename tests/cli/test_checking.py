"""`reviewkit check` and `reviewkit link`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

TEXT = "# T\n\nIt is so [@Smith2021].\n"


def test_exit_codes_and_json(library: Path, call: Run) -> None:
    (library / "survey.md").write_text(TEXT, encoding="utf-8")
    found = call("check", "survey.md", "--json")
    assert found.code == 1
    assert [one["rule"] for one in found.json] == ["unknown-key"]
    shown = call("check", "survey.md")
    assert "survey.md, line 3: error RK101 [unknown-key]" in shown.out and "1 error" in shown.out
    (library / "own.md").write_text("# T\n\nNothing.\n", encoding="utf-8")
    assert (call("check", "own.md").code, call("check").code) == (0, 2)
    assert call("check", "nowhere.md").code == 2
    (library / "reviewkit.toml").write_text('[check]\noff = ["unknown-keys"]\n', encoding="utf-8")
    refused = call("check", "survey.md")
    assert refused.code != 0 and "Did you mean unknown-key" in refused.err


def test_hints_alone_are_no_failure(library: Path, run: Run, call: Run) -> None:
    (library / "survey.md").write_text("# T\n\n[@smith2021]\n", encoding="utf-8")
    run("review", "smith2021", "--status", "read", "--reviewer", "ana")
    answer = call("check", "survey.md")
    assert (answer.code, "1 hint" in answer.out) == (0, True)
    (library / "reviewkit.toml").write_text('[check]\nfail = "hint"\n', encoding="utf-8")
    assert call("check", "survey.md").code == 1


def test_a_fix_is_shown_asked_for_and_can_be_taken_back(library: Path, call: Run) -> None:
    path = library / "survey.md"
    path.write_text(TEXT, encoding="utf-8")
    asked = call("check", "survey.md", "--fix")
    assert "+It is so [@smith2021]." in asked.err and path.read_text(encoding="utf-8") == TEXT
    assert call("check", "survey.md").out.endswith("1 error; --fix mends 1\n")
    done = call("check", "survey.md", "--fix", "--yes")
    assert "[@smith2021]" in path.read_text(encoding="utf-8"), done.err
    kept = list((library / ".reviewkit" / "trash").glob("*survey.md"))
    assert [one.read_text(encoding="utf-8") for one in kept] == [TEXT]


def test_the_rules_are_listed(library: Path, run: Run) -> None:
    assert "RK401  private" in run("check", "--rules").out


def test_a_link_is_made_and_shown(library: Path, run: Run, call: Run) -> None:
    cell = {"cell_type": "code", "id": "c1", "metadata": {}, "source": "x = 1", "outputs": []}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (library / "speed.ipynb").write_text(json.dumps(book), encoding="utf-8")
    run("link", "smith2021", "It is fast.", "speed.ipynb", "1", "--refutes", "--reviewer", "ana")
    shown = run("show", "smith2021").out
    assert "Claim: “It is fast.” not run yet: the cell is to refute it" in shown
    assert "link" in run("log").out
    assert call("link", "smith2021", "It is fast.", "speed.ipynb", "9").code != 0


def test_words_that_the_paper_does_not_have_are_asked_about(library: Path, call: Run) -> None:
    cell = {"cell_type": "code", "id": "c1", "metadata": {}, "source": "x = 1", "outputs": []}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (library / "speed.ipynb").write_text(json.dumps(book), encoding="utf-8")
    bib = library / "references.bib"
    known = bib.read_text(encoding="utf-8")
    bib.write_text(
        known.replace("{smith2021,", "{smith2021, abstract={It is fast.},"), encoding="utf-8"
    )
    link = ("link", "smith2021", "It is slow.", "speed.ipynb", "1", "--reviewer", "ana")
    asked = call(*link)
    assert asked.code == 1
    assert "Its abstract has: “It is fast.”" in asked.err
    assert "Link them now?" in asked.err
    assert "Claim" not in call("show", "smith2021").out
    assert call(*link, "--anyway").code == 0
    assert "“It is slow.”" in call("show", "smith2021").out
