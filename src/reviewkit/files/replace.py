"""Putting a file in place of another without losing what somebody else just saved there."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reviewkit.files.leftover import check_sum, state_of, temporary_name, to_trash
from reviewkit.store.fs import Signature
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole

#: A file system without hard links, or another user's file that must not get one.
_NO_LINKS = frozenset(
    (errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK,
     errno.EINVAL)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was written under a name, and what came out of it.

    `came_out` is what the file held at the very moment of the exchange; None if there was
    no file. The caller compares it with what it last read: if they differ, somebody saved
    in between, and that is to be taken in. `signature` is the new file's own, so that a
    save right after the exchange is told from it. `kept` is where the old file is now, and
    `out` its signature before it was read. `doubtful` says that it was no exchange: another
    machine may have saved in that moment, and this one is told of it late.
    """

    signature: Signature | None
    came_out: bytes | None
    kept: Path | None = None
    out: Signature | None = None
    doubtful: bool = False


def replace(
    path: Path, data: bytes, trash: Path, machine: Machine, last: bytes | None = None
) -> Replaced:
    """Write the file and return what came out of its place.

    The new bytes are on the disk before they get the name; the old file goes to the trash,
    where an editor that still writes into it loses nothing. With `last`, what the caller read
    last, a file that is not that one stays where it is until the caller has taken it in
    (`leftover.to_trash`): after a crash it is found there.

    Raises
    ------
    OSError
        It cannot be written now, or is marked read-only: what stands there stays.
    """
    fs = machine.fs
    target = fs.resolve(path)
    if fs.is_read_only(target):
        # Its owner said so: that we could exchange it all the same is no reason to.
        raise PermissionError(errno.EACCES, "it is marked read-only", str(target))
    temporary = temporary_name(target, data, last, machine)
    part = temporary.with_suffix(".part")
    write_whole(part, data, fs)
    try:
        there = fs.exists(target)
        if there:
            fs.take_after(part, target)
        fs.move(part, temporary)
        signature = fs.signature(temporary)
        if not there:
            fs.link(temporary, target)
            fs.remove(temporary)
            fs.sync_folder(target.parent)
            return Replaced(signature, None)
        old = _swap(temporary, target, machine)
    except OSError:
        # Nothing was put in place. Whatever else ends this call leaves what is there, as it
        # may be what came out.
        fs.remove(part)
        fs.remove(temporary)
        raise
    # The new file is in its place. Should it not stay there, the next look writes it again:
    # nothing of what came out may be lost over that.
    with suppress(OSError):
        fs.sync_folder(target.parent)
    out = fs.signature(old)
    came_out = fs.read(old)
    unread = last is not None and came_out != last
    state = state_of(check_sum(came_out), out, known=last is not None)
    kept = old if unread else to_trash(old, target.name, trash, machine, state)
    return Replaced(signature, came_out, kept, out, doubtful=old != temporary)


def _swap(temporary: Path, target: Path, machine: Machine) -> Path:
    """Put a file in another's place; where that is now."""
    fs = machine.fs
    if fs.exchange(temporary, target):
        return temporary
    old = temporary.with_suffix(".old")
    if fs.replace_keeping(temporary, target, old):
        return old
    try:
        fs.link(target, old)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # What is saved between this and the next call is replaced: nothing here can tell.
        write_whole(old, fs.read(target), fs)
    try:
        fs.move(temporary, target)
    except OSError:
        fs.remove(old)
        raise
    return old
