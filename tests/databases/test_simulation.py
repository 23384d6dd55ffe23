"""Histories of a group whose edits are in a database, with links cut and a server struck down.

`python -m tests.databases.simulated 1-5000` plays more of them.
"""

from collections.abc import Iterator

import pytest

from tests.databases.server import Server
from tests.databases.simulated import served
from tests.simulation.run import Stage, run


@pytest.fixture(scope="module")
def stage(server: Server) -> Iterator[Stage]:
    with served(server) as found:
        yield found


@pytest.mark.parametrize("first", [1, 11, 21, 31])
def test_no_promise_is_broken(stage: Stage, first: int) -> None:
    for seed in range(first, first + 10):
        run(seed, stage=stage)
