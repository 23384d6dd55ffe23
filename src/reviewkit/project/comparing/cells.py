"""The cells that people filled in, remembered paper by paper for as long as they hold."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.matrix.column import Column
from reviewkit.matrix.grid import GridCell, cells_of, computed_cells
from reviewkit.ops.fold import Fold


class Cells:
    """What stands in the columns, by paper; only papers that changed are looked at again.

    Each page of a matrix tells how full its columns are, so it needs the cells of all papers.
    """

    def __init__(self, fold: Fold, columns: Sequence[Column]) -> None:
        self._fold = fold
        self._columns = tuple(columns)
        self._by_id = {column.id: column for column in self._columns}
        self._known: dict[str, tuple[tuple[int, ...], dict[str, GridCell]]] = {}

    def answers(self, fold: Fold, columns: Sequence[Column]) -> bool:
        """Whether these are the cells of such columns in this very fold."""
        return self._fold is fold and self._columns == tuple(columns)

    def of(self, paper: str) -> dict[str, GridCell]:
        """The cells of a paper in which there is anything, by column id, without suggestions."""
        stamp = self._fold.stamp(paper)
        known = self._known.get(paper)
        if known is None or known[0] != stamp:
            known = self._known[paper] = (stamp, self._made(paper) if any(stamp) else {})
        return known[1]

    def _made(self, paper: str) -> dict[str, GridCell]:
        cells = computed_cells(self._fold, paper, self._columns)
        found = cells_of(self._fold, paper, self._columns).items()
        return cells | {
            name: GridCell(self._by_id[name], said, conflict) for name, (said, conflict) in found
        }
