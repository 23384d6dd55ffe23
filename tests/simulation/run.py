"""One simulated history from a seed: `python -m tests.simulation.run SEED [STEPS]`."""

from __future__ import annotations

import sys
import traceback

from tests.simulation.acts import step
from tests.simulation.check import check, meet
from tests.simulation.world import World


class BrokenPromiseError(AssertionError):
    """A history in which something was lost, made up, or did not come together."""


def run(seed: int, steps: int | None = None) -> World:
    """Play the history of this seed and check it.

    Raises
    ------
    BrokenPromiseError
        With the story so far, and how to play it again.
    """
    world = World(seed)
    count = steps if steps is not None else world.rng.randrange(6, 30)
    try:
        for _ in range(count):
            step(world)
        meet(world)
        check(world)
    except Exception as error:
        story = "\n".join(world.story)
        raise BrokenPromiseError(
            f"seed {seed}: {error}\n{story}\nAgain: python -m tests.simulation.run {seed} {count}"
        ) from error
    finally:
        for replica in world.replicas:
            replica.kill()
    return world


def main(arguments: list[str]) -> int:
    """Play one seed, or a range `FROM-TO`, and print what broke."""
    first, _, last = arguments[0].partition("-")
    steps = int(arguments[1]) if len(arguments) > 1 else None
    broken = 0
    for seed in range(int(first), int(last or first) + 1):
        try:
            run(seed, steps)
        except BrokenPromiseError as error:
            broken += 1
            print(error)
            if not last:
                traceback.print_exc()
    print(f"{broken} of {int(last or first) - int(first) + 1} histories broke a promise")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
