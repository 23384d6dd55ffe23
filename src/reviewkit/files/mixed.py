"""Rows that a merge by lines put together from halves of others, so that nobody typed them.

A row of several lines, in whose first another side's values stand, or in whose notes both sides'
lines, looks as if somebody had edited it. What tells it from an edit: each of its lines is one
that some state of the table had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from reviewkit import tables
from reviewkit.ops.fold import Fold

_HEAD = re.compile(r"\[[a-z2-7]{6}[^]]*\] ?")
#: A line that ends a row, or is one: `updated` and `rev` stand in it. Or `updated` alone.
_END = re.compile(r'(?:.*[",])?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z(?:[,;\t][a-z2-7]{10}\b|$)')
_TIME = re.compile(r"[0-9-]+T[0-9:]+Z")
_FIRST = re.compile(r"\ufeff?key[,;\t]title[,;\t]reviewer[,;\t]")


class Mixed:
    """Tells such rows of one table by what the log has seen.

    Parameters
    ----------
    table
        The table; only in one that a merge by lines was at is there any such row.
    data
        The bytes that it was read from.
    fold
        All that was ever said.
    """

    def __init__(self, table: tables.Table, data: bytes, fold: Fold) -> None:
        self._fold = fold
        self._data = data
        self._was_merged = _says_two_things(table) or any(
            problem.line is not None for problem in table.problems
        )

    def has(self, paper: str, row: tables.Row) -> bool:
        """Whether the paper's row is one."""
        if not self._was_merged or (row.clean and row.criteria_clean):
            return False
        if not row.rev:
            return self._is_note_line(row)
        if _TIME.fullmatch(row.cells.get("notes", "")):
            # The first half has fewer columns than the last: what is where nobody can say.
            return True
        lines = [*row.cells.get("notes", "").split("\n"), *row.updated.split("\n")]
        return len(lines) > 2 and self._had(paper, row) and all(map(self._is_known, lines))

    def _is_note_line(self, row: tables.Row) -> bool:
        """Whether what was read as a row is a line of a note, which may have commas."""
        text = self._text[row.line - 1].replace('""', '"') if row.line <= len(self._text) else ""
        # Markers of a conflict were not counted as lines: it may be another one.
        return text.lstrip().startswith(row.key) and _plain(text) in self._lines

    def _had(self, paper: str, row: tables.Row) -> bool:
        """Whether the reviewer's values all stood there once, perhaps not at one time."""
        found = {column: {text} for column, text in row.criteria.items()}
        for column in ("rating", "status", "decision"):
            found[column] = {row.cells.get(column, "")}
        for column, texts in found.items():
            for op in self._fold.history(paper, row.reviewer, column):
                value = op.value
                texts.discard(f"{value:g}" if isinstance(value, int | float) else str(value))
        tags = tables.split_tags(row.cells.get("tags", ""))
        return not any(texts - {""} for texts in found.values()) and all(
            self._fold.history(paper, row.reviewer, f"tag:{tag}") for tag in tags
        )

    def _is_known(self, line: str) -> bool:
        text = _plain(line)
        return text in self._lines or bool(_END.match(text) or _FIRST.match(text))

    @cached_property
    def _text(self) -> list[str]:
        return self._data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")

    @cached_property
    def _lines(self) -> set[str]:
        notes = (
            op.value
            for op in self._fold
            if op.field.startswith("note:") and op.field.endswith(".text")
        )
        return {"", *_plain_lines(text for text in notes if isinstance(text, str))}


def _says_two_things(table: tables.Table) -> bool:
    """Whether two rows of one key and reviewer are unlike.

    Somebody may have put a row in twice; a merge by lines leaves what each side has of it.
    """
    places = {(row.key, row.reviewer) for row in table.rows}
    return len(places) < len(table.rows) and len(places) < len(
        {row.text_with((), table.criteria) for row in table.rows}
    )


def _plain_lines(texts: Iterable[str]) -> Iterable[str]:
    return (_plain(line) for text in texts for line in text.split("\n"))


def _plain(line: str) -> str:
    """A line without what is put before it in the table, and a break within it after it."""
    return _HEAD.sub("", line.strip(), count=1).lstrip("\\").strip().rstrip('"')
