"""Papers that were merged: which speaks for which.

`alias` on a paper names the paper that it was found to be. The operations of both stay
where they are; whoever asks for the one that was kept is told those of the other too. So an
edit of the other paper that was made somewhere else meanwhile, or that an old file brings
later, reaches the paper that is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from reviewkit.ops.op import Op

#: The field of a paper that says which other one it is.
ALIAS = "alias"

#: A key that is not the paper's any more still leads to it; it is no value in conflict.
_KEYS = "bib:ids"


class Families:
    """Papers merged into others, by the `alias` operations that are current."""

    def __init__(self) -> None:
        self._papers: set[str] = set()
        self._stale = False
        self._root: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, frozenset[str]] = {}

    @property
    def papers(self) -> frozenset[str]:
        """The papers that were ever merged into another, also where that was undone."""
        return frozenset(self._papers)

    def observe(self, op: Op) -> None:
        """Take note of an `alias` operation."""
        self._papers.add(op.paper)
        self._stale = True

    def root(self, paper: str, current: Callable[[str], Sequence[Op]]) -> str:
        """The paper that speaks for this one; itself if it was not merged.

        `current` gives a paper's current `alias` operations, latest last.
        """
        if self._stale:
            self._rebuild(current)
        return self._root.get(paper, paper)

    def members(self, paper: str, current: Callable[[str], Sequence[Op]]) -> tuple[str, ...]:
        """The papers that were merged into this one, directly or not."""
        if self._stale:
            self._rebuild(current)
        return self._members.get(paper, ())

    def reaching(self, member: str, ops: Iterable[Op]) -> list[Op]:
        """The operations of a merged paper's field that count for the one that was kept.

        All opinions do. Of the paper's own fields those count that whoever merged had not
        seen; what was seen was decided on then.
        """
        known = self._known.get(member, frozenset())
        return [op for op in ops if reaches(op, known)]

    def _rebuild(self, current: Callable[[str], Sequence[Op]]) -> None:
        self._stale = False
        into: dict[str, str] = {}
        seen: dict[str, set[str]] = {}
        for paper in self._papers:
            ops = current(paper)
            if ops and isinstance(ops[-1].value, str) and ops[-1].value != paper:
                into[paper] = ops[-1].value
                seen[paper] = {name for op in ops for name in op.seen}
        self._root, self._known = {}, {}
        members: defaultdict[str, list[str]] = defaultdict(list)
        for paper in sorted(into):
            path = [paper]
            while path[-1] in into and into[path[-1]] not in path:
                path.append(into[path[-1]])
            root = path[-1]
            if root in into:
                # Two replicas merged in opposite ways: all agree on one by its name.
                root = min(path[path.index(into[root]) :])
            if root == paper:
                continue
            way = path[: path.index(root)] if root in path else path
            self._root[paper] = root
            self._known[paper] = frozenset().union(*(seen[step] for step in way))
            members[root].append(paper)
        self._members = {root: tuple(papers) for root, papers in members.items()}


def reaches(op: Op, known: Collection[str]) -> bool:
    """Whether an operation of a merged paper counts for the one that was kept.

    `known` are ids of those that whoever merged had seen.
    """
    return op.reviewer is not None or (
        op.field.startswith("bib:")
        and op.field != _KEYS
        and op.value is not None
        and op.id not in known
        and not op.is_noted
    )
