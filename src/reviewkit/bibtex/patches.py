"""Changes of a text as a unified diff, made from the places that change alone.

Comparing all lines of a large file would take minutes; the places are known.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from reviewkit.bibtex.mends import Edit
from reviewkit.bibtex.repairs import applied

_CONTEXT = 3
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_HUNK = re.compile(r"@@ -(\d+)((?:,\d+)?) \+(\d+)((?:,\d+)?) @@")


def unified(text: bytes, edits: Sequence[Edit], name: str) -> bytes:
    """The changes as `patch` and `git apply` take them; nothing where there are none."""
    hunks: list[str] = []
    line = last = added = 0
    for begin, end, own in _windows(text, sorted(edits)):
        line += text.count(b"\n", last, begin)
        last = begin
        moved = [(start - begin, stop - begin, new) for start, stop, new in own]
        old, new = text[begin:end], applied(text[begin:end], moved)
        hunks += _hunks(old, new, line, line + added)
        added += new.count(b"\n") - old.count(b"\n")
    if not hunks:
        return b""
    return b"".join([f"--- {name}\n+++ {name}\n".encode(), *(h.encode("latin-1") for h in hunks)])


def _windows(text: bytes, edits: Sequence[Edit]) -> list[tuple[int, int, list[Edit]]]:
    """The lines around the edits, those that meet in one."""
    windows: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        begin, end = edit[0], edit[1]
        for _ in range(_CONTEXT + 1):
            begin = text.rfind(b"\n", 0, max(begin - 1, 0)) + 1
            found = text.find(b"\n", end)
            end = found + 1 if found >= 0 else len(text)
        if windows and begin <= windows[-1][1]:
            first, until, own = windows.pop()
            windows.append((first, max(until, end), [*own, edit]))
        else:
            windows.append((begin, end, [edit]))
    return windows


def _hunks(old: bytes, new: bytes, line: int, new_line: int) -> list[str]:
    # Latin-1 gives every byte a character, so that bytes of any encoding come through.
    # For `patch` only LF ends a line.
    before, after = (_LINES.findall(part.decode("latin-1")) for part in (old, new))
    found = list(difflib.unified_diff(before, after, n=_CONTEXT))[2:]
    return [_moved(part, line, new_line) for part in found]


def _moved(part: str, line: int, new_line: int) -> str:
    """A line of a diff, with the numbers of the whole file."""
    head = _HUNK.match(part)
    if head is not None:
        old, new = int(head[1]) + line, int(head[3]) + new_line
        return f"@@ -{old}{head[2]} +{new}{head[4]} @@\n"
    return part if part.endswith("\n") else part + "\n\\ No newline at end of file\n"
