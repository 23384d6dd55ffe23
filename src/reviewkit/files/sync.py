"""Log and files kept in step: receive, take in, project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewkit.files.bibfile import BibFile
from reviewkit.files.cells import NAME
from reviewkit.files.clashes import Clashes
from reviewkit.files.copies import Copies
from reviewkit.files.csvfile import CsvFile
from reviewkit.files.generated import GeneratedFile
from reviewkit.files.held import UNKNOWN, HeldChanges, kind_of
from reviewkit.files.keeping import Keeping
from reviewkit.files.leftover import leftovers
from reviewkit.files.mode import PROJECT_FIELDS
from reviewkit.files.purging import Purging
from reviewkit.files.result import is_edit
from reviewkit.files.sweeping import sweep
from reviewkit.files.watched import TakenIn, WatchedFile
from reviewkit.files.writing import Writing
from reviewkit.library import Library
from reviewkit.ops.clock import HybridClock
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.records import Problem
from reviewkit.store.folder import FolderStore
from reviewkit.store.healing import Healing
from reviewkit.store.recorder import Edit, Recorder


class Sync:
    """One project's log, fold and two files; the caller holds its lock around each call."""

    def __init__(self, store: FolderStore, clock: HybridClock | None = None) -> None:
        self.store = store
        self.fold = Fold()
        self.recorder = Recorder(store, self.fold, clock)
        self.healing = Healing(store)
        self.held = HeldChanges(self.fold)
        self.bib = BibFile(store.layout, store.machine, self.fold, self.held)
        self.csv = CsvFile(store.layout, store.fs, self.fold, self.held)
        self.generated = GeneratedFile(store.layout, store.fs, self.bib.own, self.bib.splicing)
        self.copies = Copies(store.layout.root, store.layout.trash, store.machine)
        self.waiting: list[str] = []
        #: Grows with every operation on a paper itself rather than on an opinion of it.
        self.papers_version = 0
        #: Grows with those of them after which papers may be found to be one, or no longer.
        self.wording_version = 0
        self.clashes = Clashes(self.fold)
        #: Edits taken in and changes held when the project was opened.
        self.at_open = (0, 0)
        self.unwritten: list[Problem] = []
        self._by = ""
        self.purging = Purging(store, self.recorder, self.fold, self._record_held)
        self.keeping = Keeping(store, self.bib, self.csv)
        self._dirty: set[str] = set()
        self._arrived: set[str] = set()
        #: Whether a writing broke off, here or in a process before.
        self._broke_off = True
        #: Edits found in a file, by whom and which way, until they are recorded: a file is
        #: read once, and must not be written over before what stood in it is safe.
        self._found: list[tuple[list[Edit], str, str]] = []

    @property
    def library(self) -> Library:
        """The papers as they are now."""
        return self.bib.library

    @property
    def dirty(self) -> bool:
        """Whether something is not in the files yet."""
        files = (self.bib, self.csv, self.generated)
        return bool(self._dirty) or any(file.unsettled for file in files)

    @property
    def met(self) -> bool:
        """Whether what somebody saved is only known here, until it is recorded."""
        return bool(self._found) or any(file.met for file in (self.bib, self.csv, self.generated))

    def open(self, by: str) -> None:
        """Read the log and the files for the first time; `by` is who takes in what is found."""
        self._by = by
        self._dirty.update(op.paper for op in self.recorder.receive())
        if self.healing.check(self.fold):
            self._dirty.update(op.paper for op in self.recorder.receive())
        self.held.observe(self.fold)
        # What explains them may have come while nobody had the project open.
        self._arrived.update(op.paper for op in self.held.current() if kind_of(op) == UNKNOWN)
        self.purging.open(by)
        if self.keeping.restore():
            self._dirty = set()
        self.at_open = self.take_in(by)[:2]
        sweep(self.store.layout.trash, self.store.machine)

    def receive(self) -> set[str]:
        """Fold what others wrote to the log; the ids of the papers concerned."""
        ops = self.recorder.receive()
        self._note(ops)
        more = self.purging.follow(ops, self._by)
        self._note(more)
        papers = self.fold.concerned([*ops, *more])
        self._arrived |= papers
        return papers

    def record(
        self,
        edits: Iterable[Edit],
        *,
        by: str,
        via: str,
        origin: str | None = None,
        group: str | None = None,
    ) -> list[Op]:
        """Make edits durable; see `Recorder.record`."""
        ops = self.recorder.record(list(edits), by=by, via=via, origin=origin, group=group)
        self._note(ops)
        return ops

    def _note(self, ops: Iterable[Op]) -> None:
        ops = list(ops)
        self._dirty |= self.fold.concerned(ops)
        for op in ops:
            if op.field in PROJECT_FIELDS:
                # Of another mode, every entry is written elsewhere.
                self._dirty.update(self.fold.papers())
            if op.reviewer is None:
                self.papers_version += 1
                self.wording_version += self._rewords(op)
                self.library.learn(op.paper)
        self.held.observe(ops)

    def _rewords(self, op: Op) -> bool:
        """Whether it may change what papers say, rather than note how one is named already."""
        if op.field == "citekey" and isinstance(op.value, str):
            return self.library.id_of(op.value) != op.paper
        return op.field not in ("bib:keywords", "bib:ranking")

    def files_changed(self) -> bool:
        """Whether a file is not as it was last seen; reads no file."""
        late = any(file.written_late() for file in self._files().values())
        generated = self.bib.is_generated and self.generated.changed()
        return late or generated or any(f.changed() for f in (self.bib, self.csv, self.copies))

    def saved_by_others(self, since_ms: int) -> bool:
        """Whether a file has been saved since then by somebody else than this process."""
        return any(file.saved_by_others(since_ms) for file in self._files().values())

    def read_ahead(self) -> None:
        """Parse files that changed, before `take_in`; nobody need be kept from editing."""
        self.bib.read_ahead()
        self.csv.read_ahead(rows=self.dirty)

    def take_in(self, by: str) -> tuple[int, int, set[str]]:
        """Take in what others changed in the files: edits, held changes, papers concerned."""
        edits, held, papers = self._take_in(by)
        while self.copies.find(self._files()):
            more, more_held, more_papers = self._take_in(by)
            edits, held, papers = edits + more, held + more_held, papers | more_papers
        return edits, held, papers

    def _take_in(self, by: str) -> tuple[int, int, set[str]]:
        # The log explains what the files show, so it is read first: else an edit of
        # somebody else would be held as unknown.
        self.healing.look()
        received = self.receive()
        waited = self._record_found()
        received |= self.fold.concerned(waited)
        if self._broke_off:
            # What came out of a file's place while a process, or a disk, broke down.
            for path, file in self._files().items():
                for leftover in leftovers(path, self.store.layout.trash, self.store.machine):
                    file.find(leftover)
            self._broke_off = False
        for file in self._files().values():
            file.look_back()
        beside = self._take_generated(by)
        if self.bib.changed():
            # While its keys still are those of the rows.
            self.csv.read_rows(self.library)
        edits, held, papers = self._take(self.bib.take_in(self.generated.fields), by, "bib")
        self._dirty |= self.bib.concerned
        self.bib.concerned = set()
        clashing = self._part_clashes(by)
        if not self.bib.is_generated:
            self._dirty |= self.bib.settle_keys()
        more, more_held, more_papers = self._take(self.csv.take_in(self.library), by, "csv")
        for file in (self.bib, self.csv, self.generated):
            file.put_away(self.store.layout.trash, self.store.machine)
        late, late_papers = self._retry(by)
        return (
            sum(map(is_edit, waited)) + beside[0] + edits + more + late,
            beside[1] + held + more_held,
            received | clashing | beside[2] | papers | more_papers | late_papers,
        )

    def _part_clashes(self, by: str) -> set[str]:
        """Let all but one of the papers that have one citekey get another; the papers."""
        edits = self.clashes.edits(self.library, self.papers_version)
        return self.fold.concerned(self.record(edits, by=by, via="bib"))

    def read_back(self) -> None:
        """Let the next look read files whose writing another machine may have met."""
        for file in self._files().values():
            file.read_back()

    def _files(self) -> dict[Path, WatchedFile]:
        layout = self.store.layout
        return {layout.bib: self.bib, layout.csv: self.csv, layout.generated: self.generated}

    def _take_generated(self, by: str) -> tuple[int, int, set[str]]:
        if not self.bib.is_generated:
            return 0, 0, set()
        found, concerned = self.generated.take_in()
        self._dirty |= concerned
        return self._take(found, by, "bib")

    def _retry(self, by: str) -> tuple[int, set[str]]:
        """Take in what was held and is explained by what has arrived since."""
        edits, papers = 0, set()
        for op in self.held.current():
            if op.paper in self._arrived:
                via, file = ("csv", self.csv) if op.value["file"] == NAME else ("bib", self.bib)
                found, _, concerned = self._take(file.retry(op), by, via)
                edits += found
                papers |= concerned
        self._arrived = set()
        return edits, papers

    def _record_held(self, op: Op) -> None:
        """Record what a held change says, but for what was erased; it is let go of."""
        via, file = ("csv", self.csv) if op.value["file"] == NAME else ("bib", self.bib)
        edits = file.retry(op).edits
        self.record([edit for edit in edits if edit.field != op.field], by=self._by, via=via)

    def erase(self, ops: Iterable[Op], by: str) -> list[Op]:
        """Take the values of operations away for good; see `Purging.purge`."""
        self._note(done := self.purging.purge(ops, by))
        return done

    def _take(self, found: TakenIn, by: str, via: str) -> tuple[int, int, set[str]]:
        if not found.edits:
            return 0, found.held, set()
        self._found.append((found.edits, by, via))
        ops = self._record_found()
        return sum(map(is_edit, ops)), found.held, self.fold.concerned(ops)

    def _record_found(self) -> list[Op]:
        ops: list[Op] = []
        while self._found:
            edits, by, via = self._found[0]
            ops += self.record(edits, by=by, via=via)
            del self._found[0]
        return ops

    def prepare(self) -> Writing:
        """What is to be written now; the caller may let its lock go while it is."""
        self._record_found()
        own, library, papers = self.bib.own, self.library, self._dirty
        self._take(own.unmarked(papers, library, self.bib.name), self._by, "bib")
        for by, grounds in self.bib.grounding.reached(library, papers).items():
            self.record(grounds, by=by, via="bib")
        self.record(own.taken_over(papers, library, self.bib.name), by=self._by, via="bib")
        self._dirty = set()
        layout = self.store.layout
        if self.bib.is_generated:
            self.bib.leave_alone()
            self.unwritten = self.generated.refresh(papers, library)
            entries = (layout.generated, self.generated.wanted(library))
        else:
            self.unwritten = self.bib.splice(papers)
            entries = (layout.bib, self.bib.wanted())
        self.csv.read_rows(library)
        self.csv.rows.refresh(papers, library.line_of)
        targets = (entries, (layout.csv, self.csv.wanted()))
        files = self._files()
        return Writing(
            papers,
            [(path, data, files[path].last) for path, data in targets if data is not None],
            layout.trash,
            self.store.machine,
            waiting=[self.csv.obstacle] if self.csv.obstacle is not None else [],
        )

    def finish(self, writing: Writing) -> None:
        """Take note of what was written, of saves that met ours, and of what must wait."""
        self.waiting = writing.waiting
        self.healing.note()
        if writing.waiting:
            self._dirty |= writing.papers
            self._broke_off = True
        files = self._files()
        for path, data, replaced in writing.done:
            files[path].written(data, replaced)
        self.purging.let_go(() if self.met else writing.done)
        written = any(path == self.store.layout.bib for path, _, _ in writing.done)
        settled = not (self.dirty or writing.waiting or self.unwritten)
        self.keeping.note(written=written, settled=settled)
