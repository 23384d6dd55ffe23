"""Rows of a delimited text with their lines; a broken one costs only itself.

A quote that is never closed makes a CSV reader swallow every row that follows. Here a row
that does not fit the header is given up at its first line, and reading goes on with the next.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

#: A row of more lines than this is one with a quote too many.
_MOST_LINES = 2_000
#: After so many rows of this kind the rest is not looked at.
_MOST_BROKEN = 200

# An abstract in one cell may be long; `tables` sets the same for notes.
csv.field_size_limit(max(csv.field_size_limit(), 1 << 27))


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as wide as the header; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


class Rows:
    """The rows that fit; after iterating, `broken` says what did not and why."""

    def __init__(self, text: str, delimiter: str, width: int, header: int) -> None:
        self._lines = text.split("\n")
        self._delimiter = delimiter
        self._width = width
        # Lines that are read, and the one at which the current row begins.
        self._next = self._begun = header
        self.broken: list[tuple[int, str, str]] = []

    def __iter__(self) -> Iterator[Row]:
        runaways = 0
        while self._next < len(self._lines) and runaways <= _MOST_BROKEN:
            try:
                yield from self._sound_rows()
            except csv.Error:
                line, runaway = self._begun, self._next > self._begun + 1
                runaways += runaway
                self._next = self._begun = line + 1
                yield from self._sloppy(line)
        if runaways > _MOST_BROKEN:
            self.broken.append((self._next + 1, "too much is broken: not read from here", ""))

    def _sound_rows(self) -> Iterator[Row]:
        reader = csv.reader(
            self._feed(), delimiter=self._delimiter, skipinitialspace=True, strict=True
        )
        for cells in reader:
            begun, self._begun = self._begun, self._next
            exact = self._next > begun + 1
            yield from self._row(begun, cells, exact=exact)

    def _sloppy(self, line: int) -> Iterator[Row]:
        """A line with quotes that are none, such as `a "word",b`, if it is a row by itself."""
        try:
            cells = next(csv.reader([self._lines[line]], delimiter=self._delimiter), [])
        except csv.Error:
            cells = []
        if len(cells) == self._width and self._lines[line].count('"') % 2 == 0:
            yield Row(line + 1, tuple(cells))
        else:
            reason = "a quote that is not closed, or one within a cell"
            self.broken.append((line + 1, reason, self._lines[line]))

    def _row(self, line: int, cells: list[str], *, exact: bool) -> Iterator[Row]:
        """The row as wide as the header: empty cells at its end may be missing or too many."""
        if not any(cell.strip() for cell in cells):
            return
        while len(cells) > self._width and not cells[-1].strip():
            cells.pop()
        short = self._width - len(cells)
        if short == 0 or (short > 0 and len(cells) > 1 and not exact):
            yield Row(line + 1, (*cells, *[""] * short))
        else:
            reason = f"{len(cells)} cells where the header has {self._width}"
            self.broken.append((line + 1, reason, self._lines[line]))

    def _feed(self) -> Iterator[str]:
        while self._next < len(self._lines) and self._next - self._begun < _MOST_LINES:
            self._next += 1
            yield self._lines[self._next - 1] + "\n"
