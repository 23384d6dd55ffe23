"""Taking erased operations' bytes out of logs, in place.

A line is written over with blanks, so that the log keeps its length and its inode: whoever
appends to it, or reads on in it, is not disturbed. What stands in its stead is durable in
another log before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from reviewkit.ops.op import BadLineError, decode
from reviewkit.store.fs import FS

_ID = re.compile(rb'"i":"([^"\\]{1,80})"')


def erase(folder: Path, ids: Container[str], fs: FS) -> int:
    """Take the lines of these operations, except erased ones, out of all logs below a folder.

    Returns
    -------
    int
        How many lines that were.

    Raises
    ------
    OSError
        A log cannot be read or written; others may have been.
    """
    number = 0
    for path in logs_below(folder, fs):
        at = 0
        for line in fs.read(path).split(b"\n"):
            if _holds(line, ids):
                fs.blank(path, at, len(line))
                number += 1
            at += len(line) + 1
    return number


def without(lines: bytes, ids: Container[str]) -> bytes:
    """The lines, each with its line feed, except those that `erase` would take out."""
    kept = (line for line in lines.splitlines(keepends=True) if not _holds(line[:-1], ids))
    return b"".join(kept)


def is_erased(line: bytes) -> bool:
    """Whether a sound line, without its line feed, is an erased operation's."""
    return line[:-16].endswith(b',"z":1')


def _holds(line: bytes, ids: Container[str]) -> bool:
    # A damaged line may be two, or half of one: whatever names the operation goes.
    if not any(name.decode("utf-8", "replace") in ids for name in _ID.findall(line)):
        return False
    try:
        return not decode(line).erased
    except BadLineError:
        return True


def logs_below(folder: Path, fs: FS) -> Iterator[Path]:
    """The logs of a folder and those below it."""
    try:
        entries = fs.scan(folder)
    except FileNotFoundError:
        return
    for name, is_folder in sorted(entries):
        if is_folder:
            yield from logs_below(folder / name, fs)
        elif name.endswith(".jsonl"):
            yield folder / name
