"""The whole text of reviews.csv: rows of the log, and what stays as it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reviewkit import tables
from reviewkit.ops.slugs import slug

#: Where a row stands: its key and reviewer.
Place = tuple[str, str]


def place_of(row: tables.Row) -> Place:
    """Where a row stands, however its reviewer is spelt."""
    return row.key, slug(row.reviewer)


def whole(
    rows: Iterable[tables.Row],
    table: tables.Table,
    kept: Mapping[Place, tables.Row],
    rated: Mapping[Place, tables.Row],
    criteria: Iterable[str],
) -> bytes:
    """The file's bytes.

    Parameters
    ----------
    rows
        What the log gives.
    table
        The file as it was read: columns of other people stay.
    kept, rated
        Rows of it of which something is held, so that they stay as they stand: all but the
        ratings of single criteria, and those.
    criteria
        Names of all criteria that the log knows: their columns are there while they are needed.
    """
    columns = set(table.criteria).difference(map(tables.column_of, criteria))
    joined = list(_joined(rows, table, kept, rated))
    return tables.write(joined, table.extra, columns)


def _joined(
    rows: Iterable[tables.Row],
    table: tables.Table,
    kept: Mapping[Place, tables.Row],
    rated: Mapping[Place, tables.Row],
) -> Iterator[tables.Row]:
    others = {
        place_of(row): row
        for row in (table.rows if table.extra else ())
        if any(row.extra.values()) and place_of(row) not in kept
    }
    left, left_rated = dict(kept), dict(rated)
    for row in rows:
        place = (row.key, row.reviewer)
        other = others.pop(place, None)
        stands = left.pop(place, None)
        found = row if other is None else replace(row, extra=other.extra)
        if stands is not None:
            found = _with_criteria_of(row, stands)
        if place in left_rated:
            found = _with_criteria_of(left_rated.pop(place), found)
        yield found
    for place, row in left.items():
        yield _with_criteria_of(left_rated.pop(place, None), row)
    for place, row in left_rated.items():
        others.pop(place, None)
        yield row
    # A row that says something only in other people's columns stays.
    for row in others.values():
        yield replace(row, cells={}, rev="", criteria={}, criteria_rev="")


def _with_criteria_of(other: tables.Row | None, row: tables.Row) -> tables.Row:
    if other is None:
        return replace(row, criteria={}, criteria_rev="")
    return replace(row, criteria=other.criteria, criteria_rev=other.criteria_rev)
