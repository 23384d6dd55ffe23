"""The requests about the comparison matrix, and what papers claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reviewkit import identity, parameters
from reviewkit.matrix.column import Column, named
from reviewkit.matrix.entry import Entry, shown
from reviewkit.matrix.grid import FILLED, SUGGESTED, GridCell
from reviewkit.parameters import Parameters
from reviewkit.project import Project
from reviewkit.project.comparing.comparing import SuggestedCell
from reviewkit.project.comparing.sheet import ONLY, Sheet
from reviewkit.project.opening.opinion import KEEP
from reviewkit.records import (
    SORTS,
    CellDetail,
    CellValue,
    Decided,
    FoundClaims,
    MatrixCell,
    MatrixColumn,
    MatrixPage,
    MatrixRow,
    Me,
    Query,
)

#: The parameters that each request knows.
KNOWN = {
    "matrix": (
        "columns", "papers", "text", "sort", "only", "within", "offset", "limit",
    ),
    "cell": ("citekey", "column"),
    "fill": ("citekey", "column", "value", "quote"),
    "accept_cell": ("citekey", "column", "id"),
    "reject_cell": ("citekey", "column", "id"),
    "accept_column": ("column",),
    "add_column": ("name", "type", "unit", "choices", "about"),
    "edit_column": ("column", "name", "type", "unit", "choices", "about"),
    "move_column": ("column", "before"),
    "remove_column": ("column",),
    "quantities": ("citekey",),
}  # fmt: skip

#: Rows of a page unless asked otherwise, and at most.
_ROWS = 100
_MOST_ROWS = 1_000
#: Characters of a list of names, one a line.
_NAMES = 200_000
_OFFERED = 8


def _names(given: Parameters, name: str) -> list[str]:
    return [line for line in given.text(name, default="", most=_NAMES).split("\n") if line]


def _matrix(project: Project, given: Parameters, me: Me, via: str) -> MatrixPage:
    columns, papers = _names(given, "columns"), _names(given, "papers")
    text, sort = given.text("text", default=""), given.text("sort", default="citekey")
    only = given.choice("only", ONLY) or "all"
    within = given.optional_text("within") or None
    offset = given.count("offset", default=0)
    limit = min(given.count("limit", default=_ROWS), _MOST_ROWS)
    descending, name = sort.startswith("-"), sort.removeprefix("-")
    with project.looking():
        known = name if name in SORTS else "citekey"
        query = Query(text=text, sort=known)
        keys = project.keys_of(query, me.reviewer or "")
        wanted = set(papers)
        keys = [key for key in keys if not papers or key in wanted]
        chosen = [project.column(one) for one in columns] if columns else None
        sheet = project.sheet(chosen, keys)
        by = None if name in SORTS else named(sheet.columns, name)
        inside = named(sheet.columns, within) if within else None
        shown_keys = sheet.chosen(by, only, inside, descending=descending)
        rows = tuple(_row(sheet, key, me) for key in shown_keys[offset : offset + limit])
        return MatrixPage(
            tuple(_column(sheet, column) for column in sheet.columns),
            tuple(project.offered_columns()[:_OFFERED]),
            len(shown_keys),
            offset,
            rows,
            project.revision,
        )


def _row(sheet: Sheet, key: str, me: Me) -> MatrixRow:
    row = sheet.row(key)
    cells = tuple(_cell(cell, me) for cell in row.cells)
    empty = sum(not cell.said for cell in row.cells)
    return MatrixRow(key, row.title, row.year, empty, cells)


def _column(sheet: Sheet, column: Column) -> MatrixColumn:
    filled, empty, differing = sheet.counts(column)
    return MatrixColumn(
        column.id, column.name, column.type, column.unit, column.choices, column.about,
        column.defined, filled, empty, differing,
    )  # fmt: skip


def _cell(cell: GridCell, me: Me) -> MatrixCell:
    state = cell.state
    mine = next((s for s in reversed(cell.said) if s.reviewer == me.reviewer), None)
    text = cell.suggested if state == SUGGESTED else cell.text
    if state not in (FILLED, SUGGESTED):
        text = " / ".join(value for value, _ in cell.values())
    return MatrixCell(
        state,
        text,
        shown(cell.column, mine.entry) if mine is not None and not cell.column.computed else "",
        tuple(dict.fromkeys(one.reviewer for one in cell.said)),
        cell.fits,
    )


def _detail(project: Project, citekey: str, name: str, me: Me) -> CellDetail:
    with project.looking():
        column = project.column(name)
        paper = project[citekey]
        sheet = project.sheet([column], [paper.citekey])
        cell, unfit = sheet.cell(paper.citekey, column), sheet.unfit(paper.citekey, column)
        said = tuple(
            _value(column, one.entry, one.reviewer, one.at, None, None) for one in cell.said
        )
        suggested = [
            *((one, None) for one in cell.suggestions),
            *unfit,
        ]
        made = tuple(_value(column, one.entry, None, None, one.id, by) for one, by in suggested)
        abstract = paper.abstract_display or paper.abstract
        return CellDetail(
            paper.citekey, paper.title, _column(sheet, column), _cell(cell, me), said, made,
            abstract,
        )  # fmt: skip


def _value(
    column: Column, entry: Entry, who: str | None, at: str | None, name: str | None, by: str | None
) -> CellValue:
    placed = entry.start >= 0
    start, end = (entry.start, entry.end) if placed else (None, None)
    text = shown(column, entry)
    return CellValue(who, text, entry.quote, entry.source, start, end, at, name, by)


def _show_cell(project: Project, given: Parameters, me: Me, via: str) -> CellDetail:
    return _detail(project, given.text("citekey"), given.text("column"), me)


def _fill(project: Project, given: Parameters, me: Me, via: str) -> CellDetail:
    citekey, column = given.text("citekey"), given.text("column")
    value = given.optional_text("value", most=parameters.TEXT_LENGTH)
    quote = given.text("quote", default="", most=parameters.TEXT_LENGTH)
    who = identity.needed(me)
    project.fill(citekey, column, value, quote=quote, reviewer=who, via=via)
    return _detail(project, citekey, column, me)


def _suggested(given: Parameters) -> SuggestedCell:
    return SuggestedCell(given.text("citekey"), given.text("column"), given.text("id"), "", "")


def _accept_cell(project: Project, given: Parameters, me: Me, via: str) -> CellDetail:
    one = _suggested(given)
    project.accept_cells(one, reviewer=identity.needed(me), via=via)
    return _detail(project, one.citekey, given.text("column"), me)


def _reject_cell(project: Project, given: Parameters, me: Me, via: str) -> CellDetail:
    one = _suggested(given)
    project.reject_cell(one, reviewer=identity.needed(me), via=via)
    return _detail(project, one.citekey, given.text("column"), me)


def _accept_column(project: Project, given: Parameters, me: Me, via: str) -> Decided:
    name = given.text("column")
    several = project.suggest_cells(name)
    who = identity.needed(me)
    return Decided(project.accept_cells(several, reviewer=who, via=via))


def _column_named(project: Project, name: str) -> MatrixColumn:
    with project.looking():
        column = project.column(name)
        return _column(project.sheet([column]), column)


def _add_column(project: Project, given: Parameters, me: Me, via: str) -> MatrixColumn:
    choices = given.texts("choices") if "choices" in given else ()
    column = project.add_column(
        given.text("name"),
        given.optional_text("type") or None,
        unit=given.text("unit", default=""),
        choices=choices,
        about=given.optional_text("about"),
        by=identity.needed(me),
        via=via,
    )
    return _column_named(project, column.id)


def _edit_column(project: Project, given: Parameters, me: Me, via: str) -> MatrixColumn:
    changes: dict[str, Any] = {
        name: given.text(name) if name in given else KEEP
        for name in ("name", "type", "unit", "about")
    }
    choices = given.texts("choices") if "choices" in given else KEEP
    column = project.edit_column(
        given.text("column"), **changes, choices=choices, by=identity.needed(me), via=via
    )
    return _column_named(project, column.id)


def _move_column(project: Project, given: Parameters, me: Me, via: str) -> MatrixColumn:
    name = given.text("column")
    before = given.optional_text("before")
    project.move_column(name, before, by=identity.needed(me), via=via)
    return _column_named(project, name)


def _remove_column(project: Project, given: Parameters, me: Me, via: str) -> Decided:
    project.remove_column(given.text("column"), by=identity.needed(me), via=via)
    return Decided(1)


def _quantities(project: Project, given: Parameters, me: Me, via: str) -> FoundClaims:
    return FoundClaims(tuple(project.claims(given.text("citekey"))))


ANSWERS: dict[str, Callable[[Project, Parameters, Me, str], Any]] = {
    "matrix": _matrix,
    "cell": _show_cell,
    "fill": _fill,
    "accept_cell": _accept_cell,
    "reject_cell": _reject_cell,
    "accept_column": _accept_column,
    "add_column": _add_column,
    "edit_column": _edit_column,
    "move_column": _move_column,
    "remove_column": _remove_column,
    "quantities": _quantities,
}
