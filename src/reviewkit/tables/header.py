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
        Further records, of which some may be first lines of another side of a merge.
    """

    def __init__(self, first: Sequence[str], others: Iterable[Sequence[str]] = ()) -> None:
        self.names = _names(first)
        self._known = [self.names]
        if "key" in self.names and "reviewer" in self.names:
            at = self.names.index("key"), self.names.index("reviewer")
            for record in others:
                if self._is_first(record, at):
                    self._learn(record)

    @property
    def is_sound(self) -> bool:
        """Whether rows can be told by it."""
        return "key" in self.names and "reviewer" in self.names

    @property
    def extra(self) -> tuple[str, ...]:
        """The columns that are not ours."""
        names = (name for known in self._known for name in known)
        return tuple(dict.fromkeys(name for name in names if name and not _is_ours(name)))

    @property
    def criteria(self) -> tuple[str, ...]:
        """The columns of single criteria."""
        names = (name for known in self._known for name in known)
        return tuple(dict.fromkeys(name for name in names if is_criterion(name)))

    def cut(self) -> None:
        """Leave the last name out where it may be half of one."""
        if self.names and self.names[-1] not in (*COLUMNS, CRITERIA_REV):
            self.names.pop()

    def row(self, record: Sequence[str], line: int) -> Row | None:
        """The row that a record is; None for another first line, which counts from there on."""
        row = _row(self.names, record, line)
        if row.reviewer.lower() == "reviewer" and row.key.lstrip("\ufeff").lower() == "key":
            self.names = self._learn(record)
            return None
        if len(self._known) == 1 and (not self.criteria or _fits(row, record, self.names)):
            return row
        return row if row.clean and row.criteria_clean else self._otherwise(record, row)

    @staticmethod
    def _is_first(record: Sequence[str], at: tuple[int, int]) -> bool:
        key, reviewer = (record[n].strip().lower() if n < len(record) else "" for n in at)
        return reviewer == "reviewer" and key.lstrip("\ufeff") == "key"

    def _learn(self, record: Sequence[str]) -> list[str]:
        """The columns that another first line names; those known if somebody wrote into it."""
        names = _names(record)
        if not set(COLUMNS) <= set(names):
            return self.names
        if names not in self._known:
            self._known.append(names)
        return names

    def _otherwise(self, record: Sequence[str], row: Row) -> Row:
        """The row by another version's columns, where it makes sense by these alone."""
        others = [_row(names, record, row.line) for names in self._others(record)]
        for other in others:
            if other.clean and other.criteria_clean:
                return other
        if not is_written(row):
            # What it rates is not known, but by no means is it what stands in these places.
            return next((other for other in others if is_written(other)), row)
        return row

    def _others(self, record: Sequence[str]) -> Iterator[list[str]]:
        # A spreadsheet has as many cells in every row.
        filled = max((n for n, cell in enumerate(record, 1) if cell), default=0)
        lengths = range(filled, len(record) + 1)
        for names in self._known:
            if len(names) in lengths and names is not self.names:
                yield names
            rated = [name for name in names if is_criterion(name)]
            for number in range(1, min(len(rated), _MOST_MISSING) + 1):
                for missing in itertools.combinations(rated, number):
                    without = [*missing, CRITERIA_REV] if number == len(rated) else missing
                    fewer = [name for name in names if name not in without]
                    if len(fewer) in lengths:
                        yield fewer


def _fits(row: Row, record: Sequence[str], names: Sequence[str]) -> bool:
    """Whether nothing speaks against it that the record's cells are these columns'."""
    return len(record) >= len(names) and is_written(row)


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


def _row(names: Sequence[str], record: Sequence[str], line: int) -> Row:
    cells = dict(zip(names, record, strict=False))
    extra = {name: text for name, text in cells.items() if name and not _is_ours(name)}
    known = {name: unguard(text) for name, text in cells.items()}
    rated = tuple([name for name in cells if name.startswith(PREFIX) and is_criterion(name)])
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
        criteria_rev=known[CRITERIA_REV].strip() if CRITERIA_REV in known else None,
    )
