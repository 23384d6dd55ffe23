"""The fold: from a set of operations to each field's current values.

A value is current while no other operation names it as seen. Order of arrival,
duplicates and copies do not matter: the same set gives the same state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reviewkit.ops.op import Op, encode

#: Whose field (None: the paper's own) and its name.
FieldKey = tuple[str | None, str]


#: The field of a paper that says it is gone.
DELETED = "deleted"


class Fold:
    """All operations of a project and what is current of them."""

    def __init__(self, ops: Iterable[Op] = ()) -> None:
        self._ops: dict[str, Op] = {}
        self._replaced: set[str] = set()
        self._hidden: set[str] = set()
        self._papers: defaultdict[str, dict[FieldKey, list[Op]]] = defaultdict(dict)
        for op in ops:
            self.add(op)

    def __len__(self) -> int:
        return len(self._ops)

    def __contains__(self, op_id: object) -> bool:
        return op_id in self._ops

    def __iter__(self) -> Iterator[Op]:
        return iter(self._ops.values())

    def get(self, op_id: str) -> Op | None:
        """The operation with this id, current or not; None if it has not arrived."""
        return self._ops.get(op_id)

    def add(self, op: Op) -> bool:
        """Take an operation in; False if it was known, byte for byte or by a better copy."""
        known = self._ops.get(op.id)
        (self._hidden if op.field == DELETED else self._replaced).update(op.seen)
        if known is not None:
            # Two replicas can take the same edit in at different times: the smaller
            # line stands, so that all agree whichever arrived first.
            if known == op or encode(known) <= encode(op):
                return False
            self._field(known).remove(known)
        self._ops[op.id] = op
        self._field(op).append(op)
        return True

    def _field(self, op: Op) -> list[Op]:
        return self._papers[op.paper].setdefault((op.reviewer, op.field), [])

    def papers(self) -> Iterable[str]:
        """Ids of all papers that any operation speaks of."""
        return self._papers.keys()

    def fields(self, paper: str) -> Iterable[FieldKey]:
        """The fields of a paper that any operation ever set."""
        return self._papers[paper].keys() if paper in self._papers else ()

    def history(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """All operations of a field, in the order they are shown."""
        if paper not in self._papers:
            return []
        return sorted(self._papers[paper].get((reviewer, field), ()), key=_order)

    def paper_history(self, paper: str) -> list[Op]:
        """All operations of a paper, in the order they are shown."""
        if paper not in self._papers:
            return []
        return sorted((op for ops in self._papers[paper].values() for op in ops), key=_order)

    def current(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """The operations of a field that nobody has replaced, latest last."""
        if paper not in self._papers:
            return []
        ops = self._papers[paper].get((reviewer, field), ())
        return sorted(filter(self._is_current, ops), key=_order)

    def _is_current(self, op: Op) -> bool:
        # A deletion names all it saw of a paper, but hides it only while nobody has edited
        # the paper meanwhile: the values stay, in case it comes back.
        gone = self._hidden if op.field == DELETED else self._replaced
        return op.id not in gone

    def is_deleted(self, paper: str) -> bool:
        """Whether somebody deleted the paper and nobody edited it without knowing that."""
        deletions = [op for op in self.current(paper, None, DELETED) if op.value]
        named = {seen for op in deletions for seen in op.seen}
        return bool(deletions) and not any(
            op.value is not None and op.id not in named
            for (_, field), ops in self.current_of_paper(paper).items()
            for op in ops
            if field != DELETED and not field.startswith("held:")
        )

    def begun(self, paper: str, reviewer: str | None, field: str) -> tuple[str, str]:
        """Where the first operation of a field stands among all; the field must have one."""
        return min(op.order for op in self._papers[paper][reviewer, field])

    def current_of_paper(self, paper: str) -> dict[FieldKey, list[Op]]:
        """Per field that has any: its current operations, latest last."""
        found: dict[FieldKey, list[Op]] = {}
        for key, ops in self._papers.get(paper, {}).items():
            live = list(filter(self._is_current, ops))
            if live:
                found[key] = sorted(live, key=_order) if len(live) > 1 else live
        return found


def _order(op: Op) -> tuple[str, str]:
    return op.order
