"""Eight writers at once: how fast they are together, and how soon others know of an edit."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import made
from benchmarks.report import Figure, percentile
from reviewkit.ops.fold import Fold
from reviewkit.project import open_project
from reviewkit.project.opening.keeping import store_of
from reviewkit.project.opening.moving import move_project
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.recorder import Edit, Recorder
from tests.databases.server import Server, programs

#: So many processes write at once.
WRITERS = 8

_ROOT = Path(__file__).resolve().parent.parent


def process(*arguments: str) -> subprocess.Popen[str]:
    """A process of this module's `main`, spoken to by lines."""
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.writers", *arguments],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def line(of: subprocess.Popen[str]) -> str:
    """The next line that a process says."""
    assert of.stdout is not None
    found = of.stdout.readline().strip()
    if not found:
        raise RuntimeError("a process ended before its time")
    return found


@contextmanager
def at_work(kind: str, place: Path, number: int, pause: float) -> Iterator[list[list[float]]]:
    """So many writers, each with a pause between its edits; at the end their times in ms.

    The list is filled when the block ends: a list of milliseconds a writer.
    """
    found: list[list[float]] = []
    writers = [process(kind, str(place), f"writer{n}", str(pause)) for n in range(number)]
    try:
        for writer in writers:
            assert line(writer) == "open"
        for writer in writers:
            print("go", file=writer.stdin)
        yield found
        for writer in writers:
            print("stop", file=writer.stdin)
        found += [json.loads(line(writer)) for writer in writers]
    finally:
        for writer in writers:
            writer.communicate()


def measure(folder: Path, size: int, seconds: float) -> Iterator[Figure]:
    """Writers as fast as they can, against SQLite with a full sync of each edit."""
    made.write(folder, size)
    rates, times = {}, {}
    with database(folder / "database") as outside:
        places = {"log": folder, "project": folder, "sqlite": folder / "rival.sqlite"}
        for kind, place in (places | outside).items():
            with at_work(kind, place, WRITERS, 0.0) as found:
                time.sleep(seconds)
            rates[kind] = sum(map(len, found)) / seconds
            times[kind] = [ms for one in found for ms in one]
    sqlite, log = ("sqlite", "SQLite, WAL, synchronous=FULL"), ("log", "a log in the folder")
    for kind, what, (other, rival) in (
        ("log", "durable in the log", sqlite),
        ("project", "in open, watching projects", sqlite),
        ("database", "durable in PostgreSQL", log),
    ):
        if kind not in rates:
            continue
        name = f"{WRITERS} writers, {what}"
        yield Figure(
            f"{name}: time of an edit", 1e6 / rates[kind], "us", rival, 1e6 / rates[other]
        )
        for share, value in (("p50", 0.5), ("p99", 0.99)):
            mine, theirs = percentile(times[kind], value), percentile(times[other], value)
            yield Figure(f"{name}: one acknowledged, {share}", mine, "ms", rival, theirs)


@contextmanager
def database(folder: Path) -> Iterator[dict[str, Path]]:
    """A project in a database of its own, by its kind; nothing where there is no PostgreSQL."""
    found = programs()
    if found is None:
        yield {}
        return
    server = Server(found)
    try:
        folder.mkdir()
        move_project(folder, to=server.database("reviews"))
        yield {"database": folder}
    finally:
        server.close()


def main(kind: str, place: str, name: str, pause: str) -> None:
    """Write until told to stop, then say how long each edit took."""
    save, close = {"log": _log, "database": _log, "project": _project, "sqlite": _sqlite}[kind](
        Path(place), name
    )
    save(0)
    print("open", flush=True)
    sys.stdin.readline()
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stopped.set()), daemon=True).start()
    times: list[float] = []
    while not stopped.is_set():
        begin = time.perf_counter()
        save(len(times))
        times.append((time.perf_counter() - begin) * 1000)
        if float(pause):
            # Not in step with the other writers.
            stopped.wait(random.uniform(0.5, 1.5) * float(pause))
    print(json.dumps(times), flush=True)
    close()


Saving = tuple[Callable[[int], object], Callable[[], object]]


def _log(place: Path, name: str) -> Saving:
    """Operations made durable and folded; nobody watches, and no file is written."""
    store = store_of(Layout(place), Machine())
    recorder = Recorder(store, Fold())
    return lambda number: recorder.record(
        [Edit(f"p.{number % 99:010}", name, "rating", 1 + number % 4)], by=name, via="kernel"
    ), store.close


def _project(place: Path, name: str) -> Saving:
    """Reviews in a project that is open, as in a kernel."""
    project = open_project(place, reviewer=name)
    keys = list(project)[:99]
    return lambda number: project.review(
        keys[number % len(keys)], rating=1 + number % 4
    ), project.close


def _sqlite(place: Path, name: str) -> Saving:
    """The same into tables of all operations and of what is current."""
    base = sqlite3.connect(place, timeout=60, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE IF NOT EXISTS op (id TEXT PRIMARY KEY, at REAL, body TEXT)")
    base.execute("CREATE TABLE IF NOT EXISTS now (place TEXT PRIMARY KEY, value TEXT, id TEXT)")

    def save(number: int) -> None:
        key, value = f"p.{number % 99:010}", 1 + number % 4
        operation = f"{name}.{time.time_ns()}"
        body = json.dumps({"by": name, "p": key, "f": "rating", "x": value})
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO op VALUES (?, ?, ?)", (operation, time.time(), body))
        row = (f"{key} {name}", value, operation)
        base.execute("INSERT OR REPLACE INTO now VALUES (?, ?, ?)", row)
        base.execute("COMMIT")

    return save, base.close


if __name__ == "__main__":
    main(*sys.argv[1:])
