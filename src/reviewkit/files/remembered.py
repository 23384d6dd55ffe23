"""This machine's copy of the .bib as it was last seen, to tell what somebody changed since.

It stands in this user's cache folder. Disposable: without it, opinions changed while nobody
looked are seen all the same, only other people's fields are not told from what was there before.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from reviewkit.store.card import library_id
from reviewkit.store.folder import FolderStore
from reviewkit.store.fs import Signature
from reviewkit.store.layout import place_of


class Remembered:
    """The copy in this user's cache folder."""

    def __init__(self, store: FolderStore) -> None:
        self._store = store
        self._name = store.layout.bib_name

    def read(self) -> tuple[bytes, int] | None:
        """The file's bytes and when they were seen, in milliseconds since 1970; or None."""
        found = self._find(self._name)
        return None if found is None else (found[1], found[0].mtime_ns // 1_000_000)

    def write(self, data: bytes) -> None:
        """Keep these bytes instead; nothing happens where that cannot be."""
        self.put(self._name, data)

    def get(self, name: str) -> bytes | None:
        """What was kept under another name; None if nothing was, or not whole."""
        found = self._find(name)
        return None if found is None else found[1]

    def _find(self, name: str) -> tuple[Signature, bytes] | None:
        folder, fs = self._folder(), self._store.fs
        if folder is None:
            return None
        try:
            signature = fs.signature(folder / name)
            data = None if signature is None else unsealed(fs.read(folder / name))
        except OSError:
            return None
        return None if signature is None or data is None else (signature, data)

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name; nothing happens where that cannot be."""
        folder, fs = self._folder(), self._store.fs
        if folder is None:
            return
        part = folder / f"{name}.{self._store.machine.name(10)}.tmp"
        try:
            fs.make_folder(folder)
            fs.append(part, _sealed(data))
            fs.move(part, folder / name)
        except OSError:
            return

    def _folder(self) -> Path | None:
        """The folder of this user's disposable copies; None before the first edit."""
        store = self._store
        library = library_id(store.layout, store.fs)
        if library is None:
            return None
        return store.machine.cache_folder(library, place_of(store.layout, store.fs))


def _sealed(data: bytes) -> bytes:
    """The bytes after a line that tells whether they are whole."""
    return b"%08x %d\n" % (zlib.crc32(data), len(data)) + data


def unsealed(sealed: bytes) -> bytes | None:
    """What was sealed; None if a crash left only part of it: it would look like edits."""
    _, _, data = sealed.partition(b"\n")
    return data if sealed == _sealed(data) else None
