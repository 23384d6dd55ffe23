"""Whether a folder is on this machine's own disks, as far as the system tells.

Where others write to a folder over a network, this machine is not told of what they do.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path
from typing import Any

#: File systems whose files change without the kernel's knowing, by their names in mountinfo(5).
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb3|smbfs|ncpfs|afs|9p|ceph|gluster.*|lustre|gpfs|beegfs|orangefs|davfs.*"
    r"|fuse(?:\..*)?|fuseblk|virtiofs|prl_fs|vboxsf|vmhgfs"
)
_OCTAL = re.compile(r"\\([0-7]{3})")
#: struct statfs of macOS with 64-bit inodes (sys/mount.h): its size, and where f_flags is.
_STATFS_SIZE, _FLAGS_AT, _MNT_LOCAL = 2168, 64, 0x1000
_DRIVE_REMOTE = 4


def is_remote(path: Path) -> bool:
    """Whether others may change the folder unseen; False where that cannot be told."""
    if sys.platform == "linux":
        try:
            table = Path("/proc/self/mountinfo").read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return False
        return is_remote_in(table, path)
    if sys.platform == "darwin":
        return is_remote_on_mac(ctypes.CDLL(None, use_errno=True), path)
    if sys.platform == "win32":
        return is_remote_on_windows(ctypes.WinDLL("kernel32"), path)
    return False


def is_remote_in(table: str, path: Path) -> bool:
    """The same by a table of mounts in the form of /proc/self/mountinfo."""
    longest, found = -1, False
    place = path.resolve()
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5 or not kinds[0]:
            continue
        mount = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        # Of two mounts at one place the later one is seen.
        if place.is_relative_to(mount) and len(mount.parts) >= longest:
            longest, found = len(mount.parts), _REMOTE.fullmatch(kinds[0]) is not None
    return found


def is_remote_on_mac(libc: Any, path: Path) -> bool:
    """The same by statfs(2), whose flag `MNT_LOCAL` is missing."""
    name = "statfs$INODE64" if hasattr(libc, "statfs$INODE64") else "statfs"
    call = getattr(libc, name)
    call.argtypes = (ctypes.c_char_p, ctypes.c_char_p)
    buffer = ctypes.create_string_buffer(_STATFS_SIZE)
    if call(os.fsencode(path), buffer) != 0:
        return False
    flags = int.from_bytes(buffer.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder)
    return not flags & _MNT_LOCAL


def is_remote_on_windows(kernel32: Any, path: Path) -> bool:
    """The same by GetDriveTypeW of the drive, or by a name that begins with the server's."""
    drive = path.drive or str(path)[:2]
    if drive.startswith(("\\\\", "//")):
        return True
    kernel32.GetDriveTypeW.argtypes = (ctypes.c_wchar_p,)
    return bool(kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE)
