"""The matrix as text for manuscripts, pages and spreadsheets; all that it holds is hostile.

In all of them a cell where people differ has all values, set in italics or coloured, and what
is only suggested ends in `?`.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewkit.markup import parts
from reviewkit.matrix.column import NUMBER, RATING, Column
from reviewkit.matrix.grid import CONFLICT, DIFFERING, Grid, GridCell, GridRow
from reviewkit.spreadsheet import guard

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "\"": r"\textquotedbl{}",
    "×": r"$\times$", "µ": r"$\mu$", "μ": r"$\mu$", "±": r"$\pm$", "≤": r"$\leq$",
    "≥": r"$\geq$", "≈": r"$\approx$", "∼": r"$\sim$", "–": "--", "—": "---", "…": r"\ldots{}",
    "-": "{-}",
}  # fmt: skip
_TYPST = re.compile(r"([\\#$*_`<>@\[\]~=/+\-\"'{}])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~^$@&=-])")
_CITABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_:.#$%&+?<>~/-]*")
_IN_LATEX = re.compile(r"[A-Za-z0-9_:.+/*!?@;()'=-]+")
_DIFFERING = "background:rgba(224,138,0,.28)"
_SUGGESTED = "opacity:.65;font-style:italic"


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    differs: bool
    suggested: bool


def _cell(cell: GridCell, *, suggested: bool) -> _Cell:
    if cell.text or not (suggested and cell.suggested):
        differs = cell.state in (DIFFERING, CONFLICT)
        return _Cell(_values(cell), differs, suggested=False)
    return _Cell(f"{cell.suggested}?", differs=False, suggested=True)


def _values(cell: GridCell) -> str:
    if cell.column.computed:
        return cell.text
    return " / ".join(parts.line(value) for value, _ in cell.values())


def _rows(grid: Grid, *, suggested: bool) -> Iterator[tuple[GridRow, list[_Cell]]]:
    for row in grid.rows:
        yield row, [_cell(cell, suggested=suggested) for cell in row.cells]


def _is_number(column: Column) -> bool:
    return column.type in (NUMBER, RATING)


def markdown(grid: Grid, *, suggested: bool = False, cite: bool = True) -> str:
    """A pipe table, which pandoc, GitHub and JupyterLab read."""
    lines = [["Paper", *(_md(column.title) for column in grid.columns)]]
    lines.append(["---", *("---:" if _is_number(c) else "---" for c in grid.columns)])
    for row, cells in _rows(grid, suggested=suggested):
        shown = (f"*{_md(c.text)}*" if c.differs and c.text else _md(c.text) for c in cells)
        lines.append([_md_name(row, cite=cite), *shown])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", parts.line(text))


def _md_name(row: GridRow, *, cite: bool) -> str:
    if not cite:
        return _md(row.title)
    if _CITABLE.fullmatch(row.citekey) and "|" not in row.citekey:
        return f"[@{row.citekey}]"
    braced = "{" not in row.citekey and "}" not in row.citekey and "|" not in row.citekey
    return f"[@{{{parts.line(row.citekey)}}}]" if braced else _md(row.citekey)


def latex(grid: Grid, *, suggested: bool = False, cite: bool = True) -> str:
    r"""A `tabular` for `\usepackage{booktabs}`."""
    layout = "l" + "".join("r" if _is_number(c) else "l" for c in grid.columns)
    lines = [rf"\begin{{tabular}}{{{layout}}}", r"  \toprule"]
    lines.append(_tex_row(["Paper", *(_tex(column.title) for column in grid.columns)]))
    lines.append(r"  \midrule")
    for row, cells in _rows(grid, suggested=suggested):
        shown = (
            rf"\emph{{{_tex(c.text)}}}" if c.differs and c.text else _tex(c.text) for c in cells
        )
        lines.append(_tex_row([_tex_name(row, cite=cite), *shown]))
    return "\n".join([*lines, r"  \bottomrule", r"\end{tabular}", ""])


def _tex_row(cells: list[str]) -> str:
    return f"  {' & '.join(cells)} \\\\"


def _tex(text: str) -> str:
    line = parts.line(text)
    # A hyphen alone must not become a dash with its neighbour.
    line = re.sub(r"(?<!-)-(?!-)", "\x00", line)
    return "".join(_LATEX.get(c, c) for c in line).replace("\x00", "-")


def _tex_name(row: GridRow, *, cite: bool) -> str:
    if cite and _IN_LATEX.fullmatch(row.citekey):
        return rf"\cite{{{row.citekey}}}"
    return _tex(row.citekey if cite else row.title)


def typst(grid: Grid, *, suggested: bool = False, cite: bool = False) -> str:
    """A table in Typst's own language."""
    align = ", ".join(["left", *("right" if _is_number(c) else "left" for c in grid.columns)])
    head = ", ".join(["[*Paper*]", *(f"[*{_typ(column.title)}*]" for column in grid.columns)])
    lines = [
        "#table(",
        f"  columns: {len(grid.columns) + 1},",
        f"  align: ({align},),",
        "  stroke: none,",
        "  table.hline(),",
        f"  table.header({head}),",
        "  table.hline(stroke: 0.5pt),",
    ]
    for row, cells in _rows(grid, suggested=suggested):
        name = f"#cite(label({_typ_text(row.citekey)}))" if cite else _typ(row.title)
        shown = [f"_{_typ(c.text)}_" if c.differs and c.text else _typ(c.text) for c in cells]
        lines.append("  " + ", ".join(f"[{text}]" for text in [name, *shown]) + ",")
    return "\n".join([*lines, "  table.hline(),", ")", ""])


def _typ(text: str) -> str:
    return _TYPST.sub(r"\\\1", parts.line(text))


def _typ_text(text: str) -> str:
    escaped = parts.line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def html_table(grid: Grid, *, suggested: bool = False, more: int = 0) -> str:
    """A table; each cell's title has the quotes and who said so."""
    head = "".join(f'<th style="{parts.CELL}">{parts.escaped(c.title)}</th>' for c in grid.columns)
    body = []
    for row in grid.rows:
        cells = "".join(_html_cell(cell, suggested=suggested) for cell in row.cells)
        name = parts.escaped(row.title)
        body.append(
            f'<tr><th scope="row" style="{parts.CELL};font-weight:normal" '
            f'title="{parts.escaped(row.citekey)}">{name}</th>{cells}</tr>'
        )
    rest = f'<p style="{parts.FAINT}">and {more} more papers</p>' if more > 0 else ""
    return (
        f'<table style="border-collapse:collapse"><thead><tr><th style="{parts.CELL}">Paper</th>'
        f"{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{rest}"
    )


def _html_cell(cell: GridCell, *, suggested: bool) -> str:
    shown = _cell(cell, suggested=suggested)
    entries = [(one.reviewer, one.entry.quote) for one in cell.said]
    if shown.suggested:
        entries = [("suggested", cell.suggestions[0].entry.quote)]
    title = html.escape(
        "\n".join(f"{parts.line(who)}: {parts.line(q)}" for who, q in entries if q)
    )
    style = parts.CELL + (";text-align:right" if _is_number(cell.column) else "")
    style += f";{_DIFFERING}" if shown.differs else f";{_SUGGESTED}" if shown.suggested else ""
    return f'<td style="{style}" title="{title}">{html.escape(shown.text)}</td>'


def csv_text(grid: Grid, *, suggested: bool = False) -> str:
    """Comma-separated rows with citekey and title; no cell is one that a spreadsheet runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["key", "title", *(guard(parts.line(c.title)) for c in grid.columns)])
    for row, cells in _rows(grid, suggested=suggested):
        shown = (_csv_cell(c, kind) for c, kind in zip(cells, grid.columns, strict=True))
        writer.writerow([guard(parts.line(row.citekey)), guard(parts.line(row.title)), *shown])
    return out.getvalue()


def _csv_cell(cell: _Cell, column: Column) -> str:
    plain = _is_number(column) and re.fullmatch(r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?", cell.text)
    return cell.text if plain else guard(parts.line(cell.text))


def text_table(grid: Grid, *, suggested: bool = False, more: int = 0) -> str:
    """Columns of text for a terminal."""
    head = ["PAPER", *(parts.line(column.title) for column in grid.columns)]
    body = [
        [parts.line(row.citekey), *(_shortened(c.text) for c in cells)]
        for row, cells in _rows(grid, suggested=suggested)
    ]
    widths = [max(len(line[i]) for line in [head, *body]) for i in range(len(head))]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()
        for line in [head, *body]
    ]
    return "\n".join([*lines, *([f"and {more} more papers"] if more > 0 else [])])


def _shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
