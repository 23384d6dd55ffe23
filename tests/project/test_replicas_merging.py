"""Copies of a project that merge papers, part them again and edit both while out of touch."""

import random
from pathlib import Path

import pytest

from tests.project.test_replicas import KEYS, World, check


class MergingWorld(World):
    """A world whose people also merge two papers, in either way, and undo it."""

    def edit(self, number: int) -> None:
        project, rng = self.projects[number], self.rng
        one, other = rng.sample(KEYS, 2)
        if rng.random() < 0.15 and project[one].id != project[other].id:
            before = self.fold(number)
            project.merge(one, other)
            self.note_acknowledged(number, before)
        else:
            super().edit(number)


@pytest.mark.parametrize("typing", [False, True], ids=["edits", "edits-and-files"])
@pytest.mark.parametrize("block", range(5))
def test_replicas_that_merge_meet_again(tmp_path: Path, block: int, typing: bool) -> None:
    for seed in range(block * 20, block * 20 + 20):
        rng = random.Random(f"merging {seed} {typing}")
        world = MergingWorld(tmp_path / str(seed), rng, rng.choice([2, 2, 3]))
        try:
            for _ in range(rng.randrange(6, 20)):
                world.step(typing)
            world.meet()
            check(world, typing)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, typing {typing}") from error
        finally:
            for project in world.projects:
                project.close()
