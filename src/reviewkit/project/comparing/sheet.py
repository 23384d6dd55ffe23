"""The matrix of one moment: which columns, which papers, and the cells of any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from reviewkit.library import Library
from reviewkit.matrix.column import Column
from reviewkit.matrix.grid import (
    CONFLICT,
    DIFFERING,
    EMPTY,
    SUGGESTED,
    GridCell,
    GridRow,
    rejected,
)
from reviewkit.matrix.suggestions import Reading, Suggestion, suggestions
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.project.comparing.cells import Cells

#: In more papers than this, what is only suggested does not count in sorting: reading all
#: abstracts would make people wait.
_SORTED_WITH_SUGGESTIONS = 1_000

#: What of the matrix is shown: all rows, or those with a cell that is empty, differing...
ONLY = ("all", "empty", "differing", "suggested")


class Sheet:
    """Papers by columns; rows are made when they are asked for.

    Parameters
    ----------
    read
        The texts of a paper, by citekey, for suggestions.
    cells
        What is known already of these columns' cells in this fold.
    """

    def __init__(
        self,
        fold: Fold,
        library: Library,
        columns: Sequence[Column],
        keys: Sequence[str],
        read: Callable[[str], Iterable[Reading]],
        cells: Cells | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.keys = tuple(keys)
        self._fold = fold
        self._library = library
        self._read = read
        self._cells = Cells(fold, columns) if cells is None else cells
        self._suggested: dict[str, dict[str, GridCell]] = {}

    @cached_property
    def _filled(self) -> dict[str, dict[str, GridCell]]:
        """The cells in which there is anything, of all papers, without suggestions."""
        found = ((key, self._cells.of(self._id(key))) for key in self.keys)
        return {key: cells for key, cells in found if cells}

    @property
    def shows(self) -> tuple[tuple[Column, ...], tuple[str, ...]]:
        """Its columns and its papers."""
        return self.columns, self.keys

    def _id(self, key: str) -> str:
        return self._library.id_of(key) or paper_id(key)

    def counts(self, column: Column) -> tuple[int, int, int]:
        """How many papers have a value in the column, how many none, in how many they differ."""
        filled, differing = self._counted[0][column.id], self._counted[1][column.id]
        return filled, len(self.keys) - filled, differing

    @cached_property
    def _counted(self) -> tuple[Counter[str], Counter[str]]:
        filled: Counter[str] = Counter()
        differing: Counter[str] = Counter()
        for cells in self._filled.values():
            for name, cell in cells.items():
                if cell.said:
                    filled[name] += 1
                    several = cell.conflict or len(cell.said) > 1
                    differing[name] += several and cell.state in (DIFFERING, CONFLICT)
        return filled, differing

    def cell(self, key: str, column: Column) -> GridCell:
        """One cell with its suggestions."""
        return next(c for c in self.cells(key) if c.column.id == column.id)

    def cells(self, key: str) -> tuple[GridCell, ...]:
        """A paper's cells in the order of the columns, with suggestions where empty."""
        if key not in self._suggested:
            self._suggested[key] = self._with_suggestions(key)
        return tuple(self._suggested[key][column.id] for column in self.columns)

    def _with_suggestions(self, key: str) -> dict[str, GridCell]:
        filled = self._filled.get(key, {})
        unfit = rejected(self._fold, self._id(key))
        texts: list[Reading] | None = None
        cells: dict[str, GridCell] = {}
        for column in self.columns:
            known = filled.get(column.id, GridCell(column))
            if column.computed:
                cells[column.id] = known
                continue
            texts = list(self._read(key)) if texts is None else texts
            made = tuple(
                one for one in suggestions(column, texts) if f"{column.id}.{one.id}" not in unfit
            )
            cells[column.id] = GridCell(column, known.said, known.conflict, made)
        return cells

    def unfit(self, key: str, column: Column) -> list[tuple[Suggestion, str]]:
        """What is suggested for a cell and somebody found unfit, and who did."""
        by = rejected(self._fold, self._id(key))
        found = suggestions(column, self._read(key))
        names = {one.id: f"{column.id}.{one.id}" for one in found}
        return [(one, by[names[one.id]]) for one in found if names[one.id] in by]

    def row(self, key: str) -> GridRow:
        """A paper with its cells."""
        paper = self._library.row(key, None)
        return GridRow(key, paper.title, paper.year, self.cells(key))

    def chosen(
        self, sort: Column | None, only: str, within: Column | None, *, descending: bool
    ) -> list[str]:
        """The papers with such a cell (in one column or any), in the order of a column.

        Papers without a value stand at the end, whichever way the others are ordered.
        """
        keys = [key for key in self.keys if self._is_shown(key, only, within)]
        if sort is None:
            return keys[::-1] if descending else keys
        values = {key: self._value(key, sort) for key in keys}
        there = [key for key in keys if values[key] is not None]
        there.sort(key=lambda key: _ordered(values[key]), reverse=descending)
        return there + [key for key in keys if values[key] is None]

    def _is_shown(self, key: str, only: str, within: Column | None) -> bool:
        if only not in ONLY or only == "all":
            return True
        filled = self._filled.get(key, {})
        columns = self.columns if within is None else (within,)
        if only == SUGGESTED:
            return self._suggests(key, [c for c in columns if not self._is_said(filled, c)])
        for column in columns:
            cell = filled.get(column.id)
            state = cell.state if cell is not None else EMPTY
            if state == EMPTY and only == "empty" and not column.computed:
                return True
            if state in (DIFFERING, CONFLICT) and only == "differing":
                return True
        return False

    def _suggests(self, key: str, columns: Sequence[Column]) -> bool:
        """Whether the paper's words suggest anything for a cell that nobody filled in."""
        wanted = [column for column in columns if not column.computed]
        if not wanted:
            return False
        texts, unfit = list(self._read(key)), rejected(self._fold, self._id(key))
        return any(
            f"{column.id}.{one.id}" not in unfit
            for column in wanted
            for one in suggestions(column, texts)
        )

    @staticmethod
    def _is_said(filled: Mapping[str, GridCell], column: Column) -> bool:
        return column.id in filled and filled[column.id].state not in (EMPTY, SUGGESTED)

    def _value(self, key: str, column: Column) -> float | str | None:
        if len(self.keys) <= _SORTED_WITH_SUGGESTIONS:
            return self.cell(key, column).sort_value
        cell = self._filled.get(key, {}).get(column.id)
        return cell.sort_value if cell is not None else None


def _ordered(value: float | str | None) -> tuple[bool, float, str]:
    text = isinstance(value, str)
    return text, 0.0 if text else float(value or 0), value if isinstance(value, str) else ""
