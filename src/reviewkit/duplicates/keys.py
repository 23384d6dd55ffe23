"""Keys that records of one paper share: only those that share one are compared."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.duplicates.title import Title
from reviewkit.duplicates.traits import Traits

#: So many letters of a title make a key: enough to be rare, few enough to be without errors.
_LETTERS = 20


def keys_of(traits: Traits) -> frozenset[int]:
    """The keys of one record, as hashes, which take less memory; good for this process only."""
    return frozenset(hash(key) for key in _keys(traits))


def copy_key(traits: Traits) -> int:
    """A key that only copies of one record share."""
    return hash(("copy", traits.title.core, traits.people, traits.year, traits.doi, traits.pages))


def _keys(traits: Traits) -> Iterator[tuple[object, ...]]:
    ids = (("doi", traits.doi), ("arxiv", traits.arxiv), ("pmid", traits.pmid))
    yield from (key for key in ids if key[1])
    title = traits.title
    first = traits.people[0].family if traits.people else ""
    if title.core:
        for core in (title.core, *title.others):
            yield "begin", core[:_LETTERS]
            yield "end", core[-_LETTERS:]
        yield from _words(title, first)
    if traits.pages is not None:
        page = traits.pages.first
        if traits.volume is not None:
            yield "page", traits.volume, page
        if first:
            yield "first page", first, page
    if first and traits.volume is not None:
        yield "volume", first, traits.year, traits.volume


def _words(title: Title, first: str) -> Iterator[tuple[object, ...]]:
    """Three of the four longest words, in whatever order; each of two with the first author."""
    longest = sorted(set(title.words), key=lambda word: (-len(word), word))[:4]
    if len(longest) > 2:
        for leave in range(len(longest)):
            yield "words", *longest[:leave], *longest[leave + 1 :]
    if first:
        for word in longest[:2]:
            yield "name", first, word
