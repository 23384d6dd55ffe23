import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reviewkit.matrix import Column, Grid, GridCell, GridRow, printed
from reviewkit.matrix.entry import Entry
from reviewkit.matrix.grid import Said
from reviewkit.matrix.suggestions import Suggestion
from reviewkit.matrix.workbook import workbook

SPEED = Column("speed-aaaaa", "Speed-up", "number", "x")
DATA = Column("data-aaaaa", "Data", "text")
HOSTILE = "=cmd|' /C calc'!A0 $\\input{x}$ & % # _ ~ ^ { } <b onx=1>\"' `*a* [x](y) | @key #set"


def row(key: str, *cells: GridCell, title: str = "A title") -> GridRow:
    return GridRow(key, title, 2021, cells)


def said(column: Column, *values: tuple[str, str | float]) -> GridCell:
    return GridCell(
        column, tuple(Said(who, Entry(v, column.unit, "q"), None) for who, v in values)
    )


GRID = Grid(
    (SPEED, DATA),
    (
        row("smith2021", said(SPEED, ("ana", 2.5), ("ben", 3)), said(DATA, ("ana", "COCO"))),
        row(
            "li2020",
            GridCell(SPEED, suggestions=(Suggestion("a", Entry(4, "x", "4x faster")),)),
            said(DATA),
        ),
    ),
)


def hostile(text: str) -> Grid:
    column = Column("c-aaaaa", text or "c", "text", text)
    return Grid(
        (column,), (row(text or "k", said(column, ("ana", text), ("ben", "b")), title=text),)
    )


def test_markdown() -> None:
    assert printed.markdown(GRID) == (
        "| Paper | Speed\\-up \\(x\\) | Data |\n| --- | ---: | --- |\n"
        "| [@smith2021] | *2.5 / 3* | COCO |\n| [@li2020] |  |  |\n"
    )
    assert "4?" in printed.markdown(GRID, suggested=True)


def test_latex() -> None:
    text = printed.latex(GRID)
    assert r"\begin{tabular}{lrl}" in text and r"\toprule" in text and r"\bottomrule" in text
    assert r"  \cite{smith2021} & \emph{2.5 / 3} & COCO \\" in text


def test_typst_html_and_text() -> None:
    assert r"[_2.5 \/ 3_]" in printed.typst(GRID)
    assert 'title="ana: q' in printed.html_table(GRID) and "rgba(224" in printed.html_table(GRID)
    assert printed.text_table(GRID, suggested=True).splitlines()[2].split() == ["li2020", "4?"]


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(printed.csv_text(GRID))))
    assert rows[1] == ["smith2021", "A title", "2.5 / 3", "COCO"]
    negative = Grid((SPEED,), (row("k", said(SPEED, ("ana", -2.5))),))
    assert list(csv.reader(io.StringIO(printed.csv_text(negative))))[1][2] == "-2.5"


@given(st.one_of(st.just(HOSTILE), st.text(max_size=40)))
def test_no_text_breaks_out(text: str) -> None:
    grid = hostile(text)
    for line in printed.markdown(grid).splitlines():
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3, line
    body = printed.latex(grid)
    assert len(re.findall(r"(?<!\\)&", body)) == 2
    plain = re.sub(r"\\\\\n|\\text\w+\{\}|\\ldots\{\}|\\[{}$&#%_]", "", body)
    assert not re.search(
        r"\\(?!begin|end|toprule|midrule|bottomrule|cite|emph|\\|times|mu|pm|leq|geq|approx|sim)",
        plain,
    )
    assert plain.count("{") == plain.count("}")
    assert "<b" not in printed.html_table(grid).replace("<tbody", "")
    for record in csv.reader(io.StringIO(printed.csv_text(grid))):
        assert len(record) == 3 and not any(re.match(r"[=+\-@\t\r]", cell) for cell in record)


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    for grid in (hostile(HOSTILE), hostile("=1+1"), GRID):
        book = load_workbook(io.BytesIO(workbook(grid, suggested=True)))
        for sheet in book:
            for line in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in line)
    table = book["Matrix"]
    assert [cell.value for cell in table[1]] == ["key", "title", "Speed-up (x)", "Data"]
    assert table["C2"].fill.fgColor.rgb == "00FFE3B3" and "ana: q" in table["C2"].comment.text
    assert table["C3"].value == "4?"
    assert [cell.value for cell in book["Values"][2]][:5] == [
        "smith2021",
        "Speed-up",
        "2.5",
        "x",
        "ana",
    ]


@pytest.mark.parametrize("key", ["a b", "a{b", "a%b", "a|b", "a]b", "a\\b"])
def test_a_key_that_cannot_be_cited_stays_a_text(key: str) -> None:
    grid = Grid((DATA,), (row(key, said(DATA)),))
    assert r"\cite" not in printed.latex(grid)
    assert len(re.findall(r"(?<!\\)\|", printed.markdown(grid).splitlines()[2])) == 3
