"""What is taken out of the trash: what is old, and former states of the two files if too large.

Everything stays seven days, but for states of references.bib and reviews.csv that hold nothing
which the log does not: a large library that is edited all day would fill the disk with them.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from reviewkit.files.leftover import known_state
from reviewkit.store.machine import Machine
from reviewkit.store.trash import trashed_at

_KEPT_SECONDS = 7 * 24 * 3600
#: So many known states of a file stay in any case, the last ones.
_LAST = 20
#: So many bytes of them, beginning with the last, stay: of those that an editor may have open
#: still, and of all.
_RECENT_SECONDS = 660
_RECENT_ROOM, _ROOM = 1 << 30, 1 << 28

#: When it was put there, when it was written, its bytes, and where it is.
_State = tuple[float, int, int, Path]


def sweep(trash: Path, machine: Machine) -> None:
    """Remove from the trash what need not be kept.

    What somebody wrote into since it was put there counts as put there then, and is not known.
    """
    fs = machine.fs
    if not fs.is_folder(trash):
        return
    known: defaultdict[str, list[_State]] = defaultdict(list)
    for name, is_folder in fs.scan(trash):
        with suppress(OSError):
            signature = None if is_folder else fs.signature(trash / name)
            if signature is None:
                continue
            # A file keeps its time when it is moved: its name says when it came here.
            put_there = trashed_at(name) or 0.0
            if machine.seconds - max(signature.mtime_ns / 1e9, put_there) > _KEPT_SECONDS:
                fs.remove(trash / name)
            elif (of := known_state(name, signature)) is not None:
                known[of].append((put_there, signature.mtime_ns, signature.size, trash / name))
    for states in known.values():
        _thin(states, machine)


def _thin(states: list[_State], machine: Machine) -> None:
    taken = 0
    for number, (put_there, _, size, path) in enumerate(sorted(states, reverse=True), 1):
        taken += size
        is_recent = machine.seconds - put_there < _RECENT_SECONDS
        if number > _LAST and taken > (_RECENT_ROOM if is_recent else _ROOM):
            with suppress(OSError):
                machine.fs.remove(path)
