"""Looking for records that are one paper: a whole library, or newcomers to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from reviewkit.duplicates.grouping import Union
from reviewkit.duplicates.judging import Judgement, judge
from reviewkit.duplicates.keys import copy_key, keys_of
from reviewkit.duplicates.pair import Pair, Record
from reviewkit.duplicates.reasons import reasons
from reviewkit.duplicates.traits import Traits, traits_of

#: A key that more records share says nothing of any two of them.
_CROWD = 60
#: So many records tell whether their numbers count issues.
_ENOUGH = 50
_DOUBTFUL = 0.95


class Finder:
    """A library to compare newcomers with; built once, asked for each."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        records = list(records)
        self._ids = [record.id for record in records]
        self._traits = _all_traits(records)
        self._blocks: defaultdict[int, list[int]] = defaultdict(list)
        for place, traits in enumerate(self._traits):
            self._block(place, traits)

    def add(self, record: Record) -> None:
        """Count this record as one of the library."""
        traits = traits_of(record)
        self._block(len(self._ids), traits)
        self._ids.append(record.id)
        self._traits.append(traits)

    def like(self, record: Record) -> list[Pair]:
        """Records of the library that are or may be this one, best first.

        `a` is the id in the library and `b` the record's own.
        """
        traits = traits_of(record)
        keys = [*keys_of(traits), copy_key(traits)]
        blocks = (self._blocks.get(key, ()) for key in keys)
        places = {place for block in blocks if len(block) <= _CROWD for place in block}
        if copies := self._blocks.get(keys[-1]):
            places.add(copies[0])
        found = []
        for place in sorted(places):
            known = self._traits[place]
            if (judgement := judge(known, traits)) is not None:
                found.append(_pair(self._ids[place], record.id, known, traits, judgement))
        return sorted(found, key=lambda pair: (not pair.sure, -pair.probability))

    def _block(self, place: int, traits: Traits) -> None:
        for key in keys_of(traits):
            self._blocks[key].append(place)
        self._blocks[copy_key(traits)].append(place)

    def pairs(self) -> Iterator[tuple[int, int, Judgement]]:
        """Places of two records of the library each and what is to be said of them."""
        places: set[tuple[int, int]] = set()
        for block in self._blocks.values():
            if 1 < len(block) <= _CROWD:
                places.update(combinations(block, 2))
        for key in {copy_key(traits) for traits in self._traits}:
            places.update(pairwise(self._blocks[key]))
        for one, other in sorted(places):
            if (judgement := judge(self._traits[one], self._traits[other])) is not None:
                yield one, other, judgement

    def pair(self, one: int, other: int, judgement: Judgement) -> Pair:
        """The pair of the records at two places."""
        mine, theirs = self._traits[one], self._traits[other]
        return _pair(self._ids[one], self._ids[other], mine, theirs, judgement)

    def marks(self) -> dict[str, dict[str, object]]:
        """Of each record what those that are one with it cannot have otherwise."""
        return {name: _marks(traits) for name, traits in zip(self._ids, self._traits, strict=True)}


def find(records: Iterable[Record], *, apart: Collection[frozenset[str]] = ()) -> list[Pair]:
    """All pairs of records that are or may be one paper, in the records' order.

    Pairs in `apart` are left out: somebody said that they are different papers. The pairs
    that are sure are so together: joining all of them joins none that speak against it. Of
    copies, which are equal in all that identifies them, only neighbours are paired if they
    are many. Time grows with the number of records, not with its square.
    """
    finder = Finder(records)
    kept = {frozenset(two) for two in apart}
    pairs = [finder.pair(*found) for found in finder.pairs()]
    pairs = [pair for pair in pairs if frozenset((pair.a, pair.b)) not in kept]
    union = Union(kept, finder.marks())
    doubtful = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.probability, *sorted((pair.a, pair.b)))):
        if pair.sure and not union.join(pair.a, pair.b):
            doubtful.add((pair.a, pair.b))
    return [_parted(pair) if (pair.a, pair.b) in doubtful else pair for pair in pairs]


def _parted(pair: Pair) -> Pair:
    why = (*pair.reasons, "another of the same papers speaks against it")
    return replace(pair, sure=False, probability=min(pair.probability, _DOUBTFUL), reasons=why)


def _all_traits(records: list[Record]) -> list[Traits]:
    traits = [traits_of(record) for record in records]
    issues = [record.fields["number"] for record in records if record.fields.get("number")]
    if len(issues) >= _ENOUGH and 2 * len(Counter(issues)) > len(issues):
        # Some databases count their records here: that tells nothing of an issue.
        traits = [replace(each, issue=None) for each in traits]
    return traits


def _pair(a: str, b: str, one: Traits, other: Traits, judgement: Judgement) -> Pair:
    why = reasons(one, other, judgement)
    return Pair(a, b, judgement.probability, judgement.sure, judgement.versions, why)


def _marks(traits: Traits) -> dict[str, object]:
    marks = {"doi": traits.publisher_doi, "arxiv": traits.arxiv, "pmid": traits.pmid}
    known: dict[str, object] = {name: value for name, value in marks.items() if value}
    known["notes"] = traits.title.notes
    return known
