"""A synchroniser's copy of the .bib: what it says besides the file itself.

What both were made from is not known. So an opinion is told by the copy's own `rev`; another
value of a field that is not ours is set beside the one here, unless the log knows it; an entry
that is not here is put in; and nothing counts as taken out.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.bibtex.subset import subset
from reviewkit.files import bibentry
from reviewkit.files.bibmerge import merge_bib
from reviewkit.files.ownfields import OwnFields
from reviewkit.files.watched import TakenIn
from reviewkit.library import Library
from reviewkit.library.bindings import Bindings
from reviewkit.ops.fold import Fold
from reviewkit.store.recorder import Edit


class BibCopy:
    """One copy of the library's file."""

    def __init__(self, data: bytes, fold: Fold, file: str) -> None:
        self._document = BibDocument.from_bytes(data)
        #: Which paper an entry is does not depend on what the entries here are called.
        self._bindings = Bindings(self._document, fold)
        self._fold = fold
        self._file = file

    @property
    def is_ours(self) -> bool:
        """Whether a mark in it names a paper of the project."""
        papers = set(self._fold.papers())
        marked = self._document.holding(bibentry.MARK.encode())
        return any(m is not None and m.paper in papers for m in map(bibentry.read_mark, marked))

    def take_in(self, library: Library, own: OwnFields) -> TakenIn:
        """Edits of entries that are in both."""
        taken = TakenIn()
        for entry in self._changed(library):
            paper = self._paper(entry, library)
            if paper is None:
                continue
            found = own.values(entry, paper, self._file)
            taken.add(found)
            taken.add(own.criteria(entry, paper, self._file))
            # Of a paper of which nobody has said anything the log does not know the entry.
            here = library.entry_of(paper) or library.document.entry(entry.citekey)
            # Of a state that is not known, nothing can be said of its other fields.
            if here is not None and not found.held and not library.is_deleted(paper):
                taken.edits += self._beside(paper, here, entry)
        return taken

    def with_new(self, here: bytes, library: Library) -> bytes | None:
        """The file with the entries that only the copy has; None if there are none."""
        keys = [e.citekey for e in self._changed(library) if self._paper(e, library) is None]
        return merge_bib(b"", here, subset(self._document, keys)) if keys else None

    def _changed(self, library: Library) -> list[Entry]:
        return [
            entry
            for entry in self._document.unlike(library.document)
            if entry.citekey and entry.problem is None and not entry.commented
        ]

    def _paper(self, entry: Entry, library: Library) -> str | None:
        """The paper that the entry is; None if neither the log nor the file here has it."""
        mark = bibentry.read_mark(entry)
        if mark is not None and mark.paper in set(self._fold.papers()):
            return mark.paper
        paper = self._bindings.paper_in(entry)
        known = paper is not None and self._bindings.has_operations(paper)
        return paper if known else library.id_of(entry.citekey)

    def _beside(self, paper: str, here: Entry, there: Entry) -> Iterator[Edit]:
        """Values of fields that are not ours, set beside those of the file."""
        origin = f"{self._file} {there.citekey}, a copy"
        for name in there.fields:
            mine, other = here.raw_of(name), there.raw_of(name)
            if bibentry.is_ours(name) or other is None:
                continue
            field = f"bib:{name}"
            said = [op.value for op in self._fold.history(paper, None, field)]
            if any(isinstance(v, str) and bibentry.same(name, v, other) for v in said):
                continue
            if mine is not None and bibentry.same(name, mine, other):
                continue
            if not self._fold.history(paper, None, "citekey"):
                yield Edit(paper, None, "citekey", here.citekey, (), True, origin)
            if mine is not None and not said:
                yield Edit(paper, None, field, mine, (), True, f"{origin}, as it was")
            yield Edit(paper, None, field, other, (), True, origin)
