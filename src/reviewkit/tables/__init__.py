"""The text of `reviews.csv`: its rows, what `rev` is made of, reading and writing."""

from reviewkit.tables.reading import read
from reviewkit.tables.table import (
    COLUMNS,
    VALUE_COLUMNS,
    Row,
    Table,
    cells_of,
    is_written,
    join_notes,
    normal_cells,
    normal_text,
    rev_of_normal,
    row_rev,
    split_notes,
    split_tags,
    write,
)

__all__ = [
    "COLUMNS",
    "VALUE_COLUMNS",
    "Row",
    "Table",
    "cells_of",
    "is_written",
    "join_notes",
    "normal_cells",
    "normal_text",
    "read",
    "rev_of_normal",
    "row_rev",
    "split_notes",
    "split_tags",
    "write",
]
