"""`Matrix`: papers by attributes, to look at, fill in, compute with and put into a manuscript."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.errors import (
    MissingDependencyError,
    ProjectError,
    UnknownPaperError,
    ValueRefusedError,
)
from reviewkit.matrix import Column, Grid, GridCell, printed
from reviewkit.matrix.column import named, unknown
from reviewkit.matrix.entry import Entry, shown
from reviewkit.matrix.grid import EMPTY, SUGGESTED
from reviewkit.near import near
from reviewkit.project.opening.optional import load

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing
    from reviewkit.project.comparing.sheet import Sheet

#: How a matrix is written, by a file's suffix.
SUFFIXES = (".md", ".tex", ".html", ".typ", ".csv", ".xlsx")

#: Rows of a table in HTML and text.
_ROWS = 50


class Matrix:
    """The comparison matrix of some papers; always as the project is now.

    `past` has the cells of a former time, which are only shown. What nobody accepted yet is
    only suggested: it is left out of frames and files unless `suggested=True` asks for it, and
    marked with `?` there.
    """

    def __init__(
        self,
        project: Comparing,
        columns: Sequence[Column] | None = None,
        papers: Sequence[str] | None = None,
        past: Sheet | None = None,
    ) -> None:
        self.project = project
        self._columns = columns
        self._papers = papers
        self._past = past
        self._view: Any = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in their order."""
        return self.sheet().columns

    @property
    def chosen(self) -> tuple[str, ...] | None:
        """The names of the columns that were asked for; None: all that people made."""
        return None if self._columns is None else tuple(one.name for one in self._columns)

    @property
    def papers(self) -> tuple[str, ...] | None:
        """The papers that were asked for; None: all."""
        return None if self._papers is None else tuple(self._papers)

    def sheet(self) -> Sheet:
        """The cells as they are now, or were at the time that was asked for."""
        return self._past or self.project.sheet(self._columns, self._papers)

    def grid(self) -> Grid:
        """All rows, with everybody's values and what is suggested."""
        sheet = self.sheet()
        return Grid(sheet.columns, tuple(sheet.row(key) for key in sheet.keys))

    def cell(self, citekey: str, column: str) -> GridCell:
        """One cell: `said` by whom with which quote, `suggestions`, `state` and `text`.

        Raises
        ------
        UnknownPaperError, ValueRefusedError
            The matrix has no such row or column.
        """
        sheet = self.sheet()
        found = named(sheet.columns, column)
        if found is None:
            raise unknown(column, [one.name for one in sheet.columns])
        if citekey not in sheet.keys:
            raise UnknownPaperError(citekey, near(citekey, sheet.keys))
        return sheet.cell(citekey, found)

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """How many cells of each column are filled, empty, and differing."""
        sheet = self.sheet()
        return {column.name: sheet.counts(column) for column in sheet.columns}

    def frame(self, *, long: bool = False, suggested: bool = False) -> Any:
        """Data frame (pandas).

        Parameters
        ----------
        long
            One row a value, with `reviewer`, `quote` and where it stands; else one row a
            paper, and in each column what all who filled it in agree on. Where they differ
            there is no value (NaN or None); `frame.attrs["differing"]` lists those cells.
        suggested
            With what is only suggested; in the long form its reviewer is None.
        """
        frames = load("reviewkit.matrix.frames")
        make = frames.matrix_long if long else frames.matrix_wide
        return make(self.grid(), suggested=suggested)

    def to_markdown(self, *, suggested: bool = False, cite: bool = True) -> str:
        """A pipe table; rows are named by `[@key]`, or by title without `cite`."""
        return printed.markdown(self.grid(), suggested=suggested, cite=cite)

    def to_latex(self, *, suggested: bool = False, cite: bool = True) -> str:
        r"""A `tabular` with rules of booktabs; rows are named by `\cite{key}`, or by title."""
        return printed.latex(self.grid(), suggested=suggested, cite=cite)

    def to_typst(self, *, suggested: bool = False, cite: bool = False) -> str:
        """A Typst table; with `cite` the document must have a bibliography with the papers."""
        return printed.typst(self.grid(), suggested=suggested, cite=cite)

    def to_html(self, *, suggested: bool = False) -> str:
        """A table with the quotes as titles of the cells, and differing cells coloured."""
        return printed.html_table(self.grid(), suggested=suggested)

    def to_csv(self, *, suggested: bool = False) -> str:
        """Comma-separated; cells that a spreadsheet would run have a leading `'`."""
        return printed.csv_text(self.grid(), suggested=suggested)

    def to_xlsx(self, path: str | os.PathLike[str], *, suggested: bool = False) -> Path:
        """Write a workbook: the table, and a sheet with every value, person and quote."""
        data = load("reviewkit.matrix.workbook").workbook(self.grid(), suggested=suggested)
        return self._write(Path(path), data)

    def write(self, path: str | os.PathLike[str], *, suggested: bool = False) -> Path:
        """Write a file in the form that its suffix says: .md, .tex, .html, .typ, .csv, .xlsx."""
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".xlsx":
            return self.to_xlsx(target, suggested=suggested)
        forms: Mapping[str, Callable[..., str]] = {
            ".md": self.to_markdown,
            ".tex": self.to_latex,
            ".html": self.to_html,
            ".typ": self.to_typst,
            ".csv": self.to_csv,
        }
        if suffix not in forms:
            raise ValueRefusedError(
                f"{target.name!r} does not say which form it has; end it in "
                f"{', '.join(SUFFIXES)}.",
                field="path",
                value=target.name,
            )
        text = forms[suffix](suggested=suggested)
        # Excel takes a file without the mark for its own country's letters.
        return self._write(target, text.encode("utf-8-sig" if suffix == ".csv" else "utf-8"))

    def _write(self, target: Path, data: bytes) -> Path:
        path = target.expanduser().absolute()
        own = (self.project.bib_path, self.project.csv_path, self.project.generated_path)
        if path.resolve() in [one.resolve() for one in own]:
            raise ProjectError(f"{path.name} is the project's own file. Give another name.")
        if not path.parent.is_dir():
            raise ProjectError(f"There is no folder {path.parent}; make it first.")
        if path.is_dir():
            raise ProjectError(f"{path} is a folder; name a file in it.")
        self.project.replace_file(path, data)
        return path

    def to_text(self, *, suggested: bool = True) -> str:
        """Columns of text for a terminal."""
        return printed.text_table(self.grid(), suggested=suggested)

    def records(self, *, suggested: bool = False) -> list[dict[str, Any]]:
        """One dictionary a paper for JSON: citekey, title, and the text of each cell by name.

        Each cell is `{state, text, values: [{reviewer, text, quote}]}`; a suggested value's
        reviewer is None.
        """
        return [
            {
                "citekey": row.citekey,
                "title": row.title,
                "cells": {
                    cell.column.name: _record(cell, suggested=suggested) for cell in row.cells
                },
            }
            for row in self.grid().rows
        ]

    def summary(self) -> str:
        """How many papers and columns, and how many cells are filled, empty and differing."""
        sheet = self.sheet()
        counts = [sheet.counts(column) for column in sheet.columns]
        filled, empty, differing = (
            (sum(part) for part in zip(*counts, strict=True)) if counts else (0, 0, 0)
        )
        papers = f"{len(sheet.keys)} paper{'' if len(sheet.keys) == 1 else 's'}"
        columns = f"{len(counts)} column{'' if len(counts) == 1 else 's'}"
        cells = f"{filled} cells filled, {empty} empty"
        return f"{papers}, {columns}: {cells}" + (f", {differing} differing" if differing else "")

    def show(self) -> Any:
        """The live table as a widget."""
        if self._view is None:
            self._view = load("reviewkit.kit").matrix(self)
        return self._view

    def __repr__(self) -> str:
        names = ", ".join(column.title for column in self.columns)
        number = len(self.sheet().keys)
        return f"<matrix of {number} papers by {names or 'no columns yet'}>"

    def still(self) -> tuple[str, str]:
        """The first rows as HTML and as text, with what is suggested."""
        sheet = self.sheet()
        shown = Grid(sheet.columns, tuple(sheet.row(key) for key in sheet.keys[:_ROWS]))
        more = len(sheet.keys) - len(shown.rows)
        return (
            printed.html_table(shown, suggested=True, more=more),
            printed.text_table(shown, suggested=True, more=more),
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        with suppress(MissingDependencyError):
            if self._past is None:
                return self.show()._repr_mimebundle_(**kwargs)
        html, text = self.still()
        return {"text/html": html, "text/plain": text}, {}

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self.still()[1])


def _record(cell: GridCell, *, suggested: bool) -> dict[str, Any]:
    said = [(one.reviewer, one.entry) for one in cell.said]
    values: list[tuple[str | None, Entry]] = [*said]
    if suggested and not said:
        values = [(None, one.entry) for one in cell.suggestions]
    state = cell.state if suggested or cell.state != SUGGESTED else EMPTY
    return {
        "state": state,
        "text": cell.text,
        "values": [
            {"reviewer": who, "text": shown(cell.column, entry), "quote": entry.quote}
            for who, entry in values
        ],
    }
