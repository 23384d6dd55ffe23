"""A row of reviews.csv as it was found, beside the state that it was written from.

Ratings of single criteria have a hash of their own, so they are looked at apart from the rest of
the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewkit import tables
from reviewkit.coercions import coerced
from reviewkit.files.csvrow import (
    are_criteria_cut_off,
    begin_as,
    content_of,
    criteria_content_of,
    is_cut_off,
)
from reviewkit.files.held import SPREADSHEET, VALUE, Why
from reviewkit.files.tracing import of_criteria, of_row, traced
from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.snapshot import Said, Snapshot, moments


@dataclass(frozen=True)
class FoundRow:
    """A row of the file, and the state it was written from; None: not known, or clean.

    `reviewer` is None where the row's cannot be one, and `refused` says why.
    """

    paper: str
    row: tables.Row
    is_new: bool
    reviewer: str | None
    base: Snapshot | None = None
    refused: str = ""

    @property
    def columns(self) -> Sequence[str]:
        """The columns that are looked at."""
        return tables.VALUE_COLUMNS

    @property
    def cells(self) -> Mapping[str, str]:
        """Those of them that are not empty."""
        return self.row.cells

    @property
    def rev(self) -> str:
        """The hash of what was written; empty where somebody typed it all."""
        return self.row.rev

    @property
    def is_written(self) -> bool:
        """Whether reviewkit wrote them, whatever became of them since."""
        return bool(self.rev)

    @property
    def clean(self) -> bool:
        """Whether nobody changed them since they were written."""
        return self.row.clean

    @property
    def content(self) -> dict[str, str]:
        """What a held change keeps of it."""
        return content_of(self.row)

    def said(self, state: Snapshot) -> dict[str, str]:
        """What the row shows of a state."""
        return tables.cells_of(state, self.reviewer or "")

    def is_cut_off(self, present: Mapping[str, str], shown: Mapping[str, str]) -> bool:
        """Whether the file ends within them, and they say nothing else than we wrote.

        That is what the log says now, `present`, with held cells over it, `shown`.
        """
        return is_cut_off(self.row, present, shown)

    def is_begun(self, fold: Fold) -> bool:
        """Whether the file ends within them, and they are the begin of any state's."""
        reviewer = self.reviewer
        if reviewer is None or not self.row.at_end or self.rev:
            return False
        return any(
            begin_as(self.cells, self.said(state)) for state in self._states(fold, reviewer)
        )

    def traced(self, fold: Fold) -> Snapshot | None:
        """The state that it was written from."""
        reviewer = self.reviewer
        if reviewer is None or self.clean or not self.is_written:
            return None
        return traced(
            fold,
            self.paper,
            lambda said: self._states(said, reviewer),
            lambda state: self.rev_of(state) == self.rev,
        )

    def rev_of(self, state: Snapshot) -> str:
        """The hash that the row of a state has."""
        return tables.row_rev(tables.cells_of(state, self.reviewer or ""))

    def _states(self, fold: Said, reviewer: str) -> Iterator[Snapshot]:
        yield from of_row(fold, self.paper, reviewer, self.row)
        yield from moments(fold, self.paper, [reviewer])

    def cells_before(self) -> Mapping[str, str]:
        """What the row said when it was written, as far as that is known."""
        if self.clean:
            return self.cells
        if self.base is None or self.reviewer is None:
            return {}
        return self.said(self.base)

    def changed(self) -> list[str]:
        """Columns whose cells are others than when the row was written."""
        if self.clean or self.base is None:
            return []
        before, cells = self.cells_before(), self.cells
        return [c for c in self.columns if before.get(c, "") != cells.get(c, "")]


@dataclass(frozen=True)
class FoundCriteria(FoundRow):
    """The same of a row's ratings of single criteria; columns that are missing say nothing."""

    @property
    def columns(self) -> Sequence[str]:
        """See `FoundRow.columns`."""
        return self.row.rated

    @property
    def cells(self) -> Mapping[str, str]:
        """See `FoundRow.cells`."""
        return self.row.criteria

    @property
    def rev(self) -> str:
        """See `FoundRow.rev`; it is empty as well where the row had no such rating."""
        return self.row.criteria_rev or ""

    @property
    def clean(self) -> bool:
        """See `FoundRow.clean`."""
        return self.row.criteria_clean

    @property
    def content(self) -> dict[str, str]:
        """See `FoundRow.content`."""
        return criteria_content_of(self.row)

    def said(self, state: Snapshot) -> dict[str, str]:
        """See `FoundRow.said`."""
        given = tables.criteria_of(state, self.reviewer or "")
        return {column: text for column, text in given.items() if column in self.row.rated}

    @property
    def is_written(self) -> bool:
        """See `FoundRow.is_written`."""
        return self.row.criteria_rev is not None and bool(self.rev or self.row.rev)

    def is_cut_off(self, present: Mapping[str, str], shown: Mapping[str, str]) -> bool:
        """See `FoundRow.is_cut_off`."""
        return are_criteria_cut_off(self.row, present, shown)

    def rev_of(self, state: Snapshot) -> str:
        """See `FoundRow.rev_of`."""
        return tables.criteria_rev(tables.criteria_of(state, self.reviewer or ""))

    def _states(self, fold: Said, reviewer: str) -> Iterator[Snapshot]:
        said: dict[FieldKey, str] = {
            (reviewer, column): text for column, text in self.row.criteria.items()
        }
        yield from of_criteria(fold, self.paper, said, [reviewer])
        yield from moments(fold, self.paper, [reviewer], criteria=True)


def parts_of(paper: str, row: tables.Row, reviewer: str, *, is_new: bool) -> list[FoundRow]:
    """What is looked at apart: a row without its ratings of single criteria, and those."""
    parts = [FoundRow(paper, row, is_new, reviewer)]
    return [*parts, FoundCriteria(paper, row, is_new, reviewer)] if row.rated else parts


def doubt(
    present: Mapping[str, str], cells: Mapping[str, str], refused: Sequence[str]
) -> Why | None:
    """Why a row without `rev` is not taken in as it stands; None if it is."""
    for name, text in cells.items():
        reason = coerced(present.get(name, ""), text) if present.get(name, "") != text else None
        if reason is not None:
            return Why(SPREADSHEET, reason)
    return Why(VALUE, " ".join(refused)) if refused else None
