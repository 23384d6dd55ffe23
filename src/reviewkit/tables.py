"""The text of `reviews.csv`: one row a paper and reviewer, and the `rev` of each.

Format: UTF-8 with BOM, LF, minimal quotes, sorted by key and reviewer. `title` and
`updated` are there for people; they are not read back. Specified in `docs/format.md`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewkit.ops.ids import revision
from reviewkit.ops.snapshot import Snapshot
from reviewkit.records import Problem

#: Columns whose cells are the reviewer's own values.
VALUE_COLUMNS = ("rating", "status", "decision", "tags", "notes")
COLUMNS = ("key", "title", "reviewer", *VALUE_COLUMNS, "updated", "rev")

# A spreadsheet runs a cell that begins so; a leading ' keeps it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NOTE_HEAD = re.compile(r"\[([a-z2-7]{6})\] ?")
_LIKE_HEAD = re.compile(r"^(\\*\[[a-z2-7]{6}\])", re.MULTILINE)
_ESCAPED_HEAD = re.compile(r"^\\(\\*\[[a-z2-7]{6}\])", re.MULTILINE)
_MARKERS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True)
class Row:
    """One line of the table; `cells` holds the value columns that are not empty.

    `rev` is empty where somebody typed the row; `extra` are columns of other people.
    """

    key: str
    reviewer: str
    cells: Mapping[str, str]
    title: str = ""
    updated: str = ""
    rev: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def clean(self) -> bool:
        """Whether nobody changed the row since it was written."""
        return bool(self.rev) and row_rev(self.cells) == self.rev


@dataclass(frozen=True)
class Table:
    """The rows of a file, the columns that are not ours, and what was not understood."""

    rows: tuple[Row, ...]
    extra: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


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
    for block in re.split(r"\n\n(?=\[[a-z2-7]{6}\])", normal_text(text)):
        head = _NOTE_HEAD.match(block)
        body = block[head.end() :] if head else block
        body = _ESCAPED_HEAD.sub(r"\1", body).strip()
        if body:
            notes.append((head[1] if head else None, body))
    return notes


def normal_text(text: str) -> str:
    """Text up to line ends and outer blanks, as `rev` sees it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def normal_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells in the form that `rev` is made of: 4.0 is 4, tags sorted, empty ones left out."""
    normal = {column: normal_text(cells.get(column) or "") for column in VALUE_COLUMNS}
    if re.fullmatch(r"[0-9]+\.0+", normal["rating"]):
        normal["rating"] = normal["rating"].split(".")[0]
    normal["tags"] = "; ".join(sorted(split_tags(normal["tags"])))
    return {column: text for column, text in normal.items() if text}


def split_tags(cell: str) -> list[str]:
    """The tags of a cell, without repetition, in its order."""
    return list(dict.fromkeys(" ".join(tag.split()) for tag in cell.split(";") if tag.strip()))


def row_rev(cells: Mapping[str, str]) -> str:
    """The `rev` of a row: a hash of its value cells in normal form."""
    return revision(sorted(normal_cells(cells).items()))


def write(rows: Iterable[Row], extra: Sequence[str] = ()) -> bytes:
    """The file's bytes; `extra` names the columns of other people, kept at the end."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *extra])
    for row in sorted(rows, key=lambda row: (row.key, row.reviewer)):
        values = [row.cells.get(column, "") for column in VALUE_COLUMNS]
        line = [row.key, row.title, row.reviewer, *values, row.updated, row.rev]
        writer.writerow([_guard(text) for text in line] + [row.extra.get(c, "") for c in extra])
    return out.getvalue().encode("utf-8-sig", "replace")


def read(data: bytes) -> Table:
    """The table that the file's bytes hold, also from a spreadsheet of another country.

    Reads `,`, `;` and tab as separators, UTF-8 with or without BOM and Windows-1252. Lines
    of a merge's conflict markers are skipped: both sides are just more rows.
    """
    text, problems = _decode(data)
    lines = [line for line in text.split("\n") if not line.startswith(_MARKERS)]
    head = lines[0] if lines else ""
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "key" not in header or "reviewer" not in header:
            wrong = "the first line lacks the columns key and reviewer"
            return Table((), (), (*problems, Problem(1, wrong, head[:80])))
        rows = [_row(header, record, reader.line_num) for record in reader if any(record)]
    except csv.Error as error:
        return Table((), (), (*problems, Problem(reader.line_num, str(error))))
    kept = tuple(row for row in rows if row.key and row.reviewer)
    for row in rows:
        if not (row.key and row.reviewer):
            problems.append(Problem(row.line, "a row needs a key and a reviewer", row.key))
    extra = tuple(name for name in header if name and name not in COLUMNS)
    return Table(kept, extra, tuple(problems))


def _row(header: Sequence[str], record: Sequence[str], line: int) -> Row:
    cells = dict(zip(header, record, strict=False))
    known = {name: _unguard(text) for name, text in cells.items() if name in COLUMNS}
    return Row(
        known["key"].strip(),
        known.get("reviewer", "").strip(),
        normal_cells(known),
        known.get("title", ""),
        known.get("updated", ""),
        known.get("rev", "").strip(),
        {name: text for name, text in cells.items() if name and name not in COLUMNS},
        line,
    )


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        reason = "not UTF-8; read as Windows-1252"
        return data.decode("cp1252", "replace").replace("\r\n", "\n"), [Problem(None, reason)]


def _guard(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
