"""What the simulator takes for a breach is one: it was wrong in histories of these kinds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import LIBRARY
from tests.simulation import acts, deeds, logs
from tests.simulation.check import check, meet
from tests.simulation.inode import Crash
from tests.simulation.world import BIB, World

KEY = "smith2021"
Begin = Callable[[int], World]


@pytest.fixture
def begun() -> Iterator[Begin]:
    """Begins a world of this seed and two replicas, which ends with the test."""
    worlds: list[World] = []

    def begin(seed: int) -> World:
        worlds.append(World(seed, replicas=2))
        return worlds[-1]

    yield begin
    for replica in (replica for world in worlds for replica in world.replicas):
        replica.kill()


@pytest.mark.parametrize("seed", range(12))
def test_a_private_note_that_was_made_public_may_be_changed(seed: int, begun: Begin) -> None:
    """Seed 81056."""
    world = begun(seed)
    replica = world.replicas[0]
    replica.processes = [None]
    for kind, wanted in (
        (deeds.private, "notes privately"),
        (deeds.private, "publishes"),
        (deeds.change_note, "changes a note"),
    ):
        what = ""
        while what != wanted:
            what, act = kind(world, replica.project(), KEY, "ana")
        world.do(replica, what, act)
    meet(world)
    check(world)


@pytest.mark.parametrize(("seed", "processes"), [(82, 1), (298, 2)])
def test_what_comes_while_logs_are_merged_is_not_of_the_merging(
    seed: int, processes: int, begun: Begin
) -> None:
    """Seed 82312: edits of others arrive; 80595 and 83884: two processes note the same."""
    world = begun(seed)
    one, other = world.replicas
    one.processes = [None] * processes
    world.rng.seed(seed)
    deeds.edit(world, other)
    acts.sync(world, one)
    acts.bring_logs(world, one)
    logs.merge_and_look(world, one)
    if processes == 1:
        logs.merge_and_look(world, one)
    meet(world)
    check(world)


@pytest.mark.parametrize(("left", "remembered"), [("synced", False), ("all", True)])
def test_a_field_typed_before_a_crash_that_took_the_copy(
    left: str, remembered: bool, begun: Begin
) -> None:
    """Seed 80521: without a copy of how the .bib was, nobody can tell that it was typed."""
    world = begun(1)
    replica = world.replicas[0]
    world.do(replica, "synchronises", lambda project: project.sync())
    replica.put(BIB, replica.disk.read(BIB).replace(b"{A Study}", b"{Other}"), whole=True)
    cell = ("zhang2020", "", "bib:title", "{Other}")
    world.typed_now(replica, cell)

    def stop(project: Project) -> None:
        replica.disk.left = left
        raise Crash("at once")

    world.do(replica, "synchronises", stop)
    replica.disk.left = None
    world.do(replica, "synchronises", lambda project: project.sync())
    assert [found[1:] for found in world.looked_at] == [cell[1:]] * remembered
    meet(world)
    check(world)


def test_tags_in_a_library_that_came_before_their_log_are_not_made_up(begun: Begin) -> None:
    """Seed 111633: to a process that had never seen the .bib, beside one that had."""
    world = begun(1)
    one, other = world.replicas
    first = one.begin()
    world.do(other, "tags", lambda p: p.review("zhang2020", add_tags=["t20"], reviewer="ana"))
    world.do(other, "writes the files", lambda p: p.flush())
    one.put(BIB, other.disk.read(BIB), whole=True)
    for path in [p for p in one.disk.files(Path("/home/cache")) if p.name == BIB.name]:
        one.disk.remove(path)
    later = one.begin()
    later.review("zhang2020", rating=2, reviewer="cem")
    later.flush()
    first.sync()
    meet(world)
    check(world)


def test_a_mode_that_two_rewrites_set_is_not_typed(begun: Begin) -> None:
    """Seed 128551: all of our fields were gone twice, with nothing typed in between."""
    world = begun(1)
    replica = world.replicas[0]
    for _ in range(2):
        world.do(replica, "synchronises", lambda project: project.sync())
        replica.put(BIB, LIBRARY.encode(), whole=True)
        world.do(replica, "synchronises", lambda project: project.sync())
    assert replica.running()[-1].info().mode == "generated"
    meet(world)
    check(world)
