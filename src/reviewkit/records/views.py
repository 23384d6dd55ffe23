"""What a notebook output shows."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.records.pages import Query


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """What a notebook output shows: the form of one paper, a table or the comparison matrix.

    `project` is the project's folder relative to the notebook's; `citekey` is None for
    a table. `columns` are the names of a matrix's columns (None: all that people made) and
    `papers` the only citekeys it shows (None: all).
    """

    format: int
    view: str
    project: str
    citekey: str | None = None
    query: Query | None = None
    columns: tuple[str, ...] | None = None
    papers: tuple[str, ...] | None = None
