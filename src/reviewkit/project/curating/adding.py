"""Adding papers: what is there already is completed, not doubled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reviewkit import matching
from reviewkit.bibtex import encode_value
from reviewkit.duplicates import Pair, Record
from reviewkit.formats.importer import Candidate, Identifier, Understood
from reviewkit.library import Library
from reviewkit.ops.ids import paper_id
from reviewkit.project.curating.likeness import Likeness
from reviewkit.project.curating.naming import Naming
from reviewkit.project.curating.queue import name_of
from reviewkit.records import AddResult, Alike
from reviewkit.store.recorder import Edit

#: Of a newcomer's likes so many are told.
_ALIKE = 3


class Adding:
    """Works out the edits that bring candidates into a library.

    `newcomers` are the titles of the candidates. One is a known paper by DOI, arXiv id or title,
    or if the duplicate finder is sure; where it is not, the paper is new and listed in `maybe`.
    """

    def __init__(self, library: Library, naming: Naming, newcomers: Iterable[str] = ()) -> None:
        self._library = library
        self._naming = naming
        facts = list(library.facts())
        self._index = matching.Index(facts)
        titles = {key: known.title for key, known in facts}
        self._likeness = Likeness(library, titles, newcomers)
        self._new: dict[str, set[str]] = {}
        self.edits: list[Edit] = []
        self.added: list[str] = []
        self.matched: list[str] = []
        self.maybe: list[Alike] = []
        self.unknown: list[Identifier] = []
        self.completed: defaultdict[str, list[str]] = defaultdict(list)

    def take(self, candidate: Candidate) -> None:
        """Add the candidate, or complete the paper that it is."""
        facts = matching.facts_of(candidate.fields)
        known = self._index.find(facts)
        alike: list[Pair] = []
        if known is None and facts.title:
            alike = self._likeness.like(_record(candidate))
            known = next((pair.a for pair in alike if pair.sure), None)
        if known is None:
            key = self._add(candidate, facts)
            self.maybe += [Alike(key, pair.a, pair.reasons) for pair in alike[:_ALIKE]]
        else:
            self._complete(known, candidate)

    def name(self, identifier: Identifier) -> None:
        """Match the paper that this names, or keep the name for a look-up."""
        known = self._index.find(_facts_of(identifier))
        if known is None:
            self.unknown.append(identifier)
        elif known not in self.matched and known not in self._new:
            self.matched.append(known)

    def _add(self, candidate: Candidate, facts: matching.Facts) -> str:
        key = candidate.citekey
        if not key or key in self._naming.taken or key in self._library:
            key = self._naming.key(candidate.type, candidate.fields)
        self._naming.taken.add(key)
        paper = self._free_id(key)
        self.edits += [
            # Seen by nobody: what makes a paper new, also one that comes back.
            Edit(paper, None, "citekey", key, ()),
            Edit(paper, None, "type", candidate.type),
            *(Edit(paper, None, f"bib:{name}", raw) for name, raw in raws(candidate).items()),
        ]
        self._index.add(key, facts)
        self._likeness.add(_record(candidate, key))
        self._new[key] = set(candidate.fields)
        self.added.append(key)
        return key

    def _free_id(self, key: str) -> str:
        number = 1
        while self._library.key_of(name := paper_id(key, number)) is not None:
            if self._library.is_deleted(name):
                # Added again: an edit brings a deleted paper back, with what was said of it.
                return name
            number += 1
        return name

    def _complete(self, key: str, candidate: Candidate) -> None:
        if key not in self.matched and key not in self._new:
            self.matched.append(key)
        has = self._new.get(key)
        if has is None:
            has = {name for name, (_, value) in self._library.fields(key).items() if value}
            self._new[key] = has
        paper = self._library.id_of(key) or paper_id(key)
        missing = {n: raw for n, raw in raws(candidate).items() if n not in has}
        if missing and not self._library.has_operations(paper):
            self.edits.append(Edit(paper, None, "citekey", key, (), True, "as it was"))
        for name, raw in missing.items():
            self.edits.append(Edit(paper, None, f"bib:{name}", raw))
            self.completed[key].append(name)
            has.add(name)


def add_understood(
    library: Library, understood: Understood, naming: Naming, waiting: Collection[str] = ()
) -> tuple[list[Edit], AddResult]:
    """The edits that adding makes, and what to tell the person.

    `waiting` are names of papers that wait for a look-up already.
    """
    titles = [candidate.fields.get("title", "") for candidate in understood.candidates]
    adding = Adding(library, naming, titles)
    for candidate in understood.candidates:
        adding.take(candidate)
    for identifier in understood.identifiers:
        adding.name(identifier)
    abstracts = sum("abstract" in names for names in adding.completed.values())
    result = AddResult(
        format=understood.format,
        added=tuple(adding.added),
        matched=tuple(adding.matched),
        completed={key: tuple(names) for key, names in adding.completed.items()},
        maybe=tuple(adding.maybe),
        abstracts_added=abstracts,
        problems=understood.problems,
        message="; ".join(
            [_message(adding, abstracts, len(understood.problems), waiting), *understood.remarks]
        ),
        queued=tuple(map(name_of, adding.unknown)),
    )
    return adding.edits, result


def described(waiting: Iterable[Identifier], candidates: Iterable[Candidate]) -> list[Identifier]:
    """Of the names that wait, those of papers that somebody has described now."""
    index = matching.Index([("", matching.facts_of(one.fields)) for one in candidates])
    return [one for one in waiting if index.find(_facts_of(one)) is not None]


def _facts_of(identifier: Identifier) -> matching.Facts:
    if identifier.kind == "arxiv":
        return matching.Facts(arxiv=identifier.value)
    return matching.facts_of({identifier.kind: identifier.value})


def _record(candidate: Candidate, citekey: str = "") -> Record:
    return Record(citekey, {**candidate.fields, "entrytype": candidate.type})


def raws(candidate: Candidate) -> Mapping[str, str]:
    """Right-hand sides of a candidate's fields, by name."""
    return {
        name: candidate.raw.get(name) or encode_value(name, text)
        for name, text in candidate.fields.items()
        if text
    }


def _message(adding: Adding, abstracts: int, problems: int, waiting: Collection[str]) -> str:
    parts = []
    if adding.added:
        parts.append(f"{len(adding.added)} added")
    if adding.matched:
        parts.append(f"{len(adding.matched)} matched")
    if abstracts:
        parts.append(f"{abstracts} abstracts added" if abstracts > 1 else "1 abstract added")
    others = sum(1 for names in adding.completed.values() for name in names if name != "abstract")
    if others:
        parts.append(f"{others} other fields completed")
    if doubtful := len({alike.citekey for alike in adding.maybe}):
        parts.append(f"{doubtful} of them may be there already")
    if not adding.edits and all(name_of(one) in waiting for one in adding.unknown):
        parts.append("nothing changed")
    if adding.unknown:
        parts.append(f"{len(adding.unknown)} queued for a look-up")
    if problems:
        parts.append(f"{problems} not understood")
    return ", ".join(parts)


def joined(queued: AddResult, found: AddResult) -> AddResult:
    """One answer for adding a text and for looking up what it only named."""
    completed = {**(queued.completed or {}), **(found.completed or {})}
    parts = [f"{len(queued.added)} added" if queued.added else "",
             f"{len(queued.matched)} matched" if queued.matched else "",
             f"looked up: {found.message}"]  # fmt: skip
    return replace(
        queued,
        added=(*queued.added, *found.added),
        matched=tuple(dict.fromkeys((*queued.matched, *found.matched))),
        completed=completed,
        abstracts_added=queued.abstracts_added + found.abstracts_added,
        problems=(*queued.problems, *found.problems),
        queued=found.queued,
        maybe=(*queued.maybe, *found.maybe),
        message=", ".join(part for part in parts if part),
    )
