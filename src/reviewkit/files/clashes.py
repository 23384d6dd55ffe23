"""Papers that got one citekey in replicas which had lost touch: one of them gives way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.records import Problem
from reviewkit.store.recorder import Edit

#: How the origin of an edit begins by which a paper gave way.
_ORIGIN = "the citekey of another paper: "


class Clashes:
    """Finds papers of one citekey, and those that gave way."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._seen = -1
        self._marked: set[str] = set()

    def edits(self, library: Library, version: int) -> list[Edit]:
        """The edits that part papers of one citekey; nothing where `version` is as before.

        The one whose key was given first keeps it, the others get `KEY-dup1`, `KEY-dup2`...
        Every replica that knows the same makes the same edit.
        """
        if version == self._seen:
            return []
        self._seen = version
        holders: defaultdict[str, list[Op]] = defaultdict(list)
        for op in self._given(library, self._fold.papers()):
            holders[op.value].append(op)
        self._marked = {
            op.paper for ops in holders.values() for op in ops if _gave_way(op) is not None
        }
        edits = []
        for key in sorted(key for key, ops in holders.items() if len(ops) > 1):
            for op in sorted(holders[key], key=lambda op: op.order)[1:]:
                new = _free(key, holders)
                holders[new] = [op]
                seen = tuple(one.id for one in self._fold.current(op.paper, None, "citekey"))
                origin = _ORIGIN + key
                edits.append(Edit(op.paper, None, "citekey", new, seen, True, origin))
                self._marked.add(op.paper)
        return edits

    def parted(self, library: Library, file: str) -> list[Problem]:
        """The papers that gave way and still have their new key, for people to rename."""
        return [
            Problem(
                None,
                f"two papers were called {key!r}: this one is {op.value!r} until somebody "
                "renames it, or merges both",
                op.value,
                file,
            )
            for op in self._given(library, sorted(self._marked))
            if (key := _gave_way(op)) is not None
        ]

    def _given(self, library: Library, papers: Iterable[str]) -> Iterator[Op]:
        """The operation by which each paper has its citekey."""
        for paper in list(papers):
            current = self._fold.current(paper, None, "citekey")
            there = current and isinstance(current[-1].value, str) and current[-1].value
            if there and library.has_text(paper) and not library.is_deleted(paper):
                yield current[-1]


def _gave_way(op: Op) -> str | None:
    """The key that the paper had before it gave way by this operation; None: it did not."""
    origin = op.origin or ""
    return origin.removeprefix(_ORIGIN) if origin.startswith(_ORIGIN) else None


def _free(key: str, holders: Mapping[str, object]) -> str:
    number = 1
    while f"{key}-dup{number}" in holders:
        number += 1
    return f"{key}-dup{number}"
