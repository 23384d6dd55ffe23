"""Opening a library and changing one field, against bibtexparser; opening a project."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import bibtexparser
from bibtexparser.splitter import Splitter

from benchmarks import made
from benchmarks.report import Figure, interleaved, seconds
from reviewkit.bibtex import BibDocument
from reviewkit.project import open_project
from reviewkit.records import Query


def ours(path: Path) -> None:
    """Open, change one field, write."""
    document = BibDocument.from_bytes(path.read_bytes())
    entry = document.entry(document.citekeys[len(document.citekeys) // 2])
    assert entry is not None
    document.set_field(entry, "note", "seen")
    path.with_suffix(".ours").write_bytes(document.to_bytes())


def splitter(path: Path) -> None:
    """What bibtexparser needs to cut the text into blocks, and no more."""
    Splitter(path.read_text(encoding="utf-8")).split()


def default(path: Path) -> None:
    """bibtexparser's own way: parse, change one field, write."""
    library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
    library.entries[len(library.entries) // 2]["note"] = "seen"
    path.with_suffix(".theirs").write_text(bibtexparser.write_string(library), encoding="utf-8")


TASKS = {task.__name__: task for task in (ours, splitter, default)}


def measure(folder: Path, sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    """Times and peak memory for libraries of these sizes."""
    for size in sizes:
        path = made.write(folder / str(size), size)
        tasks = [lambda p=path, t=task: t(p) for task in TASKS.values()]
        mine, split, whole = interleaved(tasks, rounds)
        what = f"{size:,} entries: open, change a field, write"
        yield Figure(what, mine, "CPU s", "bibtexparser's splitter alone", split)
        yield Figure(what, mine, "CPU s", "bibtexparser: parse, change, write", whole)
        mine, split, whole = (peak(name, path) for name in TASKS)
        yield Figure(f"{size:,} entries: peak memory", mine, "MB", "splitter alone", split)
        yield Figure(f"{size:,} entries: peak memory", mine, "MB", "parse, change, write", whole)
        yield from _project(path, size)


def _project(path: Path, size: int) -> Iterator[Figure]:
    split = seconds(lambda: splitter(path))
    against = "bibtexparser's splitter alone"
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
        f"{size:,} entries: open the project, first 100 rows", opened, "CPU s", against, split
    )
    first = seconds(lambda: project.page(Query("deep graph"), 0, 100))
    yield Figure(f"{size:,} entries: first search", first, "CPU s", against, split)
    again = seconds(lambda: project.page(Query("sparse vision", sort="year"), 0, 100))
    yield Figure(f"{size:,} entries: another search", again, "CPU s", against, split)
    project.close()


def peak(task: str, path: Path) -> float:
    """Peak memory of a process that does the task and nothing else, in MB."""
    code = (
        "import sys; from pathlib import Path; from benchmarks import opening\n"
        "opening.TASKS[sys.argv[1]](Path(sys.argv[2])); print(opening.own_peak())"
    )
    command = [sys.executable, "-c", code, task, str(path)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return float(done.stdout)


def own_peak() -> float:
    """Peak memory of this process, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux counts into ru_maxrss what the process was forked from.
        [line] = [x for x in status.read_text().splitlines() if x.startswith("VmHWM:")]
        return int(line.split()[1]) / 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1 << 20 if sys.platform == "darwin" else 1 << 10)
