"""What a merge of two versions of the .bib left for the log: taken in once, then taken out.

`reviewkit merge-bib` keeps what both sides changed differently in the field
`reviewkit-theirs` of the entry; git without it leaves conflict markers around both versions.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.files import bibentry
from reviewkit.files.bibmerge import Sides
from reviewkit.files.ownfields import OwnFields
from reviewkit.files.watched import TakenIn
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.store.recorder import Edit


class Aside:
    """Takes in what the other side of a merge says."""

    def __init__(self, fold: Fold, own: OwnFields, file: str) -> None:
        self._fold = fold
        self._own = own
        self._file = file

    def kept(self, entry: Entry, paper: str | None) -> TakenIn:
        """Edits of what the merge driver kept in an entry.

        Of a field that both sides changed, both values become current: a conflict for
        people to settle, unless the log knows theirs already.
        """
        taken = TakenIn()
        if paper is None or bibentry.THEIRS.encode() not in entry.raw:
            return taken
        theirs = _other_version(entry)
        if theirs is None:
            return taken
        if theirs.fields.keys() & {bibentry.MARK, bibentry.CRITERIA}:
            taken.add(self._own.take_in(theirs, paper, self._file))
        for name in theirs.fields:
            here, there = entry.raw_of(name), theirs.raw_of(name)
            if not bibentry.is_ours(name) and here and there and here != there:
                taken.edits += self._both(paper, f"bib:{name}", here, there, entry.citekey)
        if taken.edits and not self._fold.current(paper, None, "citekey"):
            origin = f"{self._file} {entry.citekey}, merged"
            first = Edit(paper, None, "citekey", entry.citekey, (), True, origin)
            taken.edits.insert(0, first)
        return taken

    def _both(self, paper: str, field: str, here: str, there: str, citekey: str) -> Iterator[Edit]:
        had = {_text(op.value) for op in self._fold.history(paper, None, field)}
        origin = f"{self._file} {citekey}, merged"
        if not had:
            yield Edit(paper, None, field, here, (), True, origin)
        if _text(there) not in had:
            yield Edit(paper, None, field, there, (), True, origin)

    def both_sides(self, sides: Sides, merged: BibDocument, library: Library) -> TakenIn:
        """Edits of our fields in either version of a file with conflict markers."""
        taken = TakenIn()
        for data in (sides.ours, sides.theirs):
            for entry in BibDocument.from_bytes(data).unlike(merged):
                if not entry.commented and entry.citekey and b"reviewkit" in entry.raw:
                    paper = library.paper_of(entry.citekey)
                    taken.add(self._own.take_in(entry, paper, self._file))
        return taken


def _other_version(entry: Entry) -> Entry | None:
    """The entry as the other side had it, as far as it was kept; None if nothing was."""
    text = bibentry.kept_text(entry)
    if not text or entry.problem is not None:
        return None
    kept = _entry(f"@{entry.type}{{{entry.citekey},\n{text}\n}}")
    if kept is None:
        return None
    # Nobody cleared what is not among it: of those fields both sides said the same.
    same = (
        f"{name} = {entry.raw_of(name)}"
        for name in entry.fields
        if not bibentry.is_ours(name) and name not in kept.fields
    )
    return _entry(f"@{entry.type}{{{entry.citekey},\n{', '.join([text, *same])}\n}}")


def _entry(text: str) -> Entry | None:
    entries = BibDocument.from_bytes(text.encode("utf-8", "surrogatepass")).entries
    return entries[0] if len(entries) == 1 and entries[0].problem is None else None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
