"""One row of reviews.csv, as a held change keeps it and as a broken-off file shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reviewkit import tables
from reviewkit.ops.criteria import is_criterion


def content_of(row: tables.Row) -> dict[str, str]:
    """What a held change keeps of a row."""
    return {"key": row.key, "reviewer": row.reviewer, "rev": row.rev, **row.cells}


def criteria_content_of(row: tables.Row) -> dict[str, str]:
    """What a held change keeps of a row's ratings of single criteria."""
    rated = {column: row.criteria.get(column, "") for column in row.rated}
    rev = row.criteria_rev or ""
    return {"key": row.key, "reviewer": row.reviewer, "rev": "", **rated, tables.CRITERIA_REV: rev}


def is_of_criteria(content: Mapping[str, str]) -> bool:
    """Whether a held change keeps ratings of single criteria, and not the rest of the row."""
    return tables.CRITERIA_REV in content


def row_of(content: Mapping[str, str]) -> tables.Row:
    """The row that a held change keeps."""
    cells = {name: content[name] for name in tables.VALUE_COLUMNS if name in content}
    rated = tuple(name for name in content if is_criterion(name))
    return tables.Row(
        content["key"],
        content["reviewer"],
        cells,
        rev=content["rev"],
        criteria=tables.normal_criteria(content, rated),
        rated=rated,
        criteria_rev=content.get(tables.CRITERIA_REV),
    )


def is_cut_off(row: tables.Row, present: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Whether the file ends in the middle of the row, which says nothing else than we wrote.

    `present` is what the log says, which `rev` is made of, `shown` the same with held cells.
    """
    if not row.at_end:
        return False
    if row.rev:
        return _is_begun(row.rev, tables.row_rev, row.cells, present, shown)
    return begin_as(row.cells, shown)


def are_criteria_cut_off(
    row: tables.Row, present: Mapping[str, str], shown: Mapping[str, str]
) -> bool:
    """The same of a row's ratings of single criteria."""
    if not row.at_end:
        return False
    if row.criteria_rev:
        return _is_begun(row.criteria_rev, tables.criteria_rev, row.criteria, present, shown)
    return begin_as(row.criteria, shown)


def _is_begun(
    rev: str,
    rev_of: Callable[[Mapping[str, str]], str],
    cells: Mapping[str, str],
    present: Mapping[str, str],
    shown: Mapping[str, str],
) -> bool:
    """Whether a `rev` is the begin of that of the cells, or of what held ones stand over."""
    return rev_of(cells).startswith(rev) or (cells == shown and rev_of(present).startswith(rev))


def begin_as(cells: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Whether each of the cells is the begin of what is shown."""
    return all(shown.get(name, "").startswith(text) for name, text in cells.items())
