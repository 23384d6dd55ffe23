"""What a person does in the panel or a kernel: every kind of edit."""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.ops.ids import link_id
from reviewkit.project import Project
from reviewkit.store.recorder import Edit
from tests.simulation.world import PEOPLE, SECRET, Replica, World

KEYS = ("matsubara2022bottlefit", "smith2021")
TAGS = ("core", "edge", "small too")

#: What is done, in words, and the call that does it.
Deed = tuple[str, Callable[[Project], object]]
_Kind = Callable[[World, Project, str, str], Deed]


def edit(world: World, replica: Replica) -> None:
    """A person edits in the panel or in a kernel."""
    what, act = choose(world, replica.project())
    world.attempt(replica, what, act)


def choose(world: World, project: Project) -> Deed:
    """Something that can be done now, by chance."""
    rng = world.rng
    key = rng.choice([k for k in map(project._sync.library.resolve, KEYS) if k] or ["zhang2020"])
    who = rng.choice(PEOPLE)
    authors = [r.reviewer for r in project[key].reviews if r.notes] if key in project else []
    if authors and rng.random() < 0.4:
        who = rng.choice(authors)
    notes = project[key].review_of(who).notes if key in project else ()
    kinds: list[_Kind] = [opinion] * 6 + [
        private,
        private,
        note,
        note,
        paper,
        paper,
        undo,
        two,
        adopt,
        add,
        link,
        cell,
        cell,
        column,
    ]
    kinds += [change_note] * 3 * bool(notes) + [resolve] * 4 * bool(project.conflicts())
    what, act = rng.choice(kinds)(world, project, key, who)
    return f"{key} of {who}: {what}", act


def opinion(world: World, project: Project, key: str, who: str) -> Deed:
    """A rating, a status, tags; or all at once."""
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


def private(world: World, project: Project, key: str, who: str) -> Deed:
    """A note and a tag that only their author sees, or one of them deleted or made public."""
    rng = world.rng
    notes = project.private(key, who).notes if key in project else ()
    if notes and rng.random() < 0.3:
        chosen = rng.choice(notes)
        # What is made public is no secret any more; no edit parts a word.
        world.published.add(chosen.text)
        return "publishes", lambda p: p.publish(key, chosen, reviewer=who)
    if notes and rng.random() < 0.3:
        name = rng.choice(notes).id
        return "deletes privately", lambda p: p.review(
            key, delete_note=name, private=True, reviewer=who
        )
    text, tag = f"{SECRET}-{rng.randrange(99):02}.", f"{SECRET}-{who}"
    return "notes privately", lambda p: p.review(
        key, note=text, add_tags=[tag], private=True, reviewer=who
    )


def note(world: World, project: Project, key: str, who: str) -> Deed:
    """A new note, of few that there are: two may write the same one."""
    text = f"Text {world.rng.randrange(4)}.\n\nMore *words* here."
    return "a note", lambda p: p.review(key, note=text, reviewer=who)


def change_note(world: World, project: Project, key: str, who: str) -> Deed:
    """A word is put into a note, or the note is deleted."""
    rng = world.rng
    chosen = rng.choice(project[key].review_of(who).notes)
    if rng.random() < 0.3:
        return "deletes a note", lambda p: p.review(key, delete_note=chosen.id, reviewer=who)
    words = chosen.text.split(" ")
    words.insert(rng.randrange(len(words) + 1), f"w{rng.randrange(99)}")
    changed = " ".join(words)
    return "changes a note", lambda p: p.review(
        key, note=changed, note_id=chosen.id, seen=chosen.seen, reviewer=who
    )


def paper(world: World, project: Project, key: str, who: str) -> Deed:
    """A field, the citekey, or the whole paper."""
    rng = world.rng
    kind = rng.choice(["field", "field", "rename", "remove"])
    if kind == "field":
        fields = {rng.choice(["year", "doi", "note"]): rng.choice(["2020", "10.1/x_y", None])}
        return f"{fields}", lambda p: p.edit(key, fields, reviewer=who)
    if kind == "rename":
        # Now and then a key that another paper gets elsewhere.
        new = rng.choice([f"{key[:5]}{rng.randrange(5)}", "same2020"])
        return f"renamed to {new}", lambda p: p.rename(key, new)
    return "removed", lambda p: p.remove(key, by=who)


def two(world: World, project: Project, key: str, who: str) -> Deed:
    """Two papers are one, or two."""
    rng = world.rng
    others = [k for k in (*KEYS, "zhang2020") if k != key]
    other = rng.choice(others)
    if rng.random() < 0.3:
        return f"kept apart from {other}", lambda p: p.keep_apart(key, other, by=who)
    return f"{other} merged into it", lambda p: p.merge(key, other, by=who)


def adopt(world: World, project: Project, key: str, who: str) -> Deed:
    """What the .bib's keywords say becomes tags."""
    return "adopts", lambda p: p.adopt(who, keywords=True)


def add(world: World, project: Project, key: str, who: str) -> Deed:
    """A paper comes in, perhaps one that is there."""
    text = f"@misc{{new{world.rng.randrange(3)}, title={{New {world.rng.randrange(3)}}}}}"
    return f"adds {text}", lambda p: p.add(text.encode(), by=who, lookup=False)


def link(world: World, project: Project, key: str, who: str) -> Deed:
    """A claim is linked to a cell, or a cell that is linked was run."""
    rng = world.rng
    place = {"notebook": "speed.ipynb", "cell": f"c{rng.randrange(2)}"}
    name = link_id(place["notebook"], place["cell"], "It is fast.")
    run = {"passed": rng.random() < 0.5, "code": "aaaa", "before": "bbbb"}
    value: object = {"quote": "It is fast.", **place, "relation": "reproduces"}
    field, value = rng.choice(
        [(f"link:{name}", value), (f"link:{name}", None), (f"run:{name}", run)]
    )

    def act(p: Project) -> None:
        with p._lock:
            citekey, paper = p._identify(key)
            grounds = p._sync.bib.grounding.ground(paper, citekey, "", None)
            via = "run" if field.startswith("run:") else "kernel"
            p._record([*grounds, Edit(paper, who, field, value)], who, via)

    return f"{field} = {value}", act


def resolve(world: World, project: Project, key: str, who: str) -> Deed:
    """A conflict is settled."""
    conflict = world.rng.choice(project.conflicts())
    value = world.rng.choice(conflict.values)
    return f"resolves {conflict.field} of {conflict.citekey}", lambda p: p.resolve(
        conflict.citekey, conflict.reviewer, conflict.field, value.id, by=who
    )


def undo(world: World, project: Project, key: str, who: str) -> Deed:
    """An action is taken back, the last one or any."""
    able = [action for action in project.actions(limit=None) if action.can_undo]
    if not able or world.rng.random() < 0.5:
        return "undo", lambda p: p.undo()
    chosen = world.rng.choice(able)
    return f"undoes {chosen.what}", lambda p: p.undo(chosen.id)


def cell(world: World, project: Project, key: str, who: str) -> Deed:
    """A cell of the comparison matrix is filled in or emptied; a column may come with it."""
    value = world.rng.choice(["2 x", 3, "2000 ms", None])
    name = "speedup" if value in ("2 x", 3) else "latency"
    return f"{name}: {value}", lambda p: p.fill(key, name, value, quote="q", reviewer=who)


def column(world: World, project: Project, key: str, who: str) -> Deed:
    """A column of the matrix is made, renamed, moved or taken out."""
    known = project.columns()
    if not known or world.rng.random() < 0.3:
        name = world.rng.choice(["Remark", "Data", "Open"])
        return f"makes the column {name}", lambda p: p.add_column(name, by=who)
    chosen = world.rng.choice(known).id
    kind = world.rng.choice(["rename", "move", "remove"])
    if kind == "rename":
        name = f"Column {world.rng.randrange(99)}"
        return f"{chosen} is {name}", lambda p: p.edit_column(chosen, name=name, by=who)
    if kind == "move":
        return f"{chosen} to the end", lambda p: p.move_column(chosen, by=who)
    return f"{chosen} out", lambda p: p.remove_column(chosen, by=who)
