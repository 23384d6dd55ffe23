"""The text of `reviews.csv`: its rows, what `rev` is made of, reading and writing."""

from reviewkit.tables.notes import WrittenNote, join_notes, normal_text, split_notes
from reviewkit.tables.reading import read
from reviewkit.tables.table import (
    COLUMNS,
    CRITERIA_REV,
    VALUE_COLUMNS,
    Row,
    Table,
    cells_of,
    column_of,
    columns_with,
    criteria_of,
    criteria_rev,
    is_written,
    normal_cells,
    normal_criteria,
    rev_of_normal,
    row_rev,
    split_tags,
    write,
)

__all__ = [
    "COLUMNS",
    "CRITERIA_REV",
    "VALUE_COLUMNS",
    "Row",
    "Table",
    "WrittenNote",
    "cells_of",
    "column_of",
    "columns_with",
    "criteria_of",
    "criteria_rev",
    "is_written",
    "join_notes",
    "normal_cells",
    "normal_criteria",
    "normal_text",
    "read",
    "rev_of_normal",
    "row_rev",
    "split_notes",
    "split_tags",
    "write",
]
