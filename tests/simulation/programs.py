"""What spreadsheets and reference managers make of the files when somebody saves with them."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass

Rows = list[dict[str, str]]

#: Words that pandas takes for nothing.
_NOTHING = ("NA", "N/A", "None", "null", "nan", "NaN", "NULL", "n/a")


@dataclass(frozen=True)
class Sheet:
    """A program that opens a table and saves the whole of it.

    Attributes
    ----------
    name
        What it is called in a story.
    delimiter, newline, encoding
        How it writes.
    comma
        Whether a number has a decimal comma.
    quoting
        Of `csv`: which cells are quoted.
    spoil
        What it does to the cells by itself.
    """

    name: str
    delimiter: str = ","
    newline: str = "\r\n"
    encoding: str = "utf-8-sig"
    comma: bool = False
    quoting: int = csv.QUOTE_MINIMAL
    spoil: Callable[[Rows], Rows] = lambda rows: rows

    def saves(self, rows: Rows) -> bytes:
        """The file that it writes of these rows."""
        out = io.StringIO()
        writer = csv.DictWriter(
            out, list(rows[0]), delimiter=self.delimiter, lineterminator=self.newline,
            quoting=self.quoting,
        )  # fmt: skip
        writer.writeheader()
        writer.writerows(map(self._written, self.spoil([dict(row) for row in rows])))
        return out.getvalue().encode(self.encoding, "replace")

    def _written(self, row: dict[str, str]) -> dict[str, str]:
        if not self.comma:
            return row
        return {
            name: cell.replace(".", ",") if _is_rating(name) else cell
            for name, cell in row.items()
        }


def _as_pandas(rows: Rows) -> Rows:
    """A column of numbers with a gap is one of floats, and some words are nothing."""
    for row in rows:
        for name, text in row.items():
            if text in _NOTHING:
                row[name] = ""
    for column in filter(_is_rating, rows[0] if rows else ()):
        ratings = [row.get(column, "") for row in rows]
        floats = "" in ratings or any("." in rating for rating in ratings)
        for row in rows:
            if floats and (row.get(column) or "").isdigit():
                row[column] += ".0"
    return rows


def _is_rating(column: str) -> bool:
    return column.partition(":")[0] == "rating"


def read(text: str) -> Rows:
    """The rows of a table as a program shows them."""
    text = text.lstrip("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not found:
        return []
    # Of a merge by lines some rows may have more cells than columns have names.
    more = max(map(len, found)) - len(found[0])
    names = [*found[0], *(" " * number for number in range(1, more + 1))]
    return [dict(itertools.zip_longest(names, row, fillvalue="")) for row in found[1:] if row]


SHEETS = (
    Sheet("Excel"),
    Sheet("German Excel", delimiter=";", comma=True),
    Sheet("old Excel", encoding="cp1252"),
    Sheet("LibreOffice", newline="\n", encoding="utf-8"),
    Sheet("LibreOffice, all quoted", newline="\n", encoding="utf-8", quoting=csv.QUOTE_ALL),
    Sheet("a table with tabs", delimiter="\t", newline="\n", encoding="utf-8"),
    Sheet("pandas", newline="\n", encoding="utf-8", spoil=_as_pandas),
)  # fmt: skip
