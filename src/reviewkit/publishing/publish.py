"""A manuscript in a format, from its bytes to the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

from reviewkit.publishing.formulas import unreadable
from reviewkit.publishing.job import Job, Published
from reviewkit.publishing.latex import write_latex
from reviewkit.publishing.piece import Told
from reviewkit.publishing.sources import write_myst, write_quarto
from reviewkit.publishing.targets import Target
from reviewkit.publishing.typesetting import typeset
from reviewkit.publishing.writing import write_docx, write_html, write_typst


def publish(job: Job, target: Target) -> Published:
    """The files of the document in the format.

    Raises
    ------
    PandocError, TypesettingError, MissingProgramError
        It cannot be made; the message says why.
    StoppedError
        The job's `stop` was set.
    """
    published = _WRITERS[target.name](job)
    if target.keeps_text:
        # What else it shows in the end is up to another program.
        told = [each for each in job.document.told if each.anywhere]
    else:
        told = [*job.document.told]
        told += () if target.name == "latex" else unreadable(job.document, job.stop)
    told += published.told
    return replace(published, told=tuple(sorted(told, key=_place)))


def _place(told: Told) -> float:
    """Where to look for it: cell by cell, and last of all what is about none."""
    return inf if told.cell is None else told.cell


def _write_pdf(job: Job) -> Published:
    source = write_typst(job)
    data = typeset(source.main, source.files, job.stop)
    return Published(f"{job.name}.pdf", {f"{job.name}.pdf": data}, source.told)


_WRITERS: dict[str, Callable[[Job], Published]] = {
    "pdf": _write_pdf,
    "docx": write_docx,
    "html": write_html,
    "latex": write_latex,
    "typst": write_typst,
    "myst": write_myst,
    "quarto": write_quarto,
}
