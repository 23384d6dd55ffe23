"""A private second copy of what this user was told is safe, and what was decided about it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.ops.fold import Fold
from reviewkit.ops.op import BadLineError, decode
from reviewkit.store.erasing import is_erased
from reviewkit.store.layout import Layout, place_of
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole

#: What is remembered of the folder besides the edits.
DECIDED = "folder.json"

_BEGINNING = b'{"v":1,"i":"'
#: So many bytes at its end tell whether a log still has what the journal has.
_TAIL = 128


@dataclass(frozen=True, slots=True)
class Decided:
    """What is remembered of the folder besides the edits.

    `head` is what was checked out when all edits were last seen in the folder, `left` the
    edits that a person left out, by branch.
    """

    head: list[str | None] | None = None
    left: dict[str, list[str]] = field(default_factory=dict)


class Journal:
    """The edits that this user's processes made durable in the project's folder, again.

    A file for each log, with the log's name and bytes: so no process ever writes into
    another's, also where homes are on a network, and that a log still has everything is
    seen from its size and end, without reading either. It belongs to the folder, not to the
    library: two clones of one user have different edits.
    """

    def __init__(self, layout: Layout, machine: Machine) -> None:
        self._machine = machine
        self._fs = machine.fs
        self._place = place_of(layout, machine.fs)

    def folder(self, library: str) -> Path:
        """Where the project's journal is on this machine."""
        return self._machine.private_folder(library) / self._place

    def keep(self, library: str, log: str, lines: bytes) -> None:
        """Keep what was written to the log of this name.

        The edit is durable already, so a full or missing home is no reason to refuse it.
        """
        path = self.folder(library) / "journal" / log
        try:
            self._fs.make_folder(path.parent)
            self._fs.append(path, lines)
        except OSError:
            return

    def names(self, library: str) -> set[str]:
        """The logs of which something was kept: processes of this user wrote them, here."""
        try:
            return {name for name, _ in self._fs.scan(self.folder(library) / "journal")}
        except OSError:
            return set()

    def kept(self, library: str, log: str) -> bytes:
        """What was kept of the log of this name; nothing where that cannot be read."""
        try:
            return self._fs.read(self.folder(library) / "journal" / log)
        except OSError:
            return b""

    def join(self, library: str, log: str, data: bytes) -> None:
        """Keep the whole of a log that was made of others, on the disk.

        Raises
        ------
        OSError
            This user's home does not allow it.
        """
        folder = self.folder(library) / "journal"
        part = folder / f"{log}.{self._machine.name(10)}.tmp"
        write_whole(part, data, self._fs)
        self._fs.move(part, folder / log)
        self._fs.sync_folder(folder)

    def let_go(self, library: str, logs: Iterable[str], safe: Container[bytes]) -> None:
        """Forget what was kept of logs, if it is among lines that are kept with another."""
        folder = self.folder(library) / "journal"
        for log in logs:
            data = self.kept(library, log)
            with suppress(OSError):
                if all(line in safe for line in data.split(b"\n") if line.strip()):
                    self._fs.remove(folder / log)

    def lacking(self, library: str, logs: Mapping[str, Path], known: Fold) -> dict[str, bytes]:
        """Lines, by operation, that are in the journal and not in the folder.

        Parameters
        ----------
        logs
            The folder's logs without damage, by name.
        known
            The operations that the folder has. One that was erased here, and has its value
            there, is lacking.
        """
        folder = self.folder(library) / "journal"
        try:
            names = [name for name, _ in self._fs.scan(folder) if name.endswith(".jsonl")]
        except OSError:
            return {}
        found: dict[str, bytes] = {}
        for name in sorted(names):
            if name not in logs or not self._is_there(folder / name, logs[name]):
                found.update(self._unknown(folder / name, known))
        return found

    def _is_there(self, path: Path, log: Path) -> bool:
        """Whether the log has at least what the journal has of it."""
        try:
            kept, there = self._fs.signature(path), self._fs.signature(log)
            if kept is None or there is None or there.size < kept.size:
                return False
            start = max(kept.size - _TAIL, 0)
            return self._fs.read(path, start, _TAIL) == self._fs.read(
                log, start, kept.size - start
            )
        except OSError:
            return False

    def _unknown(self, path: Path, known: Fold) -> dict[str, bytes]:
        try:
            lines = self._fs.read(path).split(b"\n")
        except OSError:
            return {}
        found = {}
        for line in lines:
            end = line.find(b'"', len(_BEGINNING))
            name = line[len(_BEGINNING) : end] if line.startswith(_BEGINNING) else b""
            there = known.get(name.decode("utf-8", "replace"))
            if there is not None and (there.erased or not is_erased(line)):
                continue
            try:
                op = decode(line)
            except BadLineError:
                # Half a line of a machine that went down: it was in the folder first.
                continue
            if op.id not in known or op.erased:
                found[op.id] = line + b"\n"
        return found

    def line(self, library: str, log: str, number: int) -> bytes:
        """The n-th line (from 1) of what was kept of a log; empty where there is none."""
        return b"".join(self.kept(library, log).split(b"\n")[number - 1 : number])

    def decided(self, library: str) -> Decided:
        """What is remembered of the folder."""
        try:
            value = json.loads(self._fs.read(self.folder(library) / DECIDED))
            left = {str(place): [str(i) for i in ids] for place, ids in value["left"].items()}
            return Decided(value["head"], left)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Decided()

    def decide(self, library: str, decided: Decided) -> None:
        """Remember it, if this user's home allows it."""
        path = self.folder(library) / DECIDED
        part = path.with_name(f"{path.name}.{self._machine.name(10)}.tmp")
        data = json.dumps({"head": decided.head, "left": decided.left}).encode()
        try:
            self._fs.make_folder(path.parent)
            write_whole(part, data, self._fs)
            self._fs.move(part, path)
        except OSError:
            return
