"""Copies of a project that merge papers, part them again and edit both while out of touch."""

from pathlib import Path

import pytest

from tests.project.test_replicas import KEYS, World, play


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
    play(MergingWorld, tmp_path, range(block * 20, block * 20 + 20), typing)
