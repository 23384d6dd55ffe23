"""The cells of an open project's comparison matrix: what people fill in, and accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewkit.errors import StaleError
from reviewkit.files.replace import replace as replace_file
from reviewkit.matrix import Column
from reviewkit.matrix.entry import Entry, entered, shown
from reviewkit.matrix.grid import GridCell
from reviewkit.ops.fold import PROJECT
from reviewkit.project.comparing.cells import Cells
from reviewkit.project.comparing.columns import Columns
from reviewkit.project.comparing.matrix import Matrix
from reviewkit.project.comparing.sheet import Sheet
from reviewkit.records import Paper
from reviewkit.store.recorder import Edit


@dataclass(frozen=True, slots=True)
class SuggestedCell:
    """A value that a paper's own words suggest for a cell; nobody said it yet.

    `column` is its name, `text` the value as people read it, `quote` the words it rests on.
    """

    citekey: str
    column: str
    id: str
    text: str
    quote: str


#: Of so few papers no cells are remembered.
_FEW = 50
#: For so many choices of columns they are.
_VIEWS = 4


class Comparing(Columns):
    """The part of a project that compares papers by attributes."""

    _cells: Sequence[Cells] = ()
    _last_sheet: tuple[tuple[int, int], Sheet] | None = None

    def matrix(
        self,
        columns: str | Column | Iterable[str | Column] | None = None,
        papers: str | Paper | Iterable[str | Paper] | None = None,
    ) -> Matrix:
        """Papers by attributes, each cell with its quote and who said so.

        In a notebook it is a live table, to fill in as you type.

        Parameters
        ----------
        columns
            Names of columns; those that nobody made are suggested from the papers' own words
            ("dataset", "hardware", "speedup"...). None: all that people made.
        papers
            Just these; None: all.

        Raises
        ------
        ValueRefusedError
            A name that no column has and for which nothing can be suggested.
        UnknownPaperError
            There is no such paper.
        """
        with self._lock:
            if columns is None:
                chosen = None
            else:
                several = [columns] if isinstance(columns, str | Column) else columns
                chosen = tuple(self.column(one) for one in several)
            keys = None if papers is None else tuple(self._keys(papers))
            return Matrix(self, chosen, keys)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Nothing changes while one looks at several things."""
        with self._lock:
            yield

    def sheet(
        self, columns: Sequence[Column] | None = None, keys: Sequence[str] | None = None
    ) -> Sheet:
        """The matrix as it is now; see `Sheet`. None: all columns, all papers.

        Rows stand in the order of the keys; papers that are not there are left out.
        """
        with self._lock:
            chosen = self.columns() if columns is None else [self.column(c) for c in columns]
            there = self._sync.library.citekeys()
            if keys is not None:
                known = set(there)
                there = [key for key in keys if key in known]
            return self._latest_sheet(chosen, there)

    def _latest_sheet(self, columns: Sequence[Column], keys: Sequence[str]) -> Sheet:
        """The sheet that was asked for last, if nothing has changed: its next page, mostly."""
        known = self._last_sheet
        now = (self.revision, len(self._sync.fold))
        if known is None or known[0] != now or known[1].shows != (tuple(columns), tuple(keys)):
            known = self._last_sheet = (now, self._sheet(columns, keys))
        return known[1]

    def fill(
        self,
        paper: str | Paper,
        column: str | Column,
        value: Any,
        *,
        quote: str = "",
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> GridCell:
        """Say what stands in a cell, for oneself; None takes it back.

        A column that is only suggested is made along with it, as one action.

        Parameters
        ----------
        value
            A number (or text such as "12 ms"), one of the choices, text, yes or no.
        quote
            The words of the paper that it rests on.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, ReviewerError
            Nothing was changed.
        """
        with self._lock:
            return self._fill_in(paper, column, value, quote, reviewer, via)

    def _fill_in(
        self,
        paper: str | Paper,
        column: str | Column,
        value: Any,
        quote: str,
        reviewer: str | None,
        via: str,
    ) -> GridCell:
        who = self._who(reviewer)
        key, identifier = self._identify(paper)
        chosen = self.column(column)
        entry = value if isinstance(value, Entry) else entered(chosen, value, quote)
        if isinstance(entry, Entry) and not isinstance(value, Entry):
            entry = self._placed(key, chosen, entry)
        edits = self._filling(key, identifier, chosen, who, entry)
        self._record([*_making(chosen), *edits] if edits else [], who, via)
        return self._sheet([replace(chosen, defined=True)], [key]).cells(key)[0]

    def _placed(self, key: str, column: Column, entry: Entry) -> Entry:
        """With the place of its words, if they stand in the abstract."""
        if not entry.quote:
            return entry
        paper = self._sync.library.paper(key)
        abstract = paper.abstract_display or paper.abstract or ""
        at = abstract.find(entry.quote)
        if at < 0:
            return entry
        return replace(entry, source="abstract", start=at, end=at + len(entry.quote))

    def _filling(
        self, key: str, paper: str, column: Column, who: str, entry: Entry | None
    ) -> list[Edit]:
        current = self._sync.fold.current(paper, who, column.field)
        content = entry.content() if entry is not None else None
        if (len(current) == 1 and current[0].value == content) or not (current or content):
            return []
        edit = Edit(paper, who, column.field, content)
        return [*self._grounds(key, paper), edit]

    def _grounds(self, key: str, paper: str) -> list[Edit]:
        """What is noted of a paper before the first edit of it: its citekey."""
        return self._sync.bib.grounding.ground(paper, key, "", None)

    def suggest_cells(
        self, column: str | Column, papers: Iterable[str | Paper] | None = None
    ) -> list[SuggestedCell]:
        """What the papers' own words suggest for the empty cells of a column, in their order.

        Nothing is recorded: `accept_cells` makes values of them.
        """
        with self._lock:
            chosen = self.column(column)
            keys = self._keys(papers)
            sheet = self._sheet([chosen], keys)
            return [
                SuggestedCell(key, chosen.name, one.id, shown(chosen, one.entry), one.entry.quote)
                for key in keys
                for cell in sheet.cells(key)
                if not cell.said
                for one in cell.suggestions[:1]
            ]

    def accept_cells(
        self,
        suggested: SuggestedCell | Iterable[SuggestedCell],
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> int:
        """Make suggested values one's own; one action. How many were.

        Raises
        ------
        StaleError
            Something is not suggested any more; nothing was changed.
        """
        several = [suggested] if isinstance(suggested, SuggestedCell) else list(suggested)
        with self._lock:
            who = self._who(reviewer)
            edits: list[Edit] = []
            for one in several:
                key, identifier = self._identify(one.citekey)
                column = self.column(one.column)
                entry = self._suggestion(key, column, one.id)
                if not any(edit.field == f"column:{column.id}" for edit in edits):
                    edits += _making(column)
                edits += self._filling(key, identifier, column, who, entry)
            self._record(edits, who, via)
            return len(several)

    def reject_cell(
        self,
        suggested: SuggestedCell,
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> None:
        """Say that a suggested value does not fit; it is not shown to anybody any more."""
        with self._lock:
            who = self._who(reviewer)
            key, identifier = self._identify(suggested.citekey)
            column = self.column(suggested.column)
            self._suggestion(key, column, suggested.id)
            field = f"unfit:{column.id}.{suggested.id}"
            edit = Edit(identifier, who, field, True)
            self._record([*_making(column), *self._grounds(key, identifier), edit], who, via)

    def _suggestion(self, key: str, column: Column, name: str) -> Entry:
        for one in self._sheet([column], [key]).cells(key)[0].suggestions:
            if one.id == name:
                return one.entry
        raise StaleError(
            f"That value is not suggested for {column.name} of {key} any more. Look again."
        )

    def replace_file(self, path: Path, data: bytes) -> None:
        """Write a file beside and put it in place; what was there goes to the trash."""
        with self._lock:
            replace_file(path, data, self._sync.store.layout.trash, self._sync.store.machine)

    def _keys(self, papers: str | Paper | Iterable[str | Paper] | None) -> list[str]:
        if papers is None:
            return self._sync.library.citekeys()
        several: Iterable[str | Paper] = [papers] if isinstance(papers, str | Paper) else papers
        return [self._identify(paper)[0] for paper in several]

    def _sheet(self, columns: Sequence[Column], keys: Sequence[str]) -> Sheet:
        fold, cells = self._sync.fold, None
        if len(keys) > _FEW:
            cells = next((c for c in self._cells if c.answers(fold, columns)), None)
            cells = Cells(fold, columns) if cells is None else cells
            self._cells = [cells, *(c for c in self._cells if c is not cells)][:_VIEWS]
        return Sheet(fold, self._sync.library, columns, keys, self._reader(), cells)


def _making(column: Column) -> list[Edit]:
    """The edit that makes a column that is only suggested; none for one that is there."""
    if column.defined:
        return []
    return [Edit(PROJECT, None, f"column:{column.id}", column.content())]
