"""The cells of the matrix as they are: who said what, and where people differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewkit.matrix.column import RATING, TAG, Column
from reviewkit.matrix.entry import Entry, alike, entry_of, fits, normal, shown
from reviewkit.matrix.suggestions import Suggestion
from reviewkit.ops import opinions
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.records import Review

#: How a cell stands: nobody said anything; only the paper's words suggest something; all who
#: filled it in agree; they do not; one person's own values were given out of touch.
STATES = EMPTY, SUGGESTED, FILLED, DIFFERING, CONFLICT = (
    "empty", "suggested", "filled", "differing", "conflict",
)  # fmt: skip

#: Digits after the point of a mean rating.
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What one person has in a cell; `at` is an ISO 8601 time in UTC or None."""

    reviewer: str
    entry: Entry
    at: str | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: everybody's values and what is suggested. `text` is what a table shows."""

    column: Column
    said: tuple[Said, ...] = ()
    conflict: bool = False
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.conflict:
            return CONFLICT
        if not self.said:
            return SUGGESTED if self.suggestions else EMPTY
        first = self.said[0].entry
        same = all(alike(self.column, first, one.entry) for one in self.said[1:])
        return FILLED if same or self.column.computed else DIFFERING

    def values(self) -> list[tuple[str, tuple[str, ...]]]:
        """The unlike values as text, each with those who say so."""
        groups: list[tuple[Entry, list[str]]] = []
        for one in self.said:
            for entry, people in groups:
                if alike(self.column, entry, one.entry):
                    people.append(one.reviewer)
                    break
            else:
                groups.append((one.entry, [one.reviewer]))
        return [(shown(self.column, e), tuple(dict.fromkeys(people))) for e, people in groups]

    @property
    def text(self) -> str:
        """What people said, unlike values between bars; "" if nobody said anything."""
        if self.column.computed:
            return _computed_text(self)
        return " | ".join(value for value, _ in self.values())

    @property
    def suggested(self) -> str:
        """The first suggestion as text; "" if there is none."""
        return shown(self.column, self.suggestions[0].entry) if self.suggestions else ""

    @property
    def sort_value(self) -> float | str | None:
        """What a table is sorted by; of what is only suggested the first; None for nothing."""
        if self.column.type == RATING:
            ratings = [float(one.entry.value) for one in self.said]
            return sum(ratings) / len(ratings) if ratings else None
        if self.column.type == TAG:
            return float(len(self.said)) or None
        entries = [one.entry for one in self.said] or [one.entry for one in self.suggestions]
        if not entries:
            return None
        value = normal(self.column, entries[0]).value
        return value.casefold() if isinstance(value, str) else float(value)

    @property
    def agreed(self) -> Entry | None:
        """What all who filled the cell in say, with the first's quote; None if they differ."""
        return self.said[0].entry if self.state == FILLED else None

    @property
    def fits(self) -> bool:
        """Whether all values are such as the column now takes."""
        return self.column.computed or all(fits(self.column, one.entry) for one in self.said)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One paper and its cells, in the order of the columns."""

    citekey: str
    title: str
    year: int | None
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of papers by attributes, with all that is known of each cell."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]


def cells_of(
    fold: Fold, paper: str, columns: Sequence[Column]
) -> dict[str, tuple[tuple[Said, ...], bool]]:
    """What people filled in of a paper: by column id their values, and whether one conflicts.

    Only columns with a value are there.
    """
    wanted = {column.field: column for column in columns if not column.computed}
    found: dict[str, tuple[tuple[Said, ...], bool]] = {}
    for key in sorted(
        (k for k in fold.fields(paper) if k[0] is not None and k[1] in wanted),
        key=lambda k: (k[1], k[0] or ""),
    ):
        reviewer, name = key
        ops = fold.current(paper, reviewer, name)
        made = _said(reviewer or "", ops)
        column = wanted[name]
        unlike = any(op.value is None for op in ops) or not all(
            alike(column, made[0].entry, one.entry) for one in made
        )
        conflict = len(ops) > 1 and bool(made) and unlike
        # What one person said twice in the same way is said once: the latest counts.
        said, known = found.get(column.id, ((), False))
        shown_ = made if conflict else made[-1:]
        if shown_:
            found[column.id] = ((*said, *shown_), known or conflict)
    return found


def _said(reviewer: str, ops: Iterable[Op]) -> list[Said]:
    return [
        Said(reviewer, entry_of(op.value), iso_time(op.t)) for op in ops if op.value is not None
    ]


def rejected(fold: Fold, paper: str) -> dict[str, str]:
    """Suggestions that somebody found unfit: `COLUMN.ID` and the reviewer."""
    return {
        field[6:]: reviewer or ""
        for reviewer, field in sorted(fold.fields(paper), key=lambda k: (k[0] or "", k[1]))
        if field.startswith("unfit:")
        and any(op.value for op in fold.current(paper, reviewer, field))
    }


def computed_cells(fold: Fold, paper: str, columns: Sequence[Column]) -> dict[str, GridCell]:
    """The cells that come from reviews: ratings and tags, by column id."""
    if not any(column.computed for column in columns):
        return {}
    reviews = opinions.reviews(fold, paper)
    cells = {}
    for column in columns:
        if column.type == TAG:
            said = [
                Said(one.reviewer, Entry(value=True), one.updated)
                for one in reviews
                if column.about in one.tags
            ]
        elif column.type == RATING:
            said = _ratings(column, reviews)
        else:
            continue
        cells[column.id] = GridCell(column, tuple(said))
    return cells


def _ratings(column: Column, reviews: Iterable[Review]) -> list[Said]:
    """The overall ratings, those of one reviewer, or those of one criterion."""
    criterion = column.criterion
    given = [
        (one, one.criteria.get(criterion) if criterion else one.rating)
        for one in reviews
        if criterion or column.about in ("", one.reviewer)
    ]
    return [
        Said(one.reviewer, Entry(rating), one.updated)
        for one, rating in given
        if rating is not None
    ]


def _computed_text(cell: GridCell) -> str:
    if not cell.said:
        return ""
    if cell.column.type == TAG:
        return "yes"
    value = cell.sort_value
    return f"{round(value, _DIGITS):g}" if isinstance(value, float) else ""
