"""Putting a file in place of another without losing what somebody else just saved there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.store.fs import Signature
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole

_KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was written under a name, and what came out of it.

    `came_out` is what the file held at the very moment of the exchange; None if there was
    no file. The caller compares it with what it last read: if they differ, somebody saved
    in between, and that is to be taken in. `signature` is the new file's own, so that a
    save right after the exchange is told from it. `kept` is where the old file is now.
    """

    signature: Signature | None
    came_out: bytes | None
    kept: Path | None = None


def replace(path: Path, data: bytes, trash: Path, machine: Machine) -> Replaced:
    """Write the file and return what came out of its place.

    The new bytes are on the disk before they get the name; the old file goes to the trash,
    where an editor that still writes into it loses nothing.
    """
    fs = machine.fs
    target = fs.resolve(path)
    temporary = target.with_name(f".{target.name}.{machine.name(12)}.tmp")
    write_whole(temporary, data, fs)
    if fs.exists(target):
        fs.take_after(temporary, target)
    signature = fs.signature(temporary)
    try:
        if not fs.exists(target):
            fs.link(temporary, target)
            fs.remove(temporary)
            fs.sync_folder(target.parent)
            return Replaced(signature, None)
        old = temporary
        if not fs.exchange(temporary, target):
            old = temporary.with_suffix(".old")
            fs.link(target, old)
            fs.move(temporary, target)
        fs.sync_folder(target.parent)
        came_out = fs.read(old)
        kept = _to_trash(old, target.name, trash, machine)
        return Replaced(signature, came_out, kept)
    finally:
        fs.remove(temporary)


def _to_trash(old: Path, name: str, trash: Path, machine: Machine) -> Path:
    machine.fs.make_folder(trash)
    seconds = min(max(machine.seconds, 0.0), 250_000_000_000.0)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%S")
    kept = trash / f"{stamp}-{machine.name(6)}-{name}"
    machine.fs.move(old, kept)
    return kept


def sweep(trash: Path, machine: Machine) -> None:
    """Remove from the trash what has been there for over seven days."""
    fs = machine.fs
    if not fs.is_folder(trash):
        return
    for name, is_folder in fs.scan(trash):
        with suppress(FileNotFoundError):
            signature = None if is_folder else fs.signature(trash / name)
            if signature and machine.seconds - signature.mtime_ns / 1e9 > _KEPT_SECONDS:
                fs.remove(trash / name)
