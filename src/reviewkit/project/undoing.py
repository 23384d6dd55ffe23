"""Undo: which action comes next, and the edits that take it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reviewkit.files.mode import PROJECT
from reviewkit.ops.families import ALIAS
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.ops.opinions import undoing
from reviewkit.store.recorder import Edit

_BY_HAND = ("panel", "kernel", "cli", "import", "resolve")


def actions(fold: Fold, by: str) -> list[list[Op]]:
    """The operations of each of the person's actions that is not undone, latest first."""
    groups: defaultdict[str, list[Op]] = defaultdict(list)
    undone = set()
    for op in fold:
        if op.by == by and op.via == "undo" and op.origin:
            undone.add(op.origin)
        elif op.by == by and op.via in _BY_HAND and not op.id.startswith("x."):
            groups[op.group or op.id].append(op)
    open_groups = [ops for name, ops in groups.items() if name not in undone]
    return sorted(open_groups, key=lambda ops: max(op.order for op in ops), reverse=True)


def undo_edits(fold: Fold, action: list[Op]) -> list[Edit]:
    """Edits that bring back what the action replaced, where nobody has replaced it since."""
    new_papers = {op.paper for op in action if op.field == "citekey" and not op.seen}
    made = {op.id for op in action}
    # A paper that somebody has said something of since stays.
    edits = [_deletion(fold, p) for p in sorted(new_papers) if _only(fold, p) <= made]
    for paper, (reviewer, field), value in undoing(fold, action):
        current = fold.current(paper, reviewer, field)
        if paper not in new_papers and _origins(fold, current) <= made:
            edits.append(Edit(paper, reviewer, field, value))
    return edits


def renamed(fold: Fold, action: Iterable[Op]) -> tuple[str, str, str] | None:
    """The paper that an action renamed, its key since then and the one before; or None."""
    for op in action:
        former = [fold.get(seen) for seen in op.seen] if op.field == "citekey" else []
        if former and former[0] is not None and former[0].value != op.value:
            return op.paper, str(op.value), str(former[0].value)
    return None


def _only(fold: Fold, paper: str) -> set[str]:
    """Ids of what is said of the paper now."""
    current = fold.current_of_paper(paper).values()
    return {op.id for ops in current for op in ops if op.value is not None}


def _origins(fold: Fold, ops: Iterable[Op]) -> set[str]:
    """Ids of what first gave these values: an undo gives back what the undone one had seen."""
    found: set[str] = set()
    known: set[str] = set()
    waiting = list(ops)
    while waiting:
        op = waiting.pop()
        if op.id in known:
            continue
        known.add(op.id)
        if op.via == "undo":
            for other in fold.paper_history(op.paper):
                same = (other.reviewer, other.field) == (op.reviewer, op.field)
                if same and (other.group or other.id) == op.origin:
                    waiting += filter(None, map(fold.get, other.seen))
        else:
            found.add(op.id)
    return found


def deletion(fold: Fold, paper: str) -> list[Edit]:
    """The edit that deletes a paper as it is now; a later edit of anybody revives it."""
    return [_deletion(fold, paper)]


def _deletion(fold: Fold, paper: str) -> Edit:
    current = fold.current_of_paper(paper)
    seen = tuple(op.id for ops in current.values() for op in ops)
    return Edit(paper, None, "deleted", True, seen)


def describe(action: list[Op], titles: dict[str, str]) -> str:
    """The action in words."""
    papers = {op.paper for op in action}
    if PROJECT in papers:
        return "the project's mode"
    merged = next((op for op in action if op.field == ALIAS), None)
    if merged is not None:
        into = titles.get(merged.value, "another paper")
        return f"merging {titles.get(merged.paper, 'a paper')} into {into}"
    names = sorted({_name(op) for op in action})
    new = {op.paper for op in action if op.field == "citekey" and not op.seen}
    if new:
        return f"adding {len(new)} paper{'s' if len(new) > 1 else ''}"
    if names == ["wanted"]:
        wants = any(op.value is not None for op in action)
        ids = f"{len(papers)} id{'s' if len(papers) > 1 else ''}"
        return f"queueing {ids} for a look-up" if wants else f"taking {ids} out of the queue"
    if "citekey" in names:
        return f"renaming {titles.get(action[0].paper, 'a paper')}"
    what = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    if len(papers) > 1:
        return f"{what} of {len(papers)} papers"
    return f"{what} of {titles.get(next(iter(papers)), 'a paper')}"


def _name(op: Op) -> str:
    if op.field.startswith("tag:"):
        return f"tag {op.field[4:]!r}"
    if op.field.startswith("note:"):
        return "note"
    if op.field.startswith("apart:"):
        return "keeping apart"
    return op.field.removeprefix("bib:")
