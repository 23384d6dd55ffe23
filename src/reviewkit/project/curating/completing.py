"""Filling gaps of papers from what a service says of them, and only gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from reviewkit import matching
from reviewkit.errors import SourceError
from reviewkit.formats.importer import Candidate, Identifier
from reviewkit.library import Library
from reviewkit.project.curating.queue import name_of

if TYPE_CHECKING:
    from reviewkit.lookup.resolver import Resolver

_VENUE = ("journal", "journaltitle", "booktitle", "howpublished")

#: Names for one thing in BibTeX and biblatex: who has one has a value for it.
_ONE_THING = (
    ("year", "date"),
    ("month", "date"),
    _VENUE,
    ("number", "issue"),
    ("archiveprefix", "eprinttype"),
    ("primaryclass", "eprintclass"),
    ("publisher", "school", "institution", "organization"),
    ("author", "editor"),
    ("url", "doi", "eprint"),
)

#: What an entry takes from its parent, which is its own entry.
_INHERITED = ("booktitle", "journal", "year", "publisher", "editor", "series", "volume", "isbn")

#: A title of so many letters says which paper it is, with or without its subtitle.
_WHOLE = 15

#: Titles of one paper differ by subtitles and signs; of two papers by more.
_ALIKE = 90


@dataclass(frozen=True, slots=True)
class Gap:
    """A paper that lacks something, and by what it is to be looked up.

    `identifier` is None where only its title is known.
    """

    citekey: str
    facts: matching.Facts
    identifier: Identifier | None


def gap_of(library: Library, citekey: str, *, any_way: bool) -> Gap | None:
    """The paper's gap; None if nothing is missing (unless `any_way`) or nothing names it."""
    fields = {name: value for name, (_, value) in library.fields(citekey).items() if value}
    facts = matching.facts_of(fields)
    identifier = _identifier(facts, fields)
    if not any_way and not _lacks(fields, library.type_of(citekey)):
        return None
    if identifier is None and not (facts.title and facts.authors):
        return None
    return Gap(citekey, facts, identifier)


def _identifier(facts: matching.Facts, fields: Mapping[str, str]) -> Identifier | None:
    if facts.doi:
        return Identifier("doi", facts.doi, 0)
    if facts.arxiv:
        return Identifier("arxiv", facts.arxiv, 0)
    pmid = fields.get("pmid", "").strip()
    return Identifier("pmid", pmid, 0) if pmid.isascii() and pmid.isdigit() else None


def _lacks(fields: Mapping[str, str], kind: str) -> bool:
    needed: list[tuple[str, ...]] = [("title",), ("author", "editor"), ("year", "date")]
    needed += [("abstract",), ("doi", "eprint", "isbn", "pmid")]
    if kind in ("article", "inproceedings", "incollection") and "crossref" not in fields:
        needed.append(_VENUE)
    return any(not any(name in fields for name in names) for names in needed)


def ask(gaps: Sequence[Gap], resolver: Resolver) -> Iterator[tuple[Gap, Candidate | None, str]]:
    """For each gap the record that fills it, or None and why there is none."""
    by_name: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.identifier is not None:
            by_name.setdefault(name_of(gap.identifier), []).append(gap)
    names = [same[0].identifier for same in by_name.values() if same[0].identifier is not None]
    for outcome in resolver.find(names):
        for gap in by_name[name_of(outcome.identifier)]:
            yield _judged(gap, outcome.paper, outcome.reason)
    for gap in gaps:
        if gap.identifier is None:
            try:
                paper = resolver.titled(gap.facts.title)
            except SourceError as error:
                yield gap, None, error.message
            else:
                yield _judged(gap, paper, "")


def _judged(gap: Gap, paper: Candidate | None, reason: str) -> tuple[Gap, Candidate | None, str]:
    if paper is None or is_same(gap, paper):
        return gap, paper, reason
    name = name_of(gap.identifier) if gap.identifier is not None else "the title"
    return gap, None, f"{name} is that of another paper: {paper.fields['title'][:100]!r}"


def is_same(gap: Gap, found: Candidate) -> bool:
    """Whether a record is of this very paper; one that was searched for must surely be."""
    facts = matching.facts_of(found.fields)
    if gap.identifier is None:
        index = matching.Index([(gap.citekey, gap.facts)])
        near = gap.facts.year is None or facts.year is None or abs(gap.facts.year - facts.year) < 3
        return bool(facts.authors) and near and index.find(facts) is not None
    mine, theirs = (matching.normal_title(title) for title in (gap.facts.title, facts.title))
    short, long = sorted((mine, theirs), key=len)
    begins = len(short) >= _WHOLE and long.startswith(short)
    return not mine or begins or fuzz.ratio(mine, theirs) >= _ALIKE


def missing(library: Library, citekey: str, found: Candidate) -> list[str]:
    """Names of the fields that the record has and the paper lacks."""
    has = {name for name, (_, value) in library.fields(citekey).items() if value}
    if has & {"crossref", "xdata"}:
        has.update(_INHERITED)
    there = frozenset(has)
    for names in _ONE_THING:
        if there.intersection(names):
            # The doi is missing even where there is a url, but not the other way round.
            has.update(names[:1] if names[0] == "url" else names)
    return [name for name in found.fields if name not in has]
