"""Projects with logs of long ago, and who merges them."""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op, encode
from reviewkit.project import Project
from reviewkit.store.card import ensure_library
from reviewkit.store.fs import FS
from reviewkit.store.logrules import MergedLogs, Rules
from reviewkit.store.machine import Machine
from reviewkit.store.writer import Writer
from tests.store.test_log import Process

NOW = 1_790_000_000
OLD = NOW - 40 * 86_400
RULES = Rules(more_than=4, fewest=2, wait=0)
MONTH = "2026-07"


class Later(Process):
    """A process whose clock says late September 2026; the logs are said to be of July."""

    def __init__(self, root: Path, fs: FS | None = None, by: str = "ana") -> None:
        super().__init__(root, fs, by)
        machine = Machine(self.store.fs, lambda: NOW * 1000)
        self.store.machine = machine
        self.store.journal._machine = machine

    def merge(self, rules: Rules = RULES, **how: bool) -> MergedLogs:
        self.recorder.receive()
        return self.store.merge_logs(self.fold, rules, **how)


def logs(root: Path) -> list[Path]:
    return sorted(root.glob(".reviewkit/ops/**/*.jsonl"))


def journal(root: Path) -> Path:
    library = json.loads((root / ".reviewkit/library.json").read_bytes())["id"]
    (found,) = Machine().private_folder(library).glob("*/journal")
    return found


def age(root: Path, *paths: Path) -> None:
    """Let logs be of a month long ago, written last then."""
    for path in paths or logs(root):
        place = root / ".reviewkit" / "ops" / MONTH
        place.mkdir(exist_ok=True)
        os.utime(path, (OLD, OLD))
        path.rename(place / path.name)


def written(root: Path, number: int = 6, by: str = "ana") -> list[Op]:
    """Old logs, each of a process of its own, with two edits."""
    ops = []
    for count in range(number):
        process = Process(root, by=by)
        ops += [process.rate(value, f"p.{count:010}") for value in (1, 5)]
        process.store.close()
    age(root)
    return ops


def trash(root: Path) -> list[Path]:
    return sorted((root / ".reviewkit" / "trash").iterdir())


def very_many(project: Project, number: int, edits: int = 1, days: float = 70) -> list[Op]:
    """Logs, and what the journal kept of them, as many processes of this user left them.

    Written without waiting for the disk: it is not the disk that is tried with them.
    """
    then = time.time() - days * 86_400
    month = datetime.fromtimestamp(then, UTC).strftime("%Y-%m")
    store = project._store
    card = ensure_library(store.layout, store.machine)
    place, kept = store.layout.ops / month, store.journal.folder(card.id) / "journal"
    for folder in (place, kept):
        folder.mkdir(parents=True, exist_ok=True)
    paper = paper_id("smith2021")
    made = []
    for log in range(number):
        writer = Writer(store.machine, "ana")
        ops = [
            Op(writer.next_id(), f"{int(then * 1000) + log:012x}{edit:04x}", "ana", paper,
               "ana", f"tag:word {log % 50} {edit}", True, (), "kernel")
            for edit in range(edits)
        ]  # fmt: skip
        data = b"".join(map(encode, ops))
        for path in (place / f"ana-{writer.name}.jsonl", kept / f"ana-{writer.name}.jsonl"):
            path.write_bytes(data)
            os.utime(path, (then, then))
        made += ops
    return made
