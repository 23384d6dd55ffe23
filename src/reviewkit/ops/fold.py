"""The fold: from a set of operations to each field's current values.

A value is current while no other operation names it as seen. Order of arrival,
duplicates and copies do not matter: the same set gives the same state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from reviewkit.ops.criteria import PREFIX, criterion_of
from reviewkit.ops.families import ALIAS, Families
from reviewkit.ops.op import Op, encode

#: Whose field (None: the paper's own) and its name.
FieldKey = tuple[str | None, str]


#: The field of a paper that says it is gone.
DELETED = "deleted"

#: Stands for a paper's id in operations on the project itself.
PROJECT = "project"

#: Fields of a paper whose operations name all that their author saw of it, and replace only
#: earlier ones of their own kind.
WHOLE = (DELETED, ALIAS)


#: What a program notes of a paper does not bring one back that somebody deleted.
_NO_EDIT = ("held:", "apart:", "run:")


class Fold:
    """All operations of a project and what is current of them."""

    def __init__(self, ops: Iterable[Op] = ()) -> None:
        self._ops: dict[str, Op] = {}
        self._replaced: set[str] = set()
        self._hidden: set[str] = set()
        self._papers: defaultdict[str, dict[FieldKey, list[Op]]] = defaultdict(dict)
        self._families = Families()
        #: How many operations came that speak of a paper or replace one of its values; under
        #: ALIAS how many said what was merged with what.
        self._stamps: dict[str, int] = {}
        self._erased: defaultdict[str, set[FieldKey]] = defaultdict(set)
        #: The criteria that anybody ever rated, by name.
        self.criteria: set[str] = set()
        #: Erased operations of which a copy with its value has been seen since this was looked
        #: at: a log still has it.
        self.copies: set[str] = set()
        #: How many operations gave way to a better copy of theirs.
        self.rewritten = 0
        #: What was made of papers' operations as they are now; emptied by every new one.
        self.made: dict[str, Any] = {}
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
        """Take an operation in; False if it was known, byte for byte or by a better copy.

        An erased one is better than any with its value.
        """
        known = self._ops.get(op.id)
        self.made.clear()
        (self._hidden if op.field in WHOLE else self._replaced).update(op.seen)
        if known is not None:
            # Two replicas can take the same edit in at different times: the smaller
            # line stands, so that all agree whichever arrived first.
            if known == op:
                return False
            if known.erased != op.erased:
                self.copies.add(op.id)
            if (not known.erased, encode(known)) <= (not op.erased, encode(op)):
                return False
            self._forget(known)
            self.rewritten += 1
        self._ops[op.id] = op
        self._stamp(op)
        key = (op.reviewer, op.field)
        fields = self._papers[op.paper]
        if key in fields:
            fields[key].append(op)
        else:
            fields[key] = [op]
        if op.erased:
            self._erased[op.paper].add(key)
        if op.field == ALIAS:
            self._families.observe(op)
        elif op.field.startswith(PREFIX) and (name := criterion_of(op.field)) is not None:
            self.criteria.add(name)
        return True

    def _stamp(self, op: Op) -> None:
        stamps = self._stamps
        stamps[op.paper] = stamps.get(op.paper, 0) + 1
        if op.field == ALIAS:
            stamps[ALIAS] = stamps.get(ALIAS, 0) + 1
        for seen in op.seen:
            # A value is replaced from another paper before it is heard that they are one.
            replaced = self._ops.get(seen)
            if replaced is not None and replaced.paper != op.paper:
                stamps[replaced.paper] = stamps.get(replaced.paper, 0) + 1

    def stamp(self, paper: str) -> tuple[int, ...]:
        """Another one whenever anything said of the paper may have changed; all 0: nothing was."""
        stamps = self._stamps
        own = (stamps.get(ALIAS, 0), stamps.get(paper, 0))
        if not own[0]:
            return own
        return (*own, *(stamps.get(member, 0) for member in self.members(paper)))

    def _forget(self, op: Op) -> None:
        ops = self._papers[op.paper][op.reviewer, op.field]
        ops.remove(op)
        if not ops:
            # An erased tag has another name.
            del self._papers[op.paper][op.reviewer, op.field]

    def erased(self, paper: str, reviewer: str | None, field: str) -> bool:
        """Whether any operation of this field was erased; of a paper and those merged into it."""
        key = (reviewer, field)
        return any(key in self._erased.get(one, ()) for one in (paper, *self.members(paper)))

    def erased_papers(self) -> set[str]:
        """Ids of the papers of which anything was erased."""
        return set(self._erased)

    def erased_fields(self, paper: str) -> set[FieldKey]:
        """Whose, and which, fields of this very paper have an erased operation."""
        return set(self._erased.get(paper, ()))

    def has_erased(self, paper: str, reviewer: str | None = None) -> bool:
        """Whether anything of a paper was erased; with a reviewer, of theirs."""
        return any(
            reviewer in (None, owner)
            for one in (paper, *self.members(paper))
            for owner, _ in self._erased.get(one, ())
        )

    def concerned(self, ops: Iterable[Op]) -> set[str]:
        """The papers that operations speak of, and those that these are or were merged into."""
        papers: set[str] = set()
        for op in ops:
            papers |= {op.paper, self.root(op.paper)}
            if op.field == ALIAS:
                # What was merged with one elsewhere is not with another any more.
                said = self._own(op.paper).get((None, ALIAS), ())
                papers.update(o.value for o in said if o.value)
        return papers

    def papers(self) -> Iterable[str]:
        """Ids of all papers that any operation speaks of."""
        return self._papers.keys()

    def root(self, paper: str) -> str:
        """The paper that this one was merged into; itself if it was not."""
        return self._families.root(paper, self._aliases)

    def members(self, paper: str) -> tuple[str, ...]:
        """The papers that were merged into this one; their opinions count as its own."""
        return self._families.members(paper, self._aliases)

    def once_merged(self) -> frozenset[str]:
        """The papers that were ever merged into another, also where that was undone."""
        return self._families.papers

    def _aliases(self, paper: str) -> list[Op]:
        return sorted(
            filter(self._is_current, self._own(paper).get((None, ALIAS), ())), key=_order
        )

    def _own(self, paper: str) -> dict[FieldKey, list[Op]]:
        return self._papers.get(paper, {})

    def _all(self, paper: str) -> dict[FieldKey, list[Op]]:
        """The paper's operations by field, with those of papers merged into it."""
        own = self._own(paper)
        members = self.members(paper)
        if not members:
            return own
        found = {key: list(ops) for key, ops in own.items()}
        for member in members:
            for key, ops in self._own(member).items():
                reaching = self._families.reaching(member, ops)
                if reaching:
                    found.setdefault(key, []).extend(reaching)
        return found

    def _of(self, paper: str, key: FieldKey) -> list[Op]:
        own = self._own(paper).get(key, [])
        members = self.members(paper)
        if not members:
            return own
        return own + [
            op
            for member in members
            for op in self._families.reaching(member, self._own(member).get(key, ()))
        ]

    def fields(self, paper: str) -> Iterable[FieldKey]:
        """The fields of a paper that any operation ever set."""
        return self._all(paper).keys()

    def history(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """All operations of a field, in the order they are shown."""
        return sorted(self._of(paper, (reviewer, field)), key=_order)

    def paper_history(self, paper: str) -> list[Op]:
        """All operations of a paper, in the order they are shown."""
        return sorted((op for ops in self._all(paper).values() for op in ops), key=_order)

    def current(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """The operations of a field that nobody has replaced, latest last."""
        return sorted(filter(self._is_current, self._of(paper, (reviewer, field))), key=_order)

    def _is_current(self, op: Op) -> bool:
        # A deletion names all it saw of a paper, but hides it only while nobody has edited
        # the paper meanwhile: the values stay, in case it comes back. So does a merge.
        gone = self._hidden if op.field in WHOLE else self._replaced
        return op.id not in gone

    def is_deleted(self, paper: str) -> bool:
        """Whether somebody deleted the paper and nobody edited it without knowing that."""
        deletions = [op for op in self.current(paper, None, DELETED) if op.value]
        named = {seen for op in deletions for seen in op.seen}
        return bool(deletions) and not any(
            op.value is not None and op.id not in named
            for (_, field), ops in self.current_of_paper(paper).items()
            for op in ops
            if field not in WHOLE and not field.startswith(_NO_EDIT)
        )

    def begun(self, paper: str, reviewer: str | None, field: str) -> tuple[str, str]:
        """Where the first operation of a field stands among all; the field must have one."""
        return min(op.order for op in self._of(paper, (reviewer, field)))

    def current_of_paper(self, paper: str) -> dict[FieldKey, list[Op]]:
        """Per field that has any: its current operations, latest last."""
        found: dict[FieldKey, list[Op]] = {}
        for key, ops in self._all(paper).items():
            gone = self._hidden if key[1] in WHOLE else self._replaced
            live = [op for op in ops if op.id not in gone]
            if live:
                found[key] = sorted(live, key=_order) if len(live) > 1 else live
        return found


def _order(op: Op) -> tuple[str, str]:
    return op.order
