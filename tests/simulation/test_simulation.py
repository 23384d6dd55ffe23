"""Histories of replicas that lose touch, break and meet again: nothing is ever lost.

`python -m tests.simulation.run 1-5000` plays more of them; one that breaks a promise is
shortened and printed with its story and the command that plays it again.
"""

import pytest

from tests.simulation import every
from tests.simulation.run import run


@pytest.mark.parametrize("block", range(8))
def test_no_promise_is_broken(block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        run(seed)


@pytest.mark.parametrize("script", range(10))
def test_whatever_call_to_the_disk_fails(script: int) -> None:
    for trial in every.trials([script], stride=41):
        every.play(trial)
