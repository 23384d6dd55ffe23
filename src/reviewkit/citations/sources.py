"""Where in a notebook's JSON its cells' sources stand, character by character."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
#: One character of a string, as JSON may spell it; two escapes make one beyond the BMP.
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.",
    re.DOTALL,
)


def source_places(text: str) -> list[list[int]]:
    """For each cell, the place of every character of its source.

    Parameters
    ----------
    text
        A notebook's JSON, known to be sound, of format 3 (with sheets) or 4.

    Returns
    -------
    list
        Per cell in order, an index into `text` for each character of the source; a cell
        without a source has none.
    """
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    cells: set[tuple[int, int]] = set()
    stack: list[tuple[bool, str | int | None]] = []
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if sign in "}]":
            stack.pop()
        elif sign == ",":
            is_list, at = stack[-1]
            stack[-1] = (is_list, at + 1 if isinstance(at, int) else None)
        elif sign == '"' and stack and stack[-1] == (False, None):
            stack[-1] = (False, json.loads(token[0]))
        elif sign != ":":
            cell, inside = _cell([step for _, step in stack])
            if cell is not None:
                cells.add(cell)
                if sign == '"' and inside[:1] == ["source"] and len(inside) < 3:
                    found[cell] += _places(token)
        if sign in "{[":
            stack.append((sign == "[", 0 if sign == "[" else None))
    return [found[cell] for cell in sorted(cells)]


def character_end(text: str, at: int) -> int:
    """Where the character of a string ends that begins here, however it is spelled."""
    found = _CHARACTER.match(text, at)
    return found.end() if found else at


def _cell(path: Sequence[str | int | None]) -> tuple[tuple[int, int] | None, list[object]]:
    """Sheet and number of the cell that a path leads into, and the path within it."""
    sheet = 0
    if path[:1] == ["worksheets"] and len(path) > 1 and isinstance(path[1], int):
        sheet, path = path[1], path[2:]
    if path[:1] == ["cells"] and len(path) > 1 and isinstance(path[1], int):
        return (sheet, path[1]), list(path[2:])
    return None, []


def _places(token: re.Match[str]) -> list[int]:
    start, end = token.span()
    return [found.start() for found in _CHARACTER.finditer(token.string, start + 1, end - 1)]
