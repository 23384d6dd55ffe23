"""A paper's key changes everywhere at once or nowhere, is shown first and can be undone."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import BibtexError, ProjectError, UnknownPaperError, ValueRefusedError
from reviewkit.project import Project
from reviewkit.project.curating.renaming import Intent
from reviewkit.project.manuscripts.manuscripts import rewrite, rewritings
from tests.files.hands import bib, rows, save, settle

TEX = "\\documentclass{article}\r\n\\cite{zhang2020, smith2021} % \\cite{smith2021}\r\n"
NOTEBOOK = json.dumps(
    {
        "cells": [
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": ["# @smith2021\n", "[@smith2021]"],
            },
            {"cell_type": "code", "source": "project['smith2021']"},
        ],
        "nbformat": 4,
    },
    indent=1,
)
CHILD = "\n@inbook{chapter, title={A Chapter}, crossref={smith2021}}\n"


@pytest.fixture
def survey(folder: Path) -> Path:
    (folder / "text" / ".hidden").mkdir(parents=True)
    (folder / "text" / "survey.tex").write_bytes(TEX.encode())
    (folder / "survey.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    (folder / "text" / ".hidden" / "old.md").write_text("@smith2021", encoding="utf-8")
    (folder / "other.md").write_text("@zhang2020", encoding="utf-8")
    with (folder / "references.bib").open("a", encoding="utf-8") as file:
        file.write(CHILD)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".reviewkit" not in path.parts
    }


def test_everything_that_names_the_paper_names_it_anew(
    survey: Path, open_: Callable[..., Project]
) -> None:
    project = open_()
    project.review("smith2021", rating=4)
    project.flush()
    before = everything(survey)
    result = project.rename("smith2021", "smith2021small")
    assert result.done
    assert result.files == ("references.bib", "survey.ipynb", "text/survey.tex")
    assert result.message.endswith("3 times cited in 2 manuscripts")
    settle(project)
    text = bib(project)
    assert "@article{smith2021small," in text
    assert re.search(r"ids\s*= \{smith2021\}", text)
    assert "crossref={smith2021small}" in text
    assert [row["key"] for row in rows(project)] == ["smith2021small"]
    after = everything(survey)
    assert after["text/survey.tex"] == TEX.encode().replace(
        b"zhang2020, smith2021}", b"zhang2020, smith2021small}"
    )
    assert after["survey.ipynb"].decode() == NOTEBOOK.replace("@smith2021", "@smith2021small")
    assert {n for n in after if after[n] != before[n]} == {*result.files, "reviews.csv"}
    assert project["smith2021"].citekey == "smith2021small"
    assert project.undo().undone == "renaming smith2021small"
    project.flush()
    assert {n: d for n, d in everything(survey).items() if n != "reviews.csv"} == {
        n: d if n != "references.bib" else everything(survey)[n]
        for n, d in before.items()
        if n != "reviews.csv"
    }
    assert "@article{smith2021," in bib(project)
    assert "ids" not in bib(project)
    assert "crossref={smith2021}" in bib(project)
    settle(project)


def test_a_dry_run_shows_the_lines_and_changes_nothing(
    survey: Path, open_: Callable[..., Project]
) -> None:
    project = open_()
    before = everything(survey)
    result = project.rename("smith2021", "b", dry_run=True)
    assert not result.done
    for line in (
        "-@article{smith2021,", "+@article{b,", "+  ids      = {smith2021}",
        "+@inbook{chapter, title={A Chapter}, crossref={b}}", "+++ b/text/survey.tex",
        "@@ -2 +2 @@", "+\\cite{zhang2020, b} % \\cite{smith2021}", '+    "[@b]"',
    ):  # fmt: skip
        assert line in result.diff.splitlines() or line in result.diff, line
    assert everything(survey) == before
    assert project.log() == []


def test_without_a_new_key_the_formula_names_the_paper(
    folder: Path, open_: Callable[..., Project]
) -> None:
    (folder / "reviewkit.toml").write_text('citekey = "[auth:lower][year]"', encoding="utf-8")
    assert open_().rename("matsubara2022bottlefit", dry_run=True).new == "matsubara2022"


@pytest.mark.parametrize(
    ("old", "new", "error", "why"),
    [
        ("nobody", "x", UnknownPaperError, "nobody"),
        ("smith2021", "zhang2020", ValueRefusedError, "another paper has it"),
        ("smith2021", "Zhang2020", ValueRefusedError, "only in case"),
        ("smith2021", "a b", ValueRefusedError, "no blanks"),
        ("smith2021", "smith2021", ValueRefusedError, "has it already"),
        ("smith2021", "", ValueRefusedError, "no blanks"),
        ("smith2021", "a{b", ValueRefusedError, "no blanks"),
    ],
)
def test_a_key_that_cannot_be_had_changes_nothing(
    survey: Path,
    open_: Callable[..., Project],
    old: str,
    new: str,
    error: type[Exception],
    why: str,
) -> None:
    project = open_()
    before = everything(survey)
    with pytest.raises(error, match=why):
        project.rename(old, new)
    assert everything(survey) == before
    assert project.log() == []


def test_a_former_key_of_another_paper_is_not_given(project: Project) -> None:
    project.rename("smith2021", "b")
    with pytest.raises(ValueRefusedError, match="former key of 'b'"):
        project.rename("zhang2020", "smith2021")
    assert project.rename("b", "smith2021").done
    assert project["b"].citekey == "smith2021"


def test_a_manuscript_that_cannot_be_written_stops_it_all(
    survey: Path, open_: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_()
    before = everything(survey)
    fs = project._sync.store.fs
    exchange = fs.exchange

    def failing(one: Path, other: Path) -> bool:
        if other.name == "survey.tex":
            raise PermissionError(13, "Permission denied")
        return exchange(one, other)

    monkeypatch.setattr(fs, "exchange", failing)
    with pytest.raises(ProjectError, match="survey.tex cannot be written"):
        project.rename("smith2021", "b")
    monkeypatch.undo()
    assert everything(survey) == before
    assert project.log() == []
    assert open_(reviewer="bob")["smith2021"].citekey == "smith2021"


def test_a_notebook_that_cannot_be_read_is_left_and_told(
    survey: Path, open_: Callable[..., Project]
) -> None:
    (survey / "broken.ipynb").write_text("{", encoding="utf-8")
    result = open_().rename("smith2021", "b")
    assert "broken.ipynb is not a notebook" in result.left[0]
    assert (survey / "broken.ipynb").read_text() == "{"


def test_a_broken_entry_is_not_renamed(folder: Path, open_: Callable[..., Project]) -> None:
    save(
        folder / "references.bib", "@misc{a, title={A} year={2020}, note={x}\n@misc{b, title={B}}"
    )
    with pytest.raises(BibtexError):
        open_().rename("a", "c")


def test_a_renaming_that_breaks_off_is_taken_back_at_the_next_opening(
    survey: Path, open_: Callable[..., Project]
) -> None:
    project = open_()
    project.review("zhang2020", rating=1)
    project.flush()
    before = everything(survey)
    layout, machine = project._sync.store.layout, project._sync.store.machine
    paper = project["smith2021"].id
    Intent.noted(layout, machine, paper, "smith2021", "b")
    texts, _ = rewritings(survey, "smith2021", "b")
    rewrite(texts[:1], "smith2021", "b", layout.trash, machine)
    assert everything(survey) != before
    open_(reviewer="bob")
    assert everything(survey) == before
    project.rename("smith2021", "b")
    after = everything(survey)
    Intent.noted(layout, machine, paper, "smith2021", "b")
    open_(reviewer="eve")
    assert everything(survey) == after


def test_a_save_that_meets_the_renaming_is_kept_and_renamed(
    survey: Path, open_: Callable[..., Project]
) -> None:
    project = open_()
    texts, _ = rewritings(survey, "smith2021", "b")
    (survey / "text" / "survey.tex").write_text("Saved: \\cite{smith2021}", encoding="utf-8")
    layout = project._sync.store.layout
    rewrite(texts, "smith2021", "b", layout.trash, project._sync.store.machine)
    assert (survey / "text" / "survey.tex").read_text() == "Saved: \\cite{b}"


def test_another_replica_follows(survey: Path, open_: Callable[..., Project]) -> None:
    ana, bob = open_(), open_(reviewer="bob")
    bob.review("smith2021", note="Read.")
    ana.sync()
    ana.rename("smith2021", "b")
    bob.sync()
    assert bob["b"].review_of("bob").notes[0].text == "Read."
    bob.review("smith2021", rating=5)
    bob.sync()
    ana.sync()
    assert ana["b"].review_of("bob").rating == 5
    settle(ana)
