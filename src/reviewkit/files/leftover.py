"""Files that came out of another's place and that nobody has looked at, as a crash came first.

What is put in place of a file stands beside it before, under a name that says what is
written and what was read last: `.NAME.NEW-LAST.RANDOM.tmp`, both as CRC-32. After an exchange
the same name holds what came out. So whoever opens the project next can tell what somebody
saved in the very moment of a crash from what was known, and takes it in.

What is in the trash has its state in its name as well, `TIME-RANDOM.STATE-NAME`: an editor that
had the file open may write into it there when the process that put it away is gone. `k` at the
state's end says that it was known, so that nothing of it is only there.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reviewkit.store.fs import Signature
from reviewkit.store.machine import Machine
from reviewkit.store.trash import place_in

_NAME = re.compile(r"\.(?P<new>[0-9a-f]{8})-(?P<last>[0-9a-f]{8})\.[a-z2-7]{12}\.(tmp|old|part)")

_STATE = re.compile(
    r"[0-9T]+-[a-z2-7]{6}\.(?P<sum>[0-9a-f]{8})(?P<time>[0-9a-f]*)(?P<known>k?)-(?P<name>.+)"
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that came out of its place: its bytes, and the sum of what took the place."""

    path: Path
    data: bytes
    new: str


def temporary_name(target: Path, data: bytes, last: bytes | None, machine: Machine) -> Path:
    """What the new file is called until it is in its place."""
    return target.with_name(
        f".{target.name}.{check_sum(data)}-{check_sum(last or b'')}.{machine.name(12)}.tmp"
    )


def check_sum(data: bytes) -> str:
    """CRC-32, 8 hex digits: tells states of one file apart."""
    return f"{zlib.crc32(data):08x}"


def leftovers(path: Path, trash: Path, machine: Machine) -> Iterator[Leftover]:
    """Unread files that came out of this one's place, oldest name first.

    All else that a crash left beside it goes to the trash; these do when they are safe
    (`to_trash`).
    """
    fs = machine.fs
    target = fs.resolve(path)
    try:
        names = sorted(name for name, is_folder in fs.scan(target.parent) if not is_folder)
    except FileNotFoundError:
        return
    for name in names:
        if not name.startswith(f".{target.name}."):
            continue
        match = _NAME.fullmatch(name.removeprefix(f".{target.name}"))
        if match is None:
            continue
        place = target.with_name(name)
        try:
            data = b"" if name.endswith(".part") else fs.read(place)
        except FileNotFoundError:
            # Whoever wrote it is alive, and has put it away.
            continue
        known = check_sum(data) in (match["new"], match["last"])
        if name.endswith(".part") or known:
            to_trash(place, target.name, trash, machine, state_of(check_sum(data)) if data else "")
        else:
            yield Leftover(place, data, match["new"])


def state_of(checked: str, seen: Signature | None = None, *, known: bool = False) -> str:
    """What a name in the trash says of a file: its sum, and its time when it was read."""
    return f".{checked}" if seen is None else f".{checked}{seen.mtime_ns:x}{'k' * known}"


def known_state(name: str, signature: Signature) -> str | None:
    """The file that something in the trash is a known state of, unchanged; None: it is not."""
    match = _STATE.fullmatch(name)
    if match is None or not match["known"] or int(match["time"], 16) != signature.mtime_ns:
        return None
    return match["name"]


def written_late(name: str, trash: Path, machine: Machine) -> Iterator[Path]:
    """Files of this name into which somebody wrote after they had come into the trash.

    One that breaks off is still being written, or came so from a synchroniser.
    """
    fs = machine.fs
    if not fs.is_folder(trash):
        return
    for there in sorted(found for found, is_folder in fs.scan(trash) if not is_folder):
        match = _STATE.fullmatch(there)
        if match is None or match["name"] != name:
            continue
        try:
            seen = fs.signature(trash / there)
            if seen is None or (match["time"] and int(match["time"], 16) == seen.mtime_ns):
                continue
            data = fs.read(trash / there)
        except OSError:
            continue
        if check_sum(data) != match["sum"] and data.endswith((b"\n", b"}")):
            yield trash / there


def to_trash(old: Path, name: str, trash: Path, machine: Machine, state: str) -> Path:
    """Put a file away; where it is now. It stays where that cannot be done."""
    with suppress(OSError):
        machine.fs.make_folder(trash)
        kept = place_in(trash, name, machine, state)
        machine.fs.move(old, kept)
        return kept
    return old
