"""Changes in a file that wait for a person, or for edits that are still on their way.

A held change is an operation like any other (`held:<hash>`), so it survives and travels;
while it is current, the file's row or entry is left exactly as it stands. It is known by
what it says: a copy of the project whose file does not say it neither holds nor releases it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.bibtex.ourfields import CRITERIA
from reviewkit.ops.clock import iso_time
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import revision
from reviewkit.ops.op import Op
from reviewkit.ops.opinions import pieces
from reviewkit.records import HeldItem
from reviewkit.store.recorder import Edit
from reviewkit.tables import VALUE_COLUMNS

PREFIX = "held:"

#: Ways of edits that were found in a file, rather than made by a person who looked.
_FILES = ("bib", "csv")

#: Why a change waits: a program most likely made it; very many at once; it cannot be so; or
#: it was made from a state that is not known here.
SPREADSHEET, MANY, VALUE, UNKNOWN = "spreadsheet", "many", "value", "unknown"


@dataclass(frozen=True)
class Why:
    """Why a change is held: its kind, one of the four, and the reason in words."""

    kind: str
    reason: str


class HeldChanges:
    """All current held changes of a project."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._places: set[tuple[str, str]] = set()
        self._by_paper: defaultdict[str, set[str]] = defaultdict(set)
        self.observe(fold)

    def observe(self, ops: Iterable[Op]) -> None:
        """Take note of operations that were folded."""
        for op in ops:
            if op.field.startswith(PREFIX):
                self._places.add((op.paper, op.field))
                self._by_paper[op.paper].add(op.field)

    def concerns(self, paper: str) -> bool:
        """Whether anything of the paper was ever held."""
        return paper in self._by_paper

    def current(self) -> list[Op]:
        """The operation of each change that is held now."""
        return [op for place in self._places if (op := self.current_of(*place)) is not None]

    def current_of(self, paper: str, field: str) -> Op | None:
        """The operation that holds what has this name; None if it is not held."""
        found = self._fold.current(paper, None, field)
        return found[-1] if found and all(op.value for op in found) else None

    def of_paper(self, paper: str) -> list[Op]:
        """The operations of the changes that are held of one paper, in order."""
        fields = sorted(self._by_paper.get(paper, ()))
        return [op for field in fields if (op := self.current_of(paper, field)) is not None]

    def find(self, paper: str, file: str, content: Mapping[str, Any]) -> Op | None:
        """The operation that holds just this; None if it is not held."""
        if paper not in self._by_paper:
            return None
        return self.current_of(paper, _field(paper, file, content))

    def decided(self, paper: str, file: str, content: Mapping[str, Any]) -> bool:
        """Whether a person accepted or dismissed just this: a file that still says it is old."""
        if paper not in self._by_paper:
            return False
        found = self._fold.current(paper, None, _field(paper, file, content))
        return bool(found) and all(op.value is None and op.via not in _FILES for op in found)

    def hold(
        self,
        paper: str,
        file: str,
        content: Mapping[str, Any],
        why: Why,
        edits: Iterable[Edit] = (),
    ) -> list[Edit]:
        """The edit that holds a cell, row or entry with all that it says; empty if it is held.

        Parameters
        ----------
        edits
            What accepting it would record; of the reviewer in `content`.
        """
        field = _field(paper, file, content)
        current = self._fold.current(paper, None, field)
        if current and all(op.value for op in current):
            return []
        value = {
            "file": file,
            "reviewer": content.get("reviewer"),
            "reason": why.reason,
            "content": dict(content),
            # Whether it waits for a person, rather than for edits of others that explain it.
            "mendable": why.kind != UNKNOWN,
            "kind": why.kind,
            "edits": [[edit.field, edit.value, list(edit.seen or ())] for edit in edits],
        }
        seen = tuple(op.id for op in current)
        return [Edit(paper, None, field, value, seen, taken_in=True, origin=file)]

    def release(self, op: Op) -> Edit:
        """The edit that lets go of a held change."""
        current = self._fold.current(op.paper, None, op.field)
        seen = tuple(found.id for found in current)
        return Edit(op.paper, None, op.field, None, seen, taken_in=True, origin=op.value["file"])

    def mended(self, file: str, before: Iterable[str], after: Iterable[str]) -> list[Edit]:
        """Edits that let go of what stood in the file and was put right or taken out.

        `before` and `after` are the names (`name`) of what the file said and says.
        """
        gone = set(before) - set(after)
        return [
            self.release(op)
            for op in self.current()
            if op.field in gone and op.value["file"] == file and op.value.get("mendable")
        ]

    def name(self, paper: str, file: str, content: Mapping[str, Any]) -> str:
        """What a held change with this content is called."""
        return _field(paper, file, content)

    def items(self, citekeys: Mapping[str, str]) -> Sequence[HeldItem]:
        """What is held, for people; `citekeys` maps paper ids."""
        return [
            _item(op, citekeys.get(op.paper))
            for op in sorted(self.current(), key=lambda op: op.order)
        ]


def kind_of(op: Op) -> str:
    """Why it is held, as a word; operations of earlier versions say it otherwise."""
    kind = op.value.get("kind")
    if kind in (SPREADSHEET, MANY, VALUE, UNKNOWN):
        return str(kind)
    return VALUE if op.value.get("mendable") else UNKNOWN


def _item(op: Op, citekey: str | None) -> HeldItem:
    content = {name: text for name, text in op.value["content"].items() if isinstance(text, str)}
    is_cell = "column" in content
    was = content.get("was") if is_cell else None
    whole = content.get("entry") or content.get(CRITERIA) or _said(content)
    shown = content.get("now") if is_cell else whole
    kind = kind_of(op)
    return HeldItem(
        op.id,
        op.value["file"],
        citekey or content.get("key"),
        op.value["reason"],
        iso_time(op.t),
        kind,
        op.value["reviewer"],
        content.get("column"),
        was,
        shown,
        pieces(was, shown),
        bool(op.value.get("edits")) or (kind == UNKNOWN and not is_cell),
    )


def _said(content: Mapping[str, str]) -> str:
    """A row in words: what it says, a line a column."""
    return "\n".join(
        f"{name}: {text}"
        for name, text in content.items()
        if name in VALUE_COLUMNS or is_criterion(name)
    )


def _field(paper: str, file: str, content: Mapping[str, Any]) -> str:
    return PREFIX + revision([paper, file, sorted(content.items())])
