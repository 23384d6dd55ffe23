"""The values of a paper at one moment: what a file's row or entry shows of it.

A snapshot is made of any set of operations, so that a file's `rev` can be traced to the
moment it was written from, whatever has happened since.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.op import Op

#: A file's `rev` is looked for among at most so many past moments of a paper.
_MOST_MOMENTS = 5000


@dataclass(frozen=True)
class Snapshot:
    """Values that are not cleared, by field, and the operations each comes from."""

    values: Mapping[FieldKey, Any]
    ids: Mapping[FieldKey, tuple[str, ...]]

    def seen(self, key: FieldKey) -> tuple[str, ...]:
        """Ids of the operations that made the field what it is here; empty if none did."""
        return self.ids.get(key, ())

    def reviewers(self) -> list[str]:
        """Everybody with a value, sorted."""
        return sorted({reviewer for reviewer, _ in self.values if reviewer is not None})

    def tags_of(self, reviewer: str) -> list[str]:
        """The reviewer's tags, sorted."""
        return sorted(
            field[4:]
            for (owner, field), value in self.values.items()
            if owner == reviewer and value and field.startswith("tag:")
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

    def notes_of(self, reviewer: str) -> dict[str, str]:
        """The reviewer's notes, id to text, in the order they were begun."""
        found = [
            (self.ids[(owner, field)], field[5:-5], value)
            for (owner, field), value in self.values.items()
            if owner == reviewer and field.startswith("note:") and field.endswith(".text")
        ]
        return {name: value for _, name, value in found}

    def bib_fields(self) -> dict[str, str]:
        """The paper's own BibTeX fields that were edited: name to right-hand side."""
        return {
            field[4:]: value
            for (owner, field), value in self.values.items()
            if owner is None and field.startswith("bib:")
        }


def choose(field: str, ops: Sequence[Op]) -> Any:
    """The value that current operations show: present wins for tags and notes, else latest."""
    if field.startswith("tag:"):
        return True if any(op.value for op in ops) else None
    if field.startswith("note:"):
        # A note deleted by one and edited by another meanwhile stays to be seen.
        return next((op.value for op in reversed(ops) if op.value is not None), None)
    return ops[-1].value if ops else None


def of_current(current: Mapping[FieldKey, Sequence[Op]]) -> Snapshot:
    """The snapshot that current operations (per field, latest last) give."""
    values = {}
    ids = {}
    for key, ops in current.items():
        ids[key] = tuple(op.id for op in ops)
        value = choose(key[1], ops)
        if value is not None:
            values[key] = value
    return Snapshot(values, ids)


def now(fold: Fold, paper: str) -> Snapshot:
    """The paper's snapshot after all operations."""
    return of_current(fold.current_of_paper(paper))


def _of_ops(ops: Iterable[Op]) -> Snapshot:
    current: defaultdict[FieldKey, list[Op]] = defaultdict(list)
    held = list(ops)
    replaced = {seen for op in held for seen in op.seen}
    for op in sorted(held, key=lambda op: op.order):
        if op.id not in replaced:
            current[(op.reviewer, op.field)].append(op)
    return of_current(current)


def moments(
    fold: Fold, paper: str, reviewers: Sequence[str | None] | None = None
) -> Iterator[Snapshot]:
    """Past snapshots of a paper, likely ones first, at most `_MOST_MOMENTS`.

    Parameters
    ----------
    reviewers
        Whose fields count; None in it means the paper's own; not given: everybody's.

    Notes
    -----
    Each reviewer's edits are taken to have come in order, different reviewers' to have
    met in any way: a replica may have had more of one and less of another.
    """
    by_owner: defaultdict[str | None, list[Op]] = defaultdict(list)
    for op in fold.paper_history(paper):
        if reviewers is None or op.reviewer in reviewers:
            by_owner[op.reviewer].append(op)
    prefixes = [range(len(ops), -1, -1) for ops in by_owner.values()]
    for lengths in itertools.islice(itertools.product(*prefixes), _MOST_MOMENTS):
        chosen = [op for ops, n in zip(by_owner.values(), lengths, strict=True) for op in ops[:n]]
        yield _of_ops(chosen)
