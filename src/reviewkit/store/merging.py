"""Making one log of many old ones of this user: first the new one, a day later the old ones go.

Lines are a set, so a copy more does no harm: whatever breaks off, every line stands in an old
log or in the new one. The day is for synchronisers, which may take files away elsewhere before
they bring others.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.ops.fold import Fold
from reviewkit.ops.op import BadLineError, NewerLineError
from reviewkit.store.erasing import logs_below
from reviewkit.store.journal import Journal
from reviewkit.store.layout import Layout
from reviewkit.store.lines import sound
from reviewkit.store.logrules import MergedLogs, Rules
from reviewkit.store.machine import Machine
from reviewkit.store.trash import place_in
from reviewkit.store.whole import write_whole

_NAME = re.compile(r"(?P<slug>.+)-[a-z2-7]{10}\.jsonl")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class _Log:
    """A log as it was read, and its lines without those of blanks."""

    path: Path
    data: bytes
    lines: dict[bytes, None]

    def is_in(self, other: _Log) -> bool:
        """Whether the other has all its lines."""
        return self.lines.keys() <= other.lines.keys()


class LogMerger:
    """Merges the logs that this user wrote in this folder, of each month and person into one.

    Which those are this user's journal tells, line for line; a name says nothing. A month's logs
    stay in its folder, so that git never takes the folder for a renamed one.
    """

    def __init__(
        self,
        layout: Layout,
        machine: Machine,
        journal: Journal,
        library: str,
        known: Fold,
        rules: Rules,
    ) -> None:
        self._layout = layout
        self._machine = machine
        self._fs = machine.fs
        self._journal = journal
        self._library = library
        self._known = known
        self._rules = rules
        self._kept: Counter[str] = Counter()
        #: The names of those in the journal.
        self._own: set[str] = set()

    def run(self, *, dry_run: bool = False) -> MergedLogs:
        """Merge what may be merged, or only look; what cannot be moved now is told."""
        self._kept = Counter()
        paths = list(logs_below(self._layout.ops, self._fs))
        if len(paths) <= self._rules.more_than:
            return MergedLogs(len(paths))
        merged = into = gone = 0
        for (folder, slug), group in self._old(paths).items():
            logs = [log for path in group if (log := self._read(path)) is not None]
            for new in self._made_before(folder, slug, frozenset(group)) if logs else ():
                inside = [log for log in logs if log.is_in(new)]
                logs = [log for log in logs if not log.is_in(new)]
                if self._stood_long(new):
                    gone += len(inside) if dry_run else self._put_all_away(new, inside)
                elif inside:
                    self._kept["in a new log, too, and gone in a day"] += len(inside)
            if len(logs) < 2:
                self._kept["the only one of its month"] += len(logs)
                continue
            made = None if dry_run else self._merge(folder, slug, logs)
            if dry_run or made is not None:
                merged, into = merged + len(logs), into + 1
            if made is not None and not self._rules.wait:
                gone += self._put_all_away(made, logs)
        kept = tuple(sorted((+self._kept).items()))
        done = bool(into or gone) and not dry_run
        return MergedLogs(len(paths), merged, into, gone, kept, done)

    def _made_before(self, folder: Path, slug: str, group: frozenset[Path]) -> Iterator[_Log]:
        """Logs of this user's that are none of the old ones: some may have been made of those."""
        for path in logs_below(folder, self._fs):
            name = _NAME.fullmatch(path.name)
            if name and name["slug"] == slug and path.name in self._own and path not in group:
                with suppress(OSError):
                    data = self._fs.read(path)
                    lines = dict.fromkeys(_lines(data))
                    if self._reason_to_stay(path.name, data, lines) is None:
                        yield _Log(path, data, lines)

    def _stood_long(self, new: _Log) -> bool:
        signature = self._fs.signature(new.path)
        since = math.inf if signature is None else signature.mtime_ns / 1e9
        return self._machine.seconds - since >= self._rules.wait * _DAY_SECONDS

    def _old(self, paths: Sequence[Path]) -> dict[tuple[Path, str], list[Path]]:
        """Logs that may be merged as far as is seen without reading them: by folder and person."""
        self._own = self._journal.names(self._library)
        found: defaultdict[tuple[Path, str], list[Path]] = defaultdict(list)
        for path in paths:
            name = _NAME.fullmatch(path.name)
            if name is None or path.name not in self._own:
                self._kept["not written by you in this folder"] += 1
            elif (reason := self._reason_to_wait(path)) is not None:
                self._kept[reason] += 1
            else:
                found[path.parent, name["slug"]].append(path)
        if (number := sum(map(len, found.values()))) < self._rules.fewest:
            self._kept["too few to be worth it"] += number
            return {}
        return found

    def _reason_to_wait(self, path: Path) -> str | None:
        month = _MONTH.fullmatch(path.parent.name)
        signature = self._fs.signature(path)
        if month is None or path.parent.parent != self._layout.ops:
            return "not in the folder of a month"
        if signature is None:
            return "gone meanwhile"
        year, number = int(month["year"]), int(month["month"])
        year = min(max(year, 1), 9998)
        end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp()
        # A clone gives old logs the time of today, and a synchroniser perhaps that of long ago.
        since = max(end, signature.mtime_ns / 1e9)
        if self._machine.seconds - since < self._rules.days * _DAY_SECONDS:
            return f"younger than {self._rules.days:.0f} days"
        return "large already" if signature.size >= self._rules.largest else None

    def _read(self, path: Path) -> _Log | None:
        """The log, if all is well with it; else None, and the reason is noted."""
        try:
            data = self._fs.read(path)
        except OSError as error:
            self._kept[_why("read", error)] += 1
            return None
        lines = dict.fromkeys(_lines(data))
        reason = self._reason_to_stay(path.name, data, lines)
        if reason is not None:
            self._kept[reason] += 1
            return None
        return _Log(path, data, lines)

    def _reason_to_stay(self, name: str, data: bytes, lines: Iterable[bytes]) -> str | None:
        if data and not data.endswith(b"\n"):
            return "not ended by a whole line"
        # One with fewer lines is of another branch, perhaps, where git would find it changed.
        if set(lines) != set(_lines(self._journal.kept(self._library, name))):
            return "not what your journal has"
        for line in lines:
            try:
                op = sound(line)
            except NewerLineError:
                continue
            except BadLineError:
                return "damaged"
            there = self._known.get(op.id)
            if there is not None and there.erased and not op.erased:
                return "not rid of what was erased yet"
        return None

    def _merge(self, folder: Path, slug: str, logs: Sequence[_Log]) -> _Log | None:
        """Make one log that has the lines of several; None if that cannot be."""
        fs, trash = self._fs, self._layout.trash
        name = f"{slug}-{self._machine.name(10)}.jsonl"
        lines = {line: None for log in logs for line in log.lines}
        data = b"".join(b"%b\n" % line for line in lines)
        new = folder / name
        # Made in the trash: nobody reads half of it there, what a crash leaves goes in a week,
        # and a trash on another file system is noticed before anything is taken away.
        part = place_in(trash, f"{name}.tmp", self._machine)
        try:
            fs.make_folder(trash)
            write_whole(part, data, fs)
            if not self._holds_all(part, logs):
                self._kept["changed meanwhile, or not to be read back"] += len(logs)
                return None
            self._journal.join(self._library, name, data)
            fs.move(part, new)
        except OSError as error:
            self._kept[_why("merged now", error)] += len(logs)
            return None
        finally:
            _remove(part, self._machine)
        return _Log(new, data, lines)

    def _put_all_away(self, new: _Log, logs: Sequence[_Log]) -> int:
        """Move old logs, whose lines a new one has, to the trash; how many went."""
        try:
            # Its name is on the disk before any of theirs goes.
            self._fs.sync_folder(new.path.parent)
        except OSError as error:
            self._kept[_why("moved to the trash", error)] += len(logs)
            return 0
        gone = [log for log in logs if self._put_away(log)]
        self._journal.let_go(self._library, [log.path.name for log in gone], new.lines)
        return len(gone)

    def _holds_all(self, part: Path, logs: Sequence[_Log]) -> bool:
        """Whether the new log, read back, has every line that the old ones have now."""
        there = set(_lines(self._fs.read(part)))
        for log in logs:
            if self._fs.read(log.path) != log.data or not log.lines.keys() <= there:
                return False
        return True

    def _put_away(self, log: _Log) -> bool:
        """Move an old log to the trash; back again if somebody wrote to it just before."""
        fs = self._fs
        kept = place_in(self._layout.trash, log.path.name, self._machine)
        try:
            fs.move(log.path, kept)
        except OSError as error:
            self._kept[_why("moved to the trash", error)] += 1
            return False
        try:
            if fs.read(kept) == log.data:
                return True
            # Whoever wrote to it and found its name gone has written all to another.
            self._kept["changed meanwhile"] += 1
            if not fs.exists(log.path):
                fs.move(kept, log.path)
        except OSError as error:
            self._kept[_why("read in the trash", error)] += 1
        return False


def _lines(data: bytes) -> list[bytes]:
    """Lines without their line feeds; blanks are what is left of erased ones."""
    return [line for line in data.split(b"\n") if line.strip()]


def _why(what: str, error: OSError) -> str:
    return f"not to be {what} ({error.strerror or error})"


def _remove(path: Path, machine: Machine) -> None:
    # In the trash it goes in a week anyway.
    with suppress(OSError):
        machine.fs.remove(path)
