"""A .bib of some of the entries, in their own bytes, with all that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewkit.bibtex.entry import Entry
from reviewkit.bibtex.grammar import pieces

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

#: Definitions that undo each other again and again must not fill the disk.
_MOST_ANEW = 20_000
_DEEPEST = 20

_BARE = re.compile(rb"[^\s\"#%'(),={}0-9][^\s\"#%'(),={}]*\Z")


def subset(document: Reading, citekeys: Iterable[str]) -> bytes:
    """Preambles, needed @strings, the entries in file order, then their parents.

    An @string that the file defines anew stands before the entries that it holds for.
    """
    chosen = _chosen(document, citekeys)
    parents = _parents(document, chosen)
    entries = _in_order(document, [entry for entry in chosen if entry not in parents])
    entries += _in_order(document, parents)
    if not entries:
        return b""
    data = document.splices.data
    preambles = [(start, end) for kind, start, end in document.index.others if kind == "preamble"]
    used = [_used(entry) for entry in entries]
    asked = {span: _in_preamble(data[slice(*span)]) for span in preambles}
    definitions = _Definitions(document)
    heads = preambles + definitions.once(set().union(*used, *asked.values()))
    blocks: list[bytes] = []
    for span in sorted(heads):
        blocks += definitions.anew(asked.get(span, set()), span[0])
        blocks.append(data[slice(*span)])
    for entry, names in zip(entries, used, strict=True):
        blocks += definitions.anew(names, entry.home[0])
        blocks.append(entry.raw)
    gap = document.newline * 2
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + gap.join(blocks) + document.newline


def _chosen(document: Reading, citekeys: Iterable[str]) -> list[Entry]:
    found = (document.entry(key) for key in dict.fromkeys(citekeys))
    return [entry for entry in found if entry is not None]


def _in_order(document: Reading, entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=document.place_of)


def _parents(document: Reading, chosen: list[Entry]) -> list[Entry]:
    """Entries that the chosen ones refer to, and those that these refer to."""
    parents: list[Entry] = []
    waiting = list(chosen)
    while waiting:
        entry = waiting.pop()
        for name in ("crossref", "xdata"):
            if name not in entry.fields:
                continue
            for key in entry.fields[name].value.split(","):
                parent = document.entry(key.strip())
                if parent is not None and parent not in parents and parent is not entry:
                    parents.append(parent)
                    waiting.append(parent)
    return parents


def _used(entry: Entry) -> set[str]:
    names: set[str] = set()
    for place in entry.parsed.scan.fields:
        names |= _macros(entry.raw[place[2] : place[3]])
    return names


def _macros(value: bytes) -> set[str]:
    return {part.decode("utf-8", "replace").lower() for part in pieces(value) if _BARE.match(part)}


def _in_preamble(block: bytes) -> set[str]:
    return _macros(block.partition(block[9:10])[2][:-1].strip())


class _Definitions:
    """The @string definitions of a file: most are made once, some several times."""

    def __init__(self, document: Reading) -> None:
        self._data = document.splices.data
        self._spans = document.strings.spans
        #: Where the definition stands that holds at the end of what was written.
        self._written: dict[str, int] = {}
        self._left = _MOST_ANEW
        self._changing = {name for name, spans in self._spans.items() if len(spans) > 1}

    def once(self, names: set[str]) -> list[tuple[int, int]]:
        """Places of what these names and those inside them need, where it never changes."""
        reached = self._reach(names)
        return [self._spans[name][0] for name in reached if not self._changes(name)]

    def anew(self, names: set[str], place: int, deepest: int = _DEEPEST) -> list[bytes]:
        """Definitions to write so that these names mean what they do at a place of the file."""
        blocks: list[bytes] = []
        changing = sorted(filter(self._changes, names)) if self._changing else []
        before = -1
        while len(blocks) > before:
            # What one name needs may have changed another again.
            before = len(blocks)
            for name in changing:
                blocks += self._anew(name, place, deepest)
        return blocks

    def _anew(self, name: str, place: int, deepest: int) -> list[bytes]:
        spans = self._spans[name]
        span = next((span for span in reversed(spans) if span[0] < place), spans[0])
        if self._written.get(name) == span[0] or self._left == 0:
            return []
        self._left -= 1
        blocks: list[bytes] = []
        if deepest:
            inner = {i for i in self._inside(span) if i in self._spans}
            earlier = {i for i in inner if self._spans[i][0][0] < span[0]}
            blocks = self.anew(earlier, span[0], deepest - 1)
        self._written[name] = span[0]
        return [*blocks, self._data[slice(*span)]]

    def _changes(self, name: str) -> bool:
        return bool(self._changing and self._reach({name}) & self._changing)

    def _reach(self, names: set[str]) -> set[str]:
        """Those of the names that are defined, and all that their definitions name."""
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in reached and name in self._spans:
                reached.add(name)
                waiting += [inner for span in self._spans[name] for inner in self._inside(span)]
        return reached

    def _inside(self, span: tuple[int, int]) -> set[str]:
        value = self._data[slice(*span)].partition(b"=")[2].rstrip()[:-1].strip()
        return _macros(value.rstrip(b",").rstrip())
