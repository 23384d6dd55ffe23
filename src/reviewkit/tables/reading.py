"""Reading the table, also where a spreadsheet or a merge by lines has been at it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewkit.records import Problem
from reviewkit.tables.header import Header
from reviewkit.tables.table import Row, Table

# Of so many broken rows in one file, no more is to be understood.
_MOST_BROKEN = 200

# All notes of a row are one cell, and a note may be a megabyte.
csv.field_size_limit(max(csv.field_size_limit(), 1 << 27))

#: The last line of a row of several lines, which a merge by lines may put behind another row:
#: the end of the notes' cell, `updated` and `rev`.
_TAIL = r'[^"]*(?:""[^"]*)*",[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z,[a-z2-7]{10}(?:,|$)'

_MARKER = re.compile(r"(<{7} |={7}$|>{7} |\|{7} )")


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
    _, first, _, _ = next(records, (1, [], False, False))
    others = [line for line in lines[1:] if "reviewer" in line and "updated" in line]
    header = Header(first, csv.reader(others, delimiter=delimiter))
    if "\n" not in text:
        # The file ends within its first line.
        header.cut()
    if not header.is_sound:
        wrong = "the first line lacks the columns key and reviewer"
        return Table((), (), (Problem(1, wrong, lines[0][:80]), *problems), sound=False)
    rows: list[Row] = []
    doubtful = False
    for line, record, follows_broken, is_long in records:
        doubtful = doubtful or follows_broken
        row = header.row(record, line)
        if row is None:
            continue
        if not (row.key and row.reviewer):
            problems.append(Problem(line, "a row needs a key and a reviewer", row.key[:80]))
        elif row.clean and row.criteria_clean:
            doubtful = False
            rows.append(row)
        elif doubtful and (is_long or len(record) < len(first)):
            # Its lines may be of two rows, which looks as if somebody had edited one of them.
            reason = "the row stands beside a broken one: not taken in"
            problems.append(Problem(line, reason, row.key[:80]))
        else:
            rows.append(row)
    if rows and not text.endswith("\n"):
        rows[-1] = replace(rows[-1], at_end=True)
    known = tuple(sorted(problems, key=lambda p: p.line or 0))
    return Table(tuple(rows), header.extra, known, criteria=header.criteria)


def _without_markers(lines: list[str]) -> list[str]:
    begun = any(line.startswith("<<<<<<< ") for line in lines)
    if not begun or not any(line.startswith(">>>>>>> ") for line in lines):
        return lines
    # Where the first lines differ, that of each side has its byte order mark.
    return [line.removeprefix("\ufeff") for line in lines if not _MARKER.match(line)]


def _records(
    lines: Sequence[str], delimiter: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str], bool, bool]]:
    """Line (from 1), cells, whether the record follows a broken one, and if it has many lines.

    A merge by lines can put halves of two rows together. Reading goes on at the line after
    the one where a broken record begins, so that no other row is lost.
    """
    start, follows_broken = 0, False
    is_tail = re.compile(_TAIL.replace(",", delimiter)).match
    for _ in range(_MOST_BROKEN):
        reader = csv.reader(
            (line + "\n" for line in lines[start:]), delimiter=delimiter, strict=True
        )
        line = start
        try:
            for record in reader:
                after = start + reader.line_num
                if is_tail(lines[line]):
                    reason = "a broken row (only its end is there)"
                    problems.append(Problem(line + 1, reason, lines[line][:80]))
                    follows_broken = True
                elif any(record):
                    yield line + 1, record, follows_broken, after - line > 1
                    follows_broken = False
                line = after
            return
        except csv.Error as error:
            problems.append(Problem(line + 1, f"a broken row ({error})", lines[line][:80]))
            start, follows_broken = line + 1, True
    problems.append(Problem(start + 1, "too many broken rows: the rest was not read"))


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError:
        reason = "not UTF-8; read as Windows-1252"
        return data.decode("cp1252", "replace").replace("\r\n", "\n"), [Problem(None, reason)]
