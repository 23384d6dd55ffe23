"""Random histories of clones of one project in which people edit, branch, merge and reset.

Run by hand for many more than the tests do: `python -m tests.git.histories 0-200`.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.errors import ReviewkitError
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.store.gitsetup import set_up_git
from reviewkit.store.machine import Machine
from tests.files.hands import LIBRARY, save
from tests.simulation.logs import AT_ONCE

PEOPLE = ("ana", "bob", "cem")
KEYS = ("matsubara2022bottlefit", "smith2021", "zhang2020")
SOURCE = Path(__file__).parents[2] / "src"


def environment(folder: Path) -> dict[str, str]:
    """What git is run with: nobody's settings, and `reviewkit` where it looks for commands."""
    tools = folder / "bin"
    if not tools.exists():
        tools.mkdir(parents=True)
        command = tools / "reviewkit"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reviewkit.cli "$@"\n')
        command.chmod(0o755)
    people = {
        f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **os.environ, **people, "HOME": str(folder), "PYTHONPATH": str(SOURCE),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_EDITOR": "true",
    }  # fmt: skip


class Clone:
    """One member's clone, with the project open in it."""

    def __init__(self, world: World, person: str) -> None:
        self.world, self.person = world, person
        self.folder = world.folder / person / "group"
        self.project: Project | None = None

    def git(self, *arguments: str, may_fail: bool = False) -> bool:
        """Run git; False if it failed and may."""
        command = ["git", "-c", "gc.auto=0", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, env=self.world.environment
        )
        self.world.story.append(f"{self.person}: git {' '.join(arguments)} -> {done.returncode}")
        assert may_fail or done.returncode == 0, (done.stdout, done.stderr)
        return done.returncode == 0

    def said(self, *arguments: str) -> str:
        """What git answers."""
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout

    def open(self) -> Project:
        """The project, opened if it is not."""
        if self.project is None:
            home = self.folder.parent
            machine = Machine(state=home / "state", cache=home / "cache")
            self.project = Project(self.folder, reviewer=self.person, watch=False, machine=machine)
        return self.project

    def close(self) -> None:
        """End the process."""
        if self.project is not None:
            self.project.close()
            self.world.acknowledge(self.project)
        self.project = None

    def sync(self) -> None:
        """Look at everything, and write."""
        project = self.open()
        project.sync()
        self.world.acknowledge(project)

    def commit(self) -> None:
        """All that is in the folder is committed."""
        self.sync()
        self.git("add", "-A")
        self.git("commit", "-qm", f"{len(self.world.story)}", may_fail=True)


class World:
    """Some clones, and all operations that were ever acknowledged in one of them."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng = random.Random(seed)
        #: In every other history old logs are made one now and then.
        self.logs_are_merged, self.logs = bool(seed % 2), random.Random(f"{seed}/logs")
        self.folder = folder
        self.environment = environment(folder)
        self.story: list[str] = []
        self.told: dict[str, Op] = {}
        self.clones = [Clone(self, person) for person in PEOPLE[: self.rng.choice([1, 2, 2, 3])]]
        first = self.clones[0]
        first.folder.mkdir(parents=True)
        (first.folder / "references.bib").write_text(LIBRARY)
        first.git("init", "-q", "-b", "main")
        # In every fourth history all begin apart, and nobody sets anything up.
        apart = seed % 4 == 3
        if apart:
            first.git("add", "-A")
            first.git("commit", "-qm", "papers")
        else:
            set_up_git(first.folder)
            first.open().review("zhang2020", rating=3)
            first.commit()
        for clone in self.clones[1:]:
            clone.folder.parent.mkdir()
            first.git("clone", "-q", ".", str(clone.folder))
            if not apart:
                set_up_git(clone.folder)
        for clone in self.clones if apart else ():
            clone.open().review("zhang2020", rating=3)
            clone.commit()

    def acknowledge(self, project: Project) -> None:
        """Everything that the process has in its log is safe."""
        self.told.update((op.id, op) for op in project._sync.fold)

    def step(self) -> None:
        """One thing happens in one clone."""
        clone = self.rng.choice(self.clones)
        act = self.rng.choices(ACTS, WEIGHTS)[0]
        # So that histories are what they were without.
        if self.logs_are_merged and self.logs.random() < 0.2:
            act = merge_logs
        act(self, clone)

    def meet(self) -> None:
        """What is missing comes back, all is merged everywhere."""
        for _ in range(2):
            for clone in self.clones:
                clone.open().bring_back()
                clone.commit()
                for other in self.clones:
                    if other is not clone:
                        clone.git("fetch", "-q", str(other.folder), "HEAD")
                        clone.git("merge", "-q", "--no-edit", "FETCH_HEAD")
                        clone.commit()

    def check(self) -> None:
        """Raise AssertionError where a promise is broken."""
        for clone in self.clones:
            project = clone.open()
            project.sync()
            known = {op.id for op in project._sync.fold}
            lost = [self.told[name] for name in self.told.keys() - known]
            assert not lost, f"{clone.person} lacks {lost[:3]}"
            clone.close()
            project = clone.open()
            project.sync()
            again = project.sync()
            done = (again.taken_in, again.held, again.bib_written, again.csv_written)
            assert done == (0, 0, False, False), f"{clone.person} is not at rest: {done}"
            assert {op.id for op in project._sync.fold} >= self.told.keys()
            text = (clone.folder / "references.bib").read_bytes()
            table = (clone.folder / "reviews.csv").read_bytes()
            for mark in (b"<<<<<<<", b">>>>>>>", b"reviewkit-theirs"):
                assert mark not in text and mark not in table, mark
            keys = BibDocument.from_bytes(text).keys_in_order()
            assert len(keys) == len(set(keys)) and {*KEYS} <= set(keys), keys
            assert project.info().held == ()


def edit(world: World, clone: Clone) -> None:
    """Somebody says something in a kernel."""
    rng = world.rng
    change: dict[str, object] = rng.choice(
        [
            {"rating": rng.randrange(1, 6)},
            {"criteria": {rng.choice(["novelty", "soundness"]): rng.choice([1, 2.5, 4, None])}},
            {"status": rng.choice(["read", "done"])},
            {"add_tags": [rng.choice(["core", "edge"])]},
            {"note": f"Text {rng.randrange(9)}.\n\nMore.", "anchor": rng.choice([4, "§2", None])},
        ]
    )
    project, key = clone.open(), rng.choice(KEYS)
    project.review(key, **change)  # type: ignore[arg-type]
    world.story.append(f"{clone.person}: {key} {change}")
    world.acknowledge(project)


def edit_field(world: World, clone: Clone) -> None:
    """Somebody edits a field in the panel."""
    project, key = clone.open(), world.rng.choice(KEYS)
    project.edit(key, {"year": str(world.rng.randrange(1990, 1999))})
    world.story.append(f"{clone.person}: year of {key}")
    world.acknowledge(project)


def type_bib(world: World, clone: Clone) -> None:
    """Somebody edits the .bib with an editor, and nobody has looked yet."""
    clone.sync()
    path = clone.folder / "references.bib"
    data = path.read_bytes()
    old = world.rng.choice([b"Small Things", b"A Study", b"Learning", b"novelty=", b"soundness="])
    typed = b" %d" % world.rng.randrange(9)
    if old.endswith(b"="):
        data, typed = (
            re.sub(old + rb"[0-9.]+", old, data, count=1),
            b"%d" % world.rng.choice([3, 5]),
        )
    save(path, data.replace(old, old + typed, 1))
    world.story.append(f"{clone.person}: types in the .bib")


def commit(world: World, clone: Clone) -> None:
    """All that is there is committed."""
    clone.commit()


def restart(world: World, clone: Clone) -> None:
    """The kernel is restarted."""
    clone.close()


def merge_logs(world: World, clone: Clone) -> None:
    """The logs that this member wrote here, some of them just now, are made one and committed."""
    for _ in range(world.logs.choice([0, 2, 3])):
        edit(world, clone)
        if world.logs.random() < 0.7:
            clone.close()
    clone.sync()
    project = clone.open()
    result = project._store.merge_logs(project._sync.fold, AT_ONCE)
    world.story.append(f"{clone.person}: merges logs: {result}")
    clone.commit()


def branch(world: World, clone: Clone) -> None:
    """A new branch begins."""
    clone.git("checkout", "-q", "-b", f"b{len(world.story)}")


def _other(world: World, clone: Clone) -> str:
    names = clone.said("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    return world.rng.choice(names)


def checkout(world: World, clone: Clone) -> None:
    """Another branch is checked out, and the open project notices or not."""
    clone.commit()
    clone.git("checkout", "-q", _other(world, clone))
    if world.rng.random() < 0.7:
        clone.sync()


def merge(world: World, clone: Clone) -> None:
    """Another branch, or what another member has, is merged: that never stops."""
    clone.commit()
    source = world.rng.choice(world.clones)
    if source is clone:
        clone.git("merge", "-q", "--no-edit", _other(world, clone))
    else:
        clone.git("fetch", "-q", str(source.folder), "HEAD")
        clone.git("merge", "-q", "--no-edit", "FETCH_HEAD")


def rebase(world: World, clone: Clone) -> None:
    """The branch is rebased onto another."""
    clone.commit()
    _go_through(world, clone, "rebase", "-q", _other(world, clone))


def cherry_pick(world: World, clone: Clone) -> None:
    """A commit of another branch is taken over."""
    clone.commit()
    name = _other(world, clone)
    if len(clone.said("rev-list", "--parents", "-n", "1", name).split()) == 2:
        options = ("--allow-empty", "--keep-redundant-commits")
        _go_through(world, clone, "cherry-pick", *options, name)


def _go_through(world: World, clone: Clone, command: str, *arguments: str) -> None:
    """Git may stop at a log that was merged here and that the old commit goes on with.

    Either is right: the log as the commit has it, or none.
    """
    done = clone.git(command, *arguments, may_fail=world.logs_are_merged)
    while not done:
        stopped = clone.said("diff", "--name-only", "--diff-filter=U").split()
        assert stopped and all(name.endswith(".jsonl") for name in stopped), stopped
        for name in stopped:
            clone.git(world.logs.choice(["add", "rm"]), name)
        done = clone.git(command, "--continue", may_fail=True)


def stash(world: World, clone: Clone) -> None:
    """What is not committed is put away, and comes back later."""
    clone.sync()
    if clone.git("stash", "push", "-q", "--include-untracked", may_fail=True):
        clone.commit()
        if not clone.git("stash", "pop", "-q", may_fail=True):
            # Git wants files out of its way that are in the stash as well.
            clone.git("checkout", "-qf", "HEAD", "--", ".")
            clone.git("stash", "drop", "-q", may_fail=True)


def reset(world: World, clone: Clone) -> None:
    """The last commit is thrown away; its author wants to have what he said back."""
    clone.commit()
    if len(clone.said("rev-list", "HEAD").split()) > 2:
        clone.git("reset", "-q", "--hard", "HEAD~1")
        if world.rng.random() < 0.5:
            clone.close()
        clone.sync()
        clone.open().bring_back()


ACTS = (
    edit, edit_field, type_bib, commit, restart, branch, checkout, merge, rebase, cherry_pick,
    stash, reset,
)  # fmt: skip
WEIGHTS = (10, 2, 2, 3, 2, 2, 3, 3, 1, 1, 1, 1)


def run(seed: int, folder: Path, steps: int = 18) -> World:
    """One history; raises AssertionError with its story where a promise is broken."""
    world = World(seed, folder)
    try:
        for _ in range(steps):
            world.step()
        world.meet()
        world.check()
    except BaseException:
        print("\n".join(world.story))
        raise
    finally:
        for clone in world.clones:
            clone.close()
    return world


def main() -> None:
    """Run the seeds that the command line names, as 0-200."""
    first, _, last = sys.argv[1].partition("-")
    broken = []
    for seed in range(int(first), int(last or first) + 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                run(seed, Path(folder))
            except (AssertionError, ReviewkitError, OSError) as error:
                broken.append(seed)
                print(f"seed {seed}: {type(error).__name__}: {str(error)[:600]}\n", flush=True)
    print(f"broken: {broken}")


if __name__ == "__main__":
    main()
