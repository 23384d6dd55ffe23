"""reviews.csv: taking in its rows and writing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewkit import tables
from reviewkit.errors import ValueRefusedError
from reviewkit.files.cells import NAME, Cells
from reviewkit.files.csvrow import is_of_criteria, row_of
from reviewkit.files.csvrows import CsvRows
from reviewkit.files.difference import Comparison
from reviewkit.files.formerkeys import papers_of
from reviewkit.files.foundrow import FoundCriteria, FoundRow, doubt, parts_of
from reviewkit.files.held import PREFIX, UNKNOWN, VALUE, HeldChanges, Why
from reviewkit.files.mixed import Mixed
from reviewkit.files.replace import Replaced
from reviewkit.files.standing import Place, place_of, whole
from reviewkit.files.unlogged import adopted, unlogged
from reviewkit.files.watched import TakenIn, WatchedFile
from reviewkit.library import Library
from reviewkit.ops import values
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now
from reviewkit.records import Problem
from reviewkit.store.fs import FS, Signature
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit

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
        self._cells = Cells(fold, held)
        #: Whether there is no log, nor will be: what the rows say is all there is.
        self._is_alone = not fs.exists(layout.library_json)
        self._ahead: tuple[bytes, tables.Table] | None = None
        self._table = tables.Table(())
        #: The papers of the table's rows, by citekey.
        self._papers: dict[str, str] = {}
        #: What was held of a file that is gone.
        self._vanished: set[str] = set()
        self._unread_rows = False
        #: Rows that stay, though no log here has what they say.
        self.unlogged: dict[Place, tables.Row] = {}
        #: What is to stand in the file.
        self.rows = CsvRows(fold, self._cells)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the file was not understood when it was last read."""
        return self._table.problems

    @property
    def is_plain(self) -> bool:
        """Whether the file is made of the operations and of nothing else."""
        named = set(map(tables.column_of, self._fold.criteria))
        others = self._table.extra or not named.issuperset(self._table.criteria)
        return not (self._table.problems or others or self._vanished or self.unlogged)

    def restore(self, signature: Signature, data: bytes) -> None:
        """See `WatchedFile.restore`; the rows are read when they are needed."""
        super().restore(signature, data)
        self._unread_rows = True

    def read_rows(self, library: Library) -> None:
        """Take the rows of a restored file for those that were made of the log."""
        if self._unread_rows and self._data is not None:
            self._unread_rows = False
            self._read_table(self._data, library)
            for row in self._table.rows:
                self.rows.adopt(self._papers[row.key], row)

    @property
    def obstacle(self) -> str | None:
        """Why the file must not be written; None if it may."""
        if self._table.sound:
            return None
        return f"waiting for {NAME} (it is no table of reviews: mend it or move it away)"

    def changed(self) -> bool:
        """Whether the file on disk is not the one last seen."""
        return self._fs.signature(self._path) != self._signature

    def read_ahead(self, *, rows: bool) -> None:
        """Read and parse a changed file before `take_in`, while edits may go on.

        `rows`: those of a restored file are wanted as well.
        """
        signature = self._fs.signature(self._path)
        if signature is not None and signature != self._signature:
            data = self._fs.read(self._path)
            if data != self._data:
                self._ahead = (data, tables.read(data))
        elif rows and self._unread_rows and self._data is not None:
            self._ahead = (self._data, tables.read(self._data))

    def take_in(self, library: Library) -> TakenIn:
        """Edits that somebody made to the file since the last look."""
        # Read before anything is noted: a look that fails is no look.
        signature = self._fs.signature(self._path)
        changed = signature is not None and signature != self._signature
        data = self._fs.read(self._path) if changed else None
        if signature != self._signature or self.met:
            self.read_rows(library)
        taken = self._between(library)
        if signature == self._signature:
            return taken
        self._signature = signature
        self.looked = True
        if data is None:
            self._vanished = {name for name, _ in self._doubted()}
            self._data = None
            self._table = replace(self._table, rows=(), problems=(), sound=True)
            return taken
        if data != self._data:
            taken.add(self._take(data, library))
        return taken

    def _joined(self, here: bytes, copy: bytes) -> bytes | None:
        mine, other = tables.read(here), tables.read(copy)
        if not (mine.sound and other.sound and any(map(tables.is_written, other.rows))):
            return None
        if copy.count(b'"') % 2:
            # It breaks off within a cell.
            return None
        # Of other people's columns, and of rows that are alike, ours come last and count.
        extra = dict.fromkeys((*mine.extra, *other.extra))
        rated = (*mine.criteria, *other.criteria)
        return tables.write([*other.rows, *mine.rows], tuple(extra), rated)

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
        before = self._vanished | {name for name, _ in self._doubted()}
        self._vanished = set()
        known = self._read_table(data, library)
        taken = TakenIn()
        if self._is_alone and not len(self._fold):
            self._table, taken.edits = adopted(self._table, self._papers, library)
        self._is_alone = False
        told, self._cells.told = self._cells.told, {}
        mixed = Mixed(self._table, data, self._fold)
        others = [row for row in self._table.rows if not self._says_the_same(row)]
        self.unlogged = unlogged(others, self._papers, self._fold)
        found = [
            part
            for row in others
            if not mixed.has(self._papers[row.key], row)
            for part in self._found(self._papers[row.key], row, is_new=known[row.key] is None)
        ]
        many = self._cells.crowded(found, self._table.rows)
        for one in found:
            taken.add(self._take_row(one, many))
            if not one.clean or self._is_present(one):
                taken.edits += self._cells.put_right(one, told)
        taken.edits += self._held.mended(NAME, before, {name for name, _ in self._doubted()})
        return taken

    def _read_table(self, data: bytes, library: Library) -> dict[str, str | None]:
        """Read the rows and their papers; the papers that are known, by citekey."""
        ahead = self._ahead if self._ahead and self._ahead[0] == data else None
        if ahead is not None:
            self._ahead = None
        self._table = ahead[1] if ahead is not None else tables.read(data)
        known = papers_of({row.key for row in self._table.rows}, library.paper_of, self._fold)
        self._papers = {key: paper or paper_id(key) for key, paper in known.items()}
        return known

    def _says_the_same(self, row: tables.Row) -> bool:
        """Whether there is nothing to take in of the row: it says what the log says now."""
        paper = self._papers[row.key]
        if not (row.cells and row.clean) or self._held.concerns(paper):
            return False
        present = now(self._fold, paper)
        if row.rated:
            if not row.criteria_clean:
                return False
            criteria = tables.criteria_of(present, row.reviewer)
            if {name: criteria[name] for name in row.rated if name in criteria} != row.criteria:
                return False
        return tables.cells_of(present, row.reviewer) == row.cells

    def _doubted(self) -> Iterator[tuple[str, FoundRow]]:
        """Rows of papers of which anything was ever held, by what holding one is called."""
        for row in self._table.rows:
            paper = self._papers[row.key]
            if self._held.concerns(paper):
                for part in parts_of(paper, row, row.reviewer, is_new=False):
                    yield self._held.name(paper, NAME, part.content), part

    def _found(self, paper: str, row: tables.Row, *, is_new: bool) -> list[FoundRow]:
        """What is looked at of a row, each with the state that it was written from."""
        try:
            reviewer = values.reviewer(row.reviewer)
        except ValueRefusedError as error:
            return [FoundRow(paper, row, is_new, None, refused=error.message)]
        parts = parts_of(paper, row, reviewer, is_new=is_new)
        return [replace(part, base=part.traced(self._fold)) for part in parts]

    def _is_present(self, found: FoundRow) -> bool:
        """Whether a clean row says what the log says now, rather than being an old copy."""
        return found.said(now(self._fold, found.paper)) == found.cells

    def retry(self, op: Op) -> TakenIn:
        """Look again at a held row or cell, as edits have arrived that may explain it."""
        content = op.value["content"]
        if "column" in content:
            return TakenIn(self._cells.moot(op))
        kind = FoundCriteria if is_of_criteria(content) else FoundRow
        taken = TakenIn()
        for part in self._found(op.paper, row_of(content), is_new=False):
            if type(part) is kind:
                taken.add(self._take_row(part, set()))
        return taken

    def _take_row(self, found: FoundRow, many: set[str]) -> TakenIn:
        paper, row, reviewer = found.paper, found.row, found.reviewer
        if self._held.decided(paper, NAME, found.content):
            return TakenIn()
        held = self._held.find(paper, NAME, found.content)
        released = [] if held is None else [self._held.release(held)]
        if reviewer is None:
            return self._hold(found, Why(VALUE, found.refused))
        if found.clean:
            return TakenIn(released)
        present = found.said(now(self._fold, paper))
        # Of a state with something that was erased since, nobody knows: see `OwnFields.take_in`.
        is_unknown = (
            found.rev and found.base is None and not self._fold.has_erased(paper, reviewer)
        )
        # What was taken out of a state that is not known here is not what was never there; but
        # of a row that breaks off its `rev` may be what is missing.
        says_nothing = found.cells == present and (row.at_end or not is_unknown)
        if says_nothing or self._cells.is_cut_off(found):
            return TakenIn(released)
        origin = f"{NAME} row {row.line}" + (f", rev {row.rev}" if row.rev else ", no rev")
        if found.base is not None:
            taken = self._cells.take_in(found, many, origin)
        elif is_unknown:
            return self._hold(found, Why(UNKNOWN, _UNKNOWN_STATE))
        else:
            comparison = Comparison(self._fold, paper, None, origin)
            difference = comparison.row(row, reviewer, found.columns)
            why = doubt(present, found.cells, difference.refused)
            if why is not None:
                return self._hold(found, why)
            taken = TakenIn(difference.edits)
        is_edited = any(not edit.field.startswith(PREFIX) for edit in taken.edits)
        if is_edited and (found.is_new or not self._fold.history(paper, None, "citekey")):
            taken.edits.insert(0, Edit(paper, None, "citekey", row.key, (), True, origin))
        taken.edits += released
        return taken

    def _hold(self, found: FoundRow, why: Why) -> TakenIn:
        return TakenIn(self._held.hold(found.paper, NAME, found.content, why), 1)

    def written(self, data: bytes, replaced: Replaced) -> None:
        """See `WatchedFile.written`."""
        super().written(data, replaced)
        self._cells.written()

    def wanted(self) -> bytes | None:
        """What the file should hold; None if it does, or if nobody has said anything yet."""
        self.looked = False
        if not self._table.sound or (self._data is None and not any(True for _ in self.rows)):
            return None
        data = self._whole()
        return None if data == self._data else data

    def _whole(self) -> bytes:
        held = {op.field for op in self._held.current()}
        self.unlogged = unlogged(self.unlogged.values(), self._papers, self._fold)
        kept, rated = dict(self.unlogged), dict(self.unlogged)
        for name, part in self._doubted():
            if name in held:
                stays = rated if isinstance(part, FoundCriteria) else kept
                stays[place_of(part.row)] = part.row
        return whole(self.rows, self._table, kept, rated, self._fold.criteria)
