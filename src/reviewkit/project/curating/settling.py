"""The edits that settle a conflict."""

from __future__ import annotations

from reviewkit.errors import ValueRefusedError
from reviewkit.ops.anchors import field_of
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import note_id
from reviewkit.ops.op import Op
from reviewkit.ops.opinions import is_note_text
from reviewkit.ops.snapshot import now
from reviewkit.store.recorder import Edit


def keeping(fold: Fold, paper: str, kept: Op, *, apart: bool) -> list[Edit]:
    """The edits that keep one of a field's current values; with `apart` the others as notes.

    Raises
    ------
    ValueRefusedError
        Only texts of notes can be kept beside each other.
    """
    reviewer, field = kept.reviewer, kept.field
    edits = [Edit(paper, reviewer, field, kept.value)]
    if not apart:
        return edits
    if not is_note_text(field) or reviewer is None:
        raise ValueRefusedError(
            "Only versions of a note can be kept as two notes; keep one of the values.",
            field="apart",
            value=True,
        )
    where = now(fold, paper).anchors_of(reviewer).get(field[5:-5])
    taken = [name[5:-5] for _, name in fold.fields(paper) if is_note_text(name)]
    for text in dict.fromkeys(op.value for op in fold.current(paper, reviewer, field)):
        if text is not None and text != kept.value:
            taken.append(note_id(paper, reviewer, text, taken))
            edits.append(Edit(paper, reviewer, f"note:{taken[-1]}.text", text))
            if where is not None:
                edits.append(Edit(paper, reviewer, field_of(taken[-1]), where))
    return edits
