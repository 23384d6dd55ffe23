"""Names in the trash: each begins with the time at which its file came there."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.store.machine import Machine

_STAMP = "%Y%m%dT%H%M%S"


def trashed_at(name: str) -> float | None:
    """When a file of the trash was put there, in seconds since 1970; None: its name is another."""
    with suppress(ValueError):
        return datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC).timestamp()
    return None


def place_in(trash: Path, name: str, machine: Machine, state: str = "") -> Path:
    """Where in the trash a file of this name, and in this state, is to go now."""
    seconds = min(max(machine.seconds, 0.0), 250_000_000_000.0)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime(_STAMP)
    return trash / f"{stamp}-{machine.name(6)}{state}-{name}"
