"""What must hold once all replicas have met: nothing lost, all alike, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reviewkit import tables
from reviewkit.bibtex import BibDocument, decode_value
from reviewkit.files.bibentry import is_ours, read_mark, split_keywords
from reviewkit.matrix.grid import cells_of
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.tables import Row
from tests.simulation.world import BIB, CSV, ROOT, SECRET, Replica, World


def meet(world: World) -> None:
    """All logs go everywhere until nothing new comes up."""
    for _ in range(4):
        for one in world.replicas:
            for other in world.replicas:
                if one is not other:
                    _bring(one, other)
        for replica in world.replicas:
            # One process that has just begun and knows nothing, and all the others.
            for project in (*replica.running(), replica.begin()):
                before = {op.id for op in project._sync.fold}
                project.sync()
                # What was typed and waited is taken in now.
                world.acknowledge(project, before)


def _bring(one: Replica, other: Replica) -> None:
    for log in one.logs():
        data = one.disk.read(log)
        here = other.disk.read(log) if other.disk.exists(log) else b""
        if not here.startswith(data):
            name: Path = log
            if not data.startswith(here):
                name = log.with_name(f"{log.stem}-{one.number}.jsonl")
            other.disk.save(name, data)


def check(world: World) -> None:
    """Raise AssertionError where a promise is broken."""
    projects = [replica.running()[-1] for replica in world.replicas]
    folds = [{op.id: op for op in project._sync.fold} for project in projects]
    for number, fold in enumerate(folds):
        missing = [world.told[name] for name in world.told.keys() - fold.keys()]
        assert not missing, f"r{number} lacks {missing[:3]}"
    first = _seen(projects[0], world.local)
    assert all(project.columns() == projects[0].columns() for project in projects)
    for number, project in enumerate(projects):
        assert _seen(project, world.local) == first, f"r{number} shows other papers than r0"
    waiting = {(item.citekey, item.reviewer) for p in projects for item in p.info().held}
    rows = [_rows(replica, waiting) for replica in world.replicas]
    assert all(found == rows[0] for found in rows), "the tables differ"
    libraries = [
        _entries(replica.disk.text(BIB), project._sync.fold, world.local)
        for replica, project in zip(world.replicas, projects, strict=True)
    ]
    # What another program makes is left alone.
    written = projects[0].info().mode != "generated"
    assert not written or all(f == libraries[0] for f in libraries), "the libraries differ"
    for number, project in enumerate(projects):
        info = project.info()
        # What a spreadsheet did waits for a person everywhere; all else is explained by now.
        alike = info.held == projects[0].info().held
        assert world.purged or alike, f"r{number} holds {info.held}"
        assert all(item.kind != "unknown" for item in info.held), f"r{number} holds {info.held}"
        assert info.waiting == (), f"r{number} waits: {info.waiting}"
    for replica in world.replicas:
        _parses(replica, macros=not world.local)
    _private_words_are_safe(world)
    _nothing_superseded_unseen(world, folds[0])
    # Said of a paper that is one with it now, it is said of both.
    root = projects[0]._sync.fold.root
    said = {
        (paper, *_what(op)) for op in folds[0].values() for paper in (op.paper, root(op.paper))
    }
    # Typed before a text that a spreadsheet spoilt, it is a note with that, or waits with it.
    notes = repr([op.value for op in folds[0].values() if op.field.startswith(("held:", "note:"))])
    unheard = [
        (paper, reviewer, field, value)
        for paper, reviewer, field, value in world.looked_at
        if (paper, reviewer or None, field, _plain(value)) not in said
        and not (field == "bib:keywords" and _is_among(paper, str(value), folds[0]))
        and not _stands(world, field, value)
        and not (field == "note" and str(value) in notes)
    ]
    assert world.purged or not unheard, f"typed and not taken in: {unheard}"
    _nothing_made_up(world, folds[0])
    for number, project in enumerate(projects):
        again = project.sync()
        done = (again.taken_in, again.bib_written, again.csv_written)
        assert done == (0, False, False), f"r{number} is not at rest: {done}"


def _rows(replica: Replica, waiting: set[tuple[str, str | None]]) -> list[Row]:
    """The table, but for rows that wait for a person and stay as they stand in each file.

    A title may be one that only this replica's library has.
    """
    rows = tables.read(replica.disk.read(CSV)).rows if replica.disk.exists(CSV) else ()
    settled = [row for row in rows if (row.key, row.reviewer) not in waiting]
    return [replace(row, title="", line=0, at_end=False) for row in settled]


def _parses(replica: Replica, *, macros: bool) -> None:
    """Both files can be read; without `macros` a library may lack one that somebody took out."""
    document = BibDocument.from_bytes(replica.disk.text(BIB).encode())
    broken = [p for p in document.problems if macros or "macro" not in p.reason]
    assert not broken, f"r{replica.number}'s library is broken: {broken}"
    table = tables.read(replica.disk.read(CSV)) if replica.disk.exists(CSV) else tables.Table(())
    assert table.sound and not table.problems, f"r{replica.number}'s table: {table.problems}"


def _seen(project: Project, local: set[str]) -> list[object]:
    """What each paper says that the log knows; its fields are compared in the files."""
    fold, columns = project._sync.fold, project.columns()
    known = {paper for paper in fold.papers() if fold.fields(paper) - {(None, "citekey")}}
    return sorted(
        (
            (p.citekey, p.reviews, p.conflicts, cells_of(fold, p.id, columns))
            for p in project.papers()
            if p.id in known - local
        ),
        key=lambda paper: paper[0],
    )


def _private_words_are_safe(world: World) -> None:
    """What is private is on its machine, and in no file that others get."""
    for replica in world.replicas:
        for project in replica.running():
            missing = replica.told_privately.keys() - {op.id for op in project._private.fold}
            assert not missing, f"r{replica.number} lacks private {sorted(missing)[:3]}"
        for path in replica.disk.files(Path("/")):
            text = replica.disk.text(path)
            if path.parent.parent.name == "private":
                assert ROOT not in path.parents
                continue
            for words in world.published:
                text = text.replace(words, "")
            assert SECRET not in text, f"a private word is in {path} of r{replica.number}"


def _entries(text: str, fold: Fold, local: set[str]) -> dict[str, dict[str, str]]:
    """What the log knows of the entries; of all else each file is the only one to know."""
    document = BibDocument.from_bytes(text.encode())
    found = {}
    for entry in document.entries:
        mark = read_mark(entry)
        if mark is not None and mark.paper not in local:
            found[entry.citekey] = {
                name: " ".join(field.raw.split())
                for name, field in entry.fields.items()
                if (is_ours(name) and name != "keywords") or _knows(fold, mark.paper, name)
            }
    return found


def _knows(fold: Fold, paper: str, name: str) -> bool:
    return bool(fold.history(paper, None, f"bib:{name}"))


def _is_among(paper: str, typed: str, fold: dict[str, Op]) -> bool:
    """Whether the keyword typed last is one that the log has; others beside it come and go."""
    word = typed.strip("{}").split(", ")[-1]
    found = (op.value for op in fold.values() if op.paper == paper and op.field == "bib:keywords")
    return any(word in str(value) for value in found)


def _stands(world: World, field: str, value: object) -> bool:
    """Whether a library has it: a field of an entry that only the files know is safe there.

    So it is in the text that is kept of an entry that was merged into another or removed.
    """
    folds = [replica.running()[-1]._sync.fold for replica in world.replicas[:1]]
    kept = [repr(op.value) for fold in folds for op in fold if op.field == "entry"]
    if field.startswith("bib:") and any(str(value) in text for text in kept):
        return True
    if field == "bib:keywords":
        value = str(value).strip("{}").split(", ")[-1]
    return field.startswith("bib:") and any(
        entry.fields[field[4:]].raw == value
        or (field == "bib:keywords" and str(value) in entry.fields["keywords"].raw)
        for replica in world.replicas
        for entry in BibDocument.from_bytes(replica.disk.text(BIB).encode()).entries
        if field[4:] in entry.fields
    )


def _nothing_superseded_unseen(world: World, fold: dict[str, Op]) -> None:
    """An operation that does not count any more was seen by the author of one that does."""
    replaced = {seen for op in fold.values() for seen in op.seen}
    project = world.replicas[0].running()[-1]
    current = {
        op.id
        for paper in project._sync.fold.papers()
        for ops in project._sync.fold.current_of_paper(paper).values()
        for op in ops
    }
    lost = [op for name, op in world.told.items() if name not in current | replaced]
    assert not lost, f"neither shown nor replaced: {lost[:3]}"


def is_typed(op: Op) -> bool:
    """Whether the operation says that a person changed a file."""
    # Two rewrites in a row that lose our fields set the mode: that is told, and can be undone.
    explains = op.field in ("rewritten", "mode") or op.field.startswith("held:")
    origin = op.origin or ""
    # What the file held before an edit, and the key of a paper that gave way, nobody typed.
    ours = origin.endswith("as it was") or origin.startswith("the citekey of another paper")
    # A file may show a rename, and the former key in `ids`, before the log of it has come.
    renamed = op.field in ("citekey", "bib:ids")
    return op.via in ("bib", "csv") and not (ours or explains or renamed)


def _what(op: Op) -> tuple[str | None, str, object]:
    """Reviewer, field and value; a note's text is `note`, whichever note it is."""
    is_note = op.field.startswith("note:") and op.field.endswith(".text")
    return op.reviewer, "note" if is_note else op.field, _plain(op.value)


def _plain(value: object) -> object:
    """The value as something that can be in a set."""
    return value if isinstance(value, str | int | float | None) else repr(value)


def _nothing_made_up(world: World, fold: dict[str, Op]) -> None:
    """No more edits were found in the files than were typed into them."""
    # Of an entry without a mark, as of an old file from before we wrote into it, what it says
    # now is the last word of whoever made it, also if that was said before.
    first = {_said(op) for op in fold.values() if (op.origin or "").endswith("as it was")}
    # Replicas that knew different edits of the same value find the same thing twice.
    found = {
        _said(op)
        for op in fold.values()
        if is_typed(op)
        and not (op.paper in world.local and op.field.startswith("bib:"))
        and not _is_made_of_tags(op, fold)
    } - first
    assert len(found) <= world.typed, f"{len(found)} found, {world.typed} typed: {found}"


def _is_made_of_tags(op: Op, fold: dict[str, Op]) -> bool:
    """Whether keywords are just those that the entry had, and tags that somebody gave.

    They stood in a file that came before its log to a process that had never seen the .bib, and
    another one, which had, saw them beside our mark.
    """
    if op.field != "bib:keywords" or not isinstance(op.value, str):
        return False
    said = [o for o in fold.values() if o.paper == op.paper]
    tags = {o.field[4:] for o in said if o.reviewer and o.field.startswith("tag:")}
    had = {word for o in said if o.field == op.field and o.is_noted for word in _words(o.value)}
    words = _words(op.value)
    return bool(words & tags) and words <= tags | had


def _words(raw: object) -> set[str]:
    return set(split_keywords(decode_value("keywords", str(raw or ""))))


def _said(op: Op) -> tuple[object, ...]:
    return op.paper, op.reviewer, op.field, _plain(op.value)
