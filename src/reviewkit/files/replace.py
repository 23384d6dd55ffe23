"""Putting a file in place of another without losing what somebody else just saved there."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reviewkit.store.fs import FS, Signature

_KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was written under a name, and what came out of it.

    `came_out` is what the file held at the very moment of the exchange; None if there was
    no file. The caller compares it with what it last read: if they differ, somebody saved
    in between, and that is to be taken in. `signature` is the new file's own, so that a
    save right after the exchange is told from it.
    """

    signature: Signature | None
    came_out: bytes | None


def replace(path: Path, data: bytes, trash: Path, fs: FS) -> Replaced:
    """Write the file and return what came out of its place.

    The new bytes are on the disk before they get the name; the old file goes to the trash,
    where an editor that still writes into it loses nothing.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    _write(temporary, data, target, fs)
    signature = fs.signature(temporary)
    try:
        if not target.exists():
            os.link(temporary, target)
            temporary.unlink()
            fs.sync_folder(target.parent)
            return Replaced(signature, None)
        old = temporary
        if not fs.exchange(temporary, target):
            old = temporary.with_suffix(".old")
            os.link(target, old)
            temporary.replace(target)
        fs.sync_folder(target.parent)
        came_out = old.read_bytes()
        _to_trash(old, target.name, trash)
        return Replaced(signature, came_out)
    finally:
        temporary.unlink(missing_ok=True)


def _write(temporary: Path, data: bytes, target: Path, fs: FS) -> None:
    fd = fs.create(temporary)
    try:
        view = memoryview(data)
        while view:
            view = view[fs.write(fd, bytes(view[: 1 << 24])) :]
        fs.sync(fd)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        fs.close(fd)
    if target.exists():
        shutil.copymode(target, temporary)
        with suppress(PermissionError, AttributeError):
            stat = target.stat()
            os.chown(temporary, stat.st_uid, stat.st_gid)


def _to_trash(old: Path, name: str, trash: Path) -> None:
    trash.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%dT%H%M%S")
    old.replace(trash / f"{stamp}-{secrets.token_hex(3)}-{name}")


def sweep(trash: Path) -> None:
    """Remove from the trash what has been there for over seven days."""
    if not trash.is_dir():
        return
    for file in trash.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink()
