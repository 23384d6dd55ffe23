"""Rows of reviews.csv that reviewkit wrote and of which no log here says anything.

The table came before its log, or without: somebody copied the two files and left the folder
with the dot behind, or it was deleted. Then the row is all there is of it, so it stays; where the
project has no log at all, it is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewkit import tables
from reviewkit.files.cells import NAME
from reviewkit.files.formerkeys import papers_once
from reviewkit.files.standing import Place, place_of
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.together import together
from reviewkit.store.recorder import Edit


def unlogged(
    rows: Iterable[tables.Row], papers: Mapping[str, str], fold: Fold
) -> dict[Place, tables.Row]:
    """Those of the rows, by where they stand; `papers` are the papers of their keys."""
    found = {}
    for row in rows:
        if row.cells and row.clean and row.criteria_clean:
            place = place_of(row)
            if place[1] not in _reviewers(fold, papers[row.key]):
                found[place] = row
    once = papers_once(fold) if found else {}
    # Another paper may have had the key for a while, and the row is what is left of that.
    return {
        place: row
        for place, row in found.items()
        if not any(place[1] in _reviewers(fold, paper) for paper in once.get(row.key, ()))
    }


def _reviewers(fold: Fold, paper: str) -> set[str | None]:
    """Who has said anything of a paper, or of one that was ever merged with it.

    A row from while two papers were one has the opinions on both.
    """
    found: set[str | None] = set()
    for one in {paper, fold.root(paper)}:
        found |= {reviewer for reviewer, _ in (together(fold, one) or fold).fields(one)}
    return found


def adopted(
    table: tables.Table, papers: Mapping[str, str], library: Library
) -> tuple[tables.Table, list[Edit]]:
    """A table of which no log says anything, its rows as if somebody had typed them.

    With what the entries have as keywords: which of them are tags the log cannot tell.
    """
    rows = tuple(
        replace(row, rev="", criteria_rev=row.criteria_rev and "")
        if row.clean and row.criteria_clean
        else row
        for row in table.rows
    )
    found = []
    for key in dict.fromkeys(row.key for row in rows if row.cells.get("tags")):
        entry = library.document.entry(key)
        raw = None if entry is None else entry.raw_of("keywords")
        if raw is not None:
            origin = f"{NAME} {key}, as it was"
            found.append(Edit(papers[key], None, "bib:keywords", raw, (), True, origin))
    return replace(table, rows=rows), found
