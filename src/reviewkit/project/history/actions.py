"""Actions: what people did, each as the one thing that is undone at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reviewkit.files.mode import IMPORT
from reviewkit.ops.anchors import is_anchor
from reviewkit.ops.criteria import criterion_of, is_criterion
from reviewkit.ops.families import ALIAS
from reviewkit.ops.fold import PROJECT
from reviewkit.ops.op import Op

#: Ways of edits that a person made here, rather than in a file.
BY_HAND = ("panel", "kernel", "cli", "import", "resolve")

_UNDO = "undo"

#: What dismissing is called; accepting is called by what was accepted.
_HELD = "dismissing a held change"


@dataclass(frozen=True, slots=True)
class Act:
    """The operations of one action, in their order; `name` is the id of the first."""

    name: str
    ops: tuple[Op, ...]

    @property
    def undoes(self) -> str | None:
        """The name of the action that this one takes back; None if it is no undo."""
        return self.ops[0].origin if self.ops[0].via == _UNDO else None

    @property
    def by_hand(self) -> bool:
        """Whether a person did something new here: neither an undo nor an edit in a file."""
        return self.ops[0].via in BY_HAND

    @property
    def latest(self) -> Op:
        """The operation that was made last."""
        return self.ops[-1]


def said(ops: Iterable[Op]) -> list[Op]:
    """The operations that people made, without those that were only noted along with one."""
    return [op for op in ops if _counts(op)]


def gather(ops: Iterable[Op]) -> dict[str, Act]:
    """All actions by name; see `add`."""
    acts: dict[str, Act] = {}
    add(acts, ops)
    return acts


def add(acts: dict[str, Act], ops: Iterable[Op]) -> None:
    """Add operations to the actions by name; what was only noted along with one is left out."""
    groups: defaultdict[str, list[Op]] = defaultdict(list)
    for op in said(ops):
        groups[op.group or op.id].append(op)
    for name, found in groups.items():
        known = [*(acts[name].ops if name in acts else ()), *found]
        acts[name] = Act(name, tuple(sorted(known, key=lambda op: op.order)))


def _counts(op: Op) -> bool:
    if op.erased or op.is_noted:
        return False
    if op.field.startswith("held:") and op.id.startswith("x."):
        # What waits nobody decided yet.
        return False
    by_hand = op.via in BY_HAND
    if op.id.startswith("x."):
        # Beside an edit by hand, or with a paper's first row, it says what was there before.
        explains = op.field == "citekey" and not op.seen and not is_new(op)
        return not (by_hand or explains or op.paper == PROJECT)
    return by_hand or op.via == _UNDO


def is_new(op: Op) -> bool:
    """Whether the operation made the paper: by adding it, or by an entry typed into the file."""
    if op.field != "citekey" or op.seen:
        return False
    return not op.id.startswith("x.") or (op.origin or "").endswith("new entry")


def undone(acts: Mapping[str, Act]) -> set[str]:
    """Names of the actions that are taken back, by an undo that is not taken back itself."""
    targets = {name: target for name, act in acts.items() if (target := act.undoes) is not None}
    undoing = Counter(targets.values())
    ready = [name for name in targets if not undoing[name]]
    found: set[str] = set()
    while ready:
        name = ready.pop()
        target = targets[name]
        if target not in acts:
            continue
        if name not in found:
            found.add(target)
        undoing[target] -= 1
        if not undoing[target] and target in targets:
            ready.append(target)
    return found


def latest_first(acts: Iterable[Act]) -> list[Act]:
    """The actions in the order in which people look for them."""
    return sorted(acts, key=lambda act: act.latest.order, reverse=True)


def describe(act: Act, acts: Mapping[str, Act], key_of: Callable[[str], str | None]) -> str:
    """The action in words; `key_of` gives a paper's citekey."""
    times, known = 0, {act.name}
    while (target := act.undoes) in acts and target not in known and target is not None:
        act = acts[target]
        known.add(target)
        times += 1
    what = _what(act.ops, key_of)
    return what if not times else f"{'undo' if times % 2 else 'redo'}: {what}"


def _what(ops: tuple[Op, ...], key_of: Callable[[str], str | None]) -> str:
    ops = tuple(op for op in ops if op.field != IMPORT) or ops
    papers = {op.paper for op in ops}
    if papers == {PROJECT}:
        columns = dict.fromkeys(op.field.partition(":")[2] for op in ops if ":" in op.field)
        if not columns:
            return "the project's mode"
        if all(op.field.startswith("place:") for op in ops):
            return "the order of the matrix's columns"
        gone = ops[0].field.startswith("column:") and ops[0].value is None
        return f"{'removing ' if gone else ''}the column {column_name(next(iter(columns)))!r}"
    # A column that was made along with its first cell.
    ops = tuple(op for op in ops if op.paper != PROJECT)
    papers -= {PROJECT}
    merged = next((op for op in ops if op.field == ALIAS), None)
    if merged is not None:
        into = key_of(str(merged.value)) or "another paper"
        return f"merging {key_of(merged.paper) or 'a paper'} into {into}"
    new = {op.paper for op in ops if is_new(op)}
    if new:
        return f"adding {len(new)} paper{'s' if len(new) > 1 else ''}"
    names = sorted({field_words(op.field) for op in ops} - {_HELD}) or [_HELD]
    if names == ["wanted"]:
        wants = any(op.value is not None for op in ops)
        named = f"{len(papers)} paper{'s' if len(papers) > 1 else ''} to look up"
        return f"naming {named}" if wants else f"dismissing {named}"
    if "deleted" in names:
        return f"removing {_papers(papers, key_of)}"
    if "citekey" in names:
        return f"renaming {key_of(ops[0].paper) or 'a paper'}"
    what = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return f"{what} of {_papers(papers, key_of)}"


def _papers(papers: set[str], key_of: Callable[[str], str | None]) -> str:
    return f"{len(papers)} papers" if len(papers) > 1 else key_of(next(iter(papers))) or "a paper"


def column_name(name: str) -> str:
    """What a column of the matrix was first called, in small letters, from its id."""
    return name.rpartition("-")[0].replace("-", " ") or name


def field_words(field: str) -> str:
    """A field of the log as people call it."""
    if field.startswith("tag:"):
        return f"tag {field[4:]!r}"
    if field.startswith("note:"):
        return "page of a note" if is_anchor(field) else "note"
    if field.startswith("link:"):
        return "link to a cell"
    if field.startswith("apart:"):
        return "keeping apart"
    if field.startswith("held:"):
        return _HELD
    if field.startswith(("cell:", "unfit:")):
        kind, _, column = field.partition(":")
        words = "a suggestion for" if kind == "unfit" else "cell"
        return f"{words} {column_name(column.partition('.')[0])!r}"
    if field.startswith(("column:", "place:")):
        return f"the column {column_name(field.partition(':')[2])!r}"
    if is_criterion(field):
        return f"rating of {criterion_of(field)}"
    return field.removeprefix("bib:")
