"""A project at a glance, and what a synchronisation did in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewkit.bibtex import BibDocument
from reviewkit.files.mode import mode_of
from reviewkit.files.result import SyncResult, is_edit
from reviewkit.files.sync import Sync
from reviewkit.project.curating import queue
from reviewkit.project.opening.background import letting_others_in
from reviewkit.project.opening.criteria import criteria_of
from reviewkit.records import STATUSES, Me, Person, Problem, ProjectInfo, Review, TagCount

if TYPE_CHECKING:
    from reviewkit.project.opening.reading import Reading


_CHECKED = 20_000


def project_info(project: Reading, sync: Sync, me: Me, path: str) -> ProjectInfo:
    """The project's state; see `ProjectInfo`."""
    judged: Counter[str] = Counter()
    tagged: Counter[str] = Counter()
    rated: list[Review] = []
    keys: dict[str, str] = {}
    for paper, said in sync.library.tally.papers():
        key = sync.library.key_of(paper)
        if key is not None:
            keys[paper] = key
            rated += said.rated
            judged.update(said.reviewers)
            tagged.update(said.tags)
    return ProjectInfo(
        path=path,
        name=project.root.name,
        papers=len(project),
        people=tuple(Person(who, _name(who, me), n) for who, n in sorted(judged.items())),
        tags=tuple(TagCount(tag, n) for tag, n in sorted(tagged.items())),
        statuses=STATUSES,
        conflicts=tuple(project.conflicts()),
        held=tuple(sync.held.items(keys)),
        problems=tuple(problems(sync)),
        waiting=tuple(sync.waiting) + _gaps(sync) + _refused(sync),
        me=me,
        revision=project.revision,
        mode=mode_of(sync.fold),
        criteria=criteria_of(project.root, rated),
        missing=sum(map(is_edit, sync.healing.missing(sync.fold))),
        wanted=len(queue.waiting(sync.fold)),
    )


def problems(sync: Sync) -> list[Problem]:
    """All that is wrong with the project's files, for a person to mend."""
    found = [Problem(p.line, p.reason, p.text, sync.bib.name) for p in _bib_problems(sync)]
    found += [Problem(p.line, p.reason, p.text, "reviews.csv") for p in sync.csv.problems]
    if number := len(sync.csv.unlogged):
        rows = "1 row says" if number == 1 else f"{number} rows say"
        reason = (
            f"{rows} what no log in .reviewkit has (yet). They stay as they are; to take them in "
            "if their log is lost, empty their cells of the column rev"
        )
        found.append(Problem(None, reason, "", "reviews.csv"))
    found += sync.store.operations.problems
    found += sync.unwritten
    found += sync.clashes.parted(sync.library, sync.bib.name)
    found += sync.bib.problems
    if sync.bib.is_generated:
        found += sync.generated.astray(sync.library)
    if sync.store.operations.newer:
        reason = f"{sync.store.operations.newer} edits were made by a newer reviewkit: upgrade"
        found.append(Problem(None, reason, "", ".reviewkit"))
    return found


def look_through(sync: Sync) -> None:
    """Look for what `problems` tells of the .bib, before anybody is kept from editing."""
    document = sync.library.document
    if _is_checked(document):
        with letting_others_in():
            document.look_through()


def _name(reviewer: str, me: Me) -> str:
    # How others want to be called is known to their own machines only.
    return me.name if reviewer == me.reviewer and me.name else reviewer


def _bib_problems(sync: Sync) -> tuple[Problem, ...]:
    document = sync.library.document
    return document.known_problems if _is_checked(document) else document.broken_blocks


def _is_checked(document: BibDocument) -> bool:
    # A full check of a huge file takes over a second: there the panel is told what is
    # broken, and `reviewkit doctor` the rest.
    return len(document.entries) <= _CHECKED


def _gaps(sync: Sync) -> tuple[str, ...]:
    """Edits that others have seen and we have not: on their way, or lost."""
    missing = sorted(sync.library.tally.missing().items())
    return tuple(f"waiting for {n} edits of {by}" for by, n in missing if n)


def _refused(sync: Sync) -> tuple[str, ...]:
    """That nothing can be saved, said before somebody types for an hour."""
    if sync.store.layout.is_gone(sync.store.fs):
        return (f"{sync.store.layout.root} is not there any more: nothing can be saved",)
    where = sync.store.unwritable()
    return (f"only to read: you may not write in {where}",) if where is not None else ()


def describe_sync(sync: Sync, taken: int, held: int, written: set[str]) -> SyncResult:
    """The result with its message."""
    parts = [f"{taken} edit{'s' if taken > 1 else ''} taken in"] if taken else []
    parts += [f"{held} change{'s' if held > 1 else ''} held for a look"] if held else []
    parts += [f"{' and '.join(sorted(written))} written"] if written else []
    parts += (*sync.waiting, *_refused(sync))
    message = ", ".join(parts) or "everything was in step already"
    return SyncResult(taken, held, sync.bib.name in written, "reviews.csv" in written, message)
