"""What people do to the files with other programs: cells and fields of every kind."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from reviewkit import tables
from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import ReviewkitError
from reviewkit.files import bibmerge
from reviewkit.files.bibentry import read_mark
from reviewkit.ops.ids import paper_id
from tests.files.programs import bibtexparser_2, jabref
from tests.simulation import programs
from tests.simulation.programs import Rows
from tests.simulation.world import BIB, CSV, ROOT, Cell, Replica, World

_OPS = ROOT / ".reviewkit" / "ops"
_BIB_PROGRAMS = (jabref, bibtexparser_2)
#: From this seed on people type keywords and fields that others edit; smaller ones stay the same.
KEYWORDS_FROM = 100_000


def use_sheet(world: World, replica: Replica) -> None:
    """A table, that of today or an old one, is opened, changed in a cell or not, and saved."""
    rng = world.rng
    late = rng.random() < 0.4 and bool(replica.old[CSV])
    world.attempt(replica, "synchronises before a spreadsheet", lambda p: p.sync())
    now = replica.disk.text(CSV)
    text = rng.choice(replica.old[CSV][-12:]).decode("utf-8-sig", "replace") if late else now
    rows = programs.read(text)
    if not rows or not set(tables.COLUMNS) <= rows[0].keys() or not replica.disk.exists(CSV):
        return
    cell = type_anything(rng, rows) if rng.random() < 0.8 else None
    order = rng.choice(["as it is", "as it is", "sorted", "filtered", "a row twice"])
    if order == "sorted":
        rows.sort(key=lambda row: row["updated"], reverse=True)
    elif order == "filtered":
        rows = [row for row in rows if cell and row["key"] == cell[0]] or rows[:1]
    elif order == "a row twice":
        rows.append(dict(rng.choice(rows)))
    sheet = rng.choice(programs.SHEETS)
    replica.put(CSV, sheet.saves(rows), whole=rng.random() < 0.7)
    world.typed_over()
    if cell is not None:
        world.typed_now(replica, cell)
    said = f"{cell[2]}={cell[3]} of {cell[1]} on {cell[0]}" if cell else "nothing"
    world.tell(replica, f"types {said}, {order}, with {sheet.name}{' in an old table' * late}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def type_anything(rng: random.Random, rows: Rows) -> Cell | None:
    """Type into one cell of a column of any kind; what that says."""
    row = rng.choice(rows)
    column = rng.choice(tables.VALUE_COLUMNS)
    before = row[column]
    value: object
    if column == "tags":
        tag, tags = rng.choice(["typed", "core", "edge"]), before.split("; ") if before else []
        there = tag in tags
        tags = [t for t in tags if t != tag] if there else [*tags, tag]
        row[column], field, value = "; ".join(tags), f"tag:{tag}", None if there else True
    elif column == "notes":
        value = f"Typed {rng.randrange(10**6)}."
        row[column] = f"{value}\n\n{before}" if before else value
        field = "note"
    else:
        choice = {"rating": ["1", "2.5", "4"], "status": ["reading", "read"],
                  "decision": ["include", "exclude"]}[column]  # fmt: skip
        text = rng.choice(choice)
        if text == before:
            return None
        row[column], field = text, column
        value = float(text) if column == "rating" else text
    return row["key"], row["reviewer"], field, value


def use_manager(world: World, replica: Replica) -> None:
    """A .bib, that of today or an old one, is opened, an entry changed, and saved."""
    rng = world.rng
    late = rng.random() < 0.3 and bool(replica.old[BIB])
    world.attempt(replica, "synchronises before an editor", lambda p: p.sync())
    if not replica.disk.exists(BIB):
        return
    data = rng.choice(replica.old[BIB][-12:]) if late else replica.disk.read(BIB)
    text = data.decode("utf-8-sig", "replace")
    entries = BibDocument.from_bytes(text.encode()).entries
    if not entries:
        return
    entry = rng.choice(entries)
    name, value = rng.choice(_typed_fields(world, entry))
    program = rng.choice(_BIB_PROGRAMS)
    same = name in entry.fields and entry.fields[name].raw == value
    world.typed_over()
    replica.put(BIB, program(text, {entry.citekey: {name: value}}).encode(),
                whole=rng.random() < 0.7)  # fmt: skip
    if not same:
        world.typed_now(replica, (entry.citekey, "", f"bib:{name}", value))
    if replica.lost_power:
        # Without a copy of how it was, a field that only the file has is no edit in the log.
        world.typed_over()
    how = f"{program.__name__}{' in an old .bib' * late}"
    world.tell(replica, f"sets {name}={value} of {entry.citekey} with {how}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def _typed_fields(world: World, entry: Entry) -> list[tuple[str, str]]:
    """Fields with what somebody may type there."""
    fields = [("year", "{1999}"), ("volume", "{7}"), ("title", "{Other}")]
    if world.seed < KEYWORDS_FROM:
        return fields
    there = entry.fields.get("keywords")
    own = there.raw[1:-1] + ", " if there is not None and there.raw.startswith("{") else ""
    more = ("keywords", f"{{{own}hand{world.rng.randrange(100, 999)}}}")
    # Also what is edited in the panel.
    return [*fields, more, more, ("doi", "{10.2/typed}"), ("note", "{Typed}"), ("year", "{1998}")]


def _replaced(pattern: str, by: Callable[[re.Match[str]], str]) -> Callable[..., str]:
    def change(rng: random.Random, text: str) -> str:
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return text
        at = rng.choice(found)
        return text[: at.start()] + by(at) + text[at.end() :]

    return change


def _without_ours(rng: random.Random, text: str) -> str:
    return re.sub(r"^ *(?:reviewkit[\w-]*|comment-\w+|ranking) *= *\{[^{}]*\},?\n", "", text,
                  flags=re.MULTILINE)  # fmt: skip


def _cut(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


def _without_an_entry(rng: random.Random, text: str) -> str:
    entries = BibDocument.from_bytes(text.encode()).entries
    if not entries:
        return text
    start, end = rng.choice(entries).home
    return (text.encode()[:start] + text.encode()[end:]).decode()


#: What is done to the text of a .bib, and how many things that types.
_MISHAPS: dict[str, tuple[Callable[[random.Random, str], str], int]] = {
    "another citekey": (_replaced(r"^@\w+\{[^,\s]+,", lambda m: f"{m[0][:-1]}X,"), 1),
    "another type": (_replaced(r"^@(article|misc)\{", lambda m: "@book{"), 1),
    "a keyword more": (_replaced(r"^ *keywords *= *\{", lambda m: m[0] + "byhand, "), 1),
    "all of our fields gone": (_without_ours, 0),
    "cut off": (_cut, 0),
    "emptied": (lambda rng, text: "", 0),
    "an entry gone": (_without_an_entry, 0),
    "Windows line ends": (lambda rng, text: text.replace("\r\n", "\n").replace("\n", "\r\n"), 0),
    "a mark at its begin": (lambda rng, text: "\ufeff" + text, 0),
}


def _paper(entry: Entry) -> str:
    """Which paper an entry is: after a rename its key does not say so."""
    mark = read_mark(entry)
    return mark.paper if mark is not None else paper_id(entry.citekey)


def _unmarked(data: bytes, known: set[str]) -> set[str]:
    """Papers of entries without a mark, or with one whose log has not come: `known` have one."""
    entries = BibDocument.from_bytes(data).entries
    return {_paper(entry) for entry in entries if read_mark(entry) is None} | {
        paper for paper in map(_paper, entries) if paper not in known
    }


def mishap(world: World, replica: Replica) -> None:
    """Something is done to the whole .bib; where it cannot be read then, it is put back."""
    rng, begin = world.rng, len(world.story)
    world.attempt(replica, "synchronises before an editor", lambda p: p.sync())
    if not replica.disk.exists(BIB):
        return
    before = replica.disk.read(BIB)
    what = rng.choice(list(_MISHAPS))
    change, typed = _MISHAPS[what]
    text = change(rng, before.decode("utf-8-sig"))
    world.typed_over()
    world.typed += typed
    known = {p for project in replica.running() for p in project._sync.fold.papers()}
    world.local |= _unmarked(before, known) ^ _unmarked(text.encode(), known)
    replica.put(BIB, text.encode(), whole=rng.random() < 0.7)
    world.tell(replica, f"the .bib: {what}")
    world.attempt(replica, "synchronises", lambda p: p.sync())
    broken = bool(BibDocument.from_bytes(replica.disk.read(BIB)).problems)
    if broken or any(line.endswith(")") for line in world.story[begin:]):
        # Nobody remembers what was taken out if the machine breaks down before it is seen: of
        # an entry that comes back the log knows a part, and the rest when it is put back.
        world.local |= set(map(_paper, BibDocument.from_bytes(before).entries))
    if broken:
        world.tell(replica, "the .bib is put back")
        replica.put(BIB, before, whole=True)
        world.attempt(replica, "synchronises", lambda p: p.sync())
    # A broken file was put back everywhere.
    replica.old[BIB] = [s for s in replica.old[BIB] if not BibDocument.from_bytes(s).problems]


def cut_table(world: World, replica: Replica) -> None:
    """The table ends in the middle, is emptied, or has a merge's markers."""
    rng = world.rng
    if not replica.disk.exists(CSV):
        return
    before = replica.disk.read(CSV)
    what = rng.choice(["cut off", "emptied", "gone", "with markers"])
    world.typed_over()
    if what == "gone":
        replica.disk.remove(CSV)
    else:
        data = {"cut off": before[: rng.randrange(len(before) + 1)], "emptied": b""}.get(what)
        if data is None:
            other = rng.choice(rng.choice(world.replicas).old[CSV] or [before])
            data = b"".join([b"<<<<<<< ours\n", before, b"=======\n", other, b">>>>>>> x\n"])
        replica.put(CSV, data, whole=True)
    world.tell(replica, f"the table: {what}")
    world.attempt(replica, "synchronises", lambda p: p.sync())
    if what == "cut off" and not replica.disk.text(CSV).endswith("\n"):
        # What cannot be read is not written over; somebody puts it right.
        world.tell(replica, "the table is put back")
        replica.put(CSV, before, whole=True)
        world.attempt(replica, "synchronises", lambda p: p.sync())
    # A broken table was put back everywhere.
    replica.old[CSV] = [s for s in replica.old[CSV] if tables.read(s).sound]


def late_writer(world: World, replica: Replica) -> None:
    """An editor has the old file open while ours takes its place, and writes into it then."""
    world.attempt(replica, "synchronises before an editor", lambda p: p.sync())
    if not replica.disk.exists(CSV) or len(replica.processes) > 1 or not replica.running():
        return
    writer, held = replica.running(), replica.disk.opened(CSV)
    rows = programs.read(replica.disk.text(CSV))
    key = rows[0]["key"] if rows else "zhang2020"
    rating = world.rng.choice([1, 2, 3, 4, 5])
    # So that something is written.
    tag = f"t{world.rng.randrange(99)}"
    world.attempt(replica, f"writes {tag}", lambda p: p.review(key, rating=rating, add_tags=[tag]))
    world.attempt(replica, "writes the files", lambda p: p.flush())
    cell = type_anything(world.rng, rows) if rows else None
    if cell is None or replica.running() != writer:
        # Only the process that put another file in its place looks at the old one again.
        return
    held(programs.SHEETS[0].saves(rows))
    world.typed_now(replica, cell)
    world.tell(replica, f"types {cell} into the table that ours took the place of")
    replica.now += 1500
    world.attempt(replica, "synchronises", lambda p: p.sync())
    if replica.running() != writer:
        world.typed_over()


def shuffle_logs(world: World, replica: Replica) -> None:
    """Lines of another replica's logs come in another order, some twice, as another file."""
    rng = world.rng
    other = rng.choice(world.replicas)
    logs = other.logs()
    if other is replica or not logs:
        return
    lines = [line for log in logs for line in other.disk.read(log).splitlines(keepends=True)]
    lines = [line for line in lines if line.endswith(b"\n") and rng.random() < 0.8]
    lines += [line for line in lines if rng.random() < 0.2]
    rng.shuffle(lines)
    name = _OPS / "2026-11" / f"{other.person}-copy ({rng.randrange(9)}).jsonl"
    if lines and not replica.disk.exists(name):
        replica.disk.save(name, b"".join(lines))
        world.tell(replica, f"gets {len(lines)} lines of r{other.number} in another order")
        world.attempt(replica, "synchronises", lambda p: p.sync())


def merge_libraries(world: World, replica: Replica) -> None:
    """Git puts another replica's .bib and logs together with these, by our driver."""
    other = world.rng.choice(world.replicas)
    if other is replica or not (replica.disk.exists(BIB) and other.disk.exists(BIB)):
        return
    ours, theirs = replica.disk.read(BIB), other.disk.read(BIB)
    common = [state for state in replica.old[BIB] if state in other.old[BIB]]
    if not common:
        return
    replica.take_logs(other)
    world.typed_over()
    replica.disk.save(BIB, bibmerge.merge_bib(common[-1], ours, theirs))
    world.tell(replica, f"merges the .bib and logs of r{other.number}")
    world.attempt(replica, "synchronises", lambda p: p.sync())


def purge(world: World, replica: Replica) -> None:
    """Somebody erases for good what is said as theirs of a paper."""
    kinds = world.rng.choice([(), ("rating",), ("tags",), ("notes",)])
    key = world.rng.choice(["zhang2020", "smith2021"])
    try:
        if replica.project()._sync.library.paper_of(key) is None:
            return
    except ReviewkitError:
        return
    world.purged = True
    world.attempt(
        replica, f"erases {kinds or 'all'} of {key}", lambda p: p.purge(key, kinds=kinds)
    )


def heal(world: World, replica: Replica) -> None:
    """What is missing is brought back, or is written again."""
    name = world.rng.choice(["bring_back", "heal"])
    world.attempt(replica, name, lambda p: getattr(p, name)())
