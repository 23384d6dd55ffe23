"""Reading all logs of a project, only what is new since the last look."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewkit.ops.op import BadLineError, NewerLineError, Op
from reviewkit.records import Problem
from reviewkit.store.fs import FS, Signature
from reviewkit.store.lines import sound

_HEAD = 4096
_BEGINNING = re.compile(rb'(?=\{"v":)')


@dataclass(slots=True)
class _Log:
    """What is known of one log: how far it was read, and what was wrong with it."""

    signature: Signature
    offset: int = 0
    head: bytes = b""
    lines: int = 0
    newer: int = 0
    problems: list[Problem] = field(default_factory=list)
    torn: Problem | None = None
    hash: Any = field(default_factory=hashlib.sha256)


class LogReader:
    """Remembers how far each log was read; conflict copies are logs like any other."""

    def __init__(self, folder: Path, fs: FS) -> None:
        self._folder = folder
        self._fs = fs
        self._logs: dict[Path, _Log] = {}
        self._unreadable: dict[Path, Problem] = {}
        #: Whether a log that was read is gone or is not what it was.
        self.lost = False

    def sound_logs(self) -> dict[str, Path]:
        """Logs without damage, by name."""
        return {
            path.name: path
            for path, log in self._logs.items()
            if not log.problems and log.torn is None
        }

    @property
    def problems(self) -> list[Problem]:
        """Lines that are not whole, and logs that cannot be read."""
        found = [problem for log in self._logs.values() for problem in log.problems]
        found += [log.torn for log in self._logs.values() if log.torn is not None]
        return found + list(self._unreadable.values())

    @property
    def newer(self) -> int:
        """Number of operations that only a newer reviewkit understands."""
        return sum(log.newer for log in self._logs.values())

    def fingerprint(self, own: Iterable[tuple[Path, int]]) -> bytes | None:
        """A hash of all logs; None if anything of one was not read, or one is gone.

        `own` are the logs that this process writes, with their sizes.
        """
        sizes = {path: log.signature.size for path, log in self._logs.items()} | dict(own)
        known = {path: log.offset for path, log in self._logs.items()}
        if self.lost or self._unreadable or sizes != known:
            return None
        parts = (self._name(p).encode() + log.hash.digest() for p, log in self._logs.items())
        return hashlib.sha256(b"".join(sorted(parts))).digest()

    def read(self) -> list[Op]:
        """Operations in lines that are new since the last call; broken ones are noted.

        A line still being written is left for the next call.
        """
        found: list[Op] = []
        self._unreadable = {}
        paths = sorted(self._paths(self._folder))
        for gone in self._logs.keys() - set(paths):
            del self._logs[gone]
            self.lost = True
        for path in paths:
            try:
                found.extend(self._read_on(path))
            except FileNotFoundError:
                continue
            except OSError as error:
                reason = f"the log cannot be read ({error.strerror or error})"
                self._unreadable[path] = Problem(None, reason, "", self._name(path))
        return found

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _paths(self, folder: Path) -> Iterator[Path]:
        try:
            entries = self._fs.scan(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            reason = f"the folder cannot be read ({error.strerror or error})"
            self._unreadable[folder] = Problem(None, reason, "", self._name(folder))
            return
        for name, is_folder in entries:
            if is_folder:
                yield from self._paths(folder / name)
            elif name.endswith(".jsonl"):
                yield folder / name

    def _read_on(self, path: Path) -> list[Op]:
        signature = self._fs.signature(path)
        log = self._logs.get(path)
        if signature is None or (log is not None and log.signature == signature):
            return []
        if log is not None and not self._has_grown(path, log, signature):
            log, self.lost = None, True
        if log is None:
            log = _Log(signature)
        data = self._fs.read(path, log.offset)
        whole = data.rfind(b"\n") + 1
        log.hash.update(data[:whole])
        ops = self._decode(path, data[:whole], log)
        if len(log.head) < _HEAD:
            log.head = self._fs.read(path, 0, min(_HEAD, log.offset + whole))
        log.offset += whole
        log.signature = signature
        ops += self._tail(path, data[whole:], log)
        self._logs[path] = log
        return ops

    def _has_grown(self, path: Path, log: _Log, signature: Signature) -> bool:
        """Whether the file is the one that was read, with more at its end."""
        same = signature.inode == log.signature.inode and signature.size >= log.offset
        return same and self._fs.read(path, 0, len(log.head)) == log.head

    def _decode(self, path: Path, data: bytes, log: _Log) -> list[Op]:
        ops = []
        for line in data.split(b"\n")[:-1]:
            log.lines += 1
            if not line:
                continue
            # A lost line feed makes one line of two, and both may be sound.
            for part in _BEGINNING.split(line) if line.find(b'{"v":', 1) > 0 else [line]:
                try:
                    ops.append(sound(part))
                except NewerLineError:
                    log.newer += 1
                except BadLineError as error:
                    # Blanks are what is left of an erased line.
                    if part and not part.isspace():
                        log.problems.append(self._problem(path, log.lines, str(error), part))
        return ops

    def _tail(self, path: Path, data: bytes, log: _Log) -> list[Op]:
        """A last line without line feed: whole, or still being written, or cut off."""
        log.torn = None
        try:
            return [sound(data)] if data and not data.isspace() else []
        except BadLineError:
            reason = "the last line is not whole (yet)"
            log.torn = self._problem(path, log.lines + 1, reason, data)
            return []

    def _problem(self, path: Path, line: int, reason: str, text: bytes) -> Problem:
        return Problem(line, reason, text[:80].decode("utf-8", "replace"), self._name(path))
