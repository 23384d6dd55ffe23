"""pandas data frames of the comparison matrix."""

from __future__ import annotations

import pandas as pd

from reviewkit.matrix.entry import Entry, normal, shown
from reviewkit.matrix.grid import Grid, GridCell

_LONG_COLUMNS = (
    "citekey", "column", "value", "unit", "reviewer", "quote", "source", "start", "end", "updated"
)  # fmt: skip


def matrix_wide(grid: Grid, *, suggested: bool = False) -> pd.DataFrame:
    """One row a paper, named by citekey; numbers are floats in the column's unit, absent NaN.

    Cells where people differ have no value; `attrs["differing"]` lists them as (citekey,
    column). Yes/no columns and tags are True, False or None.
    """
    names = [column.title for column in grid.columns]
    rows = [[_agreed(cell, suggested=suggested) for cell in row.cells] for row in grid.rows]
    index = pd.Index([row.citekey for row in grid.rows], name="citekey")
    frame = pd.DataFrame(rows, columns=names, index=index, dtype=object)
    for name, column in zip(names, grid.columns, strict=True):
        if column.type in ("number", "rating") and names.count(name) == 1:
            frame[name] = pd.to_numeric(frame[name], errors="coerce").astype("float64")
    frame.attrs["differing"] = [
        (row.citekey, cell.column.title)
        for row in grid.rows
        for cell in row.cells
        if cell.state in ("differing", "conflict")
    ]
    return frame


def _agreed(cell: GridCell, *, suggested: bool) -> object:
    if cell.column.type == "rating":
        return cell.sort_value
    entry = cell.agreed
    if entry is None and suggested and not cell.said and cell.suggestions:
        entry = cell.suggestions[0].entry
    if entry is None:
        return None
    value = normal(cell.column, entry)
    if cell.column.type == "number":
        fitting = value.unit == cell.column.unit and not isinstance(value.value, str | bool)
        return value.value if fitting else None
    return value.value


def matrix_long(grid: Grid, *, suggested: bool = False) -> pd.DataFrame:
    """One row a value: whose, with its quote and where that stands in the abstract as shown.

    `value` is in the column's unit where that is exact; `unit` says in which it is.
    """
    rows = []
    for row in grid.rows:
        for cell in row.cells:
            for one in cell.said:
                rows.append(_said_row(row.citekey, cell, one.entry, one.reviewer, one.at))
            for made in cell.suggestions if suggested and not cell.said else ():
                rows.append(_said_row(row.citekey, cell, made.entry, None, None))
    frame = pd.DataFrame(rows, columns=list(_LONG_COLUMNS))
    frame["start"] = frame["start"].astype("Int64")
    frame["end"] = frame["end"].astype("Int64")
    frame["updated"] = pd.to_datetime(frame["updated"], utc=True)
    return frame


def _said_row(
    citekey: str, cell: GridCell, entry: Entry, reviewer: str | None, at: str | None
) -> tuple[object, ...]:
    one = normal(cell.column, entry)
    placed = one.start >= 0
    start, end = (one.start, one.end) if placed else (None, None)
    value = one.value if not isinstance(one.value, bool) else shown(cell.column, one)
    return (
        citekey, cell.column.name, value, one.unit, reviewer, one.quote, one.source, start, end, at
    )  # fmt: skip
