"""What a notebook output shows."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.records.pages import Query


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """What a notebook output shows: the form of one paper or a table.

    `project` is the project's folder relative to the notebook's; `citekey` is None for
    a table.
    """

    format: int
    view: str
    project: str
    citekey: str | None = None
    query: Query | None = None
