"""reviews.csv: taking in its rows and writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from reviewkit import tables
from reviewkit.errors import ValueRefusedError
from reviewkit.files.difference import Comparison
from reviewkit.files.held import HeldChanges
from reviewkit.files.watched import TakenIn, WatchedFile
from reviewkit.library import Library
from reviewkit.ops import values
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op
from reviewkit.ops.slugs import slug
from reviewkit.ops.snapshot import Snapshot, moments, now
from reviewkit.records import Problem
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit

NAME = "reviews.csv"

_UNKNOWN_STATE = (
    "the row was changed, but is from a state that is not known here (yet): edits of others "
    "may still be on their way"
)


class CsvFile(WatchedFile):
    """The table of reviews as it stands on disk, and as it should."""

    def __init__(self, layout: Layout, fs: FS, fold: Fold, held: HeldChanges) -> None:
        super().__init__(layout.csv, fs)
        self._fold = fold
        self._held = held
        self._ahead: tuple[bytes, tables.Table] | None = None
        self._table = tables.Table(())
        self._names: dict[tuple[str, str], str] = {}
        self._rows: dict[str, list[tables.Row]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file was not understood when it was last read."""
        return self._table.problems

    @property
    def obstacle(self) -> str | None:
        """Why the file must not be written; None if it may."""
        if self._table.sound:
            return None
        return f"waiting for {NAME} (it is no table of reviews: mend it or move it away)"

    def changed(self) -> bool:
        """Whether the file on disk is not the one last seen."""
        return self._fs.signature(self._path) != self._signature

    def read_ahead(self) -> None:
        """Read and parse a changed file before `take_in`, while edits may go on."""
        signature = self._fs.signature(self._path)
        if signature is not None and signature != self._signature:
            data = self._fs.read(self._path)
            if data != self._data:
                table = tables.read(data)
                for row in table.rows:
                    # Asked of every row next; the hashes are made once, here.
                    _ = row.clean
                self._ahead = (data, table)

    def take_in(self, library: Library) -> TakenIn:
        """Edits that somebody made to the file since the last look."""
        # Read before anything is noted: a look that fails is no look.
        signature = self._fs.signature(self._path)
        changed = signature is not None and signature != self._signature
        data = self._fs.read(self._path) if changed else None
        taken = self._between(library)
        if signature == self._signature:
            return taken
        self._signature = signature
        self.looked = True
        if data is None:
            self._data, self._table = None, tables.Table((), self._table.extra)
            return taken
        if data != self._data:
            taken.add(self._take(data, library))
        return taken

    def _between(self, library: Library) -> TakenIn:
        """Edits of a save that met our own writing."""
        if self._saved_between is None:
            return TakenIn()
        (data, self._saved_between), written = (self._saved_between, None), self._data
        taken = self._take(data, library)
        self._data = written
        return taken

    def _take(self, data: bytes, library: Library) -> TakenIn:
        self._data = data
        self.looked = True
        before = set(self._names.values())
        ahead, self._ahead = self._ahead, None
        self._table = ahead[1] if ahead and ahead[0] == data else tables.read(data)
        self._names = {}
        taken = TakenIn()
        for row in self._table.rows:
            paper = library.paper_of(row.key) or paper_id(row.key)
            content = _content(row)
            self._names[row.key, row.reviewer] = self._held.name(paper, NAME, content)
            taken.add(self._take_row(paper, row, library.paper_of(row.key) is None))
        taken.edits += self._held.mended(NAME, before, self._names.values())
        return taken

    def retry(self, op: Op) -> TakenIn:
        """Look again at a held row, as edits have arrived that may explain it."""
        content = op.value["content"]
        cells = {name: content[name] for name in tables.VALUE_COLUMNS if name in content}
        row = tables.Row(content["key"], content["reviewer"], cells, rev=content["rev"])
        return self._take_row(op.paper, row, False)

    def _take_row(self, paper: str, row: tables.Row, is_new: bool) -> TakenIn:
        held = self._held.find(paper, NAME, _content(row))
        released = [] if held is None else [self._held.release(held)]
        try:
            reviewer = values.reviewer(row.reviewer)
        except ValueRefusedError as error:
            return self._hold(paper, row, error.message, mendable=True)
        if row.clean:
            return TakenIn(released)
        snapshot = now(self._fold, paper)
        if row.cells == tables.cells_of(snapshot, reviewer):
            return TakenIn(released)
        base = self._base(paper, reviewer, row, snapshot)
        if base is None and row.rev:
            return self._hold(paper, row, _UNKNOWN_STATE, mendable=False)
        origin = f"{NAME} row {row.line}" + (f", rev {row.rev}" if row.rev else ", no rev")
        found = Comparison(self._fold, paper, base, origin).row(row, reviewer)
        if found.refused:
            return self._hold(paper, row, " ".join(found.refused), mendable=True)
        if found.edits and (is_new or not self._fold.history(paper, None, "citekey")):
            found.edits.insert(0, Edit(paper, None, "citekey", row.key, (), True, origin))
        return TakenIn(found.edits + released)

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

    def _hold(self, paper: str, row: tables.Row, reason: str, *, mendable: bool) -> TakenIn:
        edits = self._held.hold(paper, NAME, _content(row), reason, mendable=mendable)
        return TakenIn(edits, 1)

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
        self.looked = False
        if not self._table.sound or (self._data is None and not any(self._rows.values())):
            return None
        data = self._whole()
        return None if data == self._data else data

    def _whole(self) -> bytes:
        held = {op.field for op in self._held.current()}
        kept = {}
        others = {}
        for row in self._table.rows:
            place = (row.key, slug(row.reviewer))
            if self._names.get((row.key, row.reviewer)) in held:
                kept[place] = row
            elif any(row.extra.values()):
                others[place] = row
        rows = []
        for row in (row for found in self._rows.values() for row in found):
            place = (row.key, row.reviewer)
            other = others.pop(place, None)
            if place not in kept:
                rows.append(replace(row, extra=other.extra if other is not None else {}))
        # A row that says something only in other people's columns stays.
        rows += [replace(row, cells={}, rev="") for row in others.values()]
        return tables.write([*rows, *kept.values()], self._table.extra)


def _content(row: tables.Row) -> dict[str, str]:
    return {"key": row.key, "reviewer": row.reviewer, "rev": row.rev, **row.cells}
