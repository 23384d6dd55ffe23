"""references.bib: taking in what others changed and splicing in what is ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError
from reviewkit.files import bibentry
from reviewkit.files.ahead import Ahead
from reviewkit.files.aside import Aside
from reviewkit.files.bibcopy import BibCopy
from reviewkit.files.bibmerge import sides
from reviewkit.files.following import Following, Kept
from reviewkit.files.former import Former
from reviewkit.files.grounding import Grounding
from reviewkit.files.held import HeldChanges
from reviewkit.files.leftover import check_sum
from reviewkit.files.mode import Rewrites, mode_of
from reviewkit.files.ownfields import OwnFields, content, first_look, is_half_written
from reviewkit.files.replace import Replaced
from reviewkit.files.splicing import Splicing
from reviewkit.files.watched import TakenIn, WatchedFile
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.records import GENERATED, Problem
from reviewkit.store.fs import Signature
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.recorder import Edit

#: A save that changes more of other people's fields than this is a new export, not edits.
_MOST_EDITS = 2000


class BibFile(WatchedFile):
    """The .bib file as it stands on disk, and as it should."""

    def __init__(self, layout: Layout, machine: Machine, fold: Fold, held: HeldChanges) -> None:
        super().__init__(layout.bib, machine.fs)
        self._wall_ms = machine.wall_ms
        self._name = layout.bib_name
        self._fold = fold
        self._held = held
        self.own = OwnFields(fold, held)
        self._aside = Aside(fold, self.own, layout.bib_name)
        self._ahead: Ahead | None = None
        self.splicing = Splicing(fold)
        self.grounding = Grounding(fold, layout.bib_name)
        self._following = Following(fold, layout.bib_name)
        self._rewrites = Rewrites(fold, layout.bib_name)
        self._copy: BibCopy | None = None
        self._seen_ms = 0
        self.library = Library(BibDocument.from_bytes(b""), fold)
        self.notices: list[Problem] = []
        #: Papers whose entries are to be compared with what they should hold.
        self.concerned: set[str] = set()
        self._changed_keys: set[str] | None = set()

    @property
    def name(self) -> str:
        """The file's name."""
        return self._name

    @property
    def data(self) -> bytes:
        """The file's bytes as last read or written."""
        return self._data or b""

    @property
    def problems(self) -> list[Problem]:
        """What people should know of the file as it was last taken in."""
        return [*self.notices, *self._following.unclear]

    @property
    def is_plain(self) -> bool:
        """Whether the file is made of the operations and of nothing that waits for somebody."""
        waits = self.problems or self._held.current() or self._fold.erased_papers()
        return not (waits or self.is_generated)

    def remember(self, data: bytes, seen_ms: int) -> None:
        """Take these bytes as what was seen last, before the first look at the file."""
        self._data, self._seen_ms = data, seen_ms
        self.library.load(BibDocument.from_bytes(data))

    def _settle(self, signature: Signature | None, data: bytes) -> None:
        if self._data is None:
            # Else all entries of what came out would be new ones.
            self.remember(data, self._wall_ms())
        super()._settle(signature, data)

    def changed(self) -> bool:
        """Whether the file on disk is not the one last seen."""
        signature = self._fs.signature(self._path)
        return signature is not None and signature != self._signature

    def read_ahead(self) -> None:
        """Read and parse what `take_in` will look at, while edits may go on."""
        data = self._saved_between
        if data is None and self.changed():
            data = self._fs.read(self._path)
        if data is not None and data != self._data:
            self._ahead = Ahead(data, self._before)

    @property
    def _before(self) -> BibDocument | None:
        """The document that a changed file is compared with; None before the first look."""
        return self.library.document if self._data is not None else None

    def take_in(self, kept: Kept) -> TakenIn:
        """Edits that somebody made to the file since the last look; see `Following` for `kept`."""
        # Read before anything is noted: a look that fails is no look.
        signature = self._fs.signature(self._path)
        changed = signature is not None and signature != self._signature
        data = self._fs.read(self._path) if changed else b""
        taken = self._of_copy()
        taken.add(self._between(kept))
        if not changed:
            return taken
        self._signature = signature
        if self._data and not data.strip() and any(True for _ in self._fold.papers()):
            # An editor or synchroniser is at it, or somebody's mistake: the papers come
            # back with the next writing.
            self._data, self.looked = data, True
        elif data != self._data:
            taken.add(self._take(data, kept))
        return taken

    def take_copy(self, place: Path, data: bytes) -> bool:
        """See `WatchedFile.take_copy`."""
        copy = BibCopy(data, self._fold, self.name)
        if self._data is None or self.is_generated or not copy.is_ours:
            return False
        self._copy = copy
        self._unread[place] = check_sum(data)
        return True

    def _of_copy(self) -> TakenIn:
        """Edits of a synchroniser's copy; entries that only it has are a save that met ours."""
        if self._copy is None:
            return TakenIn()
        copy, self._copy = self._copy, None
        self._saved_between = copy.with_new(self.data, self.library)
        return copy.take_in(self.library, self.own)

    def _between(self, kept: Kept) -> TakenIn:
        """Edits of a save that met our own writing."""
        if self._saved_between is None:
            return TakenIn()
        (data, self._saved_between), written = (self._saved_between, None), self._data
        if is_half_written(data, self.library.document):
            # `look_back` sees when its author has written the rest.
            return TakenIn()
        taken = self._take(data, kept)
        self._data = written
        return taken

    def _take(self, data: bytes, kept: Kept) -> TakenIn:
        text_before, seen_before, former = self.data, self._seen_ms, self.library.bound
        self._seen_ms = self._wall_ms()
        before = self._before
        known = set(self.library.citekeys()) if before is not None else set()
        self._data, self.looked = data, True
        versions = sides(data)
        text = data if versions is None else versions.merged()
        ahead, self._ahead = self._ahead, None
        if ahead is None or not ahead.is_of(text, before):
            ahead = Ahead(text, before)
        document = ahead.document
        if self._changed_keys is not None:
            keys = ahead.changed
            self._changed_keys = None if keys is None else self._changed_keys | keys
        self.library.load(document)
        taken = TakenIn(self._following.edits(self.library, before, kept))
        for edit in taken.edits:
            self.library.follow(edit.paper, edit.value)
        foreign: list[Edit] = []
        compared = first_look(self.library) if ahead.unlike is None else ahead.unlike
        found = None if before is None else set(map(former.paper_in, compared))
        self.concerned |= self._to_splice(found)
        for entry in compared:
            if not entry.commented and entry.citekey:
                paper = former.paper_in(entry)
                own = self.own.values(entry, paper, self.name)
                taken.add(own)
                taken.add(self.own.criteria(entry, paper, self.name))
                taken.add(self._aside.kept(entry, paper))
                # Of a state that is not known, nothing can be said of its other fields.
                if before is not None and not own.held and paper is not None:
                    foreign += self._foreign(entry, paper, former, known)
        if versions is not None:
            taken.add(self._aside.both_sides(versions, document, self.library))
        if not self.is_generated:
            # Else the other program has it, whoever takes it out here.
            taken.edits += self.grounding.returned(self.library, self.own.own_words)
        if len(foreign) <= _MOST_EDITS:
            taken.edits += foreign
        else:
            reason = f"{len(foreign)} fields changed at once: taken as a new export, not as edits"
            self.notices.append(Problem(None, reason, "", self.name))
        if before is not None:
            self.splicing.remember_lost(before, self.library, former)
            taken.edits += self.own.mended(before, self.library.document, self.name)
            edited = bool(taken.edits)
            taken.edits += self._rewrites.judge(text_before, document, seen_before, edited=edited)
        return taken

    def changed_keys(self) -> set[str] | None:
        """Citekeys whose entries others changed since this was asked last; None: maybe any."""
        keys, self._changed_keys = self._changed_keys, set()
        return keys

    def _to_splice(self, found: Collection[str | None] | None) -> set[str]:
        """Papers of the log whose entries changed, which are `found`, or are gone; None: all."""
        papers = set(self._fold.papers())
        if found is None:
            return papers
        return {p for p in papers if p in found or self.library.entry_of(p) is None}

    def _foreign(self, entry: Entry, paper: str, former: Former, known: set[str]) -> list[Edit]:
        """Edits of fields that only the file held so far; the former value goes along."""
        key = entry.citekey
        before = self.grounding.former(former.entry_before(entry, paper), entry)
        if not former.speaks(entry, paper):
            # A second entry under the key says nothing of the paper, which is the first.
            return []
        if before is None:
            marked = bibentry.read_mark(entry) is not None
            is_new = not (marked or key in known or self._fold.current(paper, None, "citekey"))
            origin = f"{self.name} {key}, new entry"
            return [Edit(paper, None, "citekey", key, (), True, origin)] if is_new else []
        if self._held.find(paper, self.name, content(before)):
            return []
        own, leave = self.own, self.is_generated
        early = not leave and own.are_early(entry, paper)
        self.splicing.note_early(paper, before if early else None)
        return self.grounding.edits(paper, before, entry, own.has_own_keywords, leave=leave)

    def settle_keys(self) -> set[str]:
        """Give entries that have a former key of their paper its present one; their papers."""
        settled = set()
        for paper, key, _ in self.library.renamed():
            entry = self.library.entry_of(paper)
            held = entry is not None and self.own.is_held(entry, paper, self.name)
            # A key that it never had is somebody's edit, which is held or was taken in.
            if not held and self.library.had_key(paper, key):
                self.library.learn(paper)
                settled.add(paper)
        return settled

    def retry(self, op: Op) -> TakenIn:
        """Look again at a held entry, as edits have arrived that may explain it."""
        return self.own.retry(op)

    def splice(self, papers: Iterable[str]) -> list[Problem]:
        """Put the values of these papers into the document; what could not be written."""
        problems = []
        for paper in papers:
            key = self.library.key_of(paper)
            entry = self.library.entry_of(paper)
            held = entry is not None and self.own.is_held(entry, paper, self.name)
            if key is None or held:
                continue
            try:
                self.splicing.paper(self.library, paper, key)
            except BibtexError as error:
                problems.append(Problem(error.line, error.message, key, self.name))
            wanted = self.library.wanted_key(paper)
            if wanted not in (None, key) and not self.library.is_deleted(paper):
                reason = f"the citekey {wanted!r} is taken by another entry, so {key!r} stays"
                problems.append(Problem(None, reason, key, self.name))
        return problems

    def shown(self) -> BibDocument:
        """The file with all that people said; where it is not ours to write, in memory only."""
        return self.splicing.everything(self.data) if self.is_generated else self.library.document

    @property
    def is_generated(self) -> bool:
        """Whether another program makes the file, so that it is left alone."""
        return mode_of(self._fold) == GENERATED

    def leave_alone(self) -> None:
        """Take note that the file is not to be written: what is in memory is what it holds."""
        self.looked = False
        if self.library.document.to_bytes() != self.data:
            self.library.load(BibDocument.from_bytes(self.data))

    def written(self, data: bytes, replaced: Replaced) -> None:
        """See `WatchedFile.written`."""
        super().written(data, replaced)
        self._seen_ms = self._wall_ms()

    def wanted(self) -> bytes | None:
        """What the file should hold; None if it does."""
        self.looked = False
        data = self.library.document.to_bytes()
        return None if data == self.data else data
