"""The text of `reviews.csv`: one row a paper and reviewer, and the `rev` of each.

Format: UTF-8 with BOM, LF, minimal quotes, sorted by key and reviewer. `title` and
`updated` are there for people; they are not read back. Specified in `docs/format.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from reviewkit.ops.ids import revision
from reviewkit.ops.snapshot import Snapshot
from reviewkit.records import Problem
from reviewkit.spreadsheet import guard, unguard

#: Columns whose cells are the reviewer's own values.
VALUE_COLUMNS = ("rating", "status", "decision", "tags", "notes")
COLUMNS = ("key", "title", "reviewer", *VALUE_COLUMNS, "updated", "rev")

# Of so many broken rows in one file, no more is to be understood.
_MOST_BROKEN = 200

# All notes of a row are one cell, and a note may be a megabyte.
csv.field_size_limit(max(csv.field_size_limit(), 1 << 27))

_NOTE_HEAD = re.compile(r"\[([a-z2-7]{6})\] ?")
# What a note's line must not begin with, as it would be read as a note's id or as the
# mark of a merge conflict: a backslash is put before it.
_LIKE_OURS = r"\\*(?:\[[a-z2-7]{6}\]|<{7}|={7}|>{7}|\|{7})"
_LIKE_HEAD = re.compile(f"^({_LIKE_OURS})", re.MULTILINE)
_ESCAPED_HEAD = re.compile(rf"^\\({_LIKE_OURS})", re.MULTILINE)
_MARKER = re.compile(r"(<{7} |={7}$|>{7} |\|{7} )")


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


def read(data: bytes) -> Table:
    """The table that the file's bytes hold, also from a spreadsheet of another country.

    Reads `,`, `;` and tab as separators, UTF-8 with or without BOM and Windows-1252. Lines
    of a merge's conflict markers are skipped: both sides are just more rows.
    """
    text, problems = _decode(data)
    if not text.strip():
        return Table(())
    lines = _without_markers(text.split("\n"))
    delimiter = max(",;\t", key=lines[0].count)
    records = _records(lines, delimiter, problems)
    _, first, _ = next(records, (1, [], False))
    header = [_column(name) for name in first]
    if "\n" not in text and header and header[-1] not in COLUMNS:
        # The file ends within its first line: this may be half of a name.
        header.pop()
    if "key" not in header or "reviewer" not in header:
        wrong = "the first line lacks the columns key and reviewer"
        return Table((), (), (Problem(1, wrong, lines[0][:80]), *problems), sound=False)
    rows: list[Row] = []
    for line, record, doubtful in records:
        row = _row(header, record, line)
        if row.reviewer.lower() == "reviewer" and row.key.lstrip("\ufeff").lower() == "key":
            # A merge by lines kept the first line of both sides.
            continue
        if not (row.key and row.reviewer):
            problems.append(Problem(line, "a row needs a key and a reviewer", row.key[:80]))
        elif doubtful and not row.clean:
            reason = "the row stands beside a broken one: not taken in"
            problems.append(Problem(line, reason, row.key[:80]))
        else:
            rows.append(row)
    if rows and not text.endswith("\n"):
        rows[-1] = replace(rows[-1], at_end=True)
    extra = tuple(dict.fromkeys(name for name in header if name and name not in COLUMNS))
    return Table(tuple(rows), extra, tuple(sorted(problems, key=lambda p: p.line or 0)))


def _without_markers(lines: list[str]) -> list[str]:
    begun = any(line.startswith("<<<<<<< ") for line in lines)
    if not begun or not any(line.startswith(">>>>>>> ") for line in lines):
        return lines
    # Where the first lines differ, that of each side has its byte order mark.
    return [line.removeprefix("\ufeff") for line in lines if not _MARKER.match(line)]


def _records(
    lines: Sequence[str], delimiter: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str], bool]]:
    """Line (from 1), cells, and whether the record follows a broken one.

    A merge by lines can put halves of two rows together. Reading goes on at the line after
    the one where a broken record begins, so that no other row is lost.
    """
    start, doubtful = 0, False
    for _ in range(_MOST_BROKEN):
        reader = csv.reader(
            (line + "\n" for line in lines[start:]), delimiter=delimiter, strict=True
        )
        line = start
        try:
            for record in reader:
                if any(record):
                    yield line + 1, record, doubtful
                    doubtful = False
                line = start + reader.line_num
            return
        except csv.Error as error:
            problems.append(Problem(line + 1, f"a broken row ({error})", lines[line][:80]))
            start, doubtful = line + 1, True
    problems.append(Problem(start + 1, "too many broken rows: the rest was not read"))


def _column(name: str) -> str:
    name = name.strip()
    return name.lower() if name.lower() in COLUMNS else name


def _row(header: Sequence[str], record: Sequence[str], line: int) -> Row:
    cells = dict(zip(header, record, strict=False))
    extra = {name: text for name, text in cells.items() if name and name not in COLUMNS}
    known = {name: unguard(text) for name, text in cells.items()}
    return Row(
        known["key"].strip(),
        known.get("reviewer", "").strip(),
        normal_cells(known),
        known.get("title", ""),
        known.get("updated", ""),
        known.get("rev", "").strip(),
        extra,
        line,
    )


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        reason = "not UTF-8; read as Windows-1252"
        return data.decode("cp1252", "replace").replace("\r\n", "\n"), [Problem(None, reason)]
