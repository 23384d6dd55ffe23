"""What was imported, noted in the log: a survey has to tell where its papers came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reviewkit.files.mode import IMPORT
from reviewkit.formats.importer import Understood
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import PROJECT
from reviewkit.ops.op import Op
from reviewkit.project.history.actions import gather, undone
from reviewkit.records import AddResult
from reviewkit.store.recorder import Edit

_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """One import that was not undone.

    `name` is the file's, or empty for a pasted text; `records` counts the papers that it
    described, `added` those of them that were new; `at` is ISO 8601 in UTC (None: unknown).
    """

    name: str
    format: str
    records: int
    added: int
    by: str
    at: str | None


def noted(understood: Understood, result: AddResult) -> list[Edit]:
    """The edit that tells of an import; none if it described no paper."""
    records = len(understood.candidates)
    what = {
        "name": " ".join(understood.name.split())[:_NAME_LENGTH],
        "format": understood.format,
        "records": records,
        "added": len(result.added),
    }
    # Nothing is seen: one import does not take another's place.
    return [Edit(PROJECT, None, IMPORT, what, ())] if records else []


def imports(ops: Iterable[Op]) -> list[Imported]:
    """The imports that a log tells of and that nobody has undone, oldest first."""
    acts = gather(ops)
    back = undone(acts)
    found = [
        (op, op.value)
        for name, act in acts.items()
        if name not in back and act.undoes is None
        for op in act.ops
        if op.paper == PROJECT and op.field == IMPORT and isinstance(op.value, dict)
    ]
    found.sort(key=lambda pair: pair[0].order)
    return [
        Imported(
            str(said.get("name", "")),
            str(said.get("format", "")),
            _count(said.get("records")),
            _count(said.get("added")),
            op.by,
            iso_time(op.t),
        )
        for op, said in found
    ]


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
