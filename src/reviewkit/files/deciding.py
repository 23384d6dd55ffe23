"""What accepting a held change records."""

from __future__ import annotations

from dataclasses import replace

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.errors import ValueRefusedError
from reviewkit.files import bibcriteria, bibentry
from reviewkit.files.cells import NAME
from reviewkit.files.criteriafield import held_text
from reviewkit.files.csvrow import row_of
from reviewkit.files.difference import Comparison
from reviewkit.files.held import UNKNOWN, kind_of
from reviewkit.ops import values
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now
from reviewkit.store.recorder import Edit


def accepting(fold: Fold, op: Op) -> list[Edit]:
    """The edits that a held change stands for.

    A cell replaces what it was made from: where the log has moved on since, both values are in
    conflict and shown. Of a state that is not known, what a person sees is replaced, and what
    is absent is not cleared.

    Raises
    ------
    ValueRefusedError
        What stands in the file cannot be a value.
    """
    content = op.value["content"]
    origin = f"{op.value['file']}, accepted"
    if "column" in content or kind_of(op) != UNKNOWN:
        edits = _kept(op, origin)
    elif op.value["file"] == NAME:
        edits = _row(fold, op, origin)
    else:
        edits = _entry(fold, op, origin)
    key = content.get("key")
    if edits and key and not fold.history(op.paper, None, "citekey"):
        edits.insert(0, Edit(op.paper, None, "citekey", key, (), True, origin))
    return edits


def _kept(op: Op, origin: str) -> list[Edit]:
    """The edits that were kept with a held cell."""
    edits = [
        Edit(op.paper, op.value["reviewer"], field, value, tuple(seen), origin=origin)
        for field, value, seen in op.value.get("edits") or ()
        if values.possible(field, value)
    ]
    if not edits:
        raise ValueRefusedError(
            f"This cannot be accepted: {op.value['reason']}. Put it right in {op.value['file']}, "
            "or dismiss it.",
            field="id",
            value=op.id,
        )
    return edits


def _row(fold: Fold, op: Op, origin: str) -> list[Edit]:
    row = row_of(op.value["content"])
    reviewer = values.reviewer(row.reviewer)
    snapshot = now(fold, op.paper)
    there = tables.cells_of(snapshot, reviewer)
    there |= tables.criteria_of(snapshot, reviewer)
    cells = {**row.cells, **row.criteria}
    single = [c for c in cells if c not in ("tags", "notes") and there.get(c) != cells[c]]
    found = Comparison(fold, op.paper, snapshot, origin).row(row, reviewer, single)
    more = Comparison(fold, op.paper, None, origin).row(row, reviewer, ["tags", "notes"])
    return _sound(op, [*found.edits, *more.edits], [*found.refused, *more.refused])


def _entry(fold: Fold, op: Op, origin: str) -> list[Edit]:
    text = held_text(op)
    if text is not None:
        shown = bibcriteria.read(text)
        only = Comparison(fold, op.paper, None, origin).criteria(shown.given, shown.unclear)
        return _sound(op, only.edits, only.refused)
    document = BibDocument.from_bytes(op.value["content"]["entry"].encode())
    edits: list[Edit] = []
    refused: list[str] = []
    for entry in document.entries:
        found = Comparison(fold, op.paper, None, origin).entry(bibentry.shown(entry))
        edits += found.edits
        refused += found.refused
    return _sound(op, edits, refused)


def _sound(op: Op, edits: list[Edit], refused: list[str]) -> list[Edit]:
    if refused:
        raise ValueRefusedError(
            f"This cannot be accepted: {' '.join(refused)} Put it right in {op.value['file']}, "
            "or dismiss it.",
            field="id",
            value=op.id,
        )
    # A person decides: these are edits of theirs, which undo takes back.
    return [replace(edit, taken_in=False) for edit in edits]
