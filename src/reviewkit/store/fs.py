"""The calls that reach the disk, in one place, so that tests can make each of them fail."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reviewkit.store.mounts import is_remote
from reviewkit.store.swapping import exchange_on_linux, exchange_on_mac, replace_on_windows

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells one state of a file from another without reading it."""

    inode: int
    mtime_ns: int
    size: int


def synced_fully(fd: int, call: int) -> bool:
    """Have the drive empty its cache, as fsync does not on macOS; False where it cannot.

    `call` is fcntl's F_FULLFSYNC. File systems on a network refuse it.
    """
    try:
        fcntl.fcntl(fd, call)
    except OSError as error:
        if error.errno in (errno.EINVAL, errno.ENOTSUP, errno.ENOTTY):
            return False
        raise
    return True


def _share(path: Path) -> None:
    """Let the group of the folder above do with something new what it may do there.

    The usual umask takes this from it: a colleague could read what is in a shared folder,
    but not add an edit, nor erase one everywhere.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        above, mode = path.parent.stat().st_mode, path.stat().st_mode
        if above & stat.S_IWGRP:
            group = above & (stat.S_IRWXG | stat.S_ISGID)
            path.chmod(mode | (group if stat.S_ISDIR(mode) else group & 0o060))


class FS:
    """The real file system."""

    def create(self, path: Path) -> int:
        """Descriptor of a new file for appending; fails if the name is taken."""
        flags = os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_RDWR | getattr(os, "O_CLOEXEC", 0)
        fd = os.open(path, flags, 0o666)
        _share(path)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        """Number of bytes written, perhaps fewer than given."""
        return os.write(fd, data)

    def truncate(self, fd: int, length: int) -> None:
        """Cut the file to `length` bytes."""
        os.ftruncate(fd, length)

    def sync(self, fd: int) -> None:
        """Return when the file's bytes are on the disk."""
        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is None or not synced_fully(fd, full):
            getattr(os, "fdatasync", os.fsync)(fd)

    def sync_folder(self, path: Path) -> None:
        """Return when the folder's names are on the disk (Windows: does nothing)."""
        if os.name == "nt":
            return
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def same_file(self, fd: int, path: Path, size: int) -> bool:
        """Whether the descriptor's file still stands under `path` with `size` bytes."""
        try:
            mine, there = os.fstat(fd), path.stat()
        except FileNotFoundError:
            return False
        return (
            mine.st_nlink > 0
            and (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
            and there.st_size == size
        )

    def signature(self, path: Path) -> Signature | None:
        """The file's signature; None if there is no such file."""
        try:
            there = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Signature(there.st_ino, there.st_mtime_ns, there.st_size)

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        """The file's bytes from `offset` on, at most `length` of them (-1: all)."""
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def lock(self, path: Path, *, there: bool = False) -> int | None:
        """Descriptor of a file that nobody else has locked until it is closed; else None.

        A file or folder that is `there` is not written, so it may be somebody else's.
        """
        how = os.O_RDONLY if there else os.O_CREAT | os.O_RDWR
        fd = os.open(path, how | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            if fcntl is not None:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return None
        except OSError:
            os.close(fd)
            raise
        return fd

    def close(self, fd: int) -> None:
        """Give the descriptor back."""
        os.close(fd)

    def blank(self, path: Path, offset: int, length: int) -> None:
        """Write blanks over bytes of a file; on return they are on the disk."""
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(b" " * length)
            file.flush()
            self.sync(file.fileno())

    def append(self, path: Path, data: bytes) -> None:
        """Put bytes at the end of a file, made where it is missing; they may wait for the disk."""
        with path.open("ab") as file:
            file.write(data)

    def exists(self, path: Path) -> bool:
        """Whether there is a file or folder of this name."""
        return path.exists()

    def is_folder(self, path: Path) -> bool:
        """Whether there is a folder of this name."""
        return path.is_dir()

    def may_write(self, folder: Path) -> bool:
        """Whether this user may make files in a folder."""
        return os.access(folder, os.W_OK)

    def is_read_only(self, path: Path) -> bool:
        """Whether there is a file that nobody at all may write; its folder decides on nothing."""
        try:
            return not path.stat().st_mode & 0o222
        except OSError:
            return False

    def resolve(self, path: Path) -> Path:
        """The file's own name, links followed."""
        return path.resolve()

    def scan(self, folder: Path) -> list[tuple[str, bool]]:
        """Names in a folder, each with whether it is a folder itself (a link is none)."""
        with os.scandir(folder) as entries:
            return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]

    def make_folder(self, path: Path) -> None:
        """Make the folder, and those above it, unless it is there."""
        new = [folder for folder in (path, *path.parents) if not folder.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for folder in reversed(new):
            _share(folder)

    def keep_to_user(self, folder: Path) -> None:
        """Let nobody but this user into a folder, where the file system can do that."""
        with suppress(OSError):
            folder.chmod(0o700)

    def link(self, path: Path, name: Path) -> None:
        """Give a file a second name; fails if that is taken."""
        os.link(path, name)

    def move(self, path: Path, name: Path) -> None:
        """Give a file another name, in place of whatever had it."""
        path.replace(name)

    def remove(self, path: Path) -> None:
        """Take a file's name away; nothing happens where there is none."""
        path.unlink(missing_ok=True)

    def take_after(self, path: Path, model: Path) -> None:
        """Give a file the rights and, where this user may, the owner of another."""
        shutil.copymode(model, path)
        there = model.stat()
        # Only root may give a file away, but to a group of one's own everybody may.
        for owner in (there.st_uid, -1):
            with suppress(PermissionError, AttributeError):
                os.chown(path, owner, there.st_gid)
                return

    def exchange(self, one: Path, other: Path) -> bool:
        """Swap two files in one step; False where the system or file system cannot."""
        if sys.platform.startswith("linux"):
            return exchange_on_linux(ctypes.CDLL(None, use_errno=True), one, other)
        if sys.platform == "darwin":
            return exchange_on_mac(ctypes.CDLL(None, use_errno=True), one, other)
        return False

    def replace_keeping(self, new: Path, target: Path, old: Path) -> bool:
        """Put a file in another's place, which is called `old` then; False where that cannot be.

        It is what Windows has in place of `exchange`.
        """
        if sys.platform != "win32":
            return False
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        return replace_on_windows(kernel32, ctypes.get_last_error, new, target, old)

    def is_remote(self, path: Path) -> bool:
        """Whether others may change the folder without this machine's being told."""
        return is_remote(path)
