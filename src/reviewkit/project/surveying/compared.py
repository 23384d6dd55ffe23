"""The comparison matrix in a survey: its table, and its columns as what papers are grouped by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewkit.drafts.groups import best_first
from reviewkit.errors import ValueRefusedError
from reviewkit.matrix import Column
from reviewkit.matrix.grid import Grid, GridRow
from reviewkit.matrix.printed import markdown
from reviewkit.records import Paper

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing

#: Rows and columns that a page can hold.
_ROWS, _COLUMNS = 40, 5
# So many papers are looked through for rows in which something stands.
_LOOKED = 400
# What is compared where nobody made columns.
_USUAL = ("dataset", "hardware", "speedup", "accuracy", "reduction")


def comparison(project: Comparing, papers: Sequence[Paper]) -> str:
    """A table of papers by columns in Markdown, with what it leaves out; "" if it is empty."""
    made = project.columns()
    columns = made or _suggested(project)
    if not columns:
        return ""
    order = [paper.citekey for paper in sorted(papers, key=best_first)]
    sheet = project.sheet(columns[:_COLUMNS], order)
    there = set(sheet.keys)
    rows = []
    looked = [key for key in order if key in there][:_LOOKED]
    for key in looked:
        row = sheet.row(key)
        if any(cell.text or cell.suggested for cell in row.cells):
            rows.append(row)
            if len(rows) == _ROWS:
                break
    if not rows:
        return ""
    shown = list(sheet.columns)
    if not made:
        shown, rows = _filled(shown, rows)
    parts = []
    if any(not cell.text and cell.suggested for row in rows for cell in row.cells):
        parts.append(
            "Values with a question mark were found in abstracts by rules, and nobody has "
            "checked them yet; `project.matrix()` shows each with its sentence, to accept or not."
        )
    parts += [
        markdown(Grid(tuple(shown), tuple(rows)), suggested=True).rstrip(),
        "Table: Comparison of papers.",
    ]
    if len(rows) == _ROWS and len(papers) > _ROWS:
        parts.append(f"The table has the first {_ROWS} of {len(papers)} papers with such values.")
    return "\n\n".join(parts)


def column_values(project: Comparing, name: str, keys: Sequence[str]) -> Mapping[str, list[str]]:
    """What people said in a column, by citekey; papers of which they differ have several.

    Raises
    ------
    ValueRefusedError
        There is no such column.
    """
    made = project.columns()
    column = next((one for one in made if one.name.casefold() == name.casefold()), None)
    if column is None:
        names = ["tag", "topic", "year", "venue", *(repr(one.name) for one in made)]
        raise ValueRefusedError(
            f"A draft cannot be grouped by {name!r}. Use one of {', '.join(names)}; columns are "
            "made with project.add_column.",
            field="by",
            value=name,
        )
    sheet = project.sheet([column], keys)
    found = {key: sheet.cell(key, column) for key in sheet.keys}
    if column.computed:
        return {key: [cell.text] for key, cell in found.items() if cell.text}
    return {key: [text for text, _ in cell.values()] for key, cell in found.items()}


def _filled(
    columns: Sequence[Column], rows: Sequence[GridRow]
) -> tuple[list[Column], list[GridRow]]:
    """The columns that nobody chose in which something stands, with their cells."""
    kept = [
        at
        for at in range(len(columns))
        if any(row.cells[at].text or row.cells[at].suggested for row in rows)
    ]
    short = [replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows]
    return [columns[at] for at in kept], short


def _suggested(project: Comparing) -> list[Column]:
    found = []
    for name in _USUAL:
        try:
            found.append(project.column(name))
        except ValueRefusedError:
            continue
    return found
