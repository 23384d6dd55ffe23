"""One row of reviews.csv, as a held change keeps it and as a broken-off file shows it."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit import tables


def content_of(row: tables.Row) -> dict[str, str]:
    """What a held change keeps of a row."""
    return {"key": row.key, "reviewer": row.reviewer, "rev": row.rev, **row.cells}


def row_of(content: Mapping[str, str]) -> tables.Row:
    """The row that a held change keeps."""
    cells = {name: content[name] for name in tables.VALUE_COLUMNS if name in content}
    return tables.Row(content["key"], content["reviewer"], cells, rev=content["rev"])


def is_cut_off(row: tables.Row, present: Mapping[str, str]) -> bool:
    """Whether the file ends in the middle of the row, which says nothing else than the log."""
    if not row.at_end:
        return False
    if row.rev:
        return tables.row_rev(row.cells).startswith(row.rev)
    return all(present.get(name, "").startswith(text) for name, text in row.cells.items())
