"""Pairs joined to groups: what is the same as the same is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from reviewkit.duplicates.pair import Pair


class Union:
    """Groups that grow by joining; those that must stay apart never meet."""

    def __init__(self, apart: Iterable[Collection[str]] = ()) -> None:
        self._group: dict[str, list[str]] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for names in apart:
            for name in names:
                self._apart[name].update(other for other in names if other != name)

    def group(self, name: str) -> list[str]:
        """All that are one with this name, itself first unless it was joined to others."""
        return self._group.setdefault(name, [name])

    def joinable(self, a: str, b: str) -> bool:
        """Whether nobody in the group of one is kept apart from somebody in the other's."""
        one, other = self.group(a), self.group(b)
        if one is other:
            return True
        kept = [self._apart[name] for name in one if name in self._apart]
        return all(names.isdisjoint(other) for names in kept)

    def join(self, a: str, b: str) -> bool:
        """Join both groups; False, and nothing done, if they hold names to be kept apart."""
        if not self.joinable(a, b):
            return False
        one, other = self.group(a), self.group(b)
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            one += other
            for name in other:
                self._group[name] = one
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
