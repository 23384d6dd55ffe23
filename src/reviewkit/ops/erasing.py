"""What is left of an operation whose value its owner takes away for good."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.ids import erased_tag
from reviewkit.ops.op import Op

#: Stands as the origin of an erased operation: where it came from may tell what it said.
ORIGIN = "erased"

_NOTE = re.compile(r"note:([a-z2-7]{6})\.(?:text|anchor)")


def erased(op: Op, value: Any = None) -> Op:
    """The operation without its value; `value` is what may stay of it.

    Every replica makes the same of the same operation.
    """
    field = op.field
    if field.startswith("tag:") and not op.erased:
        field = f"tag:{erased_tag(op.paper, op.reviewer, field[4:])}"
    return op._replace(field=field, value=value, origin=ORIGIN, erased=True)


def marks(fields: Iterable[FieldKey]) -> frozenset[str]:
    """How the notes among these fields begin in either file."""
    found = (_NOTE.fullmatch(name) for _, name in fields)
    # Behind the id stands the bracket, or where in the paper the note belongs.
    return frozenset(f"[{m[1]}{end}" for m in found if m is not None for end in "] ")


def belonging(fold: Fold, paper: str) -> list[Op]:
    """Operations of the paper's erased notes that still have a text.

    An edit of such a note that was made elsewhere meanwhile holds its words as well, or those
    of the paper that say where it belongs.
    """
    fields = list(fold.fields(paper))
    gone = {
        (owner, match[1])
        for owner, name in fields
        if (match := _NOTE.fullmatch(name)) and fold.erased(paper, owner, name)
    }
    return [
        op
        for owner, name in fields
        if (match := _NOTE.fullmatch(name)) and (owner, match[1]) in gone
        for op in fold.history(paper, owner, name)
        if op.value is not None
    ]


def quoting(fold: Fold, paper: str, names: frozenset[str]) -> list[Op]:
    """Operations that keep a row, an entry or a cell in which a note begins with such a mark."""
    return [
        op
        for op in fold.paper_history(paper)
        if op.value is not None
        and (op.field == "entry" or op.field.startswith("held:"))
        and any(name in text for text in _texts(op.value) for name in names)
    ]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []
