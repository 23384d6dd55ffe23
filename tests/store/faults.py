"""A file system whose calls fail when told to."""

import errno
import os
from pathlib import Path

from reviewkit.store.fs import FS


class FailingFS(FS):
    """Fails at the n-th call of a kind, once; `script` is (call, n, how)."""

    def __init__(self, call: str = "", number: int = 0, how: str = "EIO") -> None:
        self.plan = (call, number)
        self.how = how
        self.calls: list[str] = []
        self.failed = False

    def _maybe(self, call: str) -> bool:
        self.calls.append(call)
        due = (call, self.calls.count(call)) == self.plan
        if due and self.how != "short":
            self.failed = True
            code = getattr(errno, self.how)
            raise OSError(code, os.strerror(code))
        return due

    def create(self, path: Path) -> int:
        self._maybe("create")
        return super().create(path)

    def write(self, fd: int, data: bytes) -> int:
        if self._maybe("write"):
            self.failed = True
            return super().write(fd, data[: len(data) // 2])
        return super().write(fd, data)

    def truncate(self, fd: int, length: int) -> None:
        self._maybe("truncate")
        super().truncate(fd, length)

    def sync(self, fd: int) -> None:
        self._maybe("sync")
        super().sync(fd)

    def sync_folder(self, path: Path) -> None:
        self._maybe("sync_folder")
        super().sync_folder(path)

    def same_file(self, fd: int, path: Path, size: int) -> bool:
        self._maybe("same_file")
        return super().same_file(fd, path, size)


class LeakyFS(FailingFS):
    """The same, but half a line stays in the log: it cannot be cut off either."""

    def write(self, fd: int, data: bytes) -> int:
        if self._maybe("write"):
            self.failed = True
            FS.write(self, fd, data[: len(data) // 2])
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return FS.write(self, fd, data)

    def truncate(self, fd: int, length: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
