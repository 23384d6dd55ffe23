"""What people, programs, synchronisers and machines do to a project's replicas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from reviewkit.project import Project
from tests.simulation.world import BIB, CSV, PEOPLE, ROOT, Replica, World

KEYS = ("matsubara2022bottlefit", "smith2021")
TAGS = ("core", "edge", "small too")


def step(world: World) -> None:
    """One thing happens somewhere."""
    replica = world.rng.choice(world.replicas)
    act = world.rng.choices(ACTS, WEIGHTS)[0]
    act(world, replica)


def edit(world: World, replica: Replica) -> None:
    """A person edits in the panel or in a kernel."""
    what, act = _edit(world, replica.project())
    world.attempt(replica, what, act)


def _edit(world: World, project: Project) -> tuple[str, Callable[[Project], object]]:
    rng = world.rng
    key = rng.choice([k for k in map(project._sync.library.resolve, KEYS) if k] or ["zhang2020"])
    who = rng.choice(PEOPLE)
    notes = project[key].review_of(who).notes
    kinds = [_opinion] * 6 + [_note, _note, _paper, _paper, _undo]
    kinds += [_change_note] * 3 * bool(notes) + [_resolve] * bool(project.conflicts())
    what, act = rng.choice(kinds)(world, project, key, who)
    return f"{key} of {who}: {what}", act


Deed = tuple[str, Callable[[Project], object]]


def _opinion(world: World, project: Project, key: str, who: str) -> Deed:
    rng = world.rng
    changes: dict[str, object] = rng.choice(
        [
            {"rating": rng.choice([1, 2, 3, 4, 5, None])},
            {"status": rng.choice(["to-read", "read", "done", None])},
            {"add_tags": [rng.choice(TAGS)]},
            {"remove_tags": [rng.choice(TAGS)]},
            {"rating": 2, "status": "read", "add_tags": ["a b"], "note": f"All {rng.random()}"},
        ]
    )
    return f"{changes}", lambda p: p.review(key, **changes, reviewer=who)  # type: ignore[arg-type]


def _note(world: World, project: Project, key: str, who: str) -> Deed:
    text = f"Text {world.rng.randrange(4)}.\n\nMore *words* here."
    return "a note", lambda p: p.review(key, note=text, reviewer=who)


def _change_note(world: World, project: Project, key: str, who: str) -> Deed:
    rng = world.rng
    note = rng.choice(project[key].review_of(who).notes)
    if rng.random() < 0.3:
        return "deletes a note", lambda p: p.review(key, delete_note=note.id, reviewer=who)
    words = note.text.split(" ")
    words.insert(rng.randrange(len(words) + 1), f"w{rng.randrange(99)}")
    changed = " ".join(words)
    return "changes a note", lambda p: p.review(
        key, note=changed, note_id=note.id, seen=note.seen, reviewer=who
    )


def _paper(world: World, project: Project, key: str, who: str) -> Deed:
    rng = world.rng
    kind = rng.choice(["field", "field", "rename", "remove"])
    if kind == "field":
        fields = {rng.choice(["year", "doi", "note"]): rng.choice(["2020", "10.1/x_y", None])}
        return f"{fields}", lambda p: p.edit(key, fields, reviewer=who)
    if kind == "rename":
        new = f"{key[:5]}{rng.randrange(5)}"
        return f"renamed to {new}", lambda p: p.rename(key, new)
    return "removed", lambda p: p.remove(key, by=who)


def _resolve(world: World, project: Project, key: str, who: str) -> Deed:
    conflict = world.rng.choice(project.conflicts())
    value = world.rng.choice(conflict.values)
    return f"resolves {conflict.field} of {conflict.citekey}", lambda p: p.resolve(
        conflict.citekey, conflict.reviewer, conflict.field, value.id, by=who
    )


def _undo(world: World, project: Project, key: str, who: str) -> Deed:
    able = [action for action in project.actions(limit=None) if action.can_undo]
    if not able or world.rng.random() < 0.5:
        return "undo", lambda p: p.undo()
    chosen = world.rng.choice(able)
    return f"undoes {chosen.what}", lambda p: p.undo(chosen.id)


def flush(world: World, replica: Replica) -> None:
    """The time has come to write the files."""
    world.attempt(replica, "writes the files", lambda p: p.flush())


def sync(world: World, replica: Replica) -> None:
    """A process looks at everything."""
    world.attempt(replica, "synchronises", lambda p: p.sync())


def reopen(world: World, replica: Replica) -> None:
    """The processes end, in good order or not."""
    if world.rng.random() < 0.5:
        world.tell(replica, "closes")
        replica.close()
    else:
        world.tell(replica, "is killed, the machine goes on")
        replica.kill()
    world.remember(replica)


def bring_logs(world: World, replica: Replica) -> None:
    """A synchroniser brings some logs of another replica, as far as they had come."""
    other = world.rng.choice(world.replicas)
    if other is replica:
        return
    brought = 0
    for log in other.logs():
        data = other.disk.read(log)
        here = replica.disk.read(log) if replica.disk.exists(log) else b""
        if len(here) < len(data) and world.rng.random() < 0.6:
            if world.rng.random() < 0.2:
                # It came in the middle of somebody's writing.
                data = data[: world.rng.randrange(len(here), len(data) + 1)]
            name = log
            if world.rng.random() < 0.1:
                name = log.with_name(f"{log.stem} (conflicted copy).jsonl")
            replica.disk.save(name, data)
            brought += 1
    world.tell(replica, f"gets {brought} logs from r{other.number}")


def bring_file(world: World, replica: Replica) -> None:
    """A file stands here as it was in some replica at some time."""
    path = world.rng.choice([BIB, CSV])
    states = world.rng.choice(world.replicas).old[path]
    if states:
        data = world.rng.choice(states[-12:])
        world.tell(replica, f"gets an old {path.name}")
        (replica.disk.save if world.rng.random() < 0.7 else _overwrite(replica))(path, data)


def _overwrite(replica: Replica) -> Callable[..., None]:
    def put(path: object, data: bytes) -> None:
        if replica.disk.exists(path):  # type: ignore[arg-type]
            replica.disk.overwrite(path, data)  # type: ignore[arg-type]

    return put


def jump(world: World, replica: Replica) -> None:
    """The machine's clock is set, wrongly."""
    replica.now += world.rng.choice([-1, 1]) * world.rng.choice([60_000, 86_400_000, 3 * 10**11])
    world.tell(replica, "has another time")


def type_cell(world: World, replica: Replica) -> None:
    """Somebody changes one cell of reviews.csv with a spreadsheet, and it is looked at."""
    rng = world.rng
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    text = replica.disk.text(CSV)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if not rows or replica.processes.count(None) == len(replica.processes):
        return
    row = rng.choice(rows)
    column, value = rng.choice(
        [("rating", r) for r in "12345"] + [("status", "reading"), ("status", "read")]
    )
    if row.get(column) == value:
        return
    row[column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    world.typed += 1
    replica.disk.save(CSV, ("\ufeff" + out.getvalue()).encode())
    world.tell(
        replica, f"types {column}={value} of {row['reviewer']} on {row['key']} in the table"
    )
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_bib(world: World, replica: Replica) -> None:
    """Somebody changes a rating in references.bib with an editor."""
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    text = replica.disk.text(BIB)
    found = list(re.finditer(r"(ana|bob|cem)=([1-5])", text))
    if not found or not replica.disk.exists(BIB):
        return
    chosen = world.rng.choice(found)
    value = str(int(chosen[2]) % 5 + 1)
    world.typed += 1
    changed = text[: chosen.start(2)] + value + text[chosen.end(2) :]
    replica.disk.save(BIB, changed.encode())
    world.tell(replica, f"types {chosen[0]} to {value} in the .bib")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def restore(world: World, replica: Replica) -> None:
    """The whole folder is brought back to an older state, the private folders are not."""
    if world.rng.random() < 0.3:
        world.tell(replica, "has its folder restored from a backup")
        replica.kill()
        kept = getattr(replica, "backup", None) or replica.disk.remember()
        # What was made since is on other machines or in the private journal.
        replica.disk.restore(ROOT, kept)
    else:
        world.tell(replica, "is backed up")
        replica.backup = replica.disk.remember()  # type: ignore[attr-defined]


ACTS = [
    edit, flush, sync, reopen, bring_logs, bring_file, jump, type_cell, type_bib,
]  # fmt: skip
WEIGHTS = [10, 3, 4, 2, 6, 3, 1, 2, 2]
