"""A survey drafted from reviewed papers, as a notebook that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.drafts.cells import METADATA
from reviewkit.drafts.front import back_cells, front_cells
from reviewkit.drafts.groups import Group
from reviewkit.drafts.redraft import FORMAT, CellChange, redraft
from reviewkit.drafts.relabelling import relabelled
from reviewkit.drafts.sections import counted, section_cells
from reviewkit.drafts.survey import Survey

#: Called with how many are done, of how many, and what is being done.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted notebook and what drafting did.

    `notebook` is JSON of the notebook format 4.5. `sections` are the headings in their
    order, `papers` counts those that stand in them. `changes` are the cells that were
    added, changed, moved or taken out, and those that a person had edited and that were
    kept; `deleted` counts cells that a person deleted and that were not made again.
    """

    notebook: dict[str, Any]
    sections: tuple[str, ...]
    papers: int
    changes: tuple[CellChange, ...]
    deleted: int

    def cells(self, kind: str) -> tuple[CellChange, ...]:
        """The changes of one kind: added, changed, moved, removed or kept."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def message(self) -> str:
        """Report of what drafting did, in words."""
        if not self.sections:
            return (
                "No paper has a tag, rating, status or note yet, so the draft has no sections. "
                "Review some papers, or group them by topic."
            )
        text = f"{counted(len(self.sections), 'section')} with {counted(self.papers, 'paper')}"
        told = [
            f"{counted(len(self.cells(kind)), 'cell')} {kind}"
            for kind in ("added", "changed", "moved", "removed")
            if self.cells(kind)
        ]
        if self.cells("kept"):
            told.append(f"{len(self.cells('kept'))} left as edited")
        if self.deleted:
            told.append(
                f"{self.deleted} deleted before and not made again (unless you restore them)"
            )
        return f"{text}: {', '.join(told) or 'nothing changed'}."


def build(
    groups: Sequence[Group],
    survey: Survey | None = None,
    *,
    previous: Mapping[str, Any] | None = None,
    remember: Mapping[str, Any] | None = None,
    restore: bool = False,
    progress: Progress | None = None,
) -> Draft:
    """Draft of a survey: a section a group, with citations, notes, figures and references.

    Parameters
    ----------
    groups
        The sections' papers.
    survey
        What stands around the sections.
    previous
        The notebook as it is now (None: there is none). Cells of ours whose source is
        unchanged are renewed in their places; all else in it stays as it is, and cells of
        ours that were deleted stay away unless `restore`. A notebook that reviewkit did
        not make keeps its own title and introduction. An existing bibliography cell is
        left to who renews it.
    remember
        What the notebook is to keep of how it was drafted, as JSON values.
    restore
        Make cells of ours that were deleted again.
    progress
        Told of each section.

    Raises
    ------
    FormatError
        `previous` is not a notebook of format 4.

    Notes
    -----
    Equal arguments give equal notebooks, and drafting again with nothing changed gives
    the same one.
    """
    survey = survey or Survey()
    home: dict[str, Group] = {}
    for group in groups:
        for paper in group.papers:
            home.setdefault(paper.citekey, group)
    shown = {paper.citekey: paper for group in groups for paper in group.papers}
    body = []
    for number, group in enumerate(groups):
        if progress is not None:
            progress(number, len(groups), group.name)
        body += section_cells(group, home, survey.keys)
    papers = list(shown.values())
    cells = [*front_cells(survey, papers), *body, *back_cells(survey, papers)]
    told = remember or {}
    made = _begun(survey) if previous is None else relabelled(previous, told)
    done = redraft(made, cells, told, new=previous is None, restore=restore)
    return Draft(
        notebook=done.notebook,
        sections=tuple(group.name for group in groups),
        papers=len(shown),
        changes=done.changes,
        deleted=done.deleted,
    )


def _begun(survey: Survey) -> dict[str, Any]:
    """A notebook without cells, to draft into."""
    metadata: dict[str, Any] = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
        "title": survey.title,
        METADATA: {"format": FORMAT, "made": []},
    }
    if survey.authors:
        metadata["authors"] = [{"name": name} for name in survey.authors]
    return {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
