"""A paper as it was while others were merged into it, though the merging was undone since.

A table that somebody had open meanwhile still shows the opinions on all of them as one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from reviewkit.ops.families import ALIAS, reaches
from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import Snapshot


class Together:
    """What there is to know of one paper, with that of papers once merged into it."""

    def __init__(self, fold: Fold, paper: str, seen: dict[str, set[str]]) -> None:
        self._fold = fold
        self._by_field: defaultdict[FieldKey, list[Op]] = defaultdict(list)
        ops = fold.paper_history(paper)
        there = {op.id for op in ops}
        for member, known in seen.items():
            ops += [
                op
                for op in fold.paper_history(member)
                if op.id not in there and op.paper == member and reaches(op, known)
            ]
        self._ops = sorted(ops, key=lambda op: op.order)
        for op in self._ops:
            self._by_field[op.reviewer, op.field].append(op)

    def get(self, op_id: str) -> Op | None:
        """See `Fold.get`."""
        return self._fold.get(op_id)

    def fields(self, paper: str) -> Iterable[FieldKey]:
        """See `Fold.fields`."""
        return self._by_field.keys()

    def history(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """See `Fold.history`."""
        return self._by_field.get((reviewer, field), [])

    def paper_history(self, paper: str) -> list[Op]:
        """See `Fold.paper_history`."""
        return self._ops


def together(fold: Fold, paper: str) -> Together | None:
    """The paper with those once merged into it; None if all of them still are, or none was."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    waiting = [paper]
    while waiting:
        kept = waiting.pop()
        for other in fold.once_merged():
            said = [op for op in fold.history(other, None, ALIAS) if op.value == kept]
            if said and other != paper and other not in seen:
                waiting.append(other)
            if said and other != paper:
                seen[other].update(name for op in said for name in op.seen)
    return Together(fold, paper, seen) if seen.keys() - {*fold.members(paper)} else None


def of_it_alone(state: Snapshot, fold: Fold, paper: str) -> Snapshot:
    """A state of papers that were merged, as the base of an edit of the one paper.

    Such an edit replaces nothing that was said of another: that is another paper's again.
    """
    mine = {op.id for op in fold.paper_history(paper)}
    ids = {key: tuple(name for name in ids if name in mine) for key, ids in state.ids.items()}
    return replace(state, ids=ids)
