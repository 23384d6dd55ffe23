"""Put each bug into a copy of the package and see a test fail: `python -m tests.faults [WORD]`.

Prints which tests caught it and how long that took; ends with 1 if one survived.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.catalogue import FAULTS
from tests.faults.fault import Fault, patched

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 240


@dataclass(frozen=True)
class Outcome:
    """What caught a fault (None: nothing did) and how long that took, in seconds."""

    fault: Fault
    caught_by: str | None
    seconds: float


def try_out(fault: Fault, source: Path) -> Outcome:
    """Put the fault into the copy at `source`, run what is to catch it, and take it out."""
    module = source / "reviewkit" / fault.file
    sound = module.read_text(encoding="utf-8")
    begin = time.monotonic()
    module.write_text(patched(fault, sound), encoding="utf-8")
    try:
        found = (_failing(check, source) for check in fault.caught_by)
        caught = next(filter(None, found), None)
    finally:
        module.write_text(sound, encoding="utf-8")
    return Outcome(fault, caught, time.monotonic() - begin)


def _failing(check: str, source: Path) -> str | None:
    """The test that fails, or the check where that has no name; None if all is well."""
    kind, _, argument = check.partition(" ")
    if kind == "simulation":
        command = ["-m", "tests.simulation.run", argument, "--first"]
    elif kind == "every":
        command = ["-m", "tests.simulation.every", "--only", argument, "--first"]
    else:
        command = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", check]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT, env=environment, capture_output=True, timeout=_LONGEST,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        # It does not end any more: that is noticed as well.
        return f"{check} (it does not end)"
    named = re.search(rb"^(?:FAILED|ERROR) (tests/\S+)", done.stdout, re.MULTILINE)
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(f"{check} could not be run: {done.stderr.decode()[-500:]}")
    return None if not done.returncode else named[1].decode() if named else check


def copy_source(folder: Path) -> Path:
    """A copy of the package's Python and data, for patching."""
    leave = shutil.ignore_patterns("labextension", "static", "__pycache__")
    return Path(shutil.copytree(ROOT / "src", folder / "src", ignore=leave))


def run(faults: Iterable[Fault]) -> list[Outcome]:
    """Try faults out one after another, telling each."""
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        source = copy_source(Path(folder))
        for fault in faults:
            outcome = try_out(fault, source)
            how = f"caught by {outcome.caught_by}" if outcome.caught_by else "SURVIVED"
            print(f"{outcome.seconds:5.1f} s  {fault.name}: {how}", flush=True)
            outcomes.append(outcome)
    return outcomes


def main() -> int:
    """Try all faults out, or those with a word in their names."""
    chosen = [f for f in FAULTS if all(word in f.name for word in sys.argv[1:])]
    try:
        outcomes = run(chosen)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 1
    survived = [outcome for outcome in outcomes if outcome.caught_by is None]
    print(f"{len(outcomes) - len(survived)} of {len(outcomes)} faults were caught")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
