"""A model of a program that keeps two folders alike, late and file by file.

As Dropbox does: what changed on one side is copied to the other, what changed on both is kept
twice, the second as a conflicted copy. A save that meets the copying is not lost to it: what
comes out of a file's place is looked at, and kept if it is not what was to be replaced.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
from contextlib import suppress
from pathlib import Path

from reviewkit.store.fs import FS

#: Not synchronised: each folder's own git, and what came out of the files' places.
_OWN = (".git", "trash")


class Synchroniser:
    """Copies between two folders; call `step` again and again.

    Attributes
    ----------
    copied, conflicts
        Files brought to the other side, and conflicted copies made.
    """

    def __init__(
        self, one: Path, other: Path, rng: random.Random, lock: threading.Lock | None = None
    ) -> None:
        self._sides = (one, other)
        self._rng = rng
        #: Held while a file is copied; who saves in place holds it, too.
        self._lock = lock or threading.Lock()
        self._alike: dict[str, str] = {}
        self._fs = FS()
        self.copied = self.conflicts = 0

    def step(self, *, late: float = 0.5) -> bool:
        """Copy what changed, each file with a chance of `1 - late`; whether anything did."""
        sums = [_sums(side) for side in self._sides]
        moved = False
        for name in sorted({*sums[0], *sums[1], *self._alike}):
            one, other = (found.get(name) for found in sums)
            if one == other:
                self._note(name, one)
                continue
            moved = True
            if self._rng.random() >= late:
                with self._lock:
                    self._carry(name, one, other)
        return moved

    def _note(self, name: str, found: str | None) -> None:
        if found is None:
            self._alike.pop(name, None)
        else:
            self._alike[name] = found

    def _carry(self, name: str, one: str | None, other: str | None) -> None:
        known = self._alike.get(name)
        if other == known:
            self._copy(name, self._sides[0], self._sides[1], known)
        elif one == known:
            self._copy(name, self._sides[1], self._sides[0], known)
        elif one is None:
            self._copy(name, self._sides[1], self._sides[0], None)
        elif other is None:
            self._copy(name, self._sides[0], self._sides[1], None)
        else:
            # Saved on both sides: the second one's becomes a copy beside the first's.
            with suppress(FileNotFoundError):
                self._keep_beside(self._sides[1] / name, (self._sides[1] / name).read_bytes())
                self._copy(name, self._sides[0], self._sides[1], other)

    def _copy(self, name: str, source: Path, target: Path, replaced: str | None) -> None:
        """Bring a file over, in place of one with the check sum `replaced`."""
        try:
            data = (source / name).read_bytes()
        except FileNotFoundError:
            self._remove(target / name, replaced)
            self._alike.pop(name, None)
            return
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".~{self._rng.randrange(1 << 40):x}")
        part.write_bytes(data)
        try:
            os.link(part, place)
            part.unlink()
        except FileExistsError:
            self._replace(part, place, data, replaced)
        self.copied += 1
        self._alike[name] = _sum(data)

    def _replace(self, part: Path, place: Path, data: bytes, replaced: str | None) -> None:
        if self._fs.exchange(part, place):
            came_out = part.read_bytes()
            if _sum(came_out) not in (replaced, _sum(data)):
                self._keep_beside(place, came_out)
        part.unlink()

    def _remove(self, place: Path, replaced: str | None) -> None:
        aside = place.with_name(f".~{self._rng.randrange(1 << 40):x}")
        with suppress(FileNotFoundError):
            place.rename(aside)
            if _sum(aside.read_bytes()) == replaced or place.exists():
                aside.unlink()
            else:
                aside.rename(place)

    def _keep_beside(self, place: Path, data: bytes) -> None:
        self.conflicts += 1
        added = f" (conflicted copy 2026-11-26 {self.conflicts})"
        place.with_name(f"{place.stem}{added}{place.suffix}").write_bytes(data)


def _sums(side: Path) -> dict[str, str]:
    found = {}
    for folder, folders, files in os.walk(side):
        folders[:] = [name for name in folders if name not in _OWN]
        for file in files:
            path = Path(folder, file)
            if not file.startswith(".~"):
                # Whatever vanishes meanwhile was there for a moment only.
                with suppress(FileNotFoundError):
                    found[path.relative_to(side).as_posix()] = _sum(path.read_bytes())
    return found


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
