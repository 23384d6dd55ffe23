"""One acknowledged edit, and how soon a second process knows of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import made
from benchmarks.report import Figure, percentile
from benchmarks.writers import WRITERS, at_work
from reviewkit.project import Project, open_project

#: What the second process is promised to need at most, in milliseconds.
PROMISED_MS = 100.0
_SHARES = (("p50", 0.5), ("p99", 0.99))
_WATCHER = """
import sys, time
from reviewkit.project import open_project

wanted = [None, None]

def tell(event):
    key, rating = wanted
    if key and (event.citekeys is None or key in event.citekeys):
        if project[key].review_of("ana").rating == rating:
            wanted[0] = None
            print(time.monotonic(), flush=True)

project = open_project(sys.argv[1], watch=True)
project.on_change(tell)
print("open", flush=True)
for line in sys.stdin:
    key, rating = line.split()
    wanted[:] = key, float(rating)
    print("waiting", flush=True)
project.close()
"""


def measure(folder: Path, size: int, edits: int, seen: int) -> Iterator[Figure]:
    """Edits in an open project of so many entries, with its files being written meanwhile."""
    made.write(folder, size)
    with open_project(folder, reviewer="ana") as project:
        yield from _seen_elsewhere(project, seen, 1, "few papers reviewed")
        yield from _acknowledged(project, edits)
        yield from _seen_elsewhere(project, seen, 2, f"{edits:,} papers reviewed")
        with at_work("project", folder, WRITERS, 1.0):
            state = f"among {WRITERS} more projects, each edited once a second"
            yield from _seen_elsewhere(project, seen, 1, state)


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


def _seen_elsewhere(project: Project, edits: int, first: int, state: str) -> Iterator[Figure]:
    root = Path(__file__).resolve().parent.parent
    other = subprocess.Popen(
        [sys.executable, "-c", _WATCHER, str(project.root)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    try:
        _next(other, "open")
        project.flush()
        random_ = random.Random(7)
        keys = list(project)
        times: list[float] = []
        for number in range(edits):
            # Not in step with anything that the other process does at regular times.
            time.sleep(random_.uniform(0.02, 0.2))
            key, rating = keys[-1 - number % len(keys)], first + number % 4
            print(key, rating, file=other.stdin)
            _next(other, "waiting")
            begin = time.monotonic()
            project.review(key, rating=rating)
            times.append((float(_next(other)) - begin) * 1000)
    finally:
        other.communicate()
    for name, share in _SHARES:
        yield Figure(
            f"an edit seen by a second process, {state}, {name}",
            percentile(times, share),
            "ms",
            "what is promised",
            PROMISED_MS,
        )


def _next(other: subprocess.Popen[str], expected: str | None = None) -> str:
    assert other.stdout is not None
    line = other.stdout.readline().strip()
    if not line or expected not in (None, line):
        raise RuntimeError(f"the second process said {line!r} and ended")
    return line
