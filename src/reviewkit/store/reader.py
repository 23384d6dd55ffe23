"""Reading all logs of a project, only what is new since the last look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewkit.ops.op import BadLineError, NewerLineError, Op, decode
from reviewkit.records import Problem
from reviewkit.store.fs import FS, Signature

_HEAD = 4096


@dataclass(slots=True)
class _Seen:
    signature: Signature
    offset: int
    head: bytes
    lines: int


class LogReader:
    """Remembers how far each log was read; conflict copies are logs like any other."""

    def __init__(self, folder: Path, fs: FS) -> None:
        self._folder = folder
        self._fs = fs
        self._seen: dict[Path, _Seen] = {}
        self.problems: dict[tuple[str, int], Problem] = {}
        self.newer = 0

    def read(self) -> list[Op]:
        """Operations in lines that are new since the last call; broken ones are noted.

        A line still being written is left for the next call.
        """
        found: list[Op] = []
        for path in sorted(self._logs(self._folder)):
            signature = self._fs.signature(path)
            seen = self._seen.get(path)
            if signature is None or (seen is not None and seen.signature == signature):
                continue
            try:
                found.extend(self._read_on(path, signature, seen))
            except FileNotFoundError:
                continue
        return found

    def _logs(self, folder: Path) -> Iterator[Path]:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        yield from self._logs(Path(entry.path))
                    elif entry.name.endswith(".jsonl"):
                        yield Path(entry.path)
        except FileNotFoundError:
            return

    def _read_on(self, path: Path, signature: Signature, seen: _Seen | None) -> list[Op]:
        grown = seen is not None and signature.inode == seen.signature.inode
        grown = grown and seen is not None and signature.size >= seen.offset
        data = self._fs.read(path, seen.offset if grown and seen is not None else 0)
        if grown and seen is not None and seen.head != self._head(path, len(seen.head)):
            grown, data = False, self._fs.read(path)
        if seen is None or not grown:
            seen = _Seen(signature, 0, b"", 0)
        whole = data.rfind(b"\n") + 1
        ops = self._decode(path, data[:whole], seen)
        if len(seen.head) < _HEAD:
            seen.head = self._head(path, min(_HEAD, seen.offset + whole))
        self._seen[path] = _Seen(signature, seen.offset + whole, seen.head, seen.lines)
        return ops

    def _head(self, path: Path, length: int) -> bytes:
        with path.open("rb") as file:
            return file.read(length)

    def _decode(self, path: Path, data: bytes, seen: _Seen) -> list[Op]:
        ops = []
        for line in data.split(b"\n")[:-1]:
            seen.lines += 1
            if not line:
                continue
            try:
                ops.append(decode(line))
            except NewerLineError:
                self.newer += 1
            except BadLineError as error:
                name = path.relative_to(self._folder).as_posix()
                self.problems[name, seen.lines] = Problem(
                    seen.lines, str(error), line[:80].decode("utf-8", "replace"), name
                )
        return ops
