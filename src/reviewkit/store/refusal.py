"""What to say of an edit that the disk did not take."""

from __future__ import annotations

import errno
from pathlib import Path

from reviewkit.errors import NotDurableError

_RIGHT = "Give this user the right to write there, and in the folders below it,"
_ROOM = "Make room on that disk"
_WAYS = {
    errno.EACCES: _RIGHT, errno.EPERM: _RIGHT, errno.EROFS: _RIGHT,
    errno.ENOSPC: _ROOM, errno.EDQUOT: _ROOM, errno.EFBIG: _ROOM,
}  # fmt: skip


def folder_gone(root: Path) -> NotDurableError:
    """The error to raise where the project's folder is not under its name any more.

    Made anew there, it would take edits that nobody finds in the folder that was moved.
    """
    return NotDurableError(
        errno.ENOENT,
        f"Nothing was saved: {root} is not there any more. If it was moved or renamed, open the "
        "project where it is now; if it is on a drive that is off, save again when it is back.",
    )


def not_saved(place: Path, error: OSError) -> NotDurableError:
    """The error to raise: what went wrong where, and what to do."""
    number = error.errno or 0
    way = _WAYS.get(number, "See that this user can write there")
    why = error.strerror or error
    return NotDurableError(
        number, f"Nothing was saved: {place} cannot be written ({why}). {way} and save again."
    )
