"""CSV and TSV of bibliographic programs, and of people, by their columns.

Delimiters are found by the header: the one that parts it into most known columns. A cell
that is a spreadsheet's formula is text like any other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reviewkit.formats.cleaning import words_of
from reviewkit.formats.columns import field_of, is_screening
from reviewkit.formats.dates import month_named
from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.people import listed, separator_of
from reviewkit.formats.rows import Row, Rows

_DELIMITERS = (",", ";", "\t", "|")
#: Longest header that is looked at, and most names that a remark spells out.
_LONGEST_HEADER = 20_000
_SPELT_OUT = 12
#: An entry of BibTeX or an object of JSON on one line names a title, too.
_NO_HEADER = re.compile(r"[{}=@]")
_EXCEL = re.compile(r"sep=(.)\s*")
_SIMPLE = (
    "title abstract volume number pages start end eid doi arxiv pmid pmcid code publisher place "
    "edition series shorttitle language"
).split()
_ZOTERO = {"Item Type", "Abstract Note"}
#: Some columns of programs whose tables need no words on what was taken for what.
_PROGRAMS = (
    _ZOTERO,
    {"Source title", "EID"},
    {"PT", "UT"},
    {"key", "pubmed_id"},
    {"Document Title", "Publication Title"},
    {"PMID", "Journal/Book"},
    {"Covidence #"},
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Delimiter and columns of a table; `first` is the header's line, from 1."""

    delimiter: str
    header: tuple[str, ...]
    first: int
    places: dict[str, list[int]] = field(default_factory=dict)

    def cells(self, row: Row, name: str) -> list[str]:
        """The row's cells in the columns that hold this, without empty ones."""
        cells = (row.cells[at].strip() for at in self.places.get(name, ()))
        return [cell for cell in cells if cell]

    def cell(self, row: Row, name: str) -> str:
        """The first of them; empty if there is none."""
        return next(iter(self.cells(row, name)), "")


class SheetImporter:
    """Reads tables whose header names a title and something else that papers have."""

    name = "CSV"

    def recognises(self, text: str) -> bool:
        """Whether the first line is such a header."""
        return layout_of(text) is not None

    def read(self, text: str) -> Understood:
        """Rows as candidates; rows that do not fit the header with their lines."""
        layout = layout_of(text)
        gathering = Gathering()
        if layout is None:
            return gathering.understood("csv")
        rows = Rows(text, layout.delimiter, len(layout.header), layout.first)
        whole = list(rows)
        separators = {
            name: separator_of(cell for row in whole for cell in layout.cells(row, name))
            for name in ("author", "editor")
        }
        if set(layout.header) >= _ZOTERO:
            separators = dict.fromkeys(separators, ";")
        for row in whole:
            gathering.take(_draft(row, layout, separators))
        for line, reason, shown in rows.broken:
            gathering.problem(line, reason, shown)
        gathering.remarks += _remarks(layout, whole)
        return gathering.understood("csv")


def layout_of(text: str) -> Layout | None:
    """Layout by the first line that is not blank; None if it is no header of papers."""
    first = 1
    start = 0
    while True:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        excel = _EXCEL.fullmatch(line)
        if line.strip() and not excel:
            break
        if end < 0:
            return None
        first, start = first + 1, end + 1
    if len(line) > _LONGEST_HEADER or _NO_HEADER.search(line):
        return None
    best: Layout | None = None
    for delimiter in _DELIMITERS:
        header = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
        layout = Layout(delimiter, header, first, _places(header))
        if best is None or len(layout.places) > len(best.places):
            best = layout
    sound = best is not None and "title" in best.places and len(best.places) > 1
    return best if sound else None


def _places(header: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        known = "screening" if is_screening(name) else field_of(name)
        if known:
            places.setdefault(known, []).append(at)
    if "Abstract Note" in header and "Key" in header:
        # Zotero's own key is no citekey.
        places.pop("citekey", None)
    return places


def _draft(row: Row, layout: Layout, separators: dict[str, str]) -> Draft:
    draft = Draft(row.line)
    for name in _SIMPLE:
        for cell in layout.cells(row, name):
            draft.put(name, cell)
    for cell in (*layout.cells(row, "container"), *layout.cells(row, "container2")):
        draft.put("container", cell)
    draft.values["serial"] = " ".join(layout.cells(row, "isbn") + layout.cells(row, "issn"))
    draft.kind = _kind(layout.cells(row, "kind"))
    draft.genre = next(iter(layout.cells(row, "kind")[1:]), "")
    # Where there are short and full names the full ones are longer.
    authors = max(layout.cells(row, "author"), key=len, default="")
    draft.authors = listed(authors, separators["author"])
    draft.editors = listed(layout.cell(row, "editor"), separators["editor"])
    draft.dates = layout.cells(row, "year") + layout.cells(row, "date")
    draft.month = month_named(layout.cell(row, "month"))
    draft.urls = layout.cells(row, "url")
    draft.put("urldate", layout.cell(row, "urldate")[:10])
    words = (
        re.split(r"[;|\n]" if ";" in c or "|" in c else r"[,\n]", c)
        for c in layout.cells(row, "keywords")
    )
    draft.keywords = [word for each in words for word in each]
    draft.notes = [words_of(note) for note in layout.cells(row, "annote")]
    draft.notes += [
        f"{layout.header[at]}: {row.cells[at].strip()}"
        for at in layout.places.get("screening", ())
        if row.cells[at].strip()
    ]
    draft.take_extra(layout.cell(row, "extra"))
    draft.citekey = draft.citekey or layout.cell(row, "citekey")
    return draft


def _kind(kinds: list[str]) -> str:
    """The first kind that says something; Web of Science has a letter and a word."""
    return next((kind for kind in kinds if len(kind) > 1), next(iter(kinds), ""))


def _remarks(layout: Layout, rows: list[Row]) -> list[str]:
    """What each column was taken for, and which ones were left with what they hold."""
    known = {at: name for name, places in layout.places.items() for at in places}
    used = [at for at in range(len(layout.header)) if any(row.cells[at].strip() for row in rows)]
    taken = [
        layout.header[at] + ("" if layout.header[at] == known[at] else f" as {known[at]}")
        for at in used
        if at in known
    ]
    left = [layout.header[at] or f"column {at + 1}" for at in used if at not in known]
    known_program = any(columns <= set(layout.header) for columns in _PROGRAMS)
    remarks = [] if known_program else [f"columns read: {', '.join(_few(taken))}"]
    return [*remarks, f"columns left out: {', '.join(_few(left))}"] if left else remarks


def _few(names: list[str]) -> list[str]:
    more = len(names) - _SPELT_OUT
    return [*names[:_SPELT_OUT], f"and {more} more"] if more > 0 else names
