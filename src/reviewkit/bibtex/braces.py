"""Where blocks end, each brace and line looked at once however often is asked.

A broken file asks again and again, from places close to each other: looking afresh each
time would cost the square of its length.
"""

from __future__ import annotations

import re

from reviewkit.bibtex.grammar import CANDIDATE, TYPE

_TOKEN = re.compile(rb"@\s*+" + TYPE + rb"\s*+\{|[{}]")

#: How far past the first line that looks like a new block an open brace is followed.
_PATIENCE = 1 << 15


class Braces:
    """The closing braces of blocks, read ahead as far as is needed."""

    def __init__(self, data: bytes, stop: int) -> None:
        self._data = data
        self._stop = stop
        #: Everything between these two places has been looked at.
        self._began = self.reached = 0
        self._depth = 0
        #: Blocks that are open at `reached`: place of the `@` and depth outside it.
        self._open: list[tuple[int, int]] = []
        self._ends: dict[int, int] = {}
        self._line: tuple[int, int | None] = (0, -1)

    def close_of(self, start: int) -> tuple[int | None, int | None]:
        """End of the block that begins here (None: open) and its first suspicious line.

        Suspicious is a line inside that looks like the begin of a new block. A block is
        open, too, if it does not end soon after such a line.
        """
        line = self.line_after(start)
        limit = self._stop if line is None else min(self._stop, line + _PATIENCE)
        if not self._began <= start < self.reached:
            self._began = self.reached = start
            self._depth = 0
            self._open, self._ends = [], {}
        if start not in self._ends and self.reached < limit:
            self._read_on(start, limit)
        end = self._ends.get(start)
        if end is None or end > limit:
            return None, line
        return end, line if line is not None and line < end else None

    def line_after(self, place: int) -> int | None:
        """Begin of the next line that looks like a new block; None if there is none."""
        since, line = self._line
        if place < since or (line is not None and line <= place):
            found = CANDIDATE.search(self._data, place, self._stop)
            line = None if found is None else found.end()
            self._line = place, line
        return line

    def _read_on(self, wanted: int, limit: int) -> None:
        for token in _TOKEN.finditer(self._data, self.reached, limit):
            sign = token[0]
            if sign == b"}":
                self._depth -= 1
                if self._open and self._open[-1][1] == self._depth:
                    start, _ = self._open.pop()
                    self._ends[start] = token.end()
                    if start == wanted:
                        self.reached = token.end()
                        return
            else:
                if sign != b"{":
                    self._open.append((token.start(), self._depth))
                self._depth += 1
        self.reached = limit
