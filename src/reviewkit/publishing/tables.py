"""Tables as print needs them: one head, figures to the right, columns that fit the line."""

from __future__ import annotations

import re
from typing import Any

from reviewkit.publishing.tree import Node, Nodes, changed, node, plain_text

#: Letters of a table's size in a line of 16 cm, and those that the gap of a column takes.
_LINE = 112.0
_GAP = 3.6
#: No word needs more letters than this before it may be broken.
_LONGEST_WORD = 34
#: Columns whose widths differ by less are as wide as `---` and `:---:` are long.
_CHOSEN = 1.7
_NUMBER = re.compile(r"[-+−±~<>≈]?\s*[\d.,\s\u202f]*\d[\d.,\s]*(?:[%×xkKMG]|e[-+]?\d+)?")
_NOTHING = frozenset({"", "-", "–", "—", "nan", "NaN", "None", "<NA>", "NaT", "n/a"})


def tidied(blocks: Nodes) -> Nodes:
    """The blocks with their tables tidied; what a table says of itself stays as it is."""
    made: Nodes = changed(blocks, lambda each: _tidy(each) if each["t"] == "Table" else each)
    return made


def _tidy(table: Node) -> Node:
    attributes, caption, columns, head, bodies, foot = table["c"]
    head = [head[0], _one_head(head[1])]
    rows = [row for body in bodies for row in [*body[2], *body[3]]]
    texts = _texts(rows, len(columns))
    columns = [_aligned(column, cells) for column, cells in zip(columns, texts, strict=True)]
    if not _says_widths(columns):
        columns = [[align, node("ColWidthDefault")] for align, _ in columns]
        headed = _texts([*head[1], *rows], len(columns))
        columns = _fitted(columns, headed)
    return node("Table", [attributes, caption, columns, head, bodies, foot])


def _says_widths(columns: list[Any]) -> bool:
    """Whether somebody chose widths; a pipe table with long lines has some by itself."""
    said = [width.get("c") for _, width in columns]
    return len(columns) > 1 and None not in said and max(said) > _CHOSEN * min(said)


def _one_head(rows: list[Any]) -> list[Any]:
    """The rows of the head; a data frame's, which has its index's name below, become one."""
    if len(rows) != 2 or len(rows[0][1]) != len(rows[1][1]):
        return rows
    first, second = rows[0][1], rows[1][1]
    if _said(first[0]) or not _said(second[0]) or any(map(_said, second[1:])):
        return rows
    return [[rows[0][0], [second[0], *first[1:]]]]


def _aligned(column: list[Any], cells: list[str]) -> list[Any]:
    """The column with its figures to the right, if it holds nothing else."""
    said = [text for text in cells if text not in _NOTHING]
    numbers = bool(said) and all(_NUMBER.fullmatch(text) for text in said)
    if column[0]["t"] == "AlignDefault":
        return [node("AlignRight" if numbers else "AlignLeft"), column[1]]
    return column


def _fitted(columns: list[Any], texts: list[list[str]]) -> list[Any]:
    """The columns with widths, if they would not fit a line side by side."""
    wants = [float(max(map(len, cells), default=0)) for cells in texts]
    room = _LINE - _GAP * len(columns)
    if not columns or sum(wants) <= room:
        return columns
    words = [max((len(w) for text in cells for w in text.split()), default=0) for cells in texts]
    # Heads are bold, and figures wider than letters.
    least = [1.1 * min(max(word, 3), _LONGEST_WORD) for word in words]
    squeeze = min(1.0, room / sum(least))
    widths = [width * squeeze for width in least]
    # What is left goes to those that want more, by the root of how much: a column with one
    # long text does not starve the others.
    open_ends = [max(0.0, want - width) ** 0.5 for want, width in zip(wants, widths, strict=True)]
    left = room - sum(widths)
    share = sum(open_ends) or 1.0
    widths = [width + left * end / share for width, end in zip(widths, open_ends, strict=True)]
    whole = sum(widths) + _GAP * len(columns)
    return [
        [column[0], node("ColWidth", round((width + _GAP) / whole, 4))]
        for column, width in zip(columns, widths, strict=True)
    ]


def _texts(rows: list[Any], columns: int) -> list[list[str]]:
    """The words of each column's cells; those over several columns are left out."""
    found: list[list[str]] = [[] for _ in range(columns)]
    for row in rows:
        at = 0
        for cell in row[1]:
            if cell[3] == 1 and at < columns:
                found[at].append(_said(cell))
            at += cell[3]
    return found


def _said(cell: Any) -> str:
    return plain_text(cell[4]).strip()
