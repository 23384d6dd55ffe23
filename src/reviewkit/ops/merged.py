"""What several current values of a text have in common, and their merged text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewkit.ops import words
from reviewkit.ops.op import Op

#: Finds an operation by its id; None if it has not arrived.
Get = Callable[[str], Op | None]


def past(op: Op, get: Get) -> set[str]:
    """Ids of the operation and of all of its field that it descends from."""
    found: set[str] = set()
    waiting = [op]
    while waiting:
        one = waiting.pop()
        if one.id not in found and one.field == op.field:
            found.add(one.id)
            waiting += filter(None, map(get, one.seen))
    return found


def first_said(op: Op, get: Get) -> Op:
    """The operation whose value an undo gave back; the operation itself if it is no undo."""
    known = {op.id}
    while op.via == "undo":
        undone = filter(None, map(get, op.seen))
        before = (get(name) for one in undone for name in one.seen)
        given = [o for o in before if o and (o.field, o.value) == (op.field, op.value)]
        if not given or given[-1].id in known:
            break
        op = given[-1]
        known.add(op.id)
    return op


def ancestor(ops: Sequence[Op], get: Get) -> Op | None:
    """The newest operation that all of these descend from; None if there is none.

    Values that an undo gave back stand where they stood before they were replaced: what had
    replaced them is not what they have in common.
    """
    ops = [first_said(op, get) for op in ops]
    shared = set.intersection(*(past(op, get) - {op.id} for op in ops)) if ops else set()
    return max(filter(None, map(get, shared)), key=lambda op: op.order, default=None)


def merged_text(ops: Sequence[Op], get: Get) -> str | None:
    """The text with everybody's changes of what they all descend from.

    Parameters
    ----------
    ops
        Operations with texts, none of whose authors saw another's, in order.

    Returns
    -------
    str or None
        None where changes meet: then people see all texts.
    """
    texts = list(dict.fromkeys(op.value for op in ops))
    if len(texts) == 1:
        return str(texts[0])
    base = ancestor(ops, get)
    if base is None or not all(isinstance(text, str) for text in (base.value, *texts)):
        return None
    merged: str | None = texts[0]
    for text in texts[1:]:
        if merged is not None:
            merged = words.merge(base.value, merged, text)
    return merged
