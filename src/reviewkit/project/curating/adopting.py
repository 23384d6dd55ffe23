"""Making the opinions that other programs left in the library reviews of somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reviewkit.bibtex import Entry
from reviewkit.dialects import Comment, Profile, profiles
from reviewkit.errors import ValueRefusedError
from reviewkit.files import bibentry
from reviewkit.files.sync import Sync
from reviewkit.ops import values
from reviewkit.ops.anchors import is_anchor
from reviewkit.ops.slugs import slug
from reviewkit.ops.snapshot import BESIDE_FILES
from reviewkit.project.curating.editing import opinion_edits
from reviewkit.project.opening.opinion import KEEP, Opinion
from reviewkit.records import Problem
from reviewkit.store.recorder import Edit


@dataclass(frozen=True, slots=True)
class AdoptResult:
    """What became reviews, or would: citekeys, and how many values of each kind.

    `problems` names what cannot be a value of a review and stays where it is.
    """

    papers: tuple[str, ...]
    ratings: int = 0
    statuses: int = 0
    tags: int = 0
    notes: int = 0
    decisions: int = 0
    problems: tuple[Problem, ...] = ()
    message: str = ""


def found_opinions(sync: Sync) -> Iterator[tuple[str, Profile]]:
    """Citekey and profile of each paper whose entry says what nobody has adopted yet.

    Only what can be adopted counts: JabRef's priority and marks have no place in a review,
    they stay in their fields.
    """
    for citekey, left in candidates(sync):
        if left.rating or left.status or left.decision or left.notes or _tags(left.tags)[0]:
            yield citekey, left


def candidates(sync: Sync, *, keywords: bool = False) -> Iterator[tuple[str, Profile]]:
    """All that the file's entries say and nobody has adopted; with `keywords` as tags too."""
    document = sync.library.document
    for entry, profile in profiles(document, keywords=keywords):
        paper = sync.library.id_of(entry.citekey)
        if paper is not None and document.entry(entry.citekey) is entry:
            yield entry.citekey, _left(sync, paper, entry, profile, keywords)


def _left(sync: Sync, paper: str, entry: Entry, profile: Profile, keywords: bool) -> Profile:
    """The profile without what is ours or somebody's already."""
    said = _said(sync, paper)
    marked = bibentry.MARK in entry.fields
    # With our mark these fields are made from the reviews.
    rated = marked and any(field == "rating" for _, field, _ in said)
    tags = (*profile.tags, *(profile.keywords if keywords else ()))
    return Profile(
        rating=None if rated or _is(said, "rating", profile.rating) else profile.rating,
        status=None if _is(said, "status", profile.status) else profile.status,
        priority=profile.priority,
        flags=profile.flags,
        tags=tuple(tag for tag in dict.fromkeys(tags) if not _is(said, f"tag:{tag}", True)),
        keywords=profile.keywords,
        notes=tuple(
            note
            for note in profile.notes
            if not _is_note(said, note, marked) and not _is_typed(sync, paper, note.field)
        ),
        groups=profile.groups,
        decision=None if _is(said, "decision", profile.decision) else profile.decision,
        fields=profile.fields,
    )


_Said = set[tuple[str, str, object]]


def _said(sync: Sync, paper: str) -> _Said:
    """Reviewer, field and each value that a field which holds something ever had.

    What was adopted and then changed is not adopted again; what was taken back may be.
    """
    return {
        (owner, "note" if field.startswith("note:") else field, op.value)
        for owner, field in sync.fold.fields(paper)
        if owner is not None
        and not field.startswith(BESIDE_FILES)
        and not is_anchor(field)
        and any(op.value is not None for op in sync.fold.current(paper, owner, field))
        for op in sync.fold.history(paper, owner, field)
        # Links and the like are in no other program's fields.
        if not isinstance(op.value, dict)
    }


def _is(said: _Said, field: str, value: object) -> bool:
    return any((name, text) == (field, value) for _, name, text in said)


def _is_note(said: _Said, note: Comment, marked: bool) -> bool:
    if note.person is not None and marked:
        return True
    # As a note's text is kept.
    wanted = values.text(note.text, "note").strip()
    return any(field == "note" and text == wanted for _, field, text in said)


def _is_typed(sync: Sync, paper: str, field: str) -> bool:
    """Whether somebody gave the field its text in reviewkit, where it is no other program's."""
    ops = sync.fold.current(paper, None, f"bib:{field}")
    return any(op.via in ("panel", "kernel", "cli") and op.id[:2] != "x." for op in ops)


def _tags(given: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words that can be tags, and why the others cannot."""
    good: list[str] = []
    refused: list[str] = []
    for word in given:
        try:
            good.append(values.tag(word))
        except ValueRefusedError as error:
            refused.append(error.message)
    return good, refused


class Adopting:
    """Works out the edits that make opinions found in the file those of a reviewer.

    What the reviewer has said here goes before what another program holds.
    """

    def __init__(self, sync: Sync, reviewer: str) -> None:
        self._sync = sync
        self._reviewer = reviewer
        self._counts: Counter[str] = Counter()
        self._papers: list[str] = []
        self._problems: list[Problem] = []
        self.edits: list[Edit] = []

    def take(self, citekey: str, profile: Profile) -> None:
        """Adopt what one paper's entry says."""
        paper = self._sync.library.id_of(citekey)
        assert paper is not None
        tags, refused = _tags(profile.tags)
        name = self._sync.bib.name
        self._problems += [Problem(None, reason, citekey, name) for reason in refused]
        opinions = [
            (self._reviewer, Opinion(
                rating=self._unless_said(paper, "rating", profile.rating),
                status=self._unless_said(paper, "status", profile.status),
                add_tags=tags,
            )),
            *((self._whose(note), Opinion(note=note.text)) for note in profile.notes),
        ]  # fmt: skip
        found: list[Edit] = []
        for who, opinion in opinions:
            found += opinion_edits(self._sync, citekey, paper, who, opinion)
        if self._unless_said(paper, "decision", profile.decision) is not KEEP:
            found += self._sync.bib.grounding.ground(paper, citekey, "", None)
            found.append(
                Edit(paper, self._reviewer, "decision", values.decision(profile.decision))
            )
        if found:
            found = list(dict.fromkeys(found))
            self.edits += found
            self._papers.append(citekey)
            self._counts.update(
                edit.field.partition(":")[0] for edit in found if edit.reviewer is not None
            )

    def _whose(self, note: Comment) -> str:
        return self._reviewer if note.person is None else slug(note.person)

    def _unless_said(self, paper: str, field: str, value: Any) -> Any:
        current = self._sync.fold.current(paper, self._reviewer, field)
        said = any(op.value is not None for op in current)
        return KEEP if value is None or said else value

    def result(self) -> AdoptResult:
        """What was found, with its message."""
        count = self._counts
        parts = [
            f"{count[field]} {one if count[field] == 1 else several}"
            for field, one, several in _WORDS
            if count[field]
        ]
        papers = "1 paper" if len(self._papers) == 1 else f"{len(self._papers)} papers"
        return AdoptResult(
            tuple(self._papers),
            ratings=count["rating"],
            statuses=count["status"],
            tags=count["tag"],
            notes=count["note"],
            decisions=count["decision"],
            problems=tuple(self._problems),
            message=f"{', '.join(parts)} of {papers}" if parts else "nothing new",
        )


_WORDS = (
    ("rating", "rating", "ratings"),
    ("status", "status", "statuses"),
    ("tag", "tag", "tags"),
    ("note", "note", "notes"),
    ("decision", "decision", "decisions"),
)
