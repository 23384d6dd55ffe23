"""A disk in memory: what was not synced may be lost, torn or kept when the power goes."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewkit.store.fs import FS, Signature
from tests.simulation.inode import Crash, Inode


class Disk(FS):
    """A file system of its own; every call can be made to fail.

    Parameters
    ----------
    rng
        Decides what a crash leaves.
    exchanges
        Whether two files can be swapped in one step.
    """

    def __init__(self, rng: random.Random, *, exchanges: bool = True) -> None:
        self._rng = rng
        self._exchanges = exchanges
        self._folders: dict[str, dict[str, Inode]] = {"/": {}}
        self._durable: dict[str, dict[str, Inode]] = {"/": {}}
        self._open: dict[int, Inode] = {}
        self._count = 0
        self.calls = 0
        self._stopped = False
        #: Called with the name of each call before it is made; may raise.
        self.hook: Callable[[str], None] = lambda _: None
        #: The next write is cut short.
        self.short = False
        #: The number of a call: if it is a write, it is cut short.
        self.short_at: int | None = None
        #: What a crash leaves of bytes that were not synced; None: by chance.
        self.left: str | None = None
        #: A name, and what somebody does in the moment before we put a file in its place.
        self.between: tuple[Path, Callable[[], None]] | None = None

    def _call(self, name: str) -> None:
        self.calls += 1
        if self._stopped:
            # Nothing of what the process would still do happens.
            raise Crash(name)
        try:
            self.hook(name)
        except Crash:
            self._stopped = True
            raise

    def _meanwhile(self, *paths: Path) -> None:
        if self.between is not None and self.between[0] in paths:
            (_, act), self.between = self.between, None
            hook, self.hook = self.hook, lambda _: None
            act()
            self.hook = hook

    def _tick(self) -> int:
        self._count += 1
        return self._count

    def _folder(self, path: Path) -> dict[str, Inode]:
        found = self._folders.get(str(path))
        if found is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return found

    def _inode(self, path: Path) -> Inode:
        found = self._folder(path.parent).get(path.name)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return found

    def _put(self, path: Path, inode: Inode | None) -> None:
        folder = self._folder(path.parent)
        old = folder.pop(path.name, None)
        if old is not None:
            old.names -= 1
        if inode is not None:
            folder[path.name] = inode
            inode.names += 1

    def create(self, path: Path) -> int:
        self._call("create")
        if path.name in self._folder(path.parent):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        inode = Inode(self._tick(), self._tick())
        self._put(path, inode)
        fd = self._tick()
        self._open[fd] = inode
        return fd

    def write(self, fd: int, data: bytes) -> int:
        self._call("write")
        if self.short or self.calls == self.short_at:
            self.short = False
            data = data[: len(data) // 2]
        inode = self._open[fd]
        inode.data += data
        inode.tick = self._tick()
        return len(data)

    def truncate(self, fd: int, length: int) -> None:
        self._call("truncate")
        inode = self._open[fd]
        del inode.data[length:]
        inode.tick = self._tick()

    def sync(self, fd: int) -> None:
        self._call("sync")
        inode = self._open[fd]
        inode.synced = bytes(inode.data)

    def sync_folder(self, path: Path) -> None:
        self._call("sync_folder")
        self._durable[str(path)] = dict(self._folder(path))

    def same_file(self, fd: int, path: Path, size: int) -> bool:
        self._call("same_file")
        mine = self._open[fd]
        there = self._folders.get(str(path.parent), {}).get(path.name)
        return mine is there and len(mine.data) == size

    def signature(self, path: Path) -> Signature | None:
        self._call("signature")
        found = self._folders.get(str(path.parent), {}).get(path.name)
        return None if found is None else Signature(found.number, found.tick, len(found.data))

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        self._call("read")
        data = self._inode(path).data
        return bytes(data[offset:] if length < 0 else data[offset : offset + length])

    def append(self, path: Path, data: bytes) -> None:
        self._call("append")
        if path.name not in self._folder(path.parent):
            self._put(path, Inode(self._tick(), self._tick()))
        inode = self._inode(path)
        inode.data += data
        inode.tick = self._tick()

    def blank(self, path: Path, offset: int, length: int) -> None:
        self._call("blank")
        inode = self._inode(path)
        inode.data[offset : offset + length] = b" " * length
        inode.synced = bytes(inode.data)
        inode.tick = self._tick()

    def close(self, fd: int) -> None:
        self._open.pop(fd, None)

    def exists(self, path: Path) -> bool:
        self._call("exists")
        return self.is_folder(path) or path.name in self._folders.get(str(path.parent), {})

    def is_folder(self, path: Path) -> bool:
        return str(path) in self._folders

    def resolve(self, path: Path) -> Path:
        return path

    def may_write(self, folder: Path) -> bool:
        return True

    def is_read_only(self, path: Path) -> bool:
        return False

    def scan(self, folder: Path) -> list[tuple[str, bool]]:
        self._call("scan")
        files = [(name, False) for name in self._folder(folder)]
        inner = [Path(p) for p in self._folders if p != "/" and Path(p).parent == folder]
        return sorted([*files, *((path.name, True) for path in inner)])

    def make_folder(self, path: Path) -> None:
        self._call("make_folder")
        for folder in [*reversed(path.parents), path]:
            self._folders.setdefault(str(folder), {})
            self._durable.setdefault(str(folder), {})

    def link(self, path: Path, name: Path) -> None:
        self._call("link")
        self._meanwhile(path)
        if name.name in self._folder(name.parent):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(name))
        self._put(name, self._inode(path))

    def move(self, path: Path, name: Path) -> None:
        self._call("move")
        inode = self._inode(path)
        self._folder(name.parent)
        inode.names += 1
        self._put(path, None)
        self._put(name, inode)
        inode.names -= 1

    def remove(self, path: Path) -> None:
        self._call("remove")
        if path.name in self._folders.get(str(path.parent), {}):
            self._put(path, None)

    def keep_to_user(self, folder: Path) -> None:
        self._call("keep_to_user")

    def take_after(self, path: Path, model: Path) -> None:
        self._call("take_after")

    def exchange(self, one: Path, other: Path) -> bool:
        self._call("exchange")
        if not self._exchanges:
            return False
        self._meanwhile(one, other)
        first, second = self._inode(one), self._inode(other)
        self._folder(one.parent)[one.name] = second
        self._folder(other.parent)[other.name] = first
        return True

    # What people and programs do, and what happens to machines.

    def save(self, path: Path, data: bytes) -> None:
        """Save as a program does that replaces the file; it is on the disk."""
        self.make_folder(path.parent)
        inode = Inode(self._tick(), self._tick())
        inode.data += data
        inode.synced = data
        self._put(path, inode)
        self._durable[str(path.parent)][path.name] = inode

    def overwrite(self, path: Path, data: bytes) -> None:
        """Save as a program does that writes into the file."""
        self.opened(path)(data)

    def opened(self, path: Path) -> Callable[[bytes], None]:
        """Writes into the file that has this name now, whatever name it has later."""
        inode = self._inode(path)

        def write(data: bytes) -> None:
            inode.data[:] = data
            inode.synced = data
            inode.tick = self._tick()

        return write

    def text(self, path: Path) -> str:
        """The file's text; empty where there is none."""
        found = self._folders.get(str(path.parent), {}).get(path.name)
        return "" if found is None else found.data.decode("utf-8-sig", "replace")

    def files(self, below: Path) -> Iterator[Path]:
        """All files below a folder, in order."""
        for folder in sorted(self._folders):
            if Path(folder) == below or below in Path(folder).parents:
                yield from (Path(folder, name) for name in sorted(self._folders[folder]))

    def remember(self) -> dict[str, bytes]:
        """All files as they are, for `restore`."""
        return {str(path): bytes(self._inode(path).data) for path in self.files(Path("/"))}

    def restore(self, below: Path, kept: dict[str, bytes]) -> None:
        """Bring a folder back to what it was: files made since are gone."""
        for path in list(self.files(below)):
            self._put(path, None)
        for name, data in kept.items():
            if below in Path(name).parents:
                self.save(Path(name), data)

    def calm(self) -> None:
        """Nothing is made to fail any more."""
        self.hook, self.short, self.short_at, self.between = lambda _: None, False, None, None

    def power_off(self) -> None:
        """Lose what was not on the disk, or half of it, or keep it: all of that happens."""
        self._open.clear()
        self._stopped = False
        self.calm()
        for folder, names in self._folders.items():
            durable = self._durable.get(folder, {})
            lost = self.left == "synced" or (self.left is None and self._rng.random() < 0.5)
            if names != durable and lost:
                names.clear()
                names.update(durable)
        inodes = {id(inode): inode for names in self._folders.values() for inode in names.values()}
        for inode in inodes.values():
            inode.names = sum(
                found is inode for names in self._folders.values() for found in names.values()
            )
            if bytes(inode.data) != inode.synced:
                kept = self.left or self._rng.choice(["all", "synced", "torn"])
                if kept == "synced":
                    inode.data[:] = inode.synced
                elif kept == "torn" and inode.data.startswith(inode.synced):
                    cut = self._rng.randrange(len(inode.synced), len(inode.data) + 1)
                    del inode.data[cut:]
                inode.synced = bytes(inode.data)
                inode.tick = self._tick()
        self._durable = {folder: dict(names) for folder, names in self._folders.items()}
