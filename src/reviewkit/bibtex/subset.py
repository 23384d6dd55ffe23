"""A .bib of some of the entries, in their own bytes, with all that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewkit.bibtex.entry import Entry
from reviewkit.bibtex.grammar import pieces

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

_BARE = re.compile(rb"[^\s\"#%'(),={}0-9][^\s\"#%'(),={}]*\Z")


def subset(document: Reading, citekeys: Iterable[str]) -> bytes:
    """Preambles, needed @strings, the entries in file order, then their parents."""
    chosen = _chosen(document, citekeys)
    parents = _parents(document, chosen)
    entries = _in_order(document, [entry for entry in chosen if entry not in parents])
    entries += _in_order(document, parents)
    if not entries:
        return b""
    data = document.splices.data
    needed: set[str] = set()
    for entry in entries:
        for place in entry.parsed.scan.fields:
            needed |= _macros(entry.raw[place[2] : place[3]])
    preambles = [(start, end) for kind, start, end in document.index.others if kind == "preamble"]
    for start, end in preambles:
        needed |= _macros(data[start:end].partition(data[start:end][9:10])[2][:-1].strip())
    heads = preambles + _definitions(document, needed)
    blocks = [data[start:end] for start, end in sorted(heads)]
    blocks += [entry.raw for entry in entries]
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


def _macros(value: bytes) -> set[str]:
    return {part.decode("utf-8", "replace").lower() for part in pieces(value) if _BARE.match(part)}


def _definitions(document: Reading, needed: set[str]) -> list[tuple[int, int]]:
    """Places of the definitions of these macros and of those inside them."""
    spans = document.strings.spans
    data = document.splices.data
    known: set[str] = set()
    waiting = list(needed)
    places: list[tuple[int, int]] = []
    while waiting:
        name = waiting.pop()
        if name in known or name not in spans:
            continue
        known.add(name)
        for start, end in spans[name]:
            places.append((start, end))
            value = data[start:end].partition(b"=")[2].rstrip()[:-1].strip().rstrip(b",").rstrip()
            waiting += _macros(value)
    return places
