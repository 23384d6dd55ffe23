"""Put each bug into a copy of the package and see a test fail: `python -m tests.faults [WORD]`.

Prints which tests caught it and how long that took; ends with 1 if one survived.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import queue
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.faults.catalogue import FAULTS, FURTHER
from tests.faults.checks import ROOT, first_failing
from tests.faults.fault import Fault, patched


@dataclass(frozen=True)
class Outcome:
    """What caught a fault (None: nothing did) and how long that took, in seconds.

    `named` tells whether it was one of the tests that the catalogue names.
    """

    fault: Fault
    caught_by: str | None
    named: bool
    seconds: float


def try_out(fault: Fault, source: Path, *, further: bool = True) -> Outcome:
    """Put the fault into the copy at `source`, run what is to catch it, and take it out.

    With `further`, many other tests run where those that the catalogue names do not fail.
    """
    module = source / "reviewkit" / fault.file
    sound = module.read_text(encoding="utf-8")
    begin = time.monotonic()
    module.write_text(patched(fault, sound), encoding="utf-8")
    try:
        named = first_failing(fault.caught_by, source)
        caught = named or (first_failing(FURTHER, source) if further else None)
    finally:
        module.write_text(sound, encoding="utf-8")
    return Outcome(fault, caught, named is not None, time.monotonic() - begin)


def copy_source(folder: Path) -> Path:
    """A copy of the package's Python and data, for patching."""
    leave = shutil.ignore_patterns("labextension", "static", "__pycache__")
    source = Path(shutil.copytree(ROOT / "src", folder / "src", ignore=leave))
    # By its content and not by its time: a patched module is never taken for the sound one.
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(source, quiet=1, invalidation_mode=by_content)
    return source


def run(faults: Iterable[Fault], jobs: int = 1, *, further: bool = True) -> list[Outcome]:
    """Try faults out, so many at a time, telling each."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        free: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for number in range(jobs):
            place = Path(folder, str(number))
            place.mkdir()
            free.put(copy_source(place))

        def one(fault: Fault) -> Outcome:
            source = free.get()
            try:
                outcome = try_out(fault, source, further=further)
            finally:
                free.put(source)
            how = f"caught by {outcome.caught_by}" if outcome.caught_by else "SURVIVED"
            how += "" if outcome.named or not outcome.caught_by else " (not named for it)"
            print(f"{outcome.seconds:5.1f} s  {fault.name}: {how}", flush=True)
            return outcome

        return list(pool.map(one, faults))


def main() -> int:
    """Try all faults out, or those with a word in their names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="only faults with these words in their names")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    chosen = [f for f in FAULTS if all(word in f.name for word in given.words)]
    begin = time.monotonic()
    try:
        outcomes = run(chosen, given.jobs)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    survived = [outcome for outcome in outcomes if outcome.caught_by is None]
    took = time.monotonic() - begin
    print(f"{len(outcomes) - len(survived)} of {len(outcomes)} faults were caught ({took:.0f} s)")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
