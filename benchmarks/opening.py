"""Opening a library and changing fields, against other readers; opening a project."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import made
from benchmarks.readers import EDITS, OURS, RIVALS, RivalError
from benchmarks.report import Figure, seconds
from reviewkit.project import open_project
from reviewkit.records import Query

#: A rival whose first turn took longer than this (seconds) gets no other.
_LONG = 30.0
_PROCESS = """
import sys
from pathlib import Path
from benchmarks.memory import own_peak
from benchmarks.readers import OURS, RIVALS
(OURS | RIVALS)[sys.argv[1]](Path(sys.argv[2]))
print(own_peak())
"""
_SPLITTER = "bibtexparser's splitter alone"
_NAMES = {"splitter": _SPLITTER, "bibtexparser": "bibtexparser: parse, change, write"}

Cost = float | str


def measure(folder: Path, sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    """Times and peak memory for libraries of these sizes."""
    for size in sizes:
        path = made.write(folder / str(size), size)
        cost = _costs(path, rounds)
        what = f"{size:,} entries: open, change a field, write"
        for rival in RIVALS:
            yield _figure(what, cost["change"], "CPU s", rival, cost[rival])
        for what, task, rival in (
            ("open", "opening", "limit"),
            ("open and find all fields with their places", "places", "splitter"),
            (f"open, change {EDITS:,} entries, write", "many", "splitter"),
        ):
            yield _figure(f"{size:,} entries: {what}", cost[task], "CPU s", rival, cost[rival])
        yield from _memory(path, size)
        yield from _project(path, size)


def _figure(what: str, mine: Cost, unit: str, rival: str, theirs: Cost) -> Figure:
    assert isinstance(mine, float), mine
    against = "bytes read, blocks' ends found" if rival == "limit" else _NAMES.get(rival, rival)
    if isinstance(theirs, str):
        return Figure(what, mine, unit, f"{against}: {theirs}")
    return Figure(what, mine, unit, against, theirs)


def _costs(path: Path, rounds: int) -> dict[str, Cost]:
    """Median seconds of every task, which take turns; a reason where one does not work."""
    tasks = OURS | RIVALS
    times: dict[str, list[float]] = {name: [] for name in tasks}
    reasons: dict[str, str] = {}
    for _ in range(rounds):
        for name, task in tasks.items():
            if name in reasons or max(times[name], default=0) > _LONG:
                continue
            reason = _run(task, path, times[name])
            if reason is not None:
                reasons[name] = reason
    return {name: reasons.get(name) or statistics.median(times[name]) for name in tasks}


def _run(task: Callable[[Path], None], path: Path, times: list[float]) -> str | None:
    try:
        times.append(seconds(lambda: task(path)))
    except ImportError as error:
        return f"not installed ({error.name})"
    except RivalError as error:
        return str(error)[:80]
    return None


def _memory(path: Path, size: int) -> Iterator[Figure]:
    what = f"{size:,} entries: peak memory"
    mine = peak("change", path)
    yield Figure(what, mine, "MB", "the file's size", path.stat().st_size / (1 << 20))
    for rival in RIVALS:
        try:
            yield Figure(what, mine, "MB", _NAMES.get(rival, rival), peak(rival, path))
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip().splitlines()[-1].rpartition("Error: ")[2][:80]
            yield Figure(what, mine, "MB", f"{_NAMES.get(rival, rival)}: {reason}")


def _project(path: Path, size: int) -> Iterator[Figure]:
    split = seconds(lambda: RIVALS["splitter"](path))
    with open_project(path.parent, reviewer="ana", watch=False) as warm:
        warm.page(Query(), 0, 100)
    project = None

    def open_and_show() -> None:
        nonlocal project
        project = open_project(path.parent, reviewer="ana", watch=False)
        project.page(Query(), 0, 100)

    opened = seconds(open_and_show)
    assert project is not None
    yield Figure(
        f"{size:,} entries: open the project, first 100 rows", opened, "CPU s", _SPLITTER, split
    )
    first = seconds(lambda: project.page(Query("deep graph"), 0, 100))
    yield Figure(f"{size:,} entries: first search", first, "CPU s", _SPLITTER, split)
    again = seconds(lambda: project.page(Query("sparse vision", sort="year"), 0, 100))
    yield Figure(f"{size:,} entries: another search", again, "CPU s", _SPLITTER, split)
    project.close()


def peak(task: str, path: Path) -> float:
    """Peak memory of a process that does the task and nothing else, in MB."""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", _PROCESS, task, str(path)],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
