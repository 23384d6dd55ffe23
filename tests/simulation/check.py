"""What must hold once all replicas have met: nothing lost, all alike, nothing made up."""

from __future__ import annotations

from pathlib import Path

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.matrix.grid import cells_of
from reviewkit.ops.op import Op
from reviewkit.project import Project
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
    first = _seen(projects[0])
    assert all(project.columns() == projects[0].columns() for project in projects)
    for number, project in enumerate(projects):
        assert _seen(project) == first, f"r{number} shows other papers than r0"
    tables = {replica.disk.text(CSV) for replica in world.replicas}
    assert len(tables) == 1, "the tables differ"
    libraries = [_entries(replica.disk.text(BIB)) for replica in world.replicas]
    assert all(found == libraries[0] for found in libraries), "the libraries differ"
    for number, project in enumerate(projects):
        info = project.info()
        # What a spreadsheet did waits for a person everywhere; all else is explained by now.
        assert info.held == projects[0].info().held, f"r{number} holds {info.held}"
        assert all(item.kind != "unknown" for item in info.held), f"r{number} holds {info.held}"
        assert info.waiting == (), f"r{number} waits: {info.waiting}"
    for replica in world.replicas:
        _parses(replica)
    _private_words_are_safe(world)
    _nothing_superseded_unseen(world, folds[0])
    said = {(op.paper, op.reviewer, op.field, op.value) for op in folds[0].values()
            if op.field in ("rating", "status")}  # fmt: skip
    unheard = [cell for cell in world.looked_at if cell not in said]
    assert not unheard, f"typed and not taken in: {unheard}"
    _nothing_made_up(world, folds[0])
    for number, project in enumerate(projects):
        again = project.sync()
        done = (again.taken_in, again.bib_written, again.csv_written)
        assert done == (0, False, False), f"r{number} is not at rest: {done}"


def _parses(replica: Replica) -> None:
    document = BibDocument.from_bytes(replica.disk.text(BIB).encode())
    assert not document.problems, f"r{replica.number}'s library is broken: {document.problems}"
    table = tables.read(replica.disk.read(CSV)) if replica.disk.exists(CSV) else tables.Table(())
    assert table.sound and not table.problems, f"r{replica.number}'s table: {table.problems}"


def _seen(project: Project) -> list[object]:
    fold, columns = project._sync.fold, project.columns()
    return sorted(
        (
            (p.citekey, p.reviews, p.conflicts, p.year, p.doi, cells_of(fold, p.id, columns))
            for p in project.papers()
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


def _entries(text: str) -> dict[str, dict[str, str]]:
    document = BibDocument.from_bytes(text.encode())
    return {
        entry.citekey: {name: " ".join(field.raw.split()) for name, field in entry.fields.items()}
        for entry in document.entries
    }


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
    explains = (op.field == "citekey" and not op.seen) or op.field.startswith("held:")
    origin = op.origin or ""
    # What the file held before an edit, and the key of a paper that gave way, nobody typed.
    ours = origin.endswith("as it was") or origin.startswith("the citekey of another paper")
    return op.via in ("bib", "csv") and not ours and not explains


def _nothing_made_up(world: World, fold: dict[str, Op]) -> None:
    """No more edits were found in the files than were typed into them."""
    # Replicas that knew different edits of the same value find the same thing twice.
    found = {(op.paper, op.reviewer, op.field, op.value) for op in fold.values() if is_typed(op)}
    assert len(found) <= world.typed, f"{len(found)} found, {world.typed} typed: {found}"
