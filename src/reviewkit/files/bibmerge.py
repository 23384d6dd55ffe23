"""Three versions of a .bib file made one: what `reviewkit merge-bib` does for git.

Entries are merged field by field, all other text piece by piece; bytes that only one side
changed, and the order and layout of ours, stay. Nothing of either side is lost, and nothing
is marked as a conflict: what both changed differently waits in the entry for the log.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.bibtex.encoding import newline_of
from reviewkit.files import bibentry
from reviewkit.files.entrymerge import as_read, merged_entry
from reviewkit.ops.ids import paper_id

#: A citekey and which of the entries with it, from 0.
_Name = tuple[str, int]

#: For which versions the text after a marker is, and which marker may come next.
_AFTER: Mapping[bytes, tuple[tuple[int, ...], bytes]] = {
    b"<": ((1,), b"|="),
    b"|": ((0,), b"="),
    b"=": ((2,), b">"),
    b">": ((0, 1, 2), b"<"),
}
_MARKED = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?\r?$|^={7}\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """An entry and the text before it."""

    lead: bytes
    entry: Entry


class _Version:
    """One side's file as units, in order."""

    def __init__(self, data: bytes, newline: bytes) -> None:
        if newline_of(data) != newline:
            data = data.replace(b"\r\n", b"\n").replace(b"\n", newline)
        self.document = BibDocument.from_bytes(data)
        self.units: dict[_Name, _Unit] = {}
        counts: Counter[str] = Counter()
        at = 0
        index = self.document.index
        for number, key in enumerate(self.document.keys_in_order()):
            start, end, _ = index.entries[number]
            if start < at or start in index.commented:
                continue
            self.units[key, counts[key]] = _Unit(data[at:start], self.document.made(number))
            counts[key] += 1
            at = end
        self.tail = data[at:]

    def follow(self, base: _Version) -> None:
        """Give entries that got another key here the name that they have there."""
        new = [name for name in self.units if name not in base.units]
        gone = {
            _paper(name, base.units[name].entry): name
            for name in base.units
            if name not in self.units
        }
        names: dict[_Name, _Name] = {}
        for name in new if gone else ():
            mark = bibentry.read_mark(self.units[name].entry)
            if mark is not None and mark.paper in gone:
                names[name] = gone.pop(mark.paper)
        if names:
            self.units = {names.get(name, name): unit for name, unit in self.units.items()}


def _paper(name: _Name, entry: Entry) -> str:
    mark = bibentry.read_mark(entry)
    return mark.paper if mark is not None else paper_id(name[0]) if not name[1] else ""


def merge_bib(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Our file with what they changed since the base put in.

    The bytes may be anything, also empty; the result holds every entry and field that
    either side added or changed. Who takes an entry out that the other changed does not get
    his way: an edit outlives a deletion that did not know of it.
    """
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    newline = newline_of(ours)
    versions = [_Version(data, newline) for data in (base, ours, theirs)]
    was, here, there = versions
    here.follow(was)
    there.follow(was)
    # Both gave one paper another key, or markers of a conflict do not tell what it was.
    there.follow(here)
    return _Merge(was, here, there).text(newline)


class _Merge:
    """The merge of one file, unit by unit."""

    def __init__(self, base: _Version, ours: _Version, theirs: _Version) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs

    def text(self, newline: bytes) -> bytes:
        """The merged file."""
        parts: list[bytes] = []
        for lead, raw in self._pieces():
            glued = parts and not lead.lstrip(b" \t").startswith((b"\n", b"\r"))
            parts += (newline * 2 + lead.lstrip(b" \t") if glued else lead, raw)
        base, ours, theirs = self._base, self._ours, self._theirs
        tail = _joined(base.tail, ours.tail, theirs.tail)
        if parts and tail.strip() and not tail[:1].isspace():
            tail = newline + tail
        return b"".join([*parts, tail])

    def _pieces(self) -> Iterator[tuple[bytes, bytes]]:
        added = self._added()
        waiting: list[tuple[bytes, bytes]] = added.get(None, [])
        for name, unit in self._ours.units.items():
            new = self._theirs.units.get(name)
            old = self._base.units.get(name)
            if new is not None or old is not None:
                # What both added after one entry: ours comes first.
                yield from waiting
                waiting = []
            if new is not None:
                lead = _joined(old.lead if old is not None else None, unit.lead, new.lead)
                yield lead, self._entry(old, unit, new)
                waiting = added.get(name, [])
            elif old is None or not _alike(old.entry, unit.entry):
                yield unit.lead, unit.entry.raw
        yield from waiting

    def _entry(self, old: _Unit | None, unit: _Unit, new: _Unit) -> bytes:
        ours, theirs = unit.entry, new.entry
        base = old.entry if old is not None else None
        if ours.raw == theirs.raw or (base is not None and theirs.raw == base.raw):
            return ours.raw
        if base is not None and ours.raw == base.raw:
            return as_read(theirs, self._theirs.document, self._ours.document)
        return merged_entry(base, ours, theirs, self._ours.document)

    def _added(self) -> Mapping[_Name | None, list[tuple[bytes, bytes]]]:
        """Entries that only they have, by the entry of both that they stand after."""
        found: dict[_Name | None, list[tuple[bytes, bytes]]] = {}
        after: _Name | None = None
        for name, unit in self._theirs.units.items():
            old = self._base.units.get(name)
            if name in self._ours.units:
                after = name
            elif old is None or not _alike(old.entry, unit.entry):
                raw = as_read(unit.entry, self._theirs.document, self._ours.document)
                found.setdefault(after, []).append((unit.lead, raw))
        return found


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two versions of an entry say the same, however they are laid out."""
    return one.raw == other.raw or one.raw.split() == other.raw.split()


def _joined(base: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """Text between entries: of the side that changed it; of both, ours and what they added."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    mine = _chunks(ours)
    known = {chunk.strip() for chunk in (*mine, *_chunks(base or b""))}
    new = [chunk for chunk in _chunks(theirs) if chunk.strip() and chunk.strip() not in known]
    if not new:
        return ours
    first = next((n for n, chunk in enumerate(mine) if chunk.strip()), len(mine))
    newline = newline_of(theirs)
    ended = [chunk if chunk.endswith((b"\n", b"\r")) else chunk + newline for chunk in new]
    # Before ours: of two definitions of one @string the later one counts.
    return b"".join([*mine[:first], *ended, *mine[first:]])


def _chunks(text: bytes) -> list[bytes]:
    """Blocks (@string, @comment) with their line's end, and lines."""
    document = BibDocument.from_bytes(text)
    blocks = [(start, end) for _, start, end in document.index.others]
    cuts = [0]
    for line in text.splitlines(keepends=True):
        cuts.append(cuts[-1] + len(line))
    kept = [
        cut
        for cut in cuts
        if not any(start < cut < end for start, end in blocks[_before(blocks, cut) :][:2])
    ]
    return [text[one:other] for one, other in itertools.pairwise(kept)]


def _before(blocks: list[tuple[int, int]], cut: int) -> int:
    return max(bisect_left(blocks, (cut, 0)) - 1, 0)


@dataclass(frozen=True, slots=True)
class Sides:
    """The versions that a file with a merge's conflict markers holds."""

    base: bytes
    ours: bytes
    theirs: bytes

    def merged(self) -> bytes:
        """One file of both sides, without markers."""
        return merge_bib(self.base, self.ours, self.theirs)


def sides(data: bytes) -> Sides | None:
    """Both sides of a file in which git left conflict markers; None if it did not.

    Without the base's own text between the markers (`diff3`), the base is what both share.
    """
    if b"<<<<<<<" not in data:
        return None
    texts: tuple[list[bytes], ...] = ([], [], [])
    into: tuple[int, ...] = (0, 1, 2)
    expected, at = b"<", 0
    for found in _MARKED.finditer(data):
        kind = found[0][:1]
        if kind not in expected:
            continue
        for number in into:
            texts[number].append(data[at : found.start()])
        at = min(found.end() + 1, len(data))
        into, expected = _AFTER[kind]
    if expected != b"<" or at == 0:
        return None
    for text in texts:
        text.append(data[at:])
    base, ours, theirs = (b"".join(text) for text in texts)
    return Sides(base, ours, theirs)
