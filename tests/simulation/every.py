"""A machine that fails at each call to its disk, one after another, of fixed scripts.

`python -m tests.simulation.every [--scripts N] [--stride N]`. A script is a few steps of one
process, always the same. It is played once for each call that it makes to the disk: at that
call the power goes, or the call fails, or (a write) is cut short. Then the project is opened
again, and all that was acknowledged must be there, and be written into both files.
"""

from __future__ import annotations

import argparse
import errno
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reviewkit.project import Project
from tests.simulation import acts, deeds, logs
from tests.simulation.check import check, meet
from tests.simulation.inode import Crash, TroubleError
from tests.simulation.world import World

TROUBLES = ("power", "torn power", "EIO", "ENOSPC", "short")
#: Scripts without merging of logs, and with it.
_PLAIN, _MERGING = 50, 10
SCRIPTS = _PLAIN + _MERGING

#: What fixed scripts are made of; a script takes four, by its number.
_Act = Callable[[World, Project], object]


def _typing(world: World, project: Project) -> None:
    project.sync()
    replica = world.replicas[0]
    acts.type_into(world, replica, replica.disk.text(acts.CSV), "the table")
    project.sync()


def _typing_bib(world: World, project: Project) -> None:
    project.sync()
    acts.type_into_bib(world, world.replicas[0], "the .bib")
    project.sync()


def _deed(kind: Callable[..., deeds.Deed]) -> _Act:
    def act(world: World, project: Project) -> None:
        resolved = map(project._sync.library.resolve, deeds.KEYS)
        key = next((key for key in resolved if key), "zhang2020")
        kind(world, project, key, "ana")[1](project)

    return act


def _flush(world: World, project: Project) -> None:
    project.flush()


def _merge(world: World, project: Project) -> None:
    """Two processes come, edit and end, and all logs that there are now are made one."""
    replica = world.replicas[0]
    for _ in range(2):
        ended = replica.begin()
        known = {op.id for op in ended._sync.fold}
        try:
            _deed(deeds.opinion)(world, ended)
            world.acknowledge(ended, known)
            ended.close()
        finally:
            # If the power went it does nothing more either.
            ended._closed = True
            replica.processes.remove(ended)
    project._sync.receive()
    project._store.merge_logs(project._sync.fold, logs.AT_ONCE)


_PARTS: tuple[_Act, ...] = (
    _deed(deeds.opinion),
    _deed(deeds.note),
    _flush,
    _typing,
    _deed(deeds.paper),
    _deed(deeds.undo),
    _deed(deeds.two),
    _typing_bib,
    _deed(deeds.adopt),
    _deed(deeds.add),
)


def _part(script: int, number: int) -> _Act:
    """What the n-th step of a script is."""
    if script >= _PLAIN and number == 1:
        return _merge
    if number == 3:
        return _merge if script >= _PLAIN and script % 2 else _flush
    return _PARTS[(script * 3 + number * (1 + script // len(_PARTS))) % len(_PARTS)]


@dataclass(frozen=True)
class Trial:
    """One playing of a script with one trouble at one call to the disk."""

    script: int
    trouble: str
    call: int

    def __str__(self) -> str:
        return f"script {self.script}, {self.trouble} at call {self.call}"


def play(trial: Trial) -> int:
    """Play a script with its trouble and check; how many calls the disk had until the check.

    Raises
    ------
    AssertionError
        Something acknowledged was lost, or does not come to rest.
    """
    world = World(trial.script, replicas=1)
    replica = world.replicas[0]
    disk = replica.disk
    begin = disk.calls
    _fail_at(world, trial.trouble, begin + trial.call)
    for number in range(4):
        world.rng.seed(f"{trial.script}/{number}")
        part = _part(trial.script, number)
        # The trouble may come in any step: what is armed stays so until it has come.
        armed = (disk.hook, disk.short_at)
        world.do(replica, part.__name__, lambda project, part=part: part(world, project))
        if disk.calls <= begin + trial.call:
            disk.hook, disk.short_at = armed
    disk.calm()
    calls = disk.calls - begin
    world.rng.seed(f"{trial.script}/end")
    try:
        world.do(replica, "synchronises", lambda project: project.sync())
        meet(world)
        check(world)
    finally:
        replica.kill()
    return calls


def _fail_at(world: World, trouble: str, call: int) -> None:
    disk = world.replicas[0].disk
    if trouble == "short":
        disk.short_at = call
        return

    def hook(name: str) -> None:
        if disk.calls != call:
            return
        if trouble.endswith("power"):
            disk.left = "torn" if trouble.startswith("torn") else "synced"
            raise Crash(name)
        raise TroubleError(getattr(errno, trouble), trouble)

    disk.hook = hook


def trials(scripts: Iterable[int], stride: int) -> Iterator[Trial]:
    """All trials, or each `stride`-th call of each script."""
    for script in scripts:
        calls = play(Trial(script, "EIO", -1))
        for trouble in TROUBLES:
            for call in range(1 + script % stride, calls + 1, stride):
                yield Trial(script, trouble, call)


def run(scripts: Iterable[int], stride: int = 1, *, first: bool = False) -> tuple[int, int]:
    """Play them all, showing how far it is; how many were played, and how many broke."""
    played = broken = 0
    told = time.monotonic()
    try:
        for trial in trials(scripts, stride):
            try:
                play(trial)
            except AssertionError as error:
                broken += 1
                print(f"{trial}: {error}", flush=True)
                if first:
                    break
            played += 1
            if time.monotonic() - told > 10:
                told = time.monotonic()
                print(f"{played} trials, {trial}, {broken} broken", file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    return played, broken


def main() -> int:
    """Play the scripts and print what broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scripts", type=int, default=SCRIPTS)
    parser.add_argument("--stride", type=int, default=1, help="only each n-th call")
    parser.add_argument("--only", type=int, help="only this script")
    parser.add_argument("--first", action="store_true", help="stop at the first breach")
    parser.add_argument("--one", help="SCRIPT,TROUBLE,CALL")
    given = parser.parse_args()
    if given.one:
        script, trouble, call = given.one.split(",")
        play(Trial(int(script), trouble, int(call)))
        return 0
    scripts = range(given.scripts) if given.only is None else [given.only]
    played, broken = run(scripts, given.stride, first=given.first)
    print(f"{broken} of {played} trials broke a promise")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
