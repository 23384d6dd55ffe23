"""Copies of a project that lose touch, exchange old and new files, and meet again."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.ops.op import Op
from reviewkit.project import Project
from tests.files.hands import LIBRARY, copy_ops, row, rows, save, save_rows, taken_in

KEYS = ("matsubara2022bottlefit", "smith2021")
PEOPLE = ("ana", "bob")
TAGS = ("core", "edge", "small")


class World:
    """Some replicas of one project, and what their people were told is safe."""

    def __init__(self, place: Path, rng: random.Random, replicas: int) -> None:
        self.rng = rng
        self.told: dict[str, Op] = {}
        #: Edits typed into a file that wait for others; they come out where they can.
        self.typed = 0
        self.old: dict[str, list[bytes]] = {"references.bib": [], "reviews.csv": []}
        self.folders = [place / f"r{number}" for number in range(replicas)]
        for folder in self.folders:
            folder.mkdir(parents=True)
            (folder / "references.bib").write_text(LIBRARY)
        first = self.folders[0]
        with Project(first, reviewer="ana", watch=False) as project:
            project.review("zhang2020", rating=3)
        for folder in self.folders[1:]:
            copy_ops(first, folder)
            for name in self.old:
                (folder / name).write_bytes((first / name).read_bytes())
        self.projects = [self.open(number) for number in range(replicas)]

    def open(self, number: int) -> Project:
        person = PEOPLE[number % len(PEOPLE)]
        return Project(self.folders[number], reviewer=person, watch=False)

    def fold(self, number: int) -> dict[str, Op]:
        return {op.id: op for op in self.projects[number]._sync.fold}

    def note_acknowledged(self, number: int, before: dict[str, Op]) -> None:
        """What is new was made here: its author can only have seen what was here."""
        for name, op in self.fold(number).items():
            if name not in before:
                self.told[name] = op
                assert set(op.seen) <= self.fold(number).keys()

    def step(self, typing: bool) -> None:
        number = self.rng.randrange(len(self.projects))
        acts = [self.edit] * 6 + [self.sync] * 2 + [self.bring_log] * 3 + [self.bring_file] * 3
        acts += [self.reopen] + ([self.type] * 4 if typing else [])
        self.rng.choice(acts)(number)
        for name, kept in self.old.items():
            path = self.folders[number] / name
            if path.exists():
                kept.append(path.read_bytes())

    def edit(self, number: int) -> None:
        project, rng = self.projects[number], self.rng
        key, who = rng.choice(KEYS), rng.choice(PEOPLE)
        notes = project[key].review_of(who).notes
        before = self.fold(number)
        kinds = ["rating", "status", "add", "remove", "note", "field"]
        kinds += ["change", "delete"] if notes else []
        kinds += ["resolve"] if project.conflicts() else []
        kinds += ["undo"]
        match rng.choice(kinds):
            case "rating":
                project.review(key, rating=rng.choice([1, 2, 3, 4, 5, None]), reviewer=who)
            case "status":
                project.review(key, status=rng.choice(["read", "done", None]), reviewer=who)
            case "add":
                project.review(key, add_tags=[rng.choice(TAGS)], reviewer=who)
            case "remove":
                project.review(key, remove_tags=[rng.choice(TAGS)], reviewer=who)
            case "note":
                project.review(key, note=f"Text {rng.randrange(4)}.", reviewer=who)
            case "change":
                note = rng.choice(notes)
                text = f"{note.text} More {rng.randrange(9)}."
                project.review(key, note=text, note_id=note.id, seen=note.seen, reviewer=who)
            case "delete":
                project.review(key, delete_note=rng.choice(notes).id, reviewer=who)
            case "field":
                project.edit(key, {"year": str(2000 + rng.randrange(4))}, reviewer=who)
            case "resolve":
                found = rng.choice(project.conflicts())
                value = rng.choice(found.values)
                project.resolve(found.citekey, found.reviewer, found.field, value.id)
            case "undo":
                project.undo()
        self.note_acknowledged(number, before)
        if rng.random() < 0.4:
            project.flush()

    def sync(self, number: int) -> None:
        self.projects[number].sync()

    def reopen(self, number: int) -> None:
        self.projects[number].close()
        self.projects[number] = self.open(number)

    def bring_log(self, number: int) -> None:
        """A synchroniser brings some other replica's logs, not all of them."""
        other = self.rng.choice(self.folders)
        for log in other.glob(".reviewkit/ops/*/*.jsonl"):
            target = self.folders[number] / log.relative_to(other)
            if self.rng.random() < 0.6 and other != self.folders[number]:
                size = target.stat().st_size if target.exists() else 0
                if size < log.stat().st_size:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(log.read_bytes())

    def bring_file(self, number: int) -> None:
        """A file as it was at some time in some replica stands here now."""
        name = self.rng.choice(list(self.old))
        if self.old[name]:
            recent = self.old[name][-12:]
            save(self.folders[number] / name, self.rng.choice(recent))

    def type(self, number: int) -> None:
        """Somebody changes one thing in a file that is in step, and it is taken in."""
        project = self.projects[number]
        project.sync()
        since = len(project.log())
        before = self.fold(number)
        if project.info().held:
            return
        change = self.rng.choice([self.type_cell, self.type_bib])(project)
        if not change:
            return
        project.sync()
        new = len(taken_in(project)) - len([op for op in before.values() if is_typed(op)])
        held = len(project.info().held)
        # What is typed into a file whose edits have not arrived yet waits for them.
        assert (new, held) in ((1, 0), (0, 1)), change
        self.typed += held
        assert len(project.log()) > since
        self.note_acknowledged(number, before)

    def type_cell(self, project: Project) -> str:
        found = [r for r in rows(project) if r["key"] in KEYS]
        if not found:
            return ""
        chosen = self.rng.choice(found)
        current = row(project, chosen["key"], chosen["reviewer"])
        column, value = self.rng.choice(
            [("rating", r) for r in "12345"] + [("status", "reading"), ("tags", "typed")]
        )
        if column == "tags":
            value = "; ".join(filter(None, [current["tags"], "typed"]))
            if "typed" in current["tags"]:
                return ""
        if current[column] == value:
            return ""
        save_rows(project, [
            {**r, column: value}
            if (r["key"], r["reviewer"]) == (chosen["key"], chosen["reviewer"]) else r
            for r in rows(project)
        ])  # fmt: skip
        return f"{chosen['key']} {chosen['reviewer']} {column}={value}"

    def type_bib(self, project: Project) -> str:
        text = project.bib_path.read_text()
        ratings = list(re.finditer(r"(ana|bob)=([1-5])", text))
        if not ratings:
            return ""
        found = self.rng.choice(ratings)
        value = str(int(found[2]) % 5 + 1)
        save(project.bib_path, text[: found.start(2)] + value + text[found.end(2) :])
        return f"{found[0]} to {value}"

    def meet(self) -> None:
        """All logs go everywhere until nothing new comes up."""
        for _ in range(3):
            for one in self.folders:
                for other in self.folders:
                    if one != other:
                        copy_ops(one, other)
            for project in self.projects:
                project.sync()


def is_typed(op: Op) -> bool:
    explains = op.field == "citekey" or op.field.startswith("held:")
    grounding = (op.origin or "").endswith("as it was")
    return op.via in ("bib", "csv") and not grounding and not explains


def entries(project: Project) -> dict[str, dict[str, str]]:
    """All fields; their order within an entry may differ."""
    document = BibDocument.from_bytes(project.bib_path.read_bytes())
    return {
        entry.citekey: {name: " ".join(field.raw.split()) for name, field in entry.fields.items()}
        for entry in document.entries
    }


def check(world: World, typing: bool) -> None:
    one = world.projects[0]
    expected = [(p.citekey, p.reviews, p.conflicts, p.year) for p in one.papers()]
    for number, project in enumerate(world.projects):
        fold = world.fold(number)
        missing = world.told.keys() - fold.keys()
        assert not missing
        assert [(p.citekey, p.reviews, p.conflicts, p.year) for p in project.papers()] == expected
        assert project.csv_path.read_bytes() == one.csv_path.read_bytes()
        assert entries(project) == entries(one)
        assert project.info().held == ()
        assert project.info().waiting == ()
        phantoms = [op for op in fold.values() if is_typed(op) and op.id not in world.told]
        assert len(phantoms) <= world.typed, phantoms
        if not typing:
            assert not any(is_typed(op) for op in fold.values())
        replaced = {seen for op in fold.values() for seen in op.seen}
        current = {op.id for k in KEYS for ops in project._sync.fold.current_of_paper(
            project[k].id).values() for op in ops}  # fmt: skip
        for name, op in world.told.items():
            if op.paper in {project[k].id for k in KEYS}:
                assert name in current or name in replaced
        result = project.sync()
        assert (result.taken_in, result.bib_written, result.csv_written) == (0, False, False)


def play(kind: type[World], folder: Path, seeds: Iterable[int], typing: bool) -> None:
    """Let replicas of such a world edit out of touch, meet, and be checked, once a seed."""
    for seed in seeds:
        rng = random.Random(f"{kind.__name__} {seed} {typing}")
        world = kind(folder / str(seed), rng, rng.choice([2, 2, 3]))
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


@pytest.mark.parametrize("typing", [False, True], ids=["edits", "edits-and-files"])
@pytest.mark.parametrize("block", range(5))
def test_replicas_meet_again(tmp_path: Path, block: int, typing: bool) -> None:
    play(World, tmp_path, range(block * 20, block * 20 + 20), typing)
