"""Looking for records that are one paper: a whole library, or newcomers to one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviewkit import matching
from reviewkit.duplicates.pair import Pair, Record


class Finder:
    """A library to compare newcomers with; built once, asked for each."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._order: dict[str, int] = {}
        self._index = matching.Index()
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Count this record as one of the library."""
        self._order[record.id] = len(self._order)
        self._index.add(record.id, matching.facts_of(record.fields))

    def like(self, record: Record) -> list[Pair]:
        """Records of the library that are or may be this one, best first.

        `a` is the id in the library and `b` the record's own.
        """
        known = self._index.find(matching.facts_of(record.fields))
        if known is None:
            return []
        return [Pair(known, record.id, 1.0, True, False, ("equal DOI, arXiv id or title",))]


def find(records: Iterable[Record], *, apart: Collection[frozenset[str]] = ()) -> list[Pair]:
    """All pairs of records that are or may be one paper, in the records' order.

    Pairs in `apart` are left out: somebody said that they are different papers. The pairs
    that are sure are so together: joining all of them joins none that speak against it.
    """
    finder = Finder()
    pairs: list[Pair] = []
    for record in records:
        pairs += finder.like(record)
        finder.add(record)
    return [pair for pair in pairs if frozenset((pair.a, pair.b)) not in apart]
