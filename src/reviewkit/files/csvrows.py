"""The rows of reviews.csv as the log gives them, paper by paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reviewkit import tables
from reviewkit.files.cells import Cells
from reviewkit.ops.clock import iso_time
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import Fold
from reviewkit.ops.snapshot import BESIDE_FILES, Snapshot, now

#: Gives a paper's citekey and title; None for one that has no rows.
Describe = Callable[[str], tuple[str, str] | None]


class CsvRows:
    """What is to stand in the table; rows of papers that nobody edited stay as they were made."""

    def __init__(self, fold: Fold, cells: Cells) -> None:
        self._fold = fold
        self._cells = cells
        self._rows: dict[str, list[tables.Row]] = {}

    def __iter__(self) -> Iterator[tables.Row]:
        return (row for rows in self._rows.values() for row in rows)

    def adopt(self, paper: str, row: tables.Row) -> None:
        """Take a row of the file for one that was made."""
        self._rows.setdefault(paper, []).append(row)

    def refresh(self, papers: Iterable[str], describe: Describe) -> None:
        """Make the rows of these papers anew."""
        for paper in papers:
            self._cells.make_anew(paper)
            described = describe(paper)
            self._rows[paper] = [] if described is None else self._made(paper, *described)

    def _made(self, paper: str, key: str, title: str) -> list[tables.Row]:
        snapshot = now(self._fold, paper)
        latest = self._latest(snapshot)
        rows = []
        for reviewer in snapshot.reviewers():
            cells = tables.cells_of(snapshot, reviewer)
            criteria = tables.criteria_of(snapshot, reviewer)
            if cells or criteria:
                updated = iso_time(latest[reviewer]) or ""
                shown = self._cells.over(paper, reviewer, {**cells, **criteria})
                rated = {name: shown.pop(name) for name in list(shown) if is_criterion(name)}
                rows.append(
                    tables.Row(
                        key,
                        reviewer,
                        shown,
                        title,
                        updated,
                        tables.rev_of_normal(cells),
                        criteria=rated,
                        criteria_rev=tables.criteria_rev(criteria),
                    )
                )
        return rows

    def _latest(self, snapshot: Snapshot) -> dict[str | None, str]:
        """When each reviewer's values were given last."""
        latest: dict[str | None, str] = {}
        for (owner, field), ids in snapshot.ids.items():
            if field.startswith(BESIDE_FILES):
                continue
            times = (op.t for op in map(self._fold.get, ids) if op is not None)
            latest[owner] = max(latest.get(owner, ""), *times)
        return latest
