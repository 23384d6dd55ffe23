"""What one synchronisation did, and which operations are edits that people made."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.files.mode import PROJECT_FIELDS
from reviewkit.ops.op import Op


@dataclass(frozen=True)
class SyncResult:
    """What one synchronisation did; counts of edits taken in and of changes held."""

    taken_in: int = 0
    held: int = 0
    bib_written: bool = False
    csv_written: bool = False
    message: str = ""


def is_edit(op: Op) -> bool:
    """Whether a person made it, rather than that it explains what a person made."""
    explains = (op.field == "citekey" and not op.seen) or op.field.startswith("held:")
    explains = explains or op.field in PROJECT_FIELDS
    return not explains and not op.is_noted
