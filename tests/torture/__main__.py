"""Everything that tries to lose an edit, and real programs: `python -m tests.torture [KIND...]`.

LONG=1 makes as many trials as before a release, in hours; alone it takes minutes. Prints what
was tried, how often, and how often it failed. Writes nothing into the project.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from reviewkit.errors import ReviewkitError
from tests.databases import simulated
from tests.faults.__main__ import run as try_faults
from tests.faults.catalogue import FAULTS
from tests.git import histories as git_histories
from tests.simulation import every
from tests.simulation.run import play
from tests.torture import damage, killing, office, power, race, soak, typeset
from tests.torture.outcome import Outcome
from tests.torture.sizes import BOUNDED, LONG, Sizes

_ROOT = Path(__file__).resolve().parents[2]
#: Histories that one process plays before it tells how they went.
_BLOCK = 25
_FIRST_SEED = 10_000


def in_blocks(what: str, play_block: Callable[[range], int], seeds: range) -> Outcome:
    """Play blocks of histories on all processors, showing how far it is."""
    blocks = [seeds[start : start + _BLOCK] for start in range(0, len(seeds), _BLOCK)]
    broken = 0
    begin = told = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for number, found in enumerate(pool.map(play_block, blocks), 1):
            broken += found
            if time.monotonic() - told > 10:
                told = time.monotonic()
                share = f"{min(number * _BLOCK, len(seeds)):,} of {len(seeds):,}"
                print(f"{what}: {share}, {broken} broken", file=sys.stderr)
    return Outcome(what, len(seeds), broken, f"{len(seeds) / (time.monotonic() - begin):.1f}/s")


def git_block(seeds: range) -> int:
    """Histories of branches; how many broke a promise. Each tells its story where it does."""
    broken = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            try:
                git_histories.run(seed, Path(folder))
            except (AssertionError, ReviewkitError, OSError) as error:
                print(f"git seed {seed}: {type(error).__name__}: {error}", flush=True)
                broken += 1
    return broken


def every_call(stride: int) -> Outcome:
    """A disk that fails at each call of the scripts."""
    played, broken = every.run(range(every.SCRIPTS), stride)
    said = f"{every.SCRIPTS} scripts" + ("" if stride == 1 else f", each {stride}th call")
    return Outcome("trouble at a call to the disk", played, broken, said)


def programs(number: int) -> Outcome:
    """Models of JabRef, BibDesk, Zotero, biber and others save the .bib again and again."""
    os.environ["REVIEWKIT_PROGRAM_HISTORIES"] = str(number)
    tests = _ROOT / "tests" / "files" / "test_programs.py"
    options = ["-q", "-p", "no:cacheprovider", "-o", "timeout=0"]
    done = subprocess.run([sys.executable, "-m", "pytest", *options, tests], cwd=_ROOT)
    failed = int(done.returncode != 0)
    return Outcome("histories with other programs", 2 * number, failed, "failed: of the tests")


def databases(number: int) -> Outcome:
    """Histories with the edits in a PostgreSQL server, which breaks down now and then."""
    begin = time.monotonic()
    with simulated.alone() as stage:
        broken = play(range(1, number + 1), stage=stage)
    speed = f"{number / (time.monotonic() - begin):.1f}/s"
    return Outcome("simulated histories with a database", number, broken, speed)


def faults() -> Outcome:
    """Bugs put in on purpose."""
    outcomes = try_faults(FAULTS, os.cpu_count() or 1)
    survived = sum(outcome.caught_by is None for outcome in outcomes)
    return Outcome("bugs put in on purpose (failed: not caught)", len(outcomes), survived)


def trials(sizes: Sizes, folder: Path) -> Iterator[tuple[str, Callable[[], Outcome]]]:
    """All kinds of trials with their names."""
    yield "damage", damage.cuts
    yield "damage", damage.bits
    yield "damage", lambda: damage.flips(sizes.flips)
    yield "kills", lambda: killing.run(folder / "kills", sizes.kills)
    for kind in power.KINDS:
        yield "power", lambda kind=kind: power.run(folder / kind, sizes.power, kind=kind)
    yield "race", lambda: race.run(folder / "rename", sizes.saves // 2, in_place=False)
    yield "race", lambda: race.run(folder / "in place", sizes.saves // 2, in_place=True)
    yield "programs", lambda: programs(sizes.programs)
    yield "office", lambda: office.run(folder / "office", sizes.tables)
    seeds = range(sizes.git)
    yield "git", lambda: in_blocks("git: histories of branches", git_block, seeds)
    yield "calls", lambda: every_call(sizes.stride)
    histories = range(_FIRST_SEED, _FIRST_SEED + sizes.histories)
    yield "histories", lambda: in_blocks("simulated histories of replicas", play, histories)
    yield "databases", lambda: databases(sizes.databases)
    yield "faults", faults
    yield "latex", lambda: typeset.run(folder / "latex")
    yield "soak", lambda: soak.run(folder / "soak", sizes.soak, pause=sizes.pause)


def main() -> int:
    """Try everything, or the kinds that are named, and print the table."""
    is_long = os.environ.get("LONG", "0") not in ("", "0")
    kinds = list(dict.fromkeys(name for name, _ in trials(BOUNDED, Path())))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(kinds))
    given = parser.parse_args()
    if unknown := [kind for kind in given.kinds if kind not in kinds]:
        parser.error(f"there is no {' or '.join(unknown)}: {', '.join(kinds)}")
    rows: list[tuple[Outcome, float]] = []
    with tempfile.TemporaryDirectory(prefix="reviewkit-torture-") as folder:
        # A person's own journals and caches stay out of it.
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
            os.environ[variable] = folder
        try:
            for name, trial in trials(LONG if is_long else BOUNDED, Path(folder)):
                if given.kinds and name not in given.kinds:
                    continue
                begin = time.monotonic()
                rows.append((trial(), time.monotonic() - begin))
                print(f"{rows[-1][0].what}: {rows[-1][0].failures} failed", file=sys.stderr)
        except KeyboardInterrupt:
            print("stopped: the table holds what had ended", file=sys.stderr)
    print(f"\n{'what':46} {'trials':>9} {'failed':>6} {'s':>6}  ")
    for outcome, seconds in rows:
        numbers = f"{outcome.trials:9,} {outcome.failures:6} {seconds:6.0f}"
        print(f"{outcome.what:46} {numbers}  {outcome.note}")
    return 1 if any(outcome.failures for outcome, _ in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
