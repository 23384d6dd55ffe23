"""What people, programs, synchronisers and machines do to a project's replicas."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import tempfile
from pathlib import Path

from tests.simulation import anchors, criteria, logs, outside, programs
from tests.simulation.deeds import edit
from tests.simulation.world import BIB, CSV, ROOT, Replica, World


def step(world: World) -> None:
    """One thing happens somewhere."""
    replica = world.rng.choice(world.replicas)
    acts, weights = ACTS, WEIGHTS
    if logs.are_many(world):
        acts, weights = logs.ACTS, logs.WEIGHTS
    elif anchors.are_placed(world):
        acts, weights = anchors.ACTS, anchors.WEIGHTS
    elif criteria.are_rated(world):
        acts, weights = criteria.ACTS, criteria.WEIGHTS
    act = world.rng.choices(acts, weights)[0]
    act(world, replica)


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
        world.typed_over()
        replica.put(path, data, whole=world.rng.random() < 0.7)


def bring_copy(world: World, replica: Replica) -> None:
    """A synchroniser puts a state of another replica's file beside the one here."""
    path = world.rng.choice([BIB, CSV])
    states = world.rng.choice(world.replicas).old[path]
    if states:
        name = f"{path.stem} (conflicted copy 2026-11-{world.rng.randrange(10, 30)}){path.suffix}"
        world.tell(replica, f"gets a conflicted copy of {path.name}")
        replica.disk.save(path.with_name(name), world.rng.choice(states[-6:]))


def jump(world: World, replica: Replica) -> None:
    """The machine's clock is set, wrongly."""
    replica.now += world.rng.choice([-1, 1]) * world.rng.choice([60_000, 86_400_000, 3 * 10**11])
    world.tell(replica, "has another time")


def type_cell(world: World, replica: Replica) -> None:
    """Somebody changes one cell of reviews.csv with a spreadsheet, and it is looked at."""
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    type_into(world, replica, replica.disk.text(CSV), "the table")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_late(world: World, replica: Replica) -> None:
    """A spreadsheet that was open for long saves an old table, with one cell typed into it."""
    states = replica.old[CSV]
    if states:
        old = world.rng.choice(states[-12:]).decode("utf-8-sig", "replace")
        type_into(world, replica, old, "an old table")
        world.attempt(replica, "synchronises", lambda p: p.sync())


def type_in_between(world: World, replica: Replica) -> None:
    """A spreadsheet saves in the moment between our look at the table and our writing."""
    # So that there is something to write.
    edit(world, replica)

    def save() -> None:
        type_into(world, replica, replica.disk.text(CSV), "the table, as it is written")

    world.attempt(replica, "writes the files", lambda p: p.flush(), between=(CSV, save))
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_into(world: World, replica: Replica, text: str, what: str) -> None:
    """Save the table with one cell changed, as a spreadsheet does."""
    rng = world.rng
    rows = programs.read(text)
    if not rows or replica.processes.count(None) == len(replica.processes):
        return
    if "rating" not in rows[0]:
        # Its first line is a merge's marker; who sees that does not type into it.
        return
    row = rng.choice(rows)
    column, value = rng.choice(
        [("rating", r) for r in "12345"] + [("status", "reading"), ("status", "read")]
    )
    if row.get(column) == value:
        return
    row[column] = value
    out = io.StringIO()
    delimiter = rng.choice(",;")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    said = f"{column}={value} of {row['reviewer']} on {row['key']}"
    replica.put(CSV, ("\ufeff" + out.getvalue()).encode(), whole=rng.random() < 0.7)
    typed = float(value) if column == "rating" else value
    world.typed_now(replica, (row["key"], row["reviewer"], column, typed))
    world.tell(replica, f"types {said} in {what}")


def spoil_cell(world: World, replica: Replica) -> None:
    """A spreadsheet changes one cell by itself, which is not taken in unasked."""
    rng = world.rng
    world.attempt(replica, "synchronises before a spreadsheet", lambda p: p.sync())
    if not replica.disk.exists(CSV):
        return
    rows = programs.read(replica.disk.text(CSV))
    if not rows or replica.processes.count(None) == len(replica.processes):
        return
    row = rng.choice(rows)
    column = rng.choice(["status", "decision", "notes"])
    row[column] = rng.choice(["#NAME?", "#REF!"])
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replica.disk.save(CSV, out.getvalue().encode())
    world.tell(replica, f"a spreadsheet spoils {column} of {row['reviewer']} on {row['key']}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def decide(world: World, replica: Replica) -> None:
    """Somebody accepts or dismisses what is held."""
    held = replica.project().held()
    if held:
        item = world.rng.choice(held)
        # What cannot be a status is refused; a note that says so is taken.
        name = world.rng.choice(["accept", "dismiss", "dismiss"])
        what = f"{name}s {item.field} of {item.reviewer} on {item.citekey}"
        if name == "dismiss" and item.kind == "unknown":
            criteria.let_go(world, replica, item.citekey)
        world.attempt(replica, what, lambda p: getattr(p, name)(item.id))


def type_bib(world: World, replica: Replica) -> None:
    """Somebody changes a rating in references.bib with an editor."""
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    type_into_bib(world, replica, "the .bib")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_bib_in_between(world: World, replica: Replica) -> None:
    """An editor saves in the moment between our look at the .bib and our writing."""
    edit(world, replica)

    def save() -> None:
        type_into_bib(world, replica, "the .bib, as it is written")

    world.attempt(replica, "writes the files", lambda p: p.flush(), between=(BIB, save))
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_into_bib(world: World, replica: Replica, what: str) -> None:
    """Save the .bib with one rating changed, as an editor does."""
    text = replica.disk.text(BIB)
    found = list(re.finditer(r"(ana|bob|cem)=([1-5])(?!\.)", text))
    if not found or not replica.disk.exists(BIB):
        return
    chosen = world.rng.choice(found)
    value = str(int(chosen[2]) % 5 + 1)
    changed = text[: chosen.start(2)] + value + text[chosen.end(2) :]
    key = re.findall(r"^@\w+\{([^,\s]+),", text[: chosen.start()], re.MULTILINE)[-1]
    replica.put(BIB, changed.encode(), whole=world.rng.random() < 0.7)
    world.typed_now(replica, (key, chosen[1], "rating", float(value)))
    world.tell(replica, f"types {chosen[0]} of {key} to {value} in {what}")


def merge_tables(world: World, replica: Replica) -> None:
    """Git puts another replica's table and logs together with these, line by line."""
    other = world.rng.choice(world.replicas)
    if other is replica or not (replica.disk.exists(CSV) and other.disk.exists(CSV)):
        return
    ours, theirs = replica.disk.read(CSV), other.disk.read(CSV)
    # Where git knows of no common past, all lines are both sides'.
    common = [state for state in replica.old[CSV] if state in other.old[CSV]]
    replica.take_logs(other)
    replica.disk.save(CSV, union(common[-1] if common else b"", ours, theirs))
    world.tell(replica, f"merges tables and logs of r{other.number} by lines")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def union(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """What git makes of two sides with merge=union."""
    if base in (ours, theirs):
        return theirs if base == ours else ours
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(data)
        command = ["git", "merge-file", "-p", "--union", *map(str, paths)]
        return subprocess.run(command, check=True, capture_output=True).stdout


def restore(world: World, replica: Replica) -> None:
    """The whole folder is brought back to an older state, the private folders are not."""
    # The journal is not forced to the disk: what a machine that lost its power forgot of it is
    # in the folder alone.
    if world.rng.random() < 0.3 and not replica.lost_power:
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
    type_late, type_in_between, type_bib_in_between, merge_tables, spoil_cell, decide, restore,
    bring_copy, outside.use_sheet, outside.use_manager, outside.mishap, outside.cut_table,
    outside.late_writer, outside.shuffle_logs, outside.merge_libraries, outside.purge,
    outside.heal,
]  # fmt: skip
WEIGHTS = [14, 3, 4, 2, 6, 3, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 4, 3, 2, 1, 1, 1, 1, 1, 1]
