"""Cells of reviews.csv that somebody changed: taken in, or held one by one.

A held cell is no edit yet. The file shows it as it was found, over the values of the log and
with their `rev`; so every replica that knows of it writes the same file, and whoever puts the
cell right in the file has decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reviewkit import tables
from reviewkit.coercions import coerced
from reviewkit.files.difference import Comparison
from reviewkit.files.foundrow import FoundRow
from reviewkit.files.held import MANY, SPREADSHEET, VALUE, HeldChanges, Why
from reviewkit.files.watched import TakenIn
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now
from reviewkit.store.recorder import Edit

NAME = "reviews.csv"

#: Of so many cells with a value, and of such a share of a column, that change at once a
#: person is asked: that is a column sorted by itself or filled down more often than meant.
_FEWEST, _SHARE = 10, 0.2

#: Whose cell: paper, reviewer, column.
Place = tuple[str, str, str]


class Cells:
    """The changed cells of the table; `told` are the held ones that the file shows."""

    def __init__(self, fold: Fold, held: HeldChanges) -> None:
        self._fold = fold
        self._held = held
        self.told: dict[Place, str] = {}
        #: Those that the rows show as they were made last, by paper.
        self._over: dict[str, dict[Place, str]] = {}

    def take_in(self, found: FoundRow, many: set[str], origin: str) -> TakenIn:
        """Each changed cell of a row whose base is known: an edit, or held."""
        taken = TakenIn()
        assert found.reviewer is not None
        before = found.cells_before()
        for column in found.changed():
            was, text = before.get(column, ""), found.cells.get(column, "")
            content = _content(found, column)
            place = (found.paper, found.reviewer, column)
            if self._held.find(found.paper, NAME, content) is not None:
                self.told[place] = self._held.name(found.paper, NAME, content)
                taken.held += 1
                continue
            if self._held.decided(found.paper, NAME, content):
                continue
            comparison = Comparison(self._fold, found.paper, found.base, origin)
            difference = comparison.row(found.row, found.reviewer, [column])
            why = _why(was, text, difference.refused, many=column in many)
            if not difference.something:
                continue
            if why is None:
                taken.edits += difference.edits
                continue
            self.told[place] = self._held.name(found.paper, NAME, content)
            edits = () if difference.refused else difference.edits
            taken.edits += self._held.hold(found.paper, NAME, content, why, edits)
            taken.held += 1
        return taken

    def crowded(self, rows: Sequence[FoundRow], table: Sequence[tables.Row]) -> set[str]:
        """Columns of which so many cells with a value changed at once that a person is asked.

        `rows` are those of the table that may have changed.
        """
        changed: Counter[str] = Counter()
        for row in rows:
            before = row.cells_before()
            changed.update(c for c in row.changed() if c in before and not self._known(row, c))
        if not changed:
            return set()
        there = Counter(c for row in rows for c in row.cells_before())
        doubted = {id(row.row) for row in rows}
        there.update(
            c for row in table if id(row) not in doubted for c in (*row.cells, *row.criteria)
        )
        return {c for c, n in changed.items() if n >= _FEWEST and n > _SHARE * there[c]}

    def _known(self, found: FoundRow, column: str) -> bool:
        content = _content(found, column)
        is_held = self._held.find(found.paper, NAME, content) is not None
        return is_held or self._held.decided(found.paper, NAME, content)

    def put_right(self, found: FoundRow, told: Mapping[Place, str]) -> list[Edit]:
        """Edits that let go of held cells which the file showed and which were put right.

        `told` are those that the file showed before.
        """
        if found.reviewer is None or not (found.clean or found.base is not None):
            return []
        before = found.cells_before()
        edits = []
        for column in found.columns:
            field = told.get((found.paper, found.reviewer, column))
            op = None if field is None else self._held.current_of(found.paper, field)
            if op is None:
                continue
            content = op.value["content"]
            same_state = before.get(column, "") == content["was"]
            if same_state and found.cells.get(column, "") != content["now"]:
                edits.append(self._held.release(op))
        return edits

    def moot(self, op: Op) -> list[Edit]:
        """The edit that lets go of a held cell which the log says by now; else none."""
        content = op.value["content"]
        reviewer, column = content["reviewer"], content["column"]
        shown = tables.criteria_of if is_criterion(column) else tables.cells_of
        cells = shown(now(self._fold, op.paper), reviewer)
        return [self._held.release(op)] if cells.get(column, "") == content["now"] else []

    def make_anew(self, paper: str) -> None:
        """Take note that the rows of the paper are made again, and `over` tells what they show."""
        self._over.pop(paper, None)

    def over(self, paper: str, reviewer: str, cells: Mapping[str, str]) -> dict[str, str]:
        """The row's cells, of criteria as well, with held ones over what they were made from."""
        shown = dict(cells)
        for column, op in self._standing(paper, reviewer, cells):
            shown[column] = op.value["content"]["now"]
            self._over.setdefault(paper, {})[paper, reviewer, column] = op.field
        return shown

    def _standing(
        self, paper: str, reviewer: str, cells: Mapping[str, str]
    ) -> Iterator[tuple[str, Op]]:
        """Held cells that were made from what these say, by their column."""
        for op in self._held.of_paper(paper):
            content = op.value["content"]
            column = content.get("column")
            if content.get("reviewer") != reviewer or column is None:
                continue
            if column not in tables.VALUE_COLUMNS and not is_criterion(column):
                continue
            if cells.get(column, "") == content["was"]:
                yield column, op

    def is_cut_off(self, found: FoundRow) -> bool:
        """Whether the file ends within a row that says nothing else than what we wrote there.

        If its `rev` is not there any more, that may have been written before what came since.
        """
        present = found.said(now(self._fold, found.paper))
        standing = self._standing(found.paper, found.reviewer or "", present)
        held = {column: op.value["content"]["now"] for column, op in standing}
        shown = {**present, **{c: text for c, text in held.items() if c in found.columns}}
        return found.is_cut_off(present, shown) or found.is_begun(self._fold)

    def written(self) -> None:
        """Take note that the file shows what stands over its rows as they were made."""
        self.told = {place: name for shown in self._over.values() for place, name in shown.items()}


def _content(found: FoundRow, column: str) -> dict[str, str]:
    """What is known of a held cell; it is one and the same while all of this is."""
    return {
        "reviewer": found.reviewer or "",
        "column": column,
        "was": found.cells_before().get(column, ""),
        "now": found.cells.get(column, ""),
    }


def _why(was: str, text: str, refused: list[str], *, many: bool) -> Why | None:
    reason = coerced(was, text)
    if reason is not None:
        return Why(SPREADSHEET, reason)
    if refused:
        return Why(VALUE, " ".join(refused))
    return Why(MANY, "very many cells of this column changed at once") if many else None
