"""Old logs of one user made one, in histories of groups that have very many.

It came later than other acts: the histories of smaller seeds stay what they were.
"""

from __future__ import annotations

import math
from dataclasses import replace

from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.store.logrules import Rules
from tests.simulation.deeds import edit
from tests.simulation.world import ROOT, Replica, World

#: From this seed on groups have so many logs.
FIRST_SEED = 70_000
#: So many of their steps are about that.
SHARE = 0.25

#: "Very many" is two here, and every log is old, also one that a process writes just now.
AT_ONCE = Rules(more_than=2, days=-math.inf, fewest=2, wait=0)
#: The old ones go with the next merging.
LATER = replace(AT_ONCE, wait=1e-9)


def are_many(world: World) -> bool:
    """Whether the group of this history has very many logs, and now somebody sees to it."""
    return world.seed >= FIRST_SEED and world.rng.random() < SHARE


def merge(world: World, replica: Replica) -> None:
    """A process makes one log of those that this user wrote here, of which there are some."""
    _write_some(world, replica)
    _merge(world, replica)


def _write_some(world: World, replica: Replica) -> None:
    for _ in range(world.rng.choice([0, 2, 3])):
        edit(world, replica)
        if world.rng.random() < 0.7:
            replica.kill()


def _merge(world: World, replica: Replica) -> None:
    rules = world.rng.choice([AT_ONCE, LATER])

    def act(project: Project) -> None:
        project._sync.receive()
        project._store.merge_logs(project._sync.fold, rules)

    world.attempt(replica, "merges logs", act)


def merge_and_look(world: World, replica: Replica) -> None:
    """Logs are merged and everybody who has the project open looks; nobody sees a thing."""
    _write_some(world, replica)
    # What others wrote meanwhile, perhaps a better copy of an edit, is not of the merging.
    known = {id(project): _look(project) for project in replica.running()}
    _merge(world, replica)
    for project in replica.running():
        if id(project) in known:
            now = _look(project)
            changed = [op for name, op in known[id(project)].items() if now.get(name) != op]
            assert not changed, f"merging changed {changed}"
    world.attempt(replica, "synchronises", lambda p: p.sync())


def _look(project: Project) -> dict[str, Op]:
    # As a process does, which then knows what it has to write.
    project._sync.receive()
    return {op.id: op for op in project._sync.fold}


def bring_back(world: World, replica: Replica) -> None:
    """An old branch or a synchroniser brings logs back that were merged."""
    trash = ROOT / ".reviewkit" / "trash"
    for path in [p for p in replica.disk.files(trash) if p.suffix == ".jsonl"]:
        month = world.rng.choice(["2026-09", "2025-01"])
        place = ROOT / ".reviewkit" / "ops" / month / path.name.split("-", 2)[2]
        if not replica.disk.exists(place) and world.rng.random() < 0.5:
            replica.disk.save(place, replica.disk.read(path))
    world.tell(replica, "gets merged logs back")


def take_away(world: World, replica: Replica) -> None:
    """A synchroniser takes logs away here that are merged elsewhere, and brings the new ones.

    In whatever order, with a look at the folder in between.
    """
    other = world.rng.choice(world.replicas)
    names = {path.name.split("-", 2)[-1] for path in other.disk.files(ROOT / ".reviewkit/trash")}
    gone = [path for path in replica.logs() if path.name in names - {p.name for p in other.logs()}]
    if other is replica or not gone:
        return
    whole = [path for path in other.logs() if not replica.disk.exists(path)]
    first = world.rng.random() < 0.5
    for bring in (first, not first):
        if bring:
            for path in whole:
                replica.disk.save(path, other.disk.read(path))
        else:
            for path in gone:
                replica.disk.remove(path)
                replica.disk.sync_folder(path.parent)
        said = f"gets {len(whole)} merged logs" if bring else f"loses {len(gone)} logs to it"
        world.tell(replica, f"{said} of r{other.number}")
        if world.rng.random() < 0.7:
            world.attempt(replica, "synchronises", lambda p: p.sync())


ACTS = [merge, merge_and_look, bring_back, take_away]
WEIGHTS = [4, 4, 1, 3]
