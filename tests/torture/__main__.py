"""Everything that tries to lose an edit: `python -m tests.torture`; LONG=1 for much more.

Prints what was tried, how often, and how often it failed. Writes nothing into the project.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewkit.ops.op import encode
from reviewkit.store.fs import FS
from reviewkit.store.reader import LogReader
from tests.faults.__main__ import run as try_faults
from tests.faults.catalogue import FAULTS
from tests.simulation import every
from tests.simulation.run import play
from tests.simulation.world import World
from tests.torture import power, race
from tests.torture.outcome import Outcome

_ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("LONG", "0") not in ("", "0")


def histories() -> Outcome:
    """Simulated replicas."""
    seeds = range(10_000, 60_000 if LONG else 10_600)
    return Outcome("simulated histories of replicas", len(seeds), play(seeds))


def calls() -> Outcome:
    """A disk that fails at each call."""
    scripts = range(every.SCRIPTS)
    played, broken = every.run(scripts, 1 if LONG else 23)
    return Outcome("trouble at a call to the disk", played, broken, f"{len(scripts)} scripts")


def kills(folder: Path) -> Outcome:
    """Writers killed at any moment."""
    roots = [folder / str(trial) for trial in range(2000 if LONG else 100)]
    for root in roots:
        root.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, str(_ROOT / "tests" / "store" / "writers.py"), *map(str, roots)],
        capture_output=True, check=True,
    )  # fmt: skip
    failures = edits = 0
    for root, line in zip(roots, done.stdout.splitlines(), strict=True):
        told = set(json.loads(line))
        edits += len(told)
        found = LogReader(root / ".reviewkit" / "ops", FS()).read()
        failures += not told <= {op.id for op in found}
    return Outcome("kill -9 of four writers", len(roots), failures, f"{edits} edits")


def damage(folder: Path) -> Outcome:
    """Bits of a log turned over: only the lines touched are missing, and that is told."""
    world = World(1)
    ops = list(world.replicas[0].project()._sync.fold)
    lines = [encode(op) for op in ops] * 10
    whole = b"".join(lines)
    path = folder / "a.jsonl"
    folder.mkdir()
    rng, trials, failures = random.Random(1), 200_000 if LONG else 5_000, 0
    for _ in range(trials):
        bad = bytearray(whole)
        at = rng.randrange(len(bad))
        bad[at] ^= 1 << rng.randrange(8)
        path.write_bytes(bad)
        reader = LogReader(folder, FS())
        found = reader.read()
        # A lost or new line feed joins or parts two lines at most.
        failures += not (len(lines) - 2 <= len(found) <= len(lines)) or (
            len(found) < len(lines) and not reader.problems
        )
        failures += any(op not in ops for op in found)
    return Outcome("a turned bit in a log", trials, failures)


def faults() -> Outcome:
    """Bugs put in on purpose."""
    outcomes = try_faults(FAULTS)
    survived = sum(outcome.caught_by is None for outcome in outcomes)
    return Outcome("bugs put in on purpose (failed: not caught)", len(outcomes), survived)


def trials(folder: Path) -> Iterator[Callable[[], Outcome]]:
    """All kinds of trials, quick ones first."""
    saves = 25_000 if LONG else 1000
    yield lambda: damage(folder / "damage")
    yield lambda: race.run(folder / "rename", saves, in_place=False)
    yield lambda: race.run(folder / "in place", saves, in_place=True)
    yield lambda: kills(folder / "kills")
    yield lambda: power.run(folder / "power", 200 if LONG else 10)
    yield calls
    yield histories
    yield faults


def main() -> int:
    """Try everything and print the table."""
    rows: list[tuple[Outcome, float]] = []
    with tempfile.TemporaryDirectory(prefix="reviewkit-torture-") as folder:
        # A person's own journals and caches stay out of it.
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[variable] = folder
        try:
            for trial in trials(Path(folder)):
                begin = time.monotonic()
                rows.append((trial(), time.monotonic() - begin))
                print(f"{rows[-1][0].what}: {rows[-1][0].failures} failed", file=sys.stderr)
        except KeyboardInterrupt:
            print("stopped: the table holds what had ended", file=sys.stderr)
    print(f"\n{'what':46} {'trials':>8} {'failed':>6} {'s':>6}  ")
    for outcome, seconds in rows:
        numbers = f"{outcome.trials:8,} {outcome.failures:6} {seconds:6.0f}"
        print(f"{outcome.what:46} {numbers}  {outcome.note}")
    return 1 if any(outcome.failures for outcome, _ in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
