"""What of an entry is ours, in whatever file it stands: taken in, or held back."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from reviewkit.bibtex import BibDocument, Entry, encode_value
from reviewkit.files import bibentry
from reviewkit.files.clean import has_our_keywords, is_clean
from reviewkit.files.criteriafield import CriteriaField, held_text
from reviewkit.files.difference import Comparison, typed_since
from reviewkit.files.grounding import kind_of
from reviewkit.files.held import UNKNOWN, VALUE, HeldChanges, Why
from reviewkit.files.tracing import of_entry, traced
from reviewkit.files.watched import TakenIn
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import erased_tag
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import Snapshot, moments, now
from reviewkit.store.recorder import Edit

_UNKNOWN_STATE = (
    "the entry is from a state that is not known here (yet): edits of others may still be "
    "on their way"
)


class OwnFields:
    """Compares our fields of entries with the states they were written from."""

    def __init__(self, fold: Fold, held: HeldChanges) -> None:
        self._fold = fold
        self._held = held
        self._criteria = CriteriaField(fold, held)

    def mended(self, before: BibDocument, after: BibDocument, file: str) -> list[Edit]:
        """Edits that let go of entries that were held and have been put right."""
        return [
            self._held.release(op)
            for op in self._held.current()
            if op.value["file"] == file
            and op.value.get("mendable")
            and stands(before, op)
            and not stands(after, op)
        ]

    def is_held(self, entry: Entry, paper: str, file: str) -> bool:
        """Whether the entry waits for a person or for edits, so that it stays as it is."""
        whole = self._held.find(paper, file, content(entry)) is not None
        return whole or self._criteria.is_held(entry, paper, file)

    def retry(self, op: Op) -> TakenIn:
        """Look again at a held entry, as edits have arrived that may explain it."""
        text, file = held_text(op), op.value["file"]
        if text is not None:
            key = op.value["content"]["key"]
            return self._criteria.take_in(key, op.paper, file, text, again=True)
        document = BibDocument.from_bytes(op.value["content"]["entry"].encode())
        taken = TakenIn()
        for entry in document.entries:
            taken.add(self.values(entry, op.paper, file, again=True))
        return taken

    def take_in(self, entry: Entry, paper: str | None, file: str) -> TakenIn:
        """Edits that somebody made to our fields of the paper's entry in this file."""
        taken = self.values(entry, paper, file)
        taken.add(self.criteria(entry, paper, file))
        return taken

    def criteria(self, entry: Entry, paper: str | None, file: str) -> TakenIn:
        """Those of ratings of single criteria, of which the rest of the entry knows nothing."""
        if bibentry.CRITERIA.encode() not in entry.raw or paper is None or entry.problem:
            return TakenIn()
        mark, there = bibentry.read_mark(entry), entry.fields.get(bibentry.CRITERIA)
        if there is None or (mark is not None and mark.paper != paper):
            return TakenIn()
        return self._criteria.take_in(entry.citekey, paper, file, there.value)

    def values(
        self, entry: Entry, paper: str | None, file: str, *, again: bool = False
    ) -> TakenIn:
        """Those of all else that is ours."""
        ours = b"reviewkit" in entry.raw or may_hold_notes(entry)
        if not ours or paper is None or entry.problem is not None:
            return TakenIn()
        mark = bibentry.read_mark(entry)
        if mark is not None and mark.paper != paper:
            return TakenIn()
        if self._held.decided(paper, file, content(entry)):
            return TakenIn()
        held = self._held.find(paper, file, content(entry))
        released = [self._held.release(held)] if held is not None else []
        shown = bibentry.shown(entry)
        if (
            mark is not None
            and mark.rev
            and is_clean(self._fold, paper, shown, mark.rev)
            and not any(True for _ in typed_since(self._fold, paper, shown))
        ):
            return TakenIn(released)
        base = self._base(paper, mark, shown) if mark is not None else None
        # A state with something that was erased since is known to nobody: held, it would come
        # back. What else such an entry says counts like what somebody typed without a `rev`.
        unknown = mark is not None and mark.rev and base is None
        if unknown and not self._fold.has_erased(paper):
            return self._hold(paper, entry, file, Why(UNKNOWN, _UNKNOWN_STATE))
        origin = f"{file} {entry.citekey}, " + (
            f"rev {mark.rev}" if mark is not None and mark.rev else "no rev"
        )
        found = Comparison(self._fold, paper, base, origin).entry(shown)
        if found.refused:
            return self._hold(paper, entry, file, Why(VALUE, " ".join(found.refused)))
        if found.edits and not self._fold.current(paper, None, "citekey"):
            found.edits.insert(0, Edit(paper, None, "citekey", entry.citekey, (), True, origin))
        return TakenIn(found.edits + released)

    def unmarked(self, papers: Iterable[str], library: Library, file: str) -> TakenIn:
        """What nobody looked at yet in entries that are about to be written into.

        Comments, the first time: they become their authors' notes, as beside our mark they would
        be taken for ours, and cleared. Ratings of criteria: a version that does not know of them
        may have been the one that saw somebody type them.
        """
        taken = TakenIn()
        for paper in papers:
            entry = library.entry_of(paper)
            if entry is not None and not library.is_deleted(paper):
                taken.add(self.criteria(entry, paper, file))
            if entry is None or not may_hold_notes(entry) or bibentry.MARK in entry.fields:
                continue
            if library.says_something(paper) and not library.is_deleted(paper):
                taken.add(self.take_in(entry, paper, file))
        return taken

    def taken_over(self, papers: Iterable[str], library: Library, file: str) -> list[Edit]:
        """What only the file has of keywords and stars that are about to be written over.

        Tags and ratings come by many ways, also typed into the table or from other replicas;
        the first of a paper makes a field ours that was the entry's own.
        """
        found: list[Edit] = []
        for paper in papers:
            entry = library.entry_of(paper)
            if entry is None or entry.problem is not None or library.is_deleted(paper):
                continue
            said = {kind_of(field) for owner, field in self._fold.fields(paper) if owner}
            over = [
                name
                for name, kind in (("keywords", "tag"), ("ranking", "rating"))
                if kind in said and name in entry.fields
                if not self._fold.history(paper, None, f"bib:{name}")
            ]
            origin = f"{file} {entry.citekey}, as it was"
            for name, raw in self._its_own(entry, paper, over) if over else ():
                found.append(Edit(paper, None, f"bib:{name}", raw, (), True, origin))
        return found

    def has_own_keywords(self, entry: Entry, paper: str) -> bool:
        """Whether the keywords, of which the log says nothing, were not ours when it was written.

        Tags of others may stand in a file before the log of them has come.
        """
        if self._fold.history(paper, None, "bib:keywords"):
            return False
        mark = bibentry.read_mark(entry)
        if mark is None:
            # Where reviewkit never wrote, they are the entry's own, unless somebody has tags.
            return not now(self._fold, paper).all_tags()
        base = self._base(paper, mark, bibentry.shown(entry))
        return base is not None and not bibentry.is_made_of(base, "keywords")

    def are_early(self, entry: Entry, paper: str) -> bool:
        """Whether the keywords have tags in them of which no log has come yet."""
        mark, shown = bibentry.read_mark(entry), bibentry.shown(entry)
        if mark is None or mark.rev is None or "keywords" not in entry.fields:
            return False
        if bibentry.is_made_of(now(self._fold, paper), "keywords"):
            return False
        ours = has_our_keywords(self._fold, paper, shown, mark.rev)
        return ours and self._base(paper, mark, shown) is None

    def _its_own(
        self, entry: Entry, paper: str, names: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """Those of the fields, and what they say, that were not ours when it was written."""
        # A file may have come before the log of our tags, or have lost our mark and kept them.
        read = {"ranking": self._stars, "keywords": self._keywords}
        own = [(n, said) for n in names if (said := read[n](entry, paper)) is not None]
        mark = bibentry.read_mark(entry) if own else None
        if mark is None:
            yield from own
            return
        # Looked for only now: it takes long where much was said of the paper.
        base: Snapshot | None = now(self._fold, paper)
        if bibentry.entry_rev(now(self._fold, paper)) != mark.rev:
            base = self._base(paper, mark, bibentry.shown(entry))
        # A state that is not known had something that was erased since, as the field has.
        if base is not None:
            yield from ((n, said) for n, said in own if not bibentry.is_made_of(base, n))

    def _stars(self, entry: Entry, paper: str) -> str | None:
        """The entry's stars; None if they may be those of ratings."""
        ops = (
            op
            for owner, field in self._fold.fields(paper)
            if owner is not None and field == "rating"
            for op in self._fold.history(paper, owner, field)
        )
        given = {round(op.value) for op in ops if op.value is not None}
        given.add(bibentry.score(now(self._fold, paper)) or 0)
        there = entry.fields["ranking"]
        return None if there.value in {f"rank{stars}" for stars in given} else there.raw

    def _keywords(self, entry: Entry, paper: str) -> str | None:
        """The entry's keywords without our tags; None if there are no others."""
        there = entry.fields["keywords"]
        own = self._without_tags(entry, paper)
        if own == bibentry.split_keywords(there.value):
            return there.raw
        return encode_value("keywords", ", ".join(own)) if own else None

    def own_words(self, entry: Entry, paper: str) -> list[str]:
        """The entry's keywords that are no tags; none where it is from a state not known here."""
        mark = bibentry.read_mark(entry)
        if mark is not None and self._base(paper, mark, bibentry.shown(entry)) is None:
            return []
        return self._without_tags(entry, paper)

    def _without_tags(self, entry: Entry, paper: str) -> list[str]:
        said = [(o, f) for p in {paper, self._fold.root(paper)} for o, f in self._fold.fields(p)]
        tags = {field.removeprefix("tag:") for owner, field in said if owner}
        words = bibentry.split_keywords(entry.fields["keywords"].value)
        owners = {owner for owner, _ in said if owner}
        gone = {w for w in words for who in owners if erased_tag(paper, who, w) in tags}
        return [word for word in words if word not in tags | gone]

    def _hold(self, paper: str, entry: Entry, file: str, why: Why) -> TakenIn:
        return TakenIn(self._held.hold(paper, file, content(entry), why), 1)

    def _base(self, paper: str, mark: bibentry.Mark, shown: bibentry.Shown) -> Snapshot | None:
        if mark.rev is None:
            return None
        return traced(
            self._fold,
            paper,
            lambda said: itertools.chain(of_entry(said, paper, shown), moments(said, paper)),
            lambda state: bibentry.entry_rev(state) == mark.rev,
        )


def may_hold_notes(entry: Entry) -> bool:
    """Whether the entry may have a field with somebody's comments; quickly."""
    return bibentry.COMMENT.encode() in entry.raw.lower()


def content(entry: Entry) -> dict[str, str]:
    """What a held entry says, as it is kept."""
    return {"key": entry.citekey, "entry": entry.raw.decode("utf-8", "replace")}


def stands(document: BibDocument, op: Op) -> bool:
    """Whether the document has the entry that the operation holds."""
    entry = document.entry(op.value["content"]["key"])
    if held_text(op) is not None:
        there = None if entry is None else entry.fields.get(bibentry.CRITERIA)
        return there is not None and " ".join(there.value.split()) == held_text(op)
    return entry is not None and content(entry) == op.value["content"]


def first_look(library: Library) -> list[Entry]:
    """The entries of a file that may hold opinions, where no earlier state of it is known.

    In entries that nobody has said anything of here, comments of JabRef's users are for
    `adopt`: nothing is done to a library unasked.
    """
    commented = [
        entry
        for entry in library.document.holding(bibentry.COMMENT.encode())
        if (paper := library.id_of(entry.citekey)) is not None and library.says_something(paper)
    ]
    marked = [*library.document.holding(b"reviewkit"), *commented]
    return sorted(set(marked), key=lambda entry: entry.home)


def is_half_written(data: bytes, known: BibDocument) -> bool:
    """Whether a file ends before its time, as one does that is being written in place."""
    there = BibDocument.from_bytes(data).entries
    if not there:
        return bool(known.entries)
    return there[-1].problem is not None and all(e.problem is None for e in known.entries[-1:])
