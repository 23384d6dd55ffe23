"""Replicas of one project on machines of their own, and what people were told is safe."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from pathlib import Path

from reviewkit.errors import NotDurableError, ReviewkitError
from reviewkit.files.remembered import unsealed
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from tests.files.hands import LIBRARY
from tests.simulation.disk import Disk
from tests.simulation.inode import Crash, TroubleError

ROOT = Path("/home/group")
BIB, CSV = ROOT / "references.bib", ROOT / "reviews.csv"
#: Every private text is one word that begins so; no random name has a 0.
SECRET = "hush0"
PEOPLE = ("ana", "bob", "cem")
_YEAR_MS = 365 * 24 * 3600 * 1000
_START_MS = 1_790_000_000_000
#: What was typed: citekey, reviewer (empty: the paper's own), field, value as an edit has it.
#: The field `note` is any note's text.
Cell = tuple[str, str, str, object]


class Replica:
    """A machine with a copy of the project, and the processes that have it open."""

    def __init__(self, number: int, rng: random.Random, processes: int) -> None:
        self.number = number
        self.person = PEOPLE[number % len(PEOPLE)]
        self.rng = rng
        self.disk = Disk(rng, exchanges=rng.random() < 0.8)
        self.now = _START_MS + rng.choice([0, 0, 0, -10, 10, -1, 1]) * _YEAR_MS
        self.machine = Machine(
            self.disk, self._tell_time, rng.randbytes, Path("/home/state"), Path("/home/cache")
        )
        self.disk.save(BIB, LIBRARY.encode())
        self.processes: list[Project | None] = [None] * processes
        self.lost_power = False
        #: Private operations whose edit returned here.
        self.told_privately: dict[str, Op] = {}
        #: Every state of the files that was ever here, for late synchronisers.
        self.old: dict[Path, list[bytes]] = {BIB: [], CSV: []}

    def _tell_time(self) -> int:
        self.now += self.rng.randrange(0, 50)
        return self.now

    def project(self) -> Project:
        """One of the processes' project, opened if it is not."""
        number = self.rng.randrange(len(self.processes))
        found = self.processes[number]
        if found is None:
            found = self.processes[number] = self.begin()
            self.processes.pop()
        return found

    def running(self) -> list[Project]:
        """What the processes that run have open."""
        return [project for project in self.processes if project is not None]

    def begin(self) -> Project:
        """Another process opens the project."""
        project = Project(ROOT, reviewer=self.person, watch=False, machine=self.machine)
        self.processes.append(project)
        return project

    def close(self) -> None:
        """End all processes as they are ended in good order."""
        for project in self.processes:
            if project is not None:
                project.close()
        self.processes = [None] * len(self.processes)

    def kill(self) -> None:
        """End all processes at once."""
        for project in self.processes:
            if project is not None:
                # What it holds is gone; its last act would be to write the files.
                project._closed = True
        self.processes = [None] * len(self.processes)

    def put(self, path: Path, data: bytes, *, whole: bool) -> None:
        """Save as a program does that replaces the file, or as one that writes into it."""
        if whole or not self.disk.exists(path):
            self.disk.save(path, data)
        else:
            self.disk.overwrite(path, data)

    def remembers(self) -> bool:
        """Whether there is a whole copy of the .bib as a process last saw it."""
        copies = [p for p in self.disk.files(Path("/home/cache")) if p.name == BIB.name]
        return any(unsealed(self.disk.read(path)) is not None for path in copies)

    def take_logs(self, other: Replica) -> None:
        """Get all lines of another's logs, as git's merge of both sides' lines does."""
        for log in other.logs():
            here = self.disk.read(log) if self.disk.exists(log) else b""
            data = other.disk.read(log)
            if not here.startswith(data):
                self.disk.save(log, data if data.startswith(here) else here + data)

    def logs(self) -> list[Path]:
        """The logs here."""
        return [p for p in self.disk.files(ROOT / ".reviewkit" / "ops") if p.suffix == ".jsonl"]


class World:
    """Some replicas, one chance for all, and the operations that were acknowledged.

    Attributes
    ----------
    told
        Operations whose edit returned, by id: none may ever be missing.
    typed
        How many things were typed into files.
    cells
        What: reviewer, field and value of each.
    local
        Papers whose entries somebody took out of one library, or wrote there, before the log
        knew of them: only the files know, which are not brought to the others here.
    purged
        Whether somebody erased what was said: it need not be found any more.
    looked_at
        Those of them that were in a file when it was looked at without trouble.
    story
        What happened, a line a step, for a person to read.
    """

    #: What machines are.
    kind: type[Replica] = Replica

    def __init__(self, seed: int, replicas: int | None = None) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        count = replicas or self.rng.choice([1, 2, 2, 2, 3, 3, 4])
        self.replicas = [
            self.kind(number, self.rng, self.rng.choice([1, 1, 2])) for number in range(count)
        ]
        self.told: dict[str, Op] = {}
        self.typed = 0
        #: What was typed and then looked at without trouble: paper, reviewer, field, value.
        self.looked_at: list[Cell] = []
        self.cells: set[tuple[str | None, str, object]] = set()
        self.local: set[str] = set()
        self.purged = False
        self._unseen: list[tuple[Replica, Cell]] = []
        #: Private texts that somebody made public.
        self.published: set[str] = set()
        self.story: list[str] = []
        first = self.replicas[0]
        first.project().review("zhang2020", rating=3)
        first.close()
        for other in self.replicas[1:]:
            for path in first.disk.files(ROOT):
                other.disk.save(path, first.disk.read(path))

    def tell(self, replica: Replica, what: str) -> None:
        """Put a step into the story."""
        self.story.append(f"{len(self.story) + 1:3} r{replica.number} {replica.person}: {what}")

    def typed_now(self, replica: Replica, cell: Cell) -> None:
        """Note what somebody typed into a file here."""
        self.typed += 1
        self.cells.add((cell[1] or None, *cell[2:]))
        self._unseen = [(replica, cell)]

    def typed_over(self) -> None:
        """A program has put other bytes in place of what was typed, before anybody looked."""
        self._unseen = []

    def _look(self, replica: Replica, project: Project) -> None:
        """A process has looked at the files: what stood in them is safe from now on."""
        for where, (key, reviewer, field, value) in self._unseen:
            paper = project._sync.library.paper_of(key)
            if where is replica and paper is not None:
                self.looked_at.append((paper, reviewer, field, value))
        self._unseen = []

    def acknowledge_private(self, replica: Replica, project: Project, before: set[str]) -> None:
        """Note what is new in the machine's private log as safe there."""
        told = {op.id: op for op in project._private.fold if op.id not in before}
        replica.told_privately.update(told)

    def acknowledge(self, project: Project, before: set[str]) -> None:
        """Note what is new in the process's log as safe."""
        for op in project._sync.fold:
            if op.id not in before:
                unknown = [seen for seen in op.seen if seen not in project._sync.fold]
                writers = project._store._writers.values()
                mine = any(op.id.startswith(f"{writer.name}.") for writer in writers)
                assert not (unknown and mine), f"{op} replaces {unknown}, which nobody here saw"
                self.told[op.id] = op

    def attempt(
        self,
        replica: Replica,
        what: str,
        act: Callable[[Project], object],
        between: tuple[Path, Callable[[], None]] | None = None,
    ) -> None:
        """Let a process do something; with luck the machine stops in the middle of it.

        `between` names a file and what somebody does to it just before it is replaced.
        """
        rng, disk = self.rng, replica.disk
        disk.between = between
        trouble = rng.choices(["none", "crash", "EIO", "ENOSPC", "short"], [30, 2, 1, 1, 1])[0]
        after = rng.randrange(1, 60)
        said = what + ("" if trouble == "none" else f" ({trouble})")
        self.do(replica, said, act, lambda: self._arm(disk, trouble, after))

    def do(
        self,
        replica: Replica,
        what: str,
        act: Callable[[Project], object],
        arm: Callable[[], None] = lambda: None,
    ) -> None:
        """Let a process do something, and note what it acknowledged.

        `arm` is called when the process has opened the project, before it begins.
        """
        before: set[str] = set()
        private_before: set[str] = set()
        project = None
        try:
            project = replica.project()
            before = {op.id for op in project._sync.fold}
            private_before = {op.id for op in project._private.fold}
            arm()
            self.tell(replica, what)
            act(project)
            if what == "synchronises":
                self._look(replica, project)
        except Crash:
            replica.kill()
            replica.disk.power_off()
            replica.lost_power = True
            if not replica.remembers():
                # Of a field that only the file has nobody can tell any more that it was typed.
                self._unseen = [seen for seen in self._unseen if not seen[1][2].startswith("bib:")]
            return
        except NotDurableError:
            # Nothing was acknowledged, and the person was told.
            return
        except ReviewkitError as error:
            self.tell(replica, f"  refused: {error.message[:80]}")
        except TroubleError:
            # The person saw an error; what was acknowledged before it counts.
            pass
        finally:
            replica.disk.calm()
        if project is not None:
            self.acknowledge(project, before)
            self.acknowledge_private(replica, project, private_before)
            self.remember(replica)

    def _arm(self, disk: Disk, trouble: str, after: int) -> None:
        if trouble == "none":
            return
        if trouble == "short":
            disk.short = True
            return
        until = disk.calls + after

        def hook(name: str) -> None:
            if disk.calls != until:
                return
            if trouble == "crash":
                raise Crash(name)
            if name in ("create", "write", "sync", "link", "append", "sync_folder", "exchange"):
                raise TroubleError(getattr(errno, trouble), trouble)

        disk.hook = hook

    def remember(self, replica: Replica) -> None:
        """Keep the files' present states for late synchronisers."""
        for path, states in replica.old.items():
            if replica.disk.exists(path):
                data = replica.disk.read(path)
                if not states or states[-1] != data:
                    states.append(data)
