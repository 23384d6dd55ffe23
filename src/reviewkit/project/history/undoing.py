"""Undo: the edits that take an action back, and what of it has to stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewkit.ops.fold import WHOLE, FieldKey, Fold
from reviewkit.ops.op import Op
from reviewkit.ops.opinions import undoing
from reviewkit.project.history.actions import Act, is_new
from reviewkit.store.recorder import Edit


@dataclass
class TakingBack:
    """What takes an action back.

    `left` are the parts that stay, as somebody has changed them since: paper, field and
    the slugs of who did.
    """

    edits: list[Edit] = field(default_factory=list)
    left: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)


def taking_back(fold: Fold, act: Act) -> TakingBack:
    """Edits that bring back what the action replaced, where nobody has replaced it since."""
    found = TakingBack()
    new_papers = {op.paper for op in act.ops if is_new(op)}
    made = {op.id for op in act.ops}
    for paper in sorted(new_papers):
        since = [op for op in _said(fold, paper) if not _come_from(fold, [op], made)]
        if since:
            # A paper that somebody has said something of since stays.
            found.left.append((paper, "citekey", _people(since)))
        else:
            found.edits.append(_deletion(fold, paper))
    for paper, (reviewer, name), formers in undoing(fold, act.ops):
        current = fold.current(paper, reviewer, name)
        if paper in new_papers:
            continue
        if _come_from(fold, current, made):
            found.edits += _giving_back(paper, (reviewer, name), formers, current)
        else:
            since = [op for op in current if op.id not in made]
            found.left.append((paper, name, _people(since)))
    return found


def _giving_back(paper: str, key: FieldKey, formers: list[Op], current: list[Op]) -> list[Edit]:
    """The edits that give a field back the values it had."""
    if not formers:
        return [Edit(paper, *key, None)]
    if len(formers) > 1:
        # They were in conflict and are again: none of them replaces another.
        seen = tuple(op.id for op in current)
        return [Edit(paper, *key, former.value, seen) for former in formers]
    return [Edit(paper, *key, formers[0].value, _named_by(formers[0], current))]


def _named_by(former: Op, current: list[Op]) -> tuple[str, ...] | None:
    """What an edit that deletes or merges a paper once more names as seen; None: the usual.

    As the first time: what was said of the paper between is not to go with it.
    """
    if former.value is None or former.field not in WHOLE:
        return None
    return tuple(dict.fromkeys((*former.seen, *(op.id for op in current))))


def renamed(fold: Fold, ops: Iterable[Op]) -> tuple[str, str, str] | None:
    """The paper that operations renamed, its key since then and the one before; or None."""
    for op in ops:
        former = [fold.get(seen) for seen in op.seen] if op.field == "citekey" else []
        if former and former[0] is not None and former[0].value != op.value:
            return op.paper, str(op.value), str(former[0].value)
    return None


def _said(fold: Fold, paper: str) -> list[Op]:
    """What is said of the paper now, apart from what was noted of its entry."""
    current = fold.current_of_paper(paper).values()
    ops = (op for found in current for op in found if op.value is not None)
    return [op for op in ops if not op.is_noted]


def _people(ops: Iterable[Op]) -> tuple[str, ...]:
    return tuple(sorted({op.by for op in ops}))


def _come_from(fold: Fold, ops: Iterable[Op], made: set[str]) -> bool:
    """Whether an action made these values; an undo gives back what the undone one had seen."""
    known: set[str] = set()
    waiting = list(ops)
    while waiting:
        op = waiting.pop()
        if op.id in made or op.id in known:
            continue
        known.add(op.id)
        before = _given_back(fold, op) if op.via == "undo" else []
        if not before:
            return False
        waiting += before
    return True


def _given_back(fold: Fold, op: Op) -> list[Op]:
    """The operations whose value an undo gave back."""
    found: list[Op] = []
    for other in fold.history(op.paper, op.reviewer, op.field):
        if (other.group or other.id) == op.origin:
            found += filter(None, map(fold.get, other.seen))
    return found


def deletion(fold: Fold, paper: str) -> list[Edit]:
    """The edit that deletes a paper as it is now; a later edit of anybody revives it."""
    return [_deletion(fold, paper)]


def _deletion(fold: Fold, paper: str) -> Edit:
    current = fold.current_of_paper(paper)
    seen = tuple(op.id for ops in current.values() for op in ops)
    return Edit(paper, None, "deleted", True, seen)
