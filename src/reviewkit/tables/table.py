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

from reviewkit.ops.criteria import PREFIX
from reviewkit.ops.ids import revision
from reviewkit.ops.snapshot import Snapshot
from reviewkit.records import Problem
from reviewkit.spreadsheet import guard
from reviewkit.tables.notes import join_notes, line_feeds, normal_text, split_notes

#: Columns whose cells are the reviewer's own values.
VALUE_COLUMNS = ("rating", "status", "decision", "tags", "notes")
COLUMNS = ("key", "title", "reviewer", *VALUE_COLUMNS, "updated", "rev")
#: The hash of a row's ratings of single criteria, of which each has a column (`rating:NAME`).
#: They are no part of `rev`, which readers that do not know of them check.
CRITERIA_REV = "rev:ratings"


@dataclass(frozen=True)
class Row:
    """One line of the table; `cells` holds the value columns that are not empty.

    `rev` is empty where somebody typed the row; `extra` are columns of other people. `at_end`
    tells that the file ends within the row or right after it, so that it may be cut off.
    `criteria` holds the columns of single criteria that are not empty, `rated` names those that
    the file has, and `criteria_rev` is their hash; None where the file has none.
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
    criteria: Mapping[str, str] = field(default_factory=dict)
    rated: tuple[str, ...] = ()
    criteria_rev: str | None = None

    @cached_property
    def clean(self) -> bool:
        """Whether nobody changed the row since it was written, criteria apart."""
        return bool(self.rev) and row_rev(self.cells) == self.rev

    @cached_property
    def criteria_clean(self) -> bool:
        """Whether nobody changed the ratings of single criteria; also where there are none."""
        if self.criteria_rev is None:
            return not self.criteria
        return criteria_rev(self.criteria) == self.criteria_rev and bool(
            self.criteria_rev or self.rev
        )

    @cached_property
    def text(self) -> str:
        """The row as it stands in a file that has no other columns; made once."""
        return self._made((), ())

    def text_with(self, extra: Sequence[str], criteria: Sequence[str] = ()) -> str:
        """The same with these columns of other people at its end, and these of criteria."""
        if extra:
            return self._made(extra, criteria)
        kept = self._kept.get(tuple(criteria))
        if kept is None:
            kept = self._kept[tuple(criteria)] = self._made(extra, criteria)
        return kept

    @cached_property
    def _kept(self) -> dict[tuple[str, ...], str]:
        return {}

    def _made(self, extra: Sequence[str], criteria: Sequence[str]) -> str:
        rating, *values = [self.cells.get(column, "") for column in VALUE_COLUMNS]
        rated = [self.criteria.get(column, "") for column in criteria]
        ours = [self.key, self.title, self.reviewer, rating, *rated, *values, self.updated]
        ours += [self.rev, self.criteria_rev or ""] if criteria else [self.rev]
        return _text([*map(guard, ours), *(self.extra.get(column, "") for column in extra)])


@dataclass(frozen=True)
class Table:
    """The rows of a file, the columns that are not ours, and what was not understood.

    `criteria` are the columns of single criteria.
    `sound` is false where the file is something else than a table of reviews.
    """

    rows: tuple[Row, ...]
    extra: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    sound: bool = True
    criteria: tuple[str, ...] = ()


def cells_of(snapshot: Snapshot, reviewer: str) -> dict[str, str]:
    """What the reviewer's row shows at that moment; empty cells are left out."""
    rating = snapshot.values.get((reviewer, "rating"))
    cells = {
        "rating": "" if rating is None else f"{rating:g}",
        "status": snapshot.values.get((reviewer, "status")) or "",
        "decision": snapshot.values.get((reviewer, "decision")) or "",
        "tags": "; ".join(snapshot.tags_of(reviewer)),
        "notes": join_notes(snapshot.notes_of(reviewer), snapshot.anchors_of(reviewer)),
    }
    return normal_cells(cells)


def column_of(criterion: str) -> str:
    """The column of a criterion."""
    return f"{PREFIX}{criterion}"


def criteria_of(snapshot: Snapshot, reviewer: str) -> dict[str, str]:
    """What the reviewer's row shows of single criteria: column to rating."""
    given = snapshot.criteria_of(reviewer).items()
    return {column_of(name): f"{rating:g}" for name, rating in given}


def criteria_rev(cells: Mapping[str, str]) -> str:
    """The hash of a row's ratings of single criteria; empty where there are none."""
    return revision(sorted([column, text] for column, text in cells.items())) if cells else ""


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


def normal_criteria(cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Those of these columns that say something, in the form that their hash is made of."""
    texts = ((column, normal_text(cells.get(column) or "")) for column in columns)
    return {column: _normal_rating(text) for column, text in texts if text}


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
    notes = sorted(note.key for note in split_notes(cells.get("notes", "")))
    return revision([sorted((c, text) for c, text in cells.items() if c != "notes"), notes])


def is_written(row: Row) -> bool:
    """Whether reviewkit wrote the row, whatever became of it since."""
    return re.fullmatch(r"[a-z2-7]{10}", row.rev) is not None


def columns_with(criteria: Sequence[str]) -> list[str]:
    """All columns of a file that has these of single criteria."""
    if not criteria:
        return list(COLUMNS)
    place = COLUMNS.index("rating") + 1
    return [*COLUMNS[:place], *criteria, *COLUMNS[place:], CRITERIA_REV]


def write(rows: Iterable[Row], extra: Sequence[str] = (), criteria: Iterable[str] = ()) -> bytes:
    """The file's bytes.

    Parameters
    ----------
    extra
        The columns of other people, kept at the end.
    criteria
        The columns of single criteria that the file is to have besides those that rows need.
    """
    ordered = sorted(rows, key=attrgetter("key", "reviewer"))
    rated = sorted({*criteria, *(column for row in ordered for column in row.criteria)})
    lines = [_text([*columns_with(rated), *extra])]
    if extra or rated:
        lines += [row.text_with(extra, rated) for row in ordered]
    else:
        lines += [row.text for row in ordered]
    return "".join(lines).encode("utf-8-sig", "replace")


class _Back:
    """Where a csv writer writes to that is to give its line back."""

    def write(self, line: str) -> str:
        return line


def _text(cells: Iterable[str]) -> str:
    line = csv.writer(_Back(), lineterminator="\n").writerow(map(line_feeds, cells))
    return str(line)
