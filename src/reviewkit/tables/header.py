"""What the cells of a record are: the first line of a table, or of several that were merged.

A column more changes every line of the file. So a merge by lines may leave rows of both sides
below the first line of one, or two first lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from reviewkit.ops.criteria import PREFIX, is_criterion
from reviewkit.spreadsheet import unguard
from reviewkit.tables.table import (
    COLUMNS,
    CRITERIA_REV,
    Row,
    is_written,
    normal_cells,
    normal_criteria,
)

#: Of a record with too few cells so many columns at most may be another version's.
_MOST_MISSING = 4


class Header:
    """The columns of a table's rows.

    Parameters
    ----------
    first
        The record of the first line.
    others
        Records that may be first lines of another side of a merge.
    """

    def __init__(self, first: Sequence[str], others: Iterable[Sequence[str]] = ()) -> None:
        self._columns = _Columns(_names(first))
        self._known = [self._columns]
        for record in others:
            self._learn(record)

    @property
    def is_sound(self) -> bool:
        """Whether rows can be told by it."""
        return {"key", "reviewer"} <= set(self._columns.names)

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns that are not ours."""
        return tuple(dict.fromkeys(name for known in self._known for name in known.extra))

    @property
    def criteria(self) -> tuple[str, ...]:
        """The columns of single criteria."""
        return tuple(dict.fromkeys(name for known in self._known for name in known.rated))

    def cut(self) -> None:
        """Leave the last name out where it may be half of one."""
        *names, last = self._columns.names or [""]
        if last not in (*COLUMNS, CRITERIA_REV):
            self._columns = _Columns(names)
            self._known = [self._columns]

    def row(self, record: Sequence[str], line: int) -> Row | None:
        """The row that a record is; None for another first line, which counts from there on."""
        columns = self._columns
        row = columns.row(record, line)
        if row.reviewer.lower() == "reviewer" and row.key.lstrip("\ufeff").lower() == "key":
            self._columns = self._learn(record)
            return None
        if len(self._known) == 1 and (not columns.rated or columns.fit(record, row)):
            return row
        return row if row.clean and row.criteria_clean else self._otherwise(record, row)

    def _learn(self, record: Sequence[str]) -> _Columns:
        """The columns that another first line names; those known if somebody wrote into it."""
        names = _names(record)
        if not set(COLUMNS) <= set(names):
            return self._columns
        for known in self._known:
            if known.names == names:
                return known
        self._known.append(_Columns(names))
        return self._known[-1]

    def _otherwise(self, record: Sequence[str], row: Row) -> Row:
        """The row by another version's columns, where it makes sense by these alone."""
        others = [columns.row(record, row.line) for columns in self._others(record)]
        for other in others:
            if other.clean and other.criteria_clean:
                return other
        if not _makes_sense(row):
            # What it rates is not known, but by no means is it what stands in these places.
            return next((other for other in others if _makes_sense(other)), row)
        return row

    def _others(self, record: Sequence[str]) -> Iterator[_Columns]:
        # A spreadsheet has as many cells in every row.
        filled = max((n for n, cell in enumerate(record, 1) if cell), default=0)
        lengths = range(filled, len(record) + 1)
        for known in self._known:
            if len(known.names) in lengths and known is not self._columns:
                yield known
            for without in _missing(known.rated):
                fewer = [name for name in known.names if name not in without]
                if len(fewer) in lengths:
                    yield _Columns(fewer)


def _makes_sense(row: Row) -> bool:
    """Whether reviewkit wrote the row in these columns, as its ends tell."""
    return is_written(row) and re.fullmatch(r"(?:[0-9-]+T[0-9:]+Z)?", row.updated) is not None


def _missing(rated: Sequence[str]) -> Iterator[Sequence[str]]:
    """Columns of criteria that a file of another version may have been without."""
    for number in range(1, min(len(rated) - 1, _MOST_MISSING) + 1):
        yield from itertools.combinations(rated, number)
    if rated:
        yield (*rated, CRITERIA_REV)


class _Columns:
    """The columns of one version of the table."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.rated = tuple(name for name in names if is_criterion(name))
        self.extra = tuple(name for name in names if name and not _is_ours(name))

    def row(self, record: Sequence[str], line: int) -> Row:
        """The row that a record of this version is."""
        cells = dict(zip(self.names, record, strict=False))
        extra = {name: cells[name] for name in self.extra if name in cells}
        known = {name: unguard(text) for name, text in cells.items()}
        rated = self.rated
        if rated and len(record) < len(self.names):
            rated = tuple([name for name in rated if name in cells])
        rev = known.get(CRITERIA_REV)
        return Row(
            known.get("key", "").strip(),
            known.get("reviewer", "").strip(),
            normal_cells(known),
            known.get("title", ""),
            known.get("updated", ""),
            known.get("rev", "").strip(),
            extra,
            line,
            criteria=normal_criteria(known, rated) if rated else {},
            rated=rated,
            criteria_rev=None if rev is None else rev.strip(),
        )

    def fit(self, record: Sequence[str], row: Row) -> bool:
        """Whether nothing speaks against it that the record's cells are those of these."""
        return len(record) >= len(self.names) and is_written(row)


def _is_ours(name: str) -> bool:
    return name in COLUMNS or name == CRITERIA_REV or is_criterion(name)


def _names(first: Sequence[str]) -> list[str]:
    names: list[str] = []
    for text in first:
        name = _column(text)
        # The same column twice: the second one is somebody's own.
        names.append(text.strip() if name in names else name)
    return names


def _column(text: str) -> str:
    name = text.strip().removeprefix("\ufeff")
    low = name.lower()
    if low in COLUMNS or low == CRITERIA_REV:
        return low
    if low.startswith(PREFIX):
        spelt = PREFIX + re.sub(r"[\s_]+", "-", low.removeprefix(PREFIX).strip())
        return spelt if is_criterion(spelt) else name
    return name
