"""reviews.csv: taking in its rows and writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reviewkit import tables
from reviewkit.errors import ValueRefusedError
from reviewkit.files.difference import Comparison
from reviewkit.files.held import HeldChanges
from reviewkit.ops import values
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.snapshot import Snapshot, moments, now
from reviewkit.records import Problem
from reviewkit.store.fs import FS, Signature
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit

NAME = "reviews.csv"


@dataclass
class TakenIn:
    """What a look at a file found: edits to record, and how many things are held."""

    edits: list[Edit] = field(default_factory=list)
    held: int = 0


class CsvFile:
    """The table of reviews as it stands on disk, and as it should."""

    def __init__(self, layout: Layout, fs: FS, fold: Fold, held: HeldChanges) -> None:
        self._layout = layout
        self._fs = fs
        self._fold = fold
        self._held = held
        self._signature: Signature | None = None
        self._data: bytes | None = None
        self._saved_between: bytes | None = None
        self._table = tables.Table(())
        self._rows: dict[str, list[tables.Row]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file was not understood when it was last read."""
        return self._table.problems

    def changed(self) -> bool:
        """Whether the file on disk is not the one last seen."""
        signature = self._fs.signature(self._layout.csv)
        return signature is not None and signature != self._signature

    def look_again(self) -> None:
        """Read the file at the next look even if it did not change."""
        self._signature, self._data = None, None

    def take_in(self, id_of: Callable[[str], str | None]) -> TakenIn:
        """Edits that somebody made to the file since the last look."""
        signature = self._fs.signature(self._layout.csv)
        if signature == self._signature or signature is None:
            return TakenIn()
        data = self._fs.read(self._layout.csv)
        self._signature = signature
        return TakenIn() if data == self._data else self._take(data, id_of)

    def _take(self, data: bytes, id_of: Callable[[str], str | None]) -> TakenIn:
        self._data = data
        table = tables.read(data)
        self._table = table
        taken = TakenIn()
        for row in table.rows:
            self._take_row(row, id_of, taken)
        return taken

    def _take_row(
        self, row: tables.Row, id_of: Callable[[str], str | None], taken: TakenIn
    ) -> None:
        paper = id_of(row.key) or paper_id(row.key)
        try:
            reviewer = values.reviewer(row.reviewer)
        except ValueRefusedError as error:
            self._hold(paper, row, error.message, taken)
            return
        snapshot = now(self._fold, paper)
        if row.clean or row.cells == tables.cells_of(snapshot, reviewer):
            taken.edits += self._held.release(paper, NAME, row.reviewer)
            return
        base = self._base(paper, reviewer, row, snapshot)
        if base is None and row.rev:
            why = (
                "the row was changed, but is from a state that is not known here (yet): "
                "edits of others may still be on their way"
            )
            self._hold(paper, row, why, taken)
            return
        origin = f"{NAME} row {row.line}" + (f", rev {row.rev}" if row.rev else ", no rev")
        found = Comparison(self._fold, paper, base, origin).row(row, reviewer)
        if found.refused:
            self._hold(paper, row, " ".join(found.refused), taken)
            return
        if found.edits and id_of(row.key) is None:
            taken.edits.append(Edit(paper, None, "citekey", row.key, (), True, origin))
        taken.edits += found.edits + self._held.release(paper, NAME, row.reviewer)

    def _base(
        self, paper: str, reviewer: str, row: tables.Row, snapshot: Snapshot
    ) -> Snapshot | None:
        if not row.rev:
            return None
        if tables.row_rev(tables.cells_of(snapshot, reviewer)) == row.rev:
            return snapshot
        for moment in moments(self._fold, paper, [reviewer]):
            if tables.row_rev(tables.cells_of(moment, reviewer)) == row.rev:
                return moment
        return None

    def _hold(self, paper: str, row: tables.Row, reason: str, taken: TakenIn) -> None:
        content = {"key": row.key, "reviewer": row.reviewer, "rev": row.rev, **row.cells}
        taken.edits.append(self._held.hold(paper, NAME, row.reviewer, reason, content))
        taken.held += 1

    def refresh(
        self, papers: Iterable[str], describe: Callable[[str], tuple[str, str] | None]
    ) -> None:
        """Make the rows of these papers anew; `describe` gives citekey and title."""
        for paper in papers:
            self._rows[paper] = self._rows_of(paper, describe(paper))

    def _rows_of(self, paper: str, described: tuple[str, str] | None) -> list[tables.Row]:
        if described is None:
            return []
        key, title = described
        snapshot = now(self._fold, paper)
        rows = []
        for reviewer in snapshot.reviewers():
            cells = tables.cells_of(snapshot, reviewer)
            if cells:
                ids = [i for k, found in snapshot.ids.items() if k[0] == reviewer for i in found]
                ops = [op for op in map(self._fold.get, ids) if op is not None]
                updated = iso_time(max(op.t for op in ops)) or ""
                rev = tables.row_rev(cells)
                rows.append(tables.Row(key, reviewer, cells, title, updated, rev))
        return rows

    def wanted(self) -> bytes | None:
        """What the file should hold; None if it does, or if nobody has said anything yet."""
        data = self._whole()
        nothing = self._data is None and not any(self._rows.values())
        return None if nothing or data == self._data else data

    def written(self, data: bytes, came_out: bytes | None) -> None:
        """Take note that the file was replaced, and of what came out of its place."""
        if came_out is not None and came_out != self._data:
            # Somebody saved between our look and the exchange: their bytes are the next
            # thing to be taken in, though they are not under the name any more.
            self._signature, self._saved_between = None, came_out
        else:
            self._signature = self._fs.signature(self._layout.csv)
        self._data = data

    @property
    def unsettled(self) -> bool:
        """Whether somebody's save met our own writing and is still to be taken in."""
        return self._saved_between is not None

    def take_in_between(self, id_of: Callable[[str], str | None]) -> TakenIn | None:
        """Edits of a save that met our own writing; None if there was none."""
        if self._saved_between is None:
            return None
        data, self._saved_between = self._saved_between, None
        written = self._data
        taken = self._take(data, id_of)
        self._data = written
        return taken

    def _whole(self) -> bytes:
        extra = {(row.key, row.reviewer): row.extra for row in self._table.rows if row.extra}
        kept = {(r.key, r.reviewer): r for r in self._table.rows if self._is_held(r)}
        rows = [
            tables.Row(
                r.key,
                r.reviewer,
                r.cells,
                r.title,
                r.updated,
                r.rev,
                extra.get((r.key, r.reviewer), {}),
            )
            for found in self._rows.values()
            for r in found
            if (r.key, r.reviewer) not in kept
        ]
        return tables.write([*rows, *kept.values()], self._table.extra)

    def _is_held(self, row: tables.Row) -> bool:
        return any(
            op.value["file"] == NAME
            and op.value["content"].get("key") == row.key
            and op.value["reviewer"] == row.reviewer
            for op in self._held.current()
        )
