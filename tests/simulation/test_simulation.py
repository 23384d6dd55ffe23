"""Histories of replicas that lose touch, break and meet again: nothing is ever lost.

`python -m tests.simulation.run 1-5000` plays more of them; one that breaks a promise is
shortened and printed with its story and the command that plays it again.
"""

import pytest

from tests.simulation import every, logs
from tests.simulation.criteria import FIRST_SEED
from tests.simulation.run import run

FIRST = (
    *range(0, 125, 25), *range(FIRST_SEED, FIRST_SEED + 75, 25), logs.FIRST_SEED
)  # fmt: skip


@pytest.mark.parametrize("first", FIRST)
def test_no_promise_is_broken(first: int) -> None:
    for seed in range(first, first + 25):
        run(seed)


@pytest.mark.parametrize(
    ("seed", "steps"),
    [
        (100_108, (0, 5, 20, 23)),
        (110_737, (0, 1, 7, 9, 10, 15, 16, 17)),
        (112_950, (1, 2, 5, 9, 19, 21)),
        (113_525, (0, 1, 8)),
        (140_209, (23, 25, 27, 28)),
        (141_153, (1, 4, 5, 8, 9, 12, 13, 15)),
        (110_363, (5, 7, 9, 10, 18)),
        (120_053, (6, 8, 9, 14, 15, 17)),
        (126_712, (7, 8, 9, 10, 12)),
    ],
)
def test_a_seed_that_was_open(seed: int, steps: tuple[int, ...]) -> None:
    run(seed, steps)


@pytest.mark.parametrize("script", range(10))
def test_whatever_call_to_the_disk_fails(script: int) -> None:
    for trial in every.trials([script], stride=41):
        every.play(trial)
