"""The values of a paper at one moment: what a file's row or entry shows of it.

A snapshot is made of any set of operations, so that a file's `rev` can be traced to the
moment it was written from, whatever has happened since.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from reviewkit.ops.anchors import field_of, is_anchor
from reviewkit.ops.criteria import criterion_of, is_criterion
from reviewkit.ops.fold import WHOLE, FieldKey, Fold
from reviewkit.ops.merged import Get, merged_text, past
from reviewkit.ops.op import Op

#: So many papers' present snapshots are kept: who asks for one asks again soon.
_MOST_KEPT = 64

#: A file's `rev` is looked for among at most so many past moments of a paper.
_MOST_MOMENTS = 5000

#: Opinions that neither file shows: cells of the comparison matrix, what was said of suggestions
#: for them, and links of claims to notebook cells.
BESIDE_FILES = ("cell:", "unfit:", "link:", "run:")

#: Of a field with more operations, only so many late ones are taken to have met in pairs.
_MOST_HEADS = 12


@dataclass(frozen=True)
class Snapshot:
    """Values that are not cleared, by field, and the operations each comes from.

    `renamed` tells whether the paper's citekey has replaced an earlier one.
    """

    values: Mapping[FieldKey, Any]
    ids: Mapping[FieldKey, tuple[str, ...]]
    renamed: bool = False

    def seen(self, key: FieldKey) -> tuple[str, ...]:
        """Ids of the operations that made the field what it is here; empty if none did."""
        return self.ids.get(key, ())

    @cached_property
    def _by_owner(self) -> Mapping[str | None, Sequence[tuple[str, Any]]]:
        found: defaultdict[str | None, list[tuple[str, Any]]] = defaultdict(list)
        for (owner, field), value in self.values.items():
            found[owner].append((field, value))
        return found

    def _of(self, owner: str | None) -> Sequence[tuple[str, Any]]:
        return self._by_owner.get(owner, ())

    def reviewers(self) -> list[str]:
        """Everybody with a value that the files show, sorted."""
        return sorted(
            owner
            for owner, said in self._by_owner.items()
            if owner is not None
            and any(not f.startswith(BESIDE_FILES) and not is_anchor(f) for f, _ in said)
        )

    def tags_of(self, reviewer: str) -> list[str]:
        """The reviewer's tags, sorted."""
        return sorted(
            field[4:] for field, value in self._of(reviewer) if value and field.startswith("tag:")
        )

    def all_tags(self) -> list[str]:
        """The union of the reviewers' tags, sorted."""
        return sorted(
            {
                field[4:]
                for (owner, field), value in self.values.items()
                if owner is not None and value and field.startswith("tag:")
            }
        )

    def criteria_of(self, reviewer: str) -> dict[str, Any]:
        """The reviewer's ratings of single criteria: name to rating, sorted by name."""
        return dict(
            sorted(
                (name, value)
                for field, value in self._of(reviewer)
                if (name := criterion_of(field)) is not None
            )
        )

    def notes_of(self, reviewer: str) -> dict[str, str]:
        """The reviewer's notes, id to text, in the order they were begun."""
        return {
            field[5:-5]: value
            for field, value in self._of(reviewer)
            if field.startswith("note:") and field.endswith(".text")
        }

    def anchors_of(self, reviewer: str) -> dict[str, str]:
        """Where in the paper those of the reviewer's notes belong that say it, by id."""
        notes = self.notes_of(reviewer)
        return {
            name: self.values[key] for name in notes
            if (key := (reviewer, field_of(name))) in self.values
        }  # fmt: skip

    def bib_fields(self) -> dict[str, str]:
        """The paper's own BibTeX fields that were edited: name to right-hand side."""
        return {field[4:]: value for field, value in self._of(None) if field.startswith("bib:")}


def choose(field: str, ops: Sequence[Op], get: Get) -> Any:
    """The value that current operations show; `get` finds those that they replaced.

    Present wins for tags, and for columns over their removal; texts of a note are merged if
    that can be; else the latest.
    """
    if field.startswith("column:"):
        return next((op.value for op in reversed(ops) if op.value is not None), None)
    if field.startswith("tag:"):
        return True if any(op.value for op in ops) else None
    if field.startswith("note:") and not is_anchor(field):
        # A note deleted by one and edited by another meanwhile stays to be seen.
        there = [op for op in ops if op.value is not None]
        if not there:
            return None
        merged = merged_text(there, get)
        return there[-1].value if merged is None else merged
    return ops[-1].value if ops else None


def of_current(
    current: Mapping[FieldKey, Sequence[Op]],
    begun: Callable[[FieldKey], tuple[str, str]],
    get: Get,
) -> Snapshot:
    """The snapshot that current operations (per field, latest last) give.

    `begun` says where a field's first operation stands: notes are shown in that order. `get`
    finds an operation by its id.
    """
    notes = sorted((key for key in current if key[1].startswith("note:")), key=begun)
    others = (key for key in current if not key[1].startswith("note:"))
    values = {}
    ids = {}
    for key in (*others, *notes):
        ops = current[key]
        ids[key] = tuple([op.id for op in ops])
        value = ops[0].value if len(ops) == 1 else choose(key[1], ops, get)
        if value is not None:
            values[key] = value
    return Snapshot(values, ids, any(op.seen for op in current.get((None, "citekey"), ())))


def now(fold: Fold, paper: str) -> Snapshot:
    """The paper's snapshot after all operations."""
    kept = fold.made.get(paper)
    if isinstance(kept, Snapshot):
        return kept
    if len(fold.made) >= _MOST_KEPT:
        fold.made.clear()
    current = fold.current_of_paper(paper)
    made = of_current(current, lambda key: fold.begun(paper, *key), fold.get)
    fold.made[paper] = made
    return made


def _of_ops(ops: Iterable[Op]) -> Snapshot:
    current: defaultdict[FieldKey, list[Op]] = defaultdict(list)
    begun: dict[FieldKey, tuple[str, str]] = {}
    held = sorted(ops, key=lambda op: op.order)
    replaced = {seen for op in held if op.field not in WHOLE for seen in op.seen}
    for op in held:
        begun.setdefault((op.reviewer, op.field), op.order)
        if op.id not in replaced:
            current[(op.reviewer, op.field)].append(op)
    return of_current(current, begun.__getitem__, {op.id: op for op in held}.get)


class Said(Protocol):
    """What was ever said of papers: the fold, or what it was like in other circumstances."""

    def get(self, op_id: str) -> Op | None:
        """See `Fold.get`."""

    def fields(self, paper: str) -> Iterable[FieldKey]:
        """See `Fold.fields`."""

    def history(self, paper: str, reviewer: str | None, field: str) -> list[Op]:
        """See `Fold.history`."""

    def paper_history(self, paper: str) -> list[Op]:
        """See `Fold.paper_history`."""


def states(fold: Said, paper: str, key: FieldKey) -> list[tuple[Any, tuple[str, ...]]]:
    """Each value that one field may ever have shown, with what made it so; likely ones first.

    None is among them, with nothing: before the first operation there was no value.
    """
    ops = fold.history(paper, *key)
    found: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for chosen in (ops, *_earlier(ops), []):
        then = _of_ops(chosen)
        value, ids = then.values.get(key), then.ids.get(key, ())
        # That a value was taken out is told from that there was none.
        found.setdefault(f"{value!r} {bool(ids)}", (value, ids))
    return list(found.values())


def moments(
    fold: Said,
    paper: str,
    reviewers: Sequence[str | None] | None = None,
    *,
    criteria: bool = False,
) -> Iterator[Snapshot]:
    """Past snapshots of a paper, likely ones first, a bounded number.

    Parameters
    ----------
    reviewers
        Whose fields count; None in it means the paper's own; not given: everybody's.
    criteria
        Only ratings of single criteria, which have a hash of their own in either file; else all
        but those.

    Notes
    -----
    First each reviewer's edits are taken to have come in order, different reviewers' to
    have met in any way. Then, as a replica may have had more of one field and less of
    another, every field is set back by itself, then two of them, and so on.
    """
    ops = [
        op
        for op in fold.paper_history(paper)
        if (reviewers is None or op.reviewer in reviewers)
        and not op.field.startswith(BESIDE_FILES)
        and is_criterion(op.field) is criteria
    ]
    # A file from before a merge has nothing of the other paper.
    alone = [op for op in ops if op.paper == paper]
    for known in (ops, alone) if len(alone) < len(ops) else (ops,):
        yield from itertools.islice(_by_owner(known), _MOST_MOMENTS)
        yield from itertools.islice(_by_field(known), _MOST_MOMENTS)


def _by_owner(ops: Sequence[Op]) -> Iterator[Snapshot]:
    by_owner: defaultdict[str | None, list[Op]] = defaultdict(list)
    for op in ops:
        by_owner[op.reviewer].append(op)
    prefixes = [range(len(found), -1, -1) for found in by_owner.values()]
    for lengths in itertools.product(*prefixes):
        chosen = zip(by_owner.values(), lengths, strict=True)
        yield _of_ops(op for found, n in chosen for op in found[:n])


def _by_field(ops: Sequence[Op]) -> Iterator[Snapshot]:
    by_field: defaultdict[FieldKey, list[Op]] = defaultdict(list)
    for op in ops:
        by_field[(op.reviewer, op.field)].append(op)
    for number in range(1, len(by_field) + 1):
        for keys in itertools.combinations(by_field, number):
            for chosen in itertools.product(*(_earlier(by_field[key]) for key in keys)):
                back = dict(zip(keys, chosen, strict=True))
                yield _of_ops(op for key, all_ in by_field.items() for op in back.get(key, all_))


def _earlier(ops: Sequence[Op]) -> list[Sequence[Op]]:
    """Less than all operations of a field: the first ones, a later one, or two with their past."""
    firsts: list[Sequence[Op]] = [ops[:n] for n in range(len(ops) - 1, -1, -1)]
    alone = [[op] for op in ops[1:]]
    get = {op.id: op for op in ops}.get
    pasts = [past(op, get) for op in ops[-_MOST_HEADS:]]
    together = [
        [op for op in ops if op.id in one | other]
        for one, other in itertools.combinations_with_replacement(pasts, 2)
    ]
    return firsts + alone + together
