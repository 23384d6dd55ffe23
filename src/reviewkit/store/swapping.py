"""Two files change places: the call that each system has for it, and what its refusals mean.

Each function takes the system's library, so that what it is given can be checked elsewhere.

Sources: renameat2(2) of Linux; rename(2) of macOS, `RENAME_SWAP`; ReplaceFileW of Windows and
its "return value" section.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
#: A file is put in place even if its streams or rights cannot be merged with the old one's.
_IGNORE_MERGE_ERRORS, _IGNORE_ACL_ERRORS = 0x2, 0x4

#: The system, or the file system, does not know the call.
_CANNOT = frozenset(
    (errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EXDEV)
)
#: ERROR_INVALID_FUNCTION, NOT_SAME_DEVICE, NOT_SUPPORTED, INVALID_PARAMETER, CALL_NOT_IMPLEMENTED.
_CANNOT_WINDOWS = frozenset((1, 17, 50, 87, 120))
_MISSING_WINDOWS = frozenset((2, 3))
#: ERROR_UNABLE_TO_MOVE_REPLACEMENT_2: the old file has the backup's name, the new one its own.
_HALF_DONE = 1177


def exchange_on_linux(libc: Any, one: Path, other: Path) -> bool:
    """Swap two files; False where the system or file system cannot."""
    if not hasattr(libc, "renameat2"):
        return False
    libc.renameat2.argtypes = (
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    )
    done = libc.renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
    )
    return _swapped(done, other)


def exchange_on_mac(libc: Any, one: Path, other: Path) -> bool:
    """Swap two files; False where the system or file system cannot."""
    if not hasattr(libc, "renamex_np"):
        return False
    libc.renamex_np.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
    return _swapped(libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_SWAP), other)


def _swapped(done: int, path: Path) -> bool:
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(path))


def replace_on_windows(
    kernel32: Any, last_error: Callable[[], int], new: Path, target: Path, old: Path
) -> bool:
    """Put a file in another's place, which is called `old` then; False where that cannot be.

    Raises
    ------
    PermissionError
        Another program, as Excel does, keeps the file open: both are where they were.
    OSError
        Anything else; as far as can be, both are where they were.
    """
    kernel32.ReplaceFileW.argtypes = (
        ctypes.c_wchar_p,
        ctypes.c_wchar_p,
        ctypes.c_wchar_p,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    flags = _IGNORE_MERGE_ERRORS | _IGNORE_ACL_ERRORS
    if kernel32.ReplaceFileW(str(target), str(new), str(old), flags, None, None):
        return True
    code = last_error()
    if code == _HALF_DONE and old.exists() and not target.exists():
        old.rename(target)
    if code in _CANNOT_WINDOWS:
        return False
    if code in _MISSING_WINDOWS:
        raise FileNotFoundError(errno.ENOENT, "the file is not there any more", str(target))
    said = f"another program keeps it open (Windows error {code})"
    raise PermissionError(errno.EACCES, said, str(target))
