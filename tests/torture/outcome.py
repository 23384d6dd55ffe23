"""What one kind of trial came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """How often it was tried and failed; `note` says of what, or why it was not tried."""

    what: str
    trials: int
    failures: int
    note: str = ""
