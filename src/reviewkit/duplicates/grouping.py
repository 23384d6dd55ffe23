"""Pairs joined to groups: what is the same as the same is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from reviewkit.duplicates.pair import Pair


class Union:
    """Groups that grow by joining; those that must stay apart never meet.

    Parameters
    ----------
    apart
        Names that no group may hold together.
    marks
        Of a name what all of its group must have if they have anything of that kind.
    """

    def __init__(
        self,
        apart: Iterable[Collection[str]] = (),
        marks: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self._groups: dict[str, list[str]] = {}
        self._marks = {name: dict(mark) for name, mark in (marks or {}).items()}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for names in apart:
            for name in names:
                self._apart[name].update(other for other in names if other != name)

    def group(self, name: str) -> list[str]:
        """All that are one with this name; the first of them stands for the group."""
        return self._groups.setdefault(name, [name])

    def joinable(self, a: str, b: str) -> bool:
        """Whether nothing keeps the group of one apart from the other's."""
        one, other = self.group(a), self.group(b)
        if one is other:
            return True
        mine, theirs = self._marks.get(one[0], {}), self._marks.get(other[0], {})
        if any(mine[kind] != theirs[kind] for kind in mine.keys() & theirs.keys()):
            return False
        kept = [self._apart[name] for name in one if name in self._apart]
        return all(names.isdisjoint(other) for names in kept)

    def join(self, a: str, b: str) -> bool:
        """Join both groups; False, and nothing done, if something keeps them apart."""
        if not self.joinable(a, b):
            return False
        one, other = self.group(a), self.group(b)
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            if other[0] in self._marks:
                self._marks.setdefault(one[0], {}).update(self._marks[other[0]])
            one += other
            for name in other:
                self._groups[name] = one
        return True


def groups(
    pairs: Iterable[Pair],
    *,
    sure_only: bool = True,
    apart: Collection[frozenset[str]] = (),
) -> list[tuple[str, ...]]:
    """Records that are one paper, as groups of two and more.

    Parameters
    ----------
    pairs
        As `find` gives them.
    sure_only
        Leave out the pairs that a person has yet to look at.
    apart
        Pairs of ids that somebody said are different papers: no group holds both.

    Returns
    -------
    Groups in the order of their first pair; ids within a group as the pairs name them. The
    likeliest pairs join first, so that what is kept apart parts the unlikelier ones.
    """
    kept = [pair for pair in pairs if pair.sure or not sure_only]
    union = Union(apart)
    for pair in sorted(kept, key=lambda pair: -pair.probability):
        union.join(pair.a, pair.b)
    found: dict[int, dict[str, None]] = {}
    for pair in kept:
        for name in (pair.a, pair.b):
            found.setdefault(id(union.group(name)), {})[name] = None
    return [tuple(names) for names in found.values() if len(names) > 1]
