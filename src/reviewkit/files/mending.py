"""Changing a file as a whole by a rule, while other programs may be saving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewkit.errors import StaleError
from reviewkit.files.replace import replace
from reviewkit.store.machine import Machine

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Mended:
    """What the file held, what it holds now, and where the old file is kept."""

    before: bytes
    after: bytes
    kept: Path | None


def mend(path: Path, change: Callable[[bytes], bytes], trash: Path, machine: Machine) -> Mended:
    """Put what `change` makes of the file in its place.

    What somebody saves between reading and replacing is put back and changed instead, so
    nothing of it is lost; every state that was replaced is in the trash as well.

    Raises
    ------
    StaleError
        Others save the file again and again; it holds what they saved last.
    """
    for _ in range(_ROUNDS):
        before = machine.fs.read(path)
        after = change(before)
        if after == before:
            return Mended(before, after, None)
        replaced = replace(path, after, trash, machine)
        if replaced.came_out == before:
            return Mended(before, after, replaced.kept)
        put, out = after, replaced.came_out
        while out is not None and out != put:
            # Back goes what came out; what that takes the place of should be our last one.
            back = replace(path, out, trash, machine).came_out
            put, out = (out, out) if back == put else (out, back)
    raise StaleError(
        f"{path.name} is being saved by another program all the time; nothing was repaired. "
        "Close it there and try again."
    )
