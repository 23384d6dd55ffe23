"""Rows of reviews.csv that reviewkit wrote and of which no log here says anything.

The table came before its log, or without: somebody copied the two files and left the folder
with the dot behind, or it was deleted. Then the row is all there is of it, so it stays; where the
project has no log at all, it is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewkit import tables
from reviewkit.files.standing import Place, place_of
from reviewkit.ops.fold import Fold


def unlogged(
    rows: Iterable[tables.Row], papers: Mapping[str, str], fold: Fold
) -> dict[Place, tables.Row]:
    """Those of the rows, by where they stand; `papers` are the papers of their keys."""
    found = {}
    for row in rows:
        if row.cells and row.clean and row.criteria_clean:
            place = place_of(row)
            if place[1] not in {reviewer for reviewer, _ in fold.fields(papers[row.key])}:
                found[place] = row
    return found


def untied(table: tables.Table, papers: Mapping[str, str], fold: Fold) -> tables.Table:
    """The table with such rows as if somebody had typed them, without what they came from."""
    places = unlogged(table.rows, papers, fold)
    return replace(
        table,
        rows=tuple(
            replace(row, rev="", criteria_rev=row.criteria_rev and "")
            if place_of(row) in places
            else row
            for row in table.rows
        ),
    )
