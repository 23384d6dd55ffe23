"""Copies of the two files that a synchroniser made as two machines had saved them at once.

Each is taken in like the file itself and then put away. Only what has such a program's name
for a copy of one of our files, and holds what reviewkit wrote, counts; every other file is
somebody's own. What an editor wrote into a file that is in the trash is one as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reviewkit.files.leftover import written_late
from reviewkit.files.watched import WatchedFile
from reviewkit.store.fs import Signature
from reviewkit.store.machine import Machine

# Dropbox, Nextcloud, ownCloud, Seafile, Box, pCloud, Resilio: in words, of several languages.
_IN_WORDS = re.compile(
    r" ?[(\[].*(?:conflict|konflikt|conflit|conflitto).*[)\]]|[._ -]conflict(?:ed)?(?:[._ -].*)?",
    re.IGNORECASE,
)
# Syncthing.
_SYNCTHING = re.compile(r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]+")
# Names that people give as well: such a copy counts only in a folder of that program.
_BY_FOLDER = (
    (re.compile(r" \d{1,2}"), re.compile("CloudDocs|iCloud")),
    (re.compile(r" ?\(\d{1,2}\)|_conf\(\d{1,2}\)"), re.compile("Google ?Drive|My Drive")),
    (re.compile(r"-[^/\\]{1,63}"), re.compile("OneDrive|SharePoint")),
)


def is_copy_name(name: str, of: str, folder: str) -> bool:
    """Whether a synchroniser names a copy of the file `of` so, in a folder of this path."""
    stem, suffix = Path(of).stem, Path(of).suffix
    if name == of or not (name.startswith(stem) and name.endswith(suffix)):
        return False
    added = name[len(stem) : len(name) - len(suffix)]
    if _IN_WORDS.fullmatch(added) or _SYNCTHING.fullmatch(added):
        return True
    return any(pattern.fullmatch(added) and place.search(folder) for pattern, place in _BY_FOLDER)


class Copies:
    """Looks for copies beside the files of a project."""

    def __init__(self, root: Path, trash: Path, machine: Machine) -> None:
        self._root = root
        self._trash = trash
        self._machine = machine
        self._folder: Signature | None = None
        #: Those that were looked at: not ours, or taken in though they cannot be put away.
        self._known: set[tuple[Path, Signature]] = set()
        #: What was written into files after a process that has ended put them away: it is looked
        #: for once.
        self._late: list[Path] | None = None

    def changed(self) -> bool:
        """Whether files came or went since the last look; reads none of them."""
        return self._machine.fs.signature(self._root) != self._folder

    def find(self, files: Mapping[Path, WatchedFile]) -> bool:
        """Give each file the next copy of it; whether there was any."""
        fs = self._machine.fs
        self._folder = fs.signature(self._root)
        try:
            names = sorted(name for name, is_folder in fs.scan(self._root) if not is_folder)
        except FileNotFoundError:
            return False
        folder = str(fs.resolve(self._root))
        if self._late is None:
            of = [path.name for path in files]
            self._late = [p for name in of for p in written_late(name, self._trash, self._machine)]
        given = False
        for path, file in files.items():
            late = [place for place in self._late if place.name.endswith(f"-{path.name}")]
            copies = [self._root / n for n in names if is_copy_name(n, path.name, folder)]
            given |= self._give(file, [*late, *copies])
        return given

    def _give(self, file: WatchedFile, places: list[Path]) -> bool:
        for place in places:
            signature = self._machine.fs.signature(place)
            if signature is None or (place, signature) in self._known:
                continue
            try:
                data = self._machine.fs.read(place)
            except (FileNotFoundError, PermissionError):
                continue
            self._known.add((place, signature))
            if file.take_copy(place, data):
                return True
        return False
