"""A second implementation of the log and the fold, from `docs/format.md` and nothing else.

It imports nothing of reviewkit: where it and reviewkit differ, one of them, or the document,
is wrong.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Line = dict[str, Any]
Place = tuple[str, str | None, str]


def operations(logs: Iterable[bytes]) -> list[tuple[bytes, Line]]:
    """All sound lines of version 1, with their bytes."""
    found = []
    for log in logs:
        for line in log.split(b"\n"):
            head, mark, tail = line.rpartition(b',"c":"')
            if not mark or tail != b'%08x"}' % zlib.crc32(head):
                continue
            body = json.loads(line)
            if body["v"] == 1:
                found.append((line, body))
    return found


class State:
    """What is current, by the rules under 'The fold'."""

    def __init__(self, found: Iterable[tuple[bytes, Line]]) -> None:
        lines: dict[str, tuple[bytes, Line]] = {}
        self._replaced: set[str] = set()
        self._hidden: set[str] = set()
        for line, body in found:
            # 1. Of two with one id the erased one, else the smaller line stands; what either
            # has seen is replaced.
            name = body["i"]
            if name not in lines or _better((line, body), lines[name]):
                lines[name] = (line, body)
            whole = body["f"] in ("deleted", "alias")
            (self._hidden if whole else self._replaced).update(body["s"])
        self._at: defaultdict[Place, list[Line]] = defaultdict(list)
        self._papers: defaultdict[str, list[Line]] = defaultdict(list)
        for _, body in lines.values():
            self._at[body["p"], body.get("r"), body["f"]].append(body)
            self._papers[body["p"]].append(body)
        self._into = {p: into for p in self._papers if (into := self._alias(p)) is not None}
        self._inner: defaultdict[str, list[str]] = defaultdict(list)
        for paper in self._into:
            if self.root(paper) != paper:
                self._inner[self.root(paper)].append(paper)

    def papers(self) -> list[str]:
        """Ids of all papers."""
        return sorted(self._papers)

    def root(self, paper: str) -> str:
        """5. The paper that speaks for this one."""
        path = [paper]
        while path[-1] in self._into and self._into[path[-1]] not in path:
            path.append(self._into[path[-1]])
        ring = self._into.get(path[-1])
        return path[-1] if ring is None else min(path[path.index(ring) :])

    def current(self, paper: str, reviewer: str | None, field: str) -> list[str]:
        """2. Ids of a field's current values, by (t, i)."""
        ops = [op for op in self._of(paper) if (op.get("r"), op["f"]) == (reviewer, field)]
        return [op["i"] for op in sorted(ops, key=_shown) if self._is_current(op)]

    def fields(self, paper: str) -> set[tuple[str | None, str]]:
        """Whose, and which, fields of a paper have a current value."""
        return {(op.get("r"), op["f"]) for op in self._of(paper) if self._is_current(op)}

    def is_deleted(self, paper: str) -> bool:
        """4. Whether the paper is gone."""
        deletions = [op for op in self._at[paper, None, "deleted"] if self._is_current(op)]
        named = {name for op in deletions if op["x"] for name in op["s"]}
        others = [
            op
            for op in self._of(paper)
            if op["x"] is not None
            and self._is_current(op)
            and op["f"] not in ("deleted", "alias")
            and not op["f"].startswith(("held:", "apart:", "run:"))
        ]
        return any(op["x"] for op in deletions) and all(op["i"] in named for op in others)

    def columns(self) -> dict[str, Line]:
        """The comparison matrix: what each column is."""
        found = {}
        for _, field in self.fields("project"):
            ops = [op for op in self._at["project", None, field] if self._is_current(op)]
            values = [op["x"] for op in sorted(ops, key=_shown) if op["x"] is not None]
            if field.startswith("column:") and values:
                found[field[7:]] = values[-1]
        return found

    def _alias(self, paper: str) -> str | None:
        ops = [op for op in self._at.get((paper, None, "alias"), ()) if self._is_current(op)]
        value = max(ops, key=_shown)["x"] if ops else None
        return value if value != paper else None

    def _is_current(self, op: Line) -> bool:
        gone = self._hidden if op["f"] in ("deleted", "alias") else self._replaced
        return op["i"] not in gone

    def _of(self, paper: str) -> list[Line]:
        """The paper's operations, with what counts of those merged into it."""
        found = list(self._papers.get(paper, ()))
        for inner in self._inner.get(paper, ()):
            known = self._known(inner, paper)
            found += [op for op in self._papers[inner] if _counts(op, known)]
        return found

    def _known(self, paper: str, root: str) -> set[str]:
        known: set[str] = set()
        seen: set[str] = set()
        while paper != root and paper not in seen:
            seen.add(paper)
            aliases = self._at[paper, None, "alias"]
            known |= {name for op in aliases if self._is_current(op) for name in op["s"]}
            paper = self._into[paper]
        return known


def _better(one: tuple[bytes, Line], other: tuple[bytes, Line]) -> bool:
    return ("z" not in one[1], one[0]) < ("z" not in other[1], other[0])


def _shown(op: Line) -> tuple[str, str]:
    return (op["t"], op["i"])


def _counts(op: Line, known: set[str]) -> bool:
    if "r" in op:
        return True
    own = op["f"].startswith("bib:") and op["f"] != "bib:ids" and op["x"] is not None
    return own and op["i"] not in known and not op.get("o", "").endswith("as it was")
