"""What people do with git takes no edit away; `REVIEWKIT_GIT_HISTORIES` says how many to try."""

import os
import threading
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.git.histories import Clone, World, run


@pytest.fixture(autouse=True)
def own_home(private_home: Path) -> Path:
    return private_home


@pytest.mark.parametrize("seed", range(int(os.environ.get("REVIEWKIT_GIT_HISTORIES", "4"))))
def test_histories_of_branches_lose_nothing(seed: int, tmp_path: Path) -> None:
    world = run(seed, tmp_path)
    assert len(world.told) > 3


def test_an_open_project_follows_a_checkout(tmp_path: Path) -> None:
    world = World(0, tmp_path)
    clone: Clone = world.clones[0]
    clone.git("checkout", "-q", "-b", "side")
    clone.open().review("smith2021", rating=5)
    clone.commit()
    clone.close()
    seen = {"side": threading.Event(), "main": threading.Event()}
    with Project(clone.folder, reviewer="zoe") as project:

        def look(_: object = None) -> None:
            seen["side" if project["smith2021"].reviews else "main"].set()

        project.on_change(look)
        look()
        assert seen["side"].is_set()
        clone.git("checkout", "-q", "main")
        assert seen["main"].wait(30)
        seen["side"].clear()
        clone.git("checkout", "-q", "side")
        assert seen["side"].wait(30)
    clone.sync()
    assert clone.said("status", "--porcelain") == ""
