"""`python -m benchmarks`: measure everything and print the table; QUICK=1 for a small run."""

from __future__ import annotations

import gc
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import citing, claims, duplicates, editing, live, matrix, opening, panel, surveys
from benchmarks.report import Figure, table


def rounds(quick: bool) -> int:
    """How often the readers of BibTeX take turns."""
    return 1 if quick else 3


def figures(folder: Path, quick: bool) -> Iterator[Figure]:
    """All measurements, one after another."""
    sizes = (200,) if quick else (10_000, 100_000)
    yield from opening.measure(folder / "open", sizes, rounds(quick))
    size, edits, seen = (200, 20, 3) if quick else (10_000, 1000, 100)
    yield from editing.measure(folder / "edit", size, edits, seen)
    yield from duplicates.measure(size)
    yield from claims.measure()
    yield from citing.measure(folder / "cite")
    yield from surveys.measure(folder / "survey", size)
    try:
        yield from panel.measure(folder / "panel", size, 30 if quick else 300)
        yield from matrix.measure(folder / "matrix", size, 3 * size, 30 if quick else 300)
        yield from live.measure(folder / "live", size, edits, seen)
    except panel.NoBrowserError as error:
        print(f"The panel was not measured: {str(error).splitlines()[0]}", file=sys.stderr)


def main() -> None:
    """Print the table, and on what it was measured."""
    quick = os.environ.get("QUICK", "0") not in ("", "0")
    # bibtexparser would say at each run that there is a faster stack of its own to write with.
    logging.disable(logging.WARNING)
    found = []
    with tempfile.TemporaryDirectory(prefix="reviewkit-bench-") as folder:
        # A person's own settings, journals and caches stay out of it.
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[variable] = folder
        for figure in figures(Path(folder), quick):
            found.append(figure)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(table(found))
    print(
        f"\nPython {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores, "
        f"garbage collector {'on' if gc.isenabled() else 'off'} (reviewkit pauses it while it "
        f"reads a library). CPU s: medians of {rounds(quick)} runs that take turns; ms: by the "
        "clock on the wall. A ratio below 1: reviewkit takes less."
    )


if __name__ == "__main__":
    main()
