"""Simulated histories of a group whose edits are in PostgreSQL.

`python -m tests.databases.simulated SEED|FROM-TO` plays them.

The disks are the simulator's, the server is a real one. Links to it break, it is struck down, and
the two files go from machine to machine as in the other histories. How long a real server takes
does not decide anything, so a seed plays the same history again.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reviewkit.errors import NotDurableError, UnreachableError
from reviewkit.project.opening.moving import move_project
from reviewkit.project.opening.trusted import VARIABLE
from reviewkit.store.card import Card, library_card, write_card
from reviewkit.store.layout import Layout
from reviewkit.store.postgresql.operations import prepare
from tests.databases.server import Server, programs
from tests.simulation import acts, anchors, check, criteria, outside
from tests.simulation import run as simulation
from tests.simulation.world import ROOT, Replica, World

#: Of so many steps one is about the database itself.
_SHARE = 0.12
_DATABASE = "histories"
_MODULE = "tests.databases.simulated"


class Links:
    """A way of its own to the server for each machine, which can be cut and mended."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._made: set[int] = set()

    def address(self, number: int) -> str:
        """The database as the machine of that number reaches it."""
        if number not in self._made:
            self._made.add(number)
            with self.server.connect(_DATABASE) as connection:
                connection.execute(f"CREATE ROLE r{number} LOGIN SUPERUSER".encode())
        self.mend(number)
        return f"postgresql:///{_DATABASE}?host={self._link(number)}&user=r{number}"

    def _link(self, number: int) -> Path:
        return self.server.folder / f"to{number}"

    def mend(self, number: int) -> bool:
        """Let the machine reach the server; whether it did not."""
        was_cut = not self._link(number).is_symlink()
        if was_cut:
            self._link(number).symlink_to(self.server.folder)
        return was_cut

    def cut(self, number: int) -> None:
        """End its connections, and refuse new ones."""
        self._link(number).unlink(missing_ok=True)
        with self.server.connect(_DATABASE) as connection:
            # Returns when they have ended, or after so many ms.
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = %s",
                (f"r{number}",),
            )


class Member(Replica):
    """A machine whose processes have connections, which end with them."""

    def kill(self) -> None:
        """End all processes at once."""
        for project in self.running():
            project._store.operations.close()
        super().kill()


class DatabaseWorld(World):
    """Machines with a copy of the two files each, and one database."""

    kind = Member

    def __init__(self, seed: int, links: Links) -> None:
        super().__init__(seed)
        self.links = links
        with links.server.connect(_DATABASE) as connection:
            connection.execute("TRUNCATE reviewkit.op")
        first = self.replicas[0]
        card = library_card(Layout(ROOT), first.disk)
        assert card is not None
        addresses = [links.address(replica.number) for replica in self.replicas]
        os.environ[VARIABLE] = " ".join(addresses)
        move_project(ROOT, to=addresses[0], machine=first.machine)
        for replica, address in zip(self.replicas, addresses, strict=True):
            write_card(Layout(ROOT), replica.machine, Card(card.id, address))


def step(world: World) -> None:
    """One thing happens somewhere."""
    assert isinstance(world, DatabaseWorld)
    replica = world.rng.choice(world.replicas)
    act = world.rng.choices(_ACTS, _WEIGHTS)[0]
    try:
        if world.rng.random() < _SHARE:
            _trouble(world, replica)
        else:
            act(world, replica)
    except (UnreachableError, NotDurableError) as error:
        # Who meant to look, or to end, without the server: it is told, and the process is gone.
        assert "cannot be used" in error.message
        world.tell(replica, "  does not reach the database")
        replica.kill()


def _trouble(world: DatabaseWorld, replica: Replica) -> None:
    what = world.rng.choices(["cut", "mend", "strike"], [10, 14, 1])[0]
    if what == "strike":
        world.links.server.strike()
        world.links.server.start()
        world.tell(replica, "the server is struck down, and started")
    elif what == "cut":
        world.links.cut(replica.number)
        world.tell(replica, "the link is cut")
    else:
        world.links.mend(replica.number)
        world.tell(replica, "the link is mended")


def meet(world: World) -> None:
    """All reach the server again, and look until nothing new comes up."""
    assert isinstance(world, DatabaseWorld)
    for replica in world.replicas:
        if world.links.mend(replica.number):
            # Who found no answer does not ask again at once; another process does.
            replica.kill()
    check.meet(world)


_ACTS = [
    acts.edit, acts.flush, acts.sync, acts.reopen, acts.bring_file, acts.jump, acts.type_cell,
    acts.type_bib, acts.type_late, acts.type_in_between, acts.type_bib_in_between,
    acts.spoil_cell, acts.decide, acts.restore, acts.bring_copy, outside.use_sheet,
    outside.use_manager, outside.mishap, outside.cut_table, outside.late_writer, outside.purge,
    outside.heal, anchors.place, anchors.type_cell, anchors.type_field, criteria.rate,
    criteria.type_cell, criteria.type_field,
]  # fmt: skip
_WEIGHTS = [14, 3, 4, 2, 3, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 4, 3, 2, 1, 1, 1, 1, 2, 1, 1, 2, 1, 1]


@contextmanager
def served(server: Server) -> Iterator[simulation.Stage]:
    """Where such histories play, as long as the server runs."""
    prepare(server.database(_DATABASE))
    links = Links(server)
    before = os.environ.get(VARIABLE)
    try:
        yield simulation.Stage(lambda seed: DatabaseWorld(seed, links), step, meet, _MODULE)
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before


@contextmanager
def alone() -> Iterator[simulation.Stage]:
    """The same with a server and settings of its own."""
    found = programs()
    if found is None:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    server = Server(found)
    try:
        with tempfile.TemporaryDirectory() as home, served(server) as stage:
            for name in ("XDG_CONFIG_HOME", "HOME"):
                os.environ[name] = home
            yield stage
    finally:
        server.close()


def run(seed: int, only: Sequence[int] | None = None) -> None:
    """Play one history; see `tests.simulation.run.run`."""
    with alone() as stage:
        simulation.run(seed, only, stage)


def main() -> int:
    """Play one seed, or a range `FROM-TO`, and print what broke."""
    with alone() as stage:
        return simulation.main(stage)


if __name__ == "__main__":
    sys.exit(main())
