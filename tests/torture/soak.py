"""Everything at once, for as long as wanted: members, editors, a synchroniser, git and kills.

Two folders of one project, four processes of members in each, that are killed and begun anew; in
each folder a person who edits both files with an editor, one that replaces the file and one
that writes into it, now and then from a copy that has been open for a while; a program that
keeps the folders alike, late, and makes conflicted copies; and commits in one of them. At the
end everybody meets, and the promises are checked.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from reviewkit.store.gitsetup import set_up_git
from reviewkit.store.machine import Machine
from tests.files.hands import save
from tests.torture.outcome import Outcome
from tests.torture.synchroniser import Synchroniser

WHAT = "soak: members, editors, synchroniser, git"
_ROOT = Path(__file__).resolve().parents[2]
_PEOPLE = ("ana", "bob", "cem", "dora")
KEYS = tuple(f"paper{number:02}" for number in range(40))
_LIBRARY = "\n".join(
    f"@misc{{{key},\n  title = {{Of {key}}},\n  addendum = {{}},\n  year = {{2020}}\n}}\n"
    for key in KEYS
)
#: So long after a save in place nobody is killed: the file it may have gone to is looked at.
_QUIET_SECONDS = 7.0


class Side:
    """One folder, its machine's private folders and the processes that have it open."""

    def __init__(self, place: Path, *, in_place: bool) -> None:
        self.folder = place / "group"
        self.folder.mkdir(parents=True)
        self.in_place = in_place
        self._place = place
        self._members: list[subprocess.Popen[bytes]] = []
        self._readers: list[threading.Thread] = []
        #: Ids that processes printed, and what was typed into files.
        self.told: set[str] = set()
        self.typed: list[str] = []
        #: Held while somebody saves in place, or while a process is ended.
        self.still = threading.Lock()
        self.saved_at = 0.0
        self.stopped = 0

    def begin(self, seed: str, pause: float) -> None:
        """Another member opens the project."""
        homes = {f"XDG_{name}_HOME": str(self._place / name) for name in ("STATE", "CACHE")}
        source = f"{_ROOT / 'src'}{os.pathsep}{_ROOT}"
        person = _PEOPLE[len(self._members) % len(_PEOPLE)]
        with (self._place / "errors").open("ab") as errors:
            command = [sys.executable, "-m", "tests.torture.member"]
            member = subprocess.Popen(
                [*command, self.folder, person, seed, str(pause)],
                cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                env={**os.environ, **homes, "PYTHONPATH": source},
            )  # fmt: skip
        reader = threading.Thread(target=self._listen, args=(member,), daemon=True)
        reader.start()
        self._members.append(member)
        self._readers.append(reader)

    def is_starting(self) -> bool:
        """Whether its processes run and none has said yet that an edit is safe."""
        running = any(member.poll() is None for member in self._members)
        return running and not self.told

    def _listen(self, member: subprocess.Popen[bytes]) -> None:
        assert member.stdout is not None
        for line in member.stdout:
            # Half a line of a process that was killed is no acknowledgement.
            if line.endswith(b"\n"):
                self.told.add(line.decode().strip())

    def end(self, number: int, *, kill: bool) -> None:
        """A process is ended, in good order or not."""
        member = self._members.pop(number)
        reader = self._readers.pop(number)
        assert member.stdin is not None
        if kill:
            member.send_signal(signal.SIGKILL)
        member.stdin.close()
        if member.wait() not in (0, -signal.SIGKILL):
            self.stopped += 1
        reader.join()

    def end_all(self, rng: random.Random) -> None:
        """All processes are ended."""
        while self._members:
            self.end(0, kill=rng.random() < 0.5)

    def machine(self) -> Machine:
        """The machine that the processes run on."""
        return Machine(
            state=self._place / "STATE" / "reviewkit", cache=self._place / "CACHE" / "reviewkit"
        )

    def type(self, name: str, text: str, before: str | None, rng: random.Random) -> None:
        """Somebody types `text` into one place of a file, as it stands or as it stood."""
        path = self.folder / name
        if not path.exists():
            return
        old = before if before is not None else path.read_text(encoding="utf-8-sig")
        changed = (_in_table if path.suffix == ".csv" else _in_library)(old, text, rng)
        if changed is None:
            return
        with self.still:
            self.typed.append(text)
            if self.in_place:
                path.write_text(changed, encoding="utf-8")
                self.saved_at = time.monotonic()
            else:
                save(path, changed)


def _in_table(old: str, text: str, rng: random.Random) -> str | None:
    rows = list(csv.DictReader(io.StringIO(old, newline="")))
    if not rows or old.count("\n") < len(rows) or not old.endswith("\n"):
        return None
    rng.choice(rows)["decision"] = text
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _in_library(old: str, text: str, rng: random.Random) -> str | None:
    places = list(re.finditer(r"addendum = \{([^}]*)\}", old))
    if len(places) < len(KEYS):
        return None
    place = rng.choice(places)
    return f"{old[: place.start(1)]}{text}{old[place.end(1) :]}"


class Soak:
    """All that goes on at once; `check` says what was lost when it has ended."""

    def __init__(self, folder: Path, seed: int, pause: float) -> None:
        self.seed, self.pause = seed, pause
        self.sides = [
            Side(folder / "one", in_place=False),
            Side(folder / "other", in_place=True),
        ]
        self._stop = threading.Event()
        self._saving = threading.Lock()
        self._failed = False
        self.kills = self.commits = 0
        one, other = (side.folder for side in self.sides)
        (one / "references.bib").write_text(_LIBRARY, encoding="utf-8")
        subprocess.run(["git", "init", "-q", "-b", "main", one], check=True, capture_output=True)
        set_up_git(one)
        with Project(one, reviewer="ana", watch=False, machine=self.sides[0].machine()) as project:
            for key in KEYS:
                project.review(key, rating=3)
            project.sync()
        self.synchroniser = Synchroniser(one, other, random.Random(f"{seed}/s"), self._saving)
        while self.synchroniser.step(late=0):
            pass

    def run(self, seconds: float, members: int) -> None:
        """Let it all go on for so long."""
        for number in range(members):
            self.sides[number % 2].begin(f"{self.seed}/{number}", self.pause)
        # What somebody types and overwrites before anybody looks, nobody can know.
        while any(side.is_starting() for side in self.sides):
            self._stop.wait(0.05)
        doings: list[Callable[[random.Random], None]] = [
            self._synchronise, self._commit, self._replace_members,
            *(lambda rng, side=side: self._edit(side, rng) for side in self.sides),
        ]  # fmt: skip
        threads = [
            threading.Thread(target=self._go_on, args=(doing, number), daemon=True)
            for number, doing in enumerate(doings)
        ]
        for thread in threads:
            thread.start()
        self._stop.wait(seconds)
        self._stop.set()
        for thread in threads:
            thread.join()
        time.sleep(_QUIET_SECONDS)
        for side in self.sides:
            side.end_all(random.Random(self.seed))
        if self._failed:
            raise RuntimeError("somebody stopped before it was time to; see above")

    def _go_on(self, doing: Callable[[random.Random], None], number: int) -> None:
        rng = random.Random(f"{self.seed}/thread {number}")
        try:
            while not self._stop.is_set():
                doing(rng)
        finally:
            # One that fails ends all; else they all end when it is time to.
            if not self._stop.is_set():
                self._failed = True
                self._stop.set()

    def _synchronise(self, rng: random.Random) -> None:
        self.synchroniser.step()
        self._stop.wait(rng.random())

    def _commit(self, rng: random.Random) -> None:
        self._stop.wait(2 + 3 * rng.random())
        who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0"]
        for command in (["add", "-A"], ["commit", "-qm", "as it is"]):
            # A file that vanishes while git reads it is taken with the next one.
            done = subprocess.run(
                ["git", *who, *command], cwd=self.sides[0].folder, capture_output=True
            )
        self.commits += not done.returncode

    def _replace_members(self, rng: random.Random) -> None:
        self._stop.wait(2 + 4 * rng.random())
        side = rng.choice(self.sides)
        with side.still:
            while side.saved_at and time.monotonic() - side.saved_at < _QUIET_SECONDS:
                if self._stop.wait(0.2):
                    return
            side.end(0, kill=rng.random() < 0.7)
            self.kills += 1
            side.begin(f"{self.seed}/again {self.kills}", self.pause)

    def _edit(self, side: Side, rng: random.Random) -> None:
        name = rng.choice(["reviews.csv", "reviews.csv", "references.bib"])
        path = side.folder / name
        before = None
        if rng.random() < 0.3 and path.exists():
            # It has been open in the editor for a while.
            before = path.read_text(encoding="utf-8-sig")
            self._stop.wait(3 * rng.random())
        with self._saving:
            side.type(name, f"{side.folder.parent.name}{len(side.typed)}", before, rng)
        self._stop.wait(0.2 + rng.random() * 1.5)

    def check(self) -> list[str]:
        """Let everybody meet; what is not as promised."""
        with ExitStack() as stack:
            projects = [
                stack.enter_context(
                    Project(side.folder, reviewer="ana", watch=False, machine=side.machine())
                )
                for side in self.sides
            ]
            for _ in range(12):
                results = [project.sync() for project in projects]
                quiet = not any(r.taken_in or r.bib_written or r.csv_written for r in results)
                while self.synchroniser.step(late=0):
                    quiet = False
                if quiet:
                    break
            found = [] if quiet else ["it does not come to rest"]
            return found + self._broken(projects)

    def _broken(self, projects: list[Project]) -> list[str]:
        found = []
        told = set().union(*(side.told for side in self.sides))
        shown = []
        for side, project in zip(self.sides, projects, strict=True):
            where = side.folder.parent.name
            known = {op.id for op in project._sync.fold}
            values = {str(op.value).strip("{}") for op in project._sync.fold}
            typed = [text for other in self.sides for text in other.typed]
            found += [f"{where} lacks the edit {name}" for name in sorted(told - known)]
            found += [f"{where} lacks {text}" for text in typed if text not in values]
            found += [f"{where} holds {item}" for item in project.info().held]
            found += [f"{where} waits: {text}" for text in project.info().waiting]
            found += [f"{where}: {problem}" for problem in _unsound(side.folder)]
            if side.stopped:
                errors = (side.folder.parent / "errors").read_text(errors="replace")[-2000:]
                found.append(f"{side.stopped} processes of {where} stopped: {errors}")
            shown.append(
                (
                    {p.citekey: (p.reviews, p.conflicts, p.year) for p in project.papers()},
                    (side.folder / "reviews.csv").read_bytes(),
                    BibDocument.from_bytes((side.folder / "references.bib").read_bytes()).citekeys,
                )
            )
        if shown[0] != shown[1]:
            found.append("the two folders do not show the same")
        return found


def _unsound(folder: Path) -> list[str]:
    library = BibDocument.from_bytes((folder / "references.bib").read_bytes())
    table = tables.read((folder / "reviews.csv").read_bytes())
    found = [str(problem) for problem in (*library.problems, *table.problems)]
    if not table.sound:
        found.append("reviews.csv is no table")
    names = {path.name for path in folder.iterdir()}
    left = names - {
        "references.bib", "reviews.csv", ".reviewkit", ".git", ".gitattributes", ".gitignore"
    }  # fmt: skip
    return found + [f"{name} was left" for name in sorted(left)]


def run(
    folder: Path, seconds: float, members: int = 8, seed: int = 1, pause: float = 0.1
) -> Outcome:
    """Soak for so long; `pause` is how long a member waits between edits, on average."""
    soak = Soak(folder, seed, pause)
    soak.run(seconds, members)
    broken = soak.check()
    for line in broken[:20]:
        print(f"soak: {line}", file=sys.stderr)
    told = sum(len(side.told) for side in soak.sides)
    typed = sum(len(side.typed) for side in soak.sides)
    made = soak.synchroniser
    merged = sum(
        path.suffix == ".jsonl"
        for side in soak.sides
        for path in (side.folder / ".reviewkit" / "trash").iterdir()
    )
    return Outcome(
        WHAT, told + typed, len(broken),
        f"{seconds:.0f} s: {told} edits, {typed} typed, {soak.kills} processes ended, "
        f"{merged} logs merged, {soak.commits} commits, {made.copied} files copied, "
        f"{made.conflicts} conflicted copies",
    )  # fmt: skip
