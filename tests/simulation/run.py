"""Simulated histories from seeds: `python -m tests.simulation.run SEED|FROM-TO [--only 1,4]`."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.simulation.acts import step
from tests.simulation.check import check, meet
from tests.simulation.world import World

_SCRIPT = """\
from {module} import run

run({seed}, {only})
"""


@dataclass(frozen=True)
class Stage:
    """Where histories play, what happens there, and the module that plays one again."""

    begin: Callable[[int], World]
    step: Callable[[World], None]
    meet: Callable[[World], None]
    module: str


FOLDERS = Stage(World, step, meet, "tests.simulation.run")


class BrokenPromiseError(AssertionError):
    """A history in which something was lost, made up, or did not come together."""


def run(seed: int, only: Sequence[int] | None = None, stage: Stage = FOLDERS) -> World:
    """Play the history of this seed and check it.

    Parameters
    ----------
    only
        Numbers, from 0, of the steps that are played; None: all. Each step has chance of
        its own, so that the others stay what they are where one is left out.

    Raises
    ------
    BrokenPromiseError
        With the story so far, and how to play it again.
    """
    world = stage.begin(seed)
    numbers = only if only is not None else range(length(seed))
    try:
        for number in numbers:
            world.rng.seed(f"{seed}/{number}")
            stage.step(world)
        world.rng.seed(f"{seed}/end")
        stage.meet(world)
        check(world)
    except Exception as error:
        story = "\n".join(world.story)
        chosen = "" if only is None else " --only " + ",".join(map(str, only))
        raise BrokenPromiseError(
            f"seed {seed}: {error}\n{story}\nAgain: python -m {stage.module} {seed}{chosen}"
        ) from error
    finally:
        for replica in world.replicas:
            replica.kill()
    return world


def length(seed: int) -> int:
    """How many steps the history of this seed has."""
    return 6 + seed * 7919 % 24


def shortest(seed: int, stage: Stage = FOLDERS) -> BrokenPromiseError | None:
    """The same breach after as few steps as can be; None if nothing breaks."""
    steps = list(range(length(seed)))
    found = _breach(seed, steps, stage)
    size = len(steps)
    while found is not None and size:
        for begin in range(0, len(steps), size):
            fewer = steps[:begin] + steps[begin + size :]
            shorter = _breach(seed, fewer, stage)
            if shorter is not None:
                steps, found = fewer, shorter
                break
        else:
            size //= 2
    return found


def _breach(seed: int, steps: Sequence[int], stage: Stage) -> BrokenPromiseError | None:
    try:
        run(seed, steps, stage)
    except BrokenPromiseError as error:
        return error
    return None


def numbers(text: str) -> range:
    """The seeds, both included, that `FROM-TO` names."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def play(
    seeds: Sequence[int],
    *,
    scripts: Path | None = None,
    first_only: bool = False,
    stage: Stage = FOLDERS,
) -> int:
    """Play many histories, showing how far it is; how many broke a promise.

    Each that did is shortened, told, and written to `scripts` as a program that plays it.
    """
    broken = played = 0
    told = begin = time.monotonic()
    try:
        for seed in seeds:
            try:
                run(seed, stage=stage)
            except BrokenPromiseError as first:
                broken += 1
                if first_only:
                    print(first)
                    break
                found = shortest(seed, stage) or first
                print(found, flush=True)
                _write(scripts, stage, seed, found)
            played += 1
            if time.monotonic() - told > 10:
                told = time.monotonic()
                print(f"{played} of {len(seeds)} histories, {broken} broken", file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    took = time.monotonic() - begin
    print(f"{broken} of {played} histories broke a promise ({took:.0f} s)")
    return broken


def _write(scripts: Path | None, stage: Stage, seed: int, breach: BrokenPromiseError) -> None:
    if scripts is None:
        return
    only = str(breach).rpartition(" --only ")[2] if " --only " in str(breach) else ""
    steps = [int(number) for number in only.split(",")] if only else None
    path = scripts / f"seed_{seed}.py"
    path.write_text(_SCRIPT.format(module=stage.module, seed=seed, only=steps), encoding="utf-8")
    print(f"Written: {path}")


def main(stage: Stage = FOLDERS) -> int:
    """Play one seed, or a range `FROM-TO`, and print what broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", help="a seed, or FROM-TO")
    parser.add_argument("--only", help="numbers of the steps that are played, as 0,3,4")
    parser.add_argument("--scripts", type=Path, help="folder for programs that play a breach")
    parser.add_argument("--first", action="store_true", help="stop at the first breach")
    given = parser.parse_args()
    seeds = numbers(given.seeds)
    if "-" in given.seeds:
        broken = play(seeds, scripts=given.scripts, first_only=given.first, stage=stage)
        return 1 if broken else 0
    try:
        run(seeds[0], [int(n) for n in given.only.split(",")] if given.only else None, stage)
    except BrokenPromiseError as error:
        print(error)
        traceback.print_exc()
        return 1
    print("no promise was broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
