"""The matrix as a workbook (XLSX); needs openpyxl."""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from reviewkit.markup import parts
from reviewkit.matrix.entry import normal, shown
from reviewkit.matrix.grid import CONFLICT, DIFFERING, FILLED, SUGGESTED, Grid, GridCell

# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CELL = 32_000
_ORANGE = PatternFill("solid", fgColor="FFE3B3")
_FAINT = Font(italic=True, color="808080")
_BOLD = Font(bold=True)


def workbook(grid: Grid, *, suggested: bool = False) -> bytes:
    """The bytes of a workbook: a sheet with the table, one with every value and its quote.

    No cell holds a formula, whatever its text begins with.
    """
    book = Workbook()
    table = book.active
    table.title = "Matrix"
    for at, head in enumerate(["key", "title", *(c.title for c in grid.columns)], 1):
        _put(table, 1, at, head).font = _BOLD
        table.column_dimensions[get_column_letter(at)].width = 40 if at == 2 else 18
    for line, row in enumerate(grid.rows, 2):
        _put(table, line, 1, row.citekey)
        _put(table, line, 2, row.title)
        for at, cell in enumerate(row.cells, 3):
            _fill(table, line, at, cell, suggested=suggested)
    table.freeze_panes = "C2"
    _quotes(book.create_sheet("Values"), grid, suggested=suggested)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(table: Any, line: int, at: int, cell: GridCell, *, suggested: bool) -> None:
    state = cell.state
    if state == SUGGESTED:
        if suggested:
            made = _put(table, line, at, f"{cell.suggested}?")
            made.font = _FAINT
            made.comment = _comment([("suggested", cell.suggestions[0].entry.quote)])
        return
    entry = cell.agreed
    value = normal(cell.column, entry).value if entry is not None else None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if cell.column.computed:
        mean = cell.sort_value
        made = _put(table, line, at, mean if isinstance(mean, float) else cell.text)
    else:
        made = _put(table, line, at, value if number and state == FILLED else _texts(cell))
    if state in (DIFFERING, CONFLICT):
        made.fill = _ORANGE
    made.comment = _comment([(one.reviewer, one.entry.quote) for one in cell.said])


def _texts(cell: GridCell) -> str:
    return " / ".join(value for value, _ in cell.values())


def _quotes(sheet: Any, grid: Grid, *, suggested: bool) -> None:
    heads = ["key", "column", "value", "unit", "reviewer", "quote"]
    for at, head in enumerate(heads, 1):
        _put(sheet, 1, at, head).font = _BOLD
    line = 2
    for row in grid.rows:
        for cell in row.cells:
            values = [(one.reviewer, one.entry) for one in cell.said]
            if suggested and not values:
                values = [("suggested", one.entry) for one in cell.suggestions]
            for who, entry in values:
                unit = normal(cell.column, entry).unit
                parted = [row.citekey, cell.column.name, shown(cell.column, entry), unit, who]
                for at, value in enumerate([*parted, entry.quote], 1):
                    _put(sheet, line, at, value)
                line += 1
    sheet.column_dimensions["F"].width = 90


def _put(sheet: Any, line: int, at: int, value: str | float | None) -> Any:
    cell = sheet.cell(row=line, column=at)
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("", parts.lines(value))[:_LONGEST_CELL]
        # openpyxl takes a text that begins with = for a formula.
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    else:
        cell.value = value
    return cell


def _comment(said: list[tuple[str, str]]) -> Comment | None:
    text = "\n".join(f"{who}: {_ILLEGAL.sub('', quote)}" for who, quote in said if quote)
    return Comment(text[:_LONGEST_CELL], "reviewkit") if text else None
