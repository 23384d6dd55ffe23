"""Notes that say where in the paper they belong, in histories of groups that do so.

They came later than other kinds of edits: the histories of smaller seeds stay what they were.
"""

from __future__ import annotations

import re

from tests.simulation import programs
from tests.simulation.world import BIB, CSV, PEOPLE, Replica, World

#: From this seed on groups say it.
FIRST_SEED = 60_000
#: So many of their steps are about that.
SHARE = 0.3

_KEYS = ("matsubara2022bottlefit", "smith2021", "zhang2020")
_PLACES = ("p4", "p4-6", "p12", "§4.2", '"two [12] words"', None)
_HEAD = re.compile(r"(?<![^\n{])\[([a-z2-7]{6})(?: (p[0-9-]+|§[0-9.]+|\"[^\"\n]+\"))?\]")


def are_placed(world: World) -> bool:
    """Whether the group of this history says where its notes belong, and now."""
    return world.seed >= FIRST_SEED and world.rng.random() < SHARE


def place(world: World, replica: Replica) -> None:
    """Somebody gives a note a place, another one or none, perhaps with another text."""
    rng = world.rng
    project = replica.project()
    there = [
        (key, review.reviewer, note)
        for key in filter(None, map(project._sync.library.resolve, _KEYS))
        if key in project
        for review in project[key].reviews
        for note in review.notes
    ]
    if not there:
        write(world, replica)
        return
    key, who, note = rng.choice(there)
    where = rng.choice(_PLACES)
    said = {"note": f"{note.text} w{rng.randrange(9)}"} if rng.random() < 0.2 else {}
    seen = note.seen if rng.random() < 0.7 else None
    world.attempt(
        replica,
        f"{key} of {who}: {note.id} is at {where}",
        lambda p: p.review(key, note_id=note.id, anchor=where, seen=seen, reviewer=who, **said),
    )


def write(world: World, replica: Replica) -> None:
    """Somebody writes a note on a place; two may write the same one."""
    rng = world.rng
    key, who = rng.choice(_KEYS), rng.choice(PEOPLE)
    text, where = f"Text {rng.randrange(4)}.\n\nMore *words* here.", rng.choice(_PLACES)
    world.attempt(
        replica,
        f"{key} of {who}: a note at {where}",
        lambda p: p.review(
            p._sync.library.resolve(key) or key, note=text, anchor=where, reviewer=who
        ),
    )


def type_cell(world: World, replica: Replica) -> None:
    """Somebody types a place into the table of today, or into an old one."""
    rng = world.rng
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    if not replica.disk.exists(CSV) or not replica.running():
        return
    late = rng.random() < 0.4 and bool(replica.old[CSV])
    data = rng.choice(replica.old[CSV][-12:]) if late else replica.disk.read(CSV)
    rows = programs.read(data.decode("utf-8-sig", "replace"))
    noted = [row for row in rows if row.get("rev") and row["key"] != "key" and row.get("notes")]
    if not noted:
        return
    row = rng.choice(noted)
    changed = _changed(world, row["notes"])
    if changed is None:
        return
    row["notes"], name, where = changed
    sheet = rng.choice(programs.SHEETS)
    world.typed_over()
    replica.put(CSV, sheet.saves(rows), whole=rng.random() < 0.7)
    world.typed_now(replica, (row["key"], row["reviewer"], f"note:{name}.anchor", where))
    said = f"{name} of {row['reviewer']} on {row['key']} is at {where}"
    world.tell(replica, f"types {said} with {sheet.name}{' in an old table' * late}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_field(world: World, replica: Replica) -> None:
    """Somebody changes a place in the .bib of today, or in an old one."""
    rng = world.rng
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    if not replica.disk.exists(BIB) or not replica.running():
        return
    late = rng.random() < 0.3 and bool(replica.old[BIB])
    data = rng.choice(replica.old[BIB][-12:]) if late else replica.disk.read(BIB)
    text = data.decode("utf-8-sig", "replace")
    fields = list(re.finditer(r"^ *comment-(ana|bob|cem) = ", text, re.MULTILINE))
    if not fields:
        return
    field = rng.choice(fields)
    key = re.findall(r"^@\w+\{([^,\s]+),", text[: field.start()], re.MULTILINE)[-1]
    end = re.compile(r"\},?\r?\n").search(text, field.end())
    until = end.start() if end else len(text)
    changed = _changed(world, text[field.end() : until])
    if changed is None:
        return
    said, name, where = changed
    world.typed_over()
    new = text[: field.end()] + said + text[until:]
    replica.put(BIB, new.encode(), whole=rng.random() < 0.7)
    world.typed_now(replica, (key, field[1], f"note:{name}.anchor", where))
    told = f"{name} of {field[1]} on {key} is at {where}"
    world.tell(replica, f"types {told} into the .bib{' in an old one' * late}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def _changed(world: World, text: str) -> tuple[str, str, str | None] | None:
    """The notes with another place for one of them, its id, and the place."""
    heads = list(_HEAD.finditer(text))
    if not heads:
        return None
    head = world.rng.choice(heads)
    where = world.rng.choice([each for each in _PLACES if each != head[2]])
    # As people write pages, now and then.
    typed = (
        where.replace("p", "p. ", 1)
        if where and where[0] == "p" and world.rng.random() < 0.3
        else where
    )
    new = f"[{head[1]} {typed}]" if typed else f"[{head[1]}]"
    return text[: head.start()] + new + text[head.end() :], head[1], where


ACTS = [place, write, type_cell, type_field]
WEIGHTS = [8, 3, 5, 5]
