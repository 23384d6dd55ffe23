"""A survey drafted from reviewed papers, as a notebook that runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.drafts.cells import METADATA, Cell
from reviewkit.drafts.redraft import Redraft, redraft
from reviewkit.drafts.sections import bibliography, by_tag, front_cells, section_cells
from reviewkit.errors import ValueRefusedError
from reviewkit.records import Paper

#: What the papers of a draft may be grouped by.
GROUPINGS = ("tag",)


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted notebook and what drafting did.

    `notebook` is JSON of the notebook format 4.5. `sections` are the headings in their
    order, `papers` counts those that stand in them. `edited` are the ids of our cells
    that a person changed and that were left alone; `refreshed` and `added` those that
    this draft changed or made; `deleted` counts cells that a person deleted and that
    were not made again.
    """

    notebook: dict[str, Any]
    sections: tuple[str, ...]
    papers: int
    added: tuple[str, ...]
    refreshed: tuple[str, ...]
    edited: tuple[str, ...]
    deleted: int

    @property
    def message(self) -> str:
        """Report of what drafting did, in words."""
        if not self.sections:
            return "No paper has a tag, rating, status or note yet, so the draft has no sections."
        text = f"{_count(len(self.sections), 'section')} with {_count(self.papers, 'paper')}: "
        text += f"{_count(len(self.added), 'cell')} added, {len(self.refreshed)} refreshed"
        if self.edited:
            text += f", {len(self.edited)} left as edited"
        if self.deleted:
            text += f", {self.deleted} deleted before and not made again"
        return text + "."


def build(
    papers: Sequence[Paper],
    *,
    by: str = "tag",
    title: str = "Survey",
    project: str = ".",
    previous: Mapping[str, Any] | None = None,
    also_cited: Collection[str] = (),
) -> Draft:
    """Draft of a survey: a section a tag, with citations, notes, tables and references.

    Parameters
    ----------
    papers
        The library. Papers that nobody tagged or judged do not appear.
    by
        One of `GROUPINGS`.
    title
        Title of the survey, plain text.
    project
        Path of the project's folder as seen from the notebook's.
    previous
        The notebook as it is now (None: there is none). Cells of ours whose source is
        unchanged are refreshed in their places; all else in it stays as it is, and
        cells of ours that were deleted stay away. A notebook that reviewkit did not
        make keeps its own title and introduction.
    also_cited
        Keys that a person cites in the notebook: they join the references.

    Raises
    ------
    FormatError
        `previous` is not a notebook of format 4.
    ValueRefusedError
        `by` is not a grouping.

    Notes
    -----
    Equal arguments give equal notebooks, and drafting again with nothing changed gives
    the same one.
    """
    if by not in GROUPINGS:
        raise ValueRefusedError(
            f"A draft cannot be grouped by {by!r}. Use {' or '.join(GROUPINGS)}.",
            field="by",
            value=by,
        )
    sections = by_tag(papers)
    shown = {paper.citekey: paper for section in sections for paper in section.papers}
    wanted = set(also_cited)
    cited = shown | {paper.citekey: paper for paper in papers if paper.citekey in wanted}
    front, references = front_cells(title, project), bibliography(cited.values())
    body = [cell for section in sections for cell in section_cells(section)]
    cells = [*front, *body, references]
    done = _first(cells) if previous is None else redraft(previous, cells)
    return Draft(
        notebook=done.notebook,
        sections=tuple(section.name for section in sections),
        papers=len(shown),
        added=done.added,
        refreshed=done.refreshed,
        edited=done.edited,
        deleted=done.deleted,
    )


def _first(cells: list[Cell]) -> Redraft:
    made = [cell.as_notebook_cell() for cell in cells]
    notebook = {
        "cells": made,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            METADATA: {"format": 1, "made": sorted(cell.name for cell in cells)},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Redraft(notebook, tuple(cell["id"] for cell in made), (), (), 0)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
