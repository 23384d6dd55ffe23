"""One acknowledged edit, and how soon a second process knows of it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import made
from benchmarks.report import Figure, percentile
from reviewkit.project import Project, open_project

#: What the second process is promised to need at most, in milliseconds.
PROMISED_MS = 100.0
_SHARES = (("p50", 0.5), ("p99", 0.99))
_WATCHER = """
import json, sys, time
from reviewkit.project import open_project

def tell(event):
    print(json.dumps({"citekeys": event.citekeys, "at": time.monotonic()}), flush=True)

project = open_project(sys.argv[1], watch=True)
project.on_change(tell)
print("ready", flush=True)
sys.stdin.read()
project.close()
"""


def measure(folder: Path, size: int, edits: int, seen: int) -> Iterator[Figure]:
    """Edits in an open project of so many entries, with its files being written meanwhile."""
    made.write(folder, size)
    with open_project(folder, reviewer="ana") as project:
        yield from _acknowledged(project, edits)
        yield from _seen_elsewhere(project, seen)


def _acknowledged(project: Project, edits: int) -> Iterator[Figure]:
    keys = list(project)
    mine: list[float] = []
    bare: list[float] = []
    rival = os.open(project.root / "bare.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sync = getattr(os, "fdatasync", os.fsync)
    project.review(keys[0], rating=1)
    for number in range(edits):
        before = _logged(project)
        begin = time.perf_counter()
        project.review(keys[number % len(keys)], rating=2 + number % 4)
        mine.append((time.perf_counter() - begin) * 1000)
        line = b"x" * max(1, _logged(project) - before)
        begin = time.perf_counter()
        os.write(rival, line)
        sync(rival)
        bare.append((time.perf_counter() - begin) * 1000)
    os.close(rival)
    for name, share in _SHARES:
        yield Figure(
            f"one acknowledged edit among {len(keys):,}, {name}",
            percentile(mine, share),
            "ms",
            "write and fdatasync of the same bytes",
            percentile(bare, share),
        )


def _logged(project: Project) -> int:
    return sum(log.stat().st_size for log in project.root.glob(".reviewkit/ops/*/*.jsonl"))


def _seen_elsewhere(project: Project, edits: int) -> Iterator[Figure]:
    root = Path(__file__).resolve().parent.parent
    other = subprocess.Popen(
        [sys.executable, "-c", _WATCHER, str(project.root)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        project.flush()
        random_ = random.Random(7)
        keys = list(project)
        times: list[float] = []
        for number in range(edits):
            # Not in step with anything that the other process does at regular times.
            time.sleep(random_.uniform(0.02, 0.2))
            key = keys[-1 - number % len(keys)]
            begin = time.monotonic()
            project.review(key, rating=1 + (number // len(keys) + number) % 5)
            times.append((_told_of(key, other) - begin) * 1000)
    finally:
        other.communicate("")
    for name, share in _SHARES:
        yield Figure(
            f"an edit seen by a second process, {name}",
            percentile(times, share),
            "ms",
            "what is promised",
            PROMISED_MS,
        )


def _told_of(key: str, other: subprocess.Popen[str]) -> float:
    assert other.stdout is not None
    for line in other.stdout:
        told = json.loads(line)
        if told["citekeys"] is None or key in told["citekeys"]:
            return float(told["at"])
    raise RuntimeError("the second process ended before it was told")
