"""What spreadsheets and reference managers make of the files when somebody saves with them."""

from __future__ import annotations

import csv
import io
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
        rating = row.get("rating") or ""
        return {**row, "rating": rating.replace(".", ",")} if self.comma else row


def _as_pandas(rows: Rows) -> Rows:
    """A column of numbers with a gap is one of floats, and some words are nothing."""
    ratings = [row.get("rating", "") for row in rows]
    floats = "" in ratings or any("." in rating for rating in ratings)
    for row in rows:
        for name, text in row.items():
            if text in _NOTHING:
                row[name] = ""
        if floats and (row.get("rating") or "").isdigit():
            row["rating"] += ".0"
    return rows


def read(text: str) -> Rows:
    """The rows of a table as a program shows them."""
    text = text.lstrip("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    found = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [{name: cell or "" for name, cell in row.items() if name} for row in found]


SHEETS = (
    Sheet("Excel"),
    Sheet("German Excel", delimiter=";", comma=True),
    Sheet("old Excel", encoding="cp1252"),
    Sheet("LibreOffice", newline="\n", encoding="utf-8"),
    Sheet("LibreOffice, all quoted", newline="\n", encoding="utf-8", quoting=csv.QUOTE_ALL),
    Sheet("a table with tabs", delimiter="\t", newline="\n", encoding="utf-8"),
    Sheet("pandas", newline="\n", encoding="utf-8", spoil=_as_pandas),
)  # fmt: skip
