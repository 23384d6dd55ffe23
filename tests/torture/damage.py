"""Damage to a log of forty lines: every cut, every bit, and many bits of a longer one.

Only the lines that were touched may be missing, and that must be told.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reviewkit.ops.op import Op, encode
from reviewkit.store.fs import FS, Signature
from reviewkit.store.reader import LogReader
from tests.torture.outcome import Outcome

#: Lines as projects have them: short and long, with quotes, other scripts and line feeds.
_SAID: tuple[tuple[str, Any], ...] = (
    ("status", "read"),
    ("rating", 4),
    ("tag:split computing", True),
    ("status", None),
    ("note:aaaaaa.text", 'Läuft "gut".\n\nZeile 2 \\ 漢字'),
    ("decision", "x" * 90),
)


def _line(number: int) -> bytes:
    field, value = _SAID[number % len(_SAID)]
    seen = (f"w.{number - 1}",) if number % 3 else ()
    at = f"{number:012x}0000"
    return encode(Op(f"w.{number}", at, "ana", "p.a", "ana", field, value, seen, "cli"))


LINES = tuple(map(_line, range(1, 41)))


class _OneLog(FS):
    """A folder with one log whose bytes are given: as fast as a million looks need."""

    def __init__(self) -> None:
        self.data = b""

    def scan(self, folder: Path) -> list[tuple[str, bool]]:
        return [("ana-aaaaaaaaaa.jsonl", False)]

    def signature(self, path: Path) -> Signature | None:
        return Signature(1, 1, len(self.data))

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        return self.data[offset:] if length < 0 else self.data[offset : offset + length]


def read(data: bytes) -> tuple[set[str], bool]:
    """Ids of the operations that are read from a log, and whether damage is told."""
    disk = _OneLog()
    disk.data = data
    reader = LogReader(Path("/ops"), disk)
    return {op.id for op in reader.read()}, bool(reader.problems)


def cuts() -> Outcome:
    """The log ends at each of its bytes."""
    whole, failures = b"".join(LINES), 0
    ends = {len(b"".join(LINES[:number])) for number in range(len(LINES) + 1)}
    for cut in range(len(whole)):
        found, told = read(whole[:cut])
        # A line is whole without its line feed, too.
        complete = whole[: cut + 1].count(b"\n")
        there = {f"w.{number + 1}" for number in range(complete)}
        failures += found != there or (not told and not {cut, cut + 1} & ends)
    return Outcome("a log of forty lines, cut at every byte", len(whole), failures)


def bits() -> Outcome:
    """Each bit of the log is turned over."""
    whole = b"".join(LINES)
    places = ((at, bit) for at in range(len(whole)) for bit in range(8))
    failures = sum(_is_missed(whole, [place]) for place in places)
    return Outcome("a log of forty lines, every bit turned", 8 * len(whole), failures)


def flips(number: int, seed: int = 1) -> Outcome:
    """Some bits at once, by chance."""
    whole, rng, failures = b"".join(LINES), random.Random(seed), 0
    for _ in range(number):
        places = [(rng.randrange(len(whole)), rng.randrange(8)) for _ in range(rng.randint(2, 5))]
        failures += _is_missed(whole, places)
    return Outcome("a log with some bits turned", number, failures)


def _is_missed(whole: bytes, places: Sequence[tuple[int, int]]) -> bool:
    """Whether turned bits take more lines than they touch, or are not told."""
    harmed = bytearray(whole)
    for at, bit in places:
        harmed[at] ^= 1 << bit
    if harmed == whole:
        return False
    touched = {whole[:at].count(b"\n") + 1 for at, _ in places}
    found, told = read(bytes(harmed))
    everything = {f"w.{number + 1}" for number in range(len(LINES))}
    if not everything - {f"w.{number}" for number in touched} <= found <= everything:
        return True
    # A line feed that is no more joins two lines, which are read all the same.
    within_lines = all(whole[at : at + 1] != b"\n" for at, _ in places)
    return within_lines and not told
