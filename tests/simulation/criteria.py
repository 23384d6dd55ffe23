"""Ratings of single criteria, in histories of groups that have some.

They came later than other kinds of edits: the histories of smaller seeds stay what they were.
"""

from __future__ import annotations

import csv
import io
import re

from tests.simulation import programs
from tests.simulation.programs import Rows
from tests.simulation.world import BIB, CSV, PEOPLE, Replica, World

#: From this seed on groups rate criteria.
FIRST_SEED = 50_000
#: So many of their steps are about that.
SHARE = 0.3

_NAMES = ("novelty", "soundness")
_KEYS = ("matsubara2022bottlefit", "smith2021", "zhang2020")
_GIVEN = re.compile(r"(novelty|soundness)=([1-5])(?!\.)")


def are_rated(world: World) -> bool:
    """Whether the group of this history rates criteria, and now."""
    return world.seed >= FIRST_SEED and world.rng.random() < SHARE


def rate(world: World, replica: Replica) -> None:
    """Somebody rates a criterion in the panel or a kernel, or takes that back."""
    rng = world.rng
    key, who = rng.choice(_KEYS), rng.choice(PEOPLE)
    given = {
        name: rng.choice([1, 2.5, 3, 5, None]) for name in rng.sample(_NAMES, rng.choice([1, 2]))
    }
    world.attempt(
        replica,
        f"{key} of {who}: {given}",
        lambda p: p.review(p._sync.library.resolve(key) or key, criteria=given, reviewer=who),
    )


def type_cell(world: World, replica: Replica) -> None:
    """Somebody types a rating into the table of today, or into an old one."""
    rng = world.rng
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    if not replica.disk.exists(CSV) or not replica.running():
        return
    late = rng.random() < 0.4 and bool(replica.old[CSV])
    data = rng.choice(replica.old[CSV][-12:]) if late else replica.disk.read(CSV)
    rows = [row for row in programs.read(data.decode("utf-8-sig", "replace")) if row.get("rev")]
    if not rows:
        return
    column = f"rating:{rng.choice(_NAMES)}"
    row = rng.choice(rows)
    value = rng.choice(["1", "2", "4.5", ""])
    if row.get(column, "") == value or row["key"] == "key":
        return
    row[column] = value
    sheet = rng.choice(programs.SHEETS)
    world.typed_over()
    replica.put(CSV, sheet.saves(_filled(rows)), whole=rng.random() < 0.7)
    typed = float(value) if value else None
    if value or row.get("rev:ratings"):
        # Beside no hash, as in a table from before there was any, nothing is cleared.
        world.typed_now(replica, (row["key"], row["reviewer"], column, typed))
    said = f"{column}={value or 'nothing'} of {row['reviewer']} on {row['key']}"
    world.tell(replica, f"types {said} with {sheet.name}{' in an old table' * late}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def drop_columns(world: World, replica: Replica) -> None:
    """A program saves the table without their columns, or with them at the end, as it was."""
    rng = world.rng
    world.attempt(replica, "synchronises before a program", lambda p: p.sync())
    if not replica.disk.exists(CSV):
        return
    rows = programs.read(replica.disk.text(CSV))
    names = (
        [name for name in rows[0] if name.startswith("rating:") or name == "rev:ratings"]
        if rows
        else []
    )
    if not names:
        return
    kept = rng.random() < 0.5
    out = io.StringIO()
    others = [name for name in rows[0] if name not in names]
    writer = csv.DictWriter(out, [*others, *(names if kept else [])], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    world.typed_over()
    replica.put(CSV, out.getvalue().encode(), whole=rng.random() < 0.7)
    world.tell(replica, f"the columns of criteria are {'at the end' if kept else 'gone'}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_field(world: World, replica: Replica) -> None:
    """Somebody changes one of them in the .bib of today, or in an old one."""
    rng = world.rng
    world.attempt(replica, "synchronises before typing", lambda p: p.sync())
    if not replica.disk.exists(BIB) or not replica.running():
        return
    late = rng.random() < 0.3 and bool(replica.old[BIB])
    data = rng.choice(replica.old[BIB][-12:]) if late else replica.disk.read(BIB)
    text = data.decode("utf-8-sig", "replace")
    found = list(_GIVEN.finditer(text))
    if not found:
        return
    chosen = rng.choice(found)
    value = str(int(chosen[2]) % 5 + 1)
    before = text[: chosen.start()]
    key = re.findall(r"^@\w+\{([^,\s]+),", before, re.MULTILINE)[-1]
    who = re.findall(r"(ana|bob|cem):", before)[-1]
    world.typed_over()
    replica.put(BIB, (text[: chosen.start(2)] + value + text[chosen.end(2) :]).encode(),
                whole=rng.random() < 0.7)  # fmt: skip
    world.typed_now(replica, (key, who, f"rating:{chosen[1]}", float(value)))
    world.tell(
        replica, f"types {chosen[0]} of {who} on {key} to {value}{' in an old .bib' * late}"
    )
    world.attempt(replica, "synchronises", lambda p: p.sync())


def lose_field(world: World, replica: Replica) -> None:
    """A program that does not know the field saves the .bib without it."""
    world.attempt(replica, "synchronises before a program", lambda p: p.sync())
    text = replica.disk.text(BIB) if replica.disk.exists(BIB) else ""
    found = list(re.finditer(r"^ *reviewkit-criteria = \{[^{}]*\},?\r?\n", text, re.MULTILINE))
    if not found:
        return
    chosen = world.rng.choice(found)
    world.typed_over()
    left = text[: chosen.start()] + text[chosen.end() :]
    replica.put(BIB, left.encode(), whole=world.rng.random() < 0.7)
    world.tell(replica, "a program loses a field of criteria")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def let_go(world: World, replica: Replica, citekey: str | None) -> None:
    """Somebody decides that ratings of an unknown state are none."""
    paper = replica.running()[0]._sync.library.paper_of(citekey or "")
    world.looked_at = [
        cell for cell in world.looked_at if cell[0] != paper or not cell[2].startswith("rating:")
    ]


def purge(world: World, replica: Replica) -> None:
    """Somebody erases their ratings of criteria."""
    key = world.rng.choice(_KEYS)
    world.purged = True
    world.attempt(replica, f"erases criteria of {key}", lambda p: p.purge(key, kinds=["criteria"]))


def _filled(rows: Rows) -> Rows:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name, "") for name in names} for row in rows]


ACTS = [rate, type_cell, drop_columns, type_field, lose_field, purge]
WEIGHTS = [8, 5, 1, 5, 1, 0.3]
