"""The text of `reviews.csv`: one row a paper and reviewer, and the `rev` of each.

Format: UTF-8 with BOM, LF, minimal quotes, sorted by key and reviewer. `title` and
`updated` are there for people; they are not read back. Specified in `docs/format.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from reviewkit.ops.ids import revision
from reviewkit.ops.snapshot import Snapshot
from reviewkit.records import Problem
from reviewkit.spreadsheet import guard

#: Columns whose cells are the reviewer's own values.
VALUE_COLUMNS = ("rating", "status", "decision", "tags", "notes")
COLUMNS = ("key", "title", "reviewer", *VALUE_COLUMNS, "updated", "rev")

_NOTE_HEAD = re.compile(r"\[([a-z2-7]{6})\] ?")
# What a note's line must not begin with, as it would be read as a note's id or as the
# mark of a merge conflict: a backslash is put before it.
_LIKE_OURS = r"\\*(?:\[[a-z2-7]{6}\]|<{7}|={7}|>{7}|\|{7})"
_LIKE_HEAD = re.compile(f"^({_LIKE_OURS})", re.MULTILINE)
_ESCAPED_HEAD = re.compile(rf"^\\({_LIKE_OURS})", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One line of the table; `cells` holds the value columns that are not empty.

    `rev` is empty where somebody typed the row; `extra` are columns of other people. `at_end`
    tells that the file ends within the row or right after it, so that it may be cut off.
    """

    key: str
    reviewer: str
    cells: Mapping[str, str]
    title: str = ""
    updated: str = ""
    rev: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    at_end: bool = False

    @cached_property
    def clean(self) -> bool:
        """Whether nobody changed the row since it was written."""
        return bool(self.rev) and row_rev(self.cells) == self.rev

    @cached_property
    def text(self) -> str:
        """The row as it stands in a file, without columns of other people; made once."""
        return self.text_with(())

    def text_with(self, extra: Sequence[str]) -> str:
        """The same with those of these names at its end."""
        values = [self.cells.get(column, "") for column in VALUE_COLUMNS]
        ours = [self.key, self.title, self.reviewer, *values, self.updated, self.rev]
        return _text([*map(guard, ours), *(self.extra.get(column, "") for column in extra)])


@dataclass(frozen=True)
class Table:
    """The rows of a file, the columns that are not ours, and what was not understood.

    `sound` is false where the file is something else than a table of reviews.
    """

    rows: tuple[Row, ...]
    extra: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    sound: bool = True


def cells_of(snapshot: Snapshot, reviewer: str) -> dict[str, str]:
    """What the reviewer's row shows at that moment; empty cells are left out."""
    rating = snapshot.values.get((reviewer, "rating"))
    cells = {
        "rating": "" if rating is None else f"{rating:g}",
        "status": snapshot.values.get((reviewer, "status")) or "",
        "decision": snapshot.values.get((reviewer, "decision")) or "",
        "tags": "; ".join(snapshot.tags_of(reviewer)),
        "notes": join_notes(snapshot.notes_of(reviewer)),
    }
    return normal_cells(cells)


def join_notes(notes: Mapping[str, str]) -> str:
    """Notes as one text: each begins with its id in brackets, a blank line between."""
    return "\n\n".join(
        f"[{name}] {_LIKE_HEAD.sub(lambda m: chr(92) + m[1], text)}"
        for name, text in notes.items()
    )


def split_notes(text: str) -> list[tuple[str | None, str]]:
    """The notes of one text, with their ids; None: somebody typed it without one."""
    notes: list[tuple[str | None, str]] = []
    if not text:
        return notes
    for block in re.split(r"\n\n(?=\[[a-z2-7]{6}\])", normal_text(text)):
        head = _NOTE_HEAD.match(block)
        body = block[head.end() :] if head else block
        body = _ESCAPED_HEAD.sub(r"\1", body).strip()
        if body:
            notes.append((head[1] if head else None, body))
    return notes


def normal_text(text: str) -> str:
    """Text up to line ends and outer blanks, as `rev` sees it."""
    return _line_feeds(text).strip()


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def normal_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells in the form that `rev` is made of: 4.0 is 4, tags sorted, empty ones left out."""
    normal = {}
    for column in VALUE_COLUMNS:
        text = normal_text(cells.get(column) or "")
        if column == "rating" and not text.isdigit():
            text = _normal_rating(text)
        elif column == "tags" and text:
            text = "; ".join(sorted(split_tags(text)))
        if text:
            normal[column] = text
    return normal


def _normal_rating(text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        # So a spreadsheet writes it, or a person, where a comma parts a number's digits.
        text = text.replace(",", ".")
    return text.split(".")[0] if re.fullmatch(r"[0-9]+\.0+", text) else text


def split_tags(cell: str) -> list[str]:
    """The tags of a cell, without repetition, in its order."""
    return list(dict.fromkeys(" ".join(tag.split()) for tag in cell.split(";") if tag.strip()))


def row_rev(cells: Mapping[str, str]) -> str:
    """The `rev` of a row: a hash of its value cells in normal form.

    The order of notes does not count: two replicas may know it differently for a while.
    """
    return rev_of_normal(normal_cells(cells))


def rev_of_normal(cells: Mapping[str, str]) -> str:
    """The same where the cells are in normal form already, as those of `cells_of` are."""
    notes = sorted((name or "", text) for name, text in split_notes(cells.get("notes", "")))
    return revision([sorted((c, text) for c, text in cells.items() if c != "notes"), notes])


def is_written(row: Row) -> bool:
    """Whether reviewkit wrote the row, whatever became of it since."""
    return re.fullmatch(r"[a-z2-7]{10}", row.rev) is not None


def write(rows: Iterable[Row], extra: Sequence[str] = ()) -> bytes:
    """The file's bytes; `extra` names the columns of other people, kept at the end."""
    ordered = sorted(rows, key=attrgetter("key", "reviewer"))
    lines = [_text([*COLUMNS, *extra])]
    lines += [row.text_with(extra) for row in ordered] if extra else [row.text for row in ordered]
    return "".join(lines).encode("utf-8-sig", "replace")


class _Back:
    """Where a csv writer writes to that is to give its line back."""

    def write(self, line: str) -> str:
        return line


def _text(cells: Iterable[str]) -> str:
    line = csv.writer(_Back(), lineterminator="\n").writerow(map(_line_feeds, cells))
    return str(line)
