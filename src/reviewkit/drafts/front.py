"""What stands before the sections of a draft, and after them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from reviewkit.drafts import markdown
from reviewkit.drafts.cells import BIBLIOGRAPHY, Cell
from reviewkit.drafts.method import method
from reviewkit.drafts.questioncells import question_cells
from reviewkit.drafts.sections import counted, references
from reviewkit.drafts.survey import Illustration, Survey
from reviewkit.records import Paper

_ABSTRACT = "## Abstract\n\n*Write here, last of all, what this survey found.*"

_INTRODUCTION = """## Introduction

*Write here what this survey is about. A cell that you change, and one that you add, stays
as it is when the survey is drafted again; one that you delete does not come back.*"""

_SETUP = """import reviewkit as rk

project = rk.open({project})
papers = project.cited({file})"""

_COMPARISON = "## Comparison"

#: Code that is there to be run, not to be read: exports leave it out.
HIDDEN = ("hide-input",)
_VENUES = 3


def front_cells(survey: Survey, papers: Sequence[Paper]) -> list[Cell]:
    """Cells before the first section."""
    setup = _SETUP.format(project=literal(survey.project), file=literal(survey.file))
    cells = [
        Cell("title", "", "markdown", f"# {markdown.line(survey.title) or 'Survey'}"),
        Cell("abstract", "", "markdown", _ABSTRACT),
        Cell("introduction", "", "markdown", _INTRODUCTION),
        Cell("setup", "", "code", setup, tags=HIDDEN),
        Cell("method", "", "markdown", method(survey)),
    ]
    if survey.authors:
        names = " · ".join(map(markdown.line, survey.authors))
        cells.insert(1, Cell("authors", "", "markdown", f"*{names}*"))
    if survey.flow_figure is not None:
        cells.append(illustrated(survey.flow_figure))
    cells.append(Cell("overview", "", "markdown", overview(papers)))
    return [*cells, *map(illustrated, survey.overview)]


def back_cells(survey: Survey, papers: Sequence[Paper]) -> list[Cell]:
    """Cells after the last section."""
    cells = []
    if survey.comparison:
        cells.append(Cell("comparison", "", "markdown", _COMPARISON))
        cells.append(Cell("table", "comparison", "markdown", survey.comparison))
    cells += question_cells(papers, survey.keys)
    cells.append(Cell("references", "", "markdown", "## References"))
    cited = references(papers) or "*Nothing is cited yet.*"
    return [*cells, Cell(BIBLIOGRAPHY, "", "markdown", cited)]


def illustrated(figure: Illustration) -> Cell:
    """A figure or table as a cell."""
    kind = "tbl" if figure.name.startswith("table") else "fig"
    caption = " ".join(figure.caption.split())
    source = f"#| label: {kind}-{figure.name}\n#| {kind}-cap: {literal(caption)}\n{figure.code}"
    return Cell(
        "figure", figure.name, "code", source, tags=HIDDEN, outputs=figure.outputs,
        data=figure.data,
    )  # fmt: skip


def overview(papers: Sequence[Paper]) -> str:
    """The section that counts years, venues and readers of all papers."""
    text = f"## Overview\n\nThis survey tells of {counted(len(papers), 'paper')}"
    years = Counter(paper.year for paper in papers if paper.year)
    if years:
        first, last = min(years), max(years)
        (most, number), *rest = years.most_common(2)
        text += f", published in {first}" if first == last else f", published {first} to {last}"
        if rest and rest[0][1] < number:
            text += f", more in {most} ({number}) than in any other year"
    text += "."
    venues = Counter(paper.venue for paper in papers if paper.venue)
    frequent = [(v, n) for v, n in venues.most_common() if n > 1]
    frequent.sort(key=lambda pair: (-pair[1], pair[0]))
    if frequent:
        named = ", ".join(f"{markdown.line(v)} ({n})" for v, n in frequent[:_VENUES])
        text += f" The most frequent of {counted(len(venues), 'venue')} are {named}."
    readers = {review.reviewer for paper in papers for review in paper.reviews}
    rated = [paper for paper in papers if paper.score is not None]
    if readers:
        several = sum(sum(r.rating is not None for r in p.reviews) > 1 for p in rated)
        text += f" {counted(len(readers), 'reviewer')} rated {_of_them(len(rated), len(papers))}"
        if len(readers) > 1 and rated:
            each = several == len(rated) > 1
            text += f", {'each' if each else several or 'none'} by more than one"
        text += "."
    else:
        text += " Nobody has reviewed any of them yet."
    return text


def _of_them(number: int, total: int) -> str:
    if number == total:
        return "all of them" if total > 1 else "it"
    return f"{number or 'none'} of them"


def literal(text: str) -> str:
    """Text as a Python string in double quotes."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
