"""A record reduced, once, to what is compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit import matching
from reviewkit.duplicates.issue import Journal, Pages, issue_of, journal_of, number_of, pages_of
from reviewkit.duplicates.pair import Record
from reviewkit.duplicates.people import Person, people
from reviewkit.duplicates.title import Title, title_of
from reviewkit.duplicates.words import words

_SERVER = re.compile(
    r"(?:arxiv|corr|bio ?rxiv|med ?rxiv|chem ?rxiv|psy ?arxiv|soc ?arxiv|techrxiv|eartharxiv|ssrn"
    r"|osf preprints?|research square|preprints?(?: org)?|openreview)\b.*"
    r"|computing research repository.*"
)
_PMID = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})")
_DIGITS = re.compile(r"0*(\d{1,9})")
_FORMS = {
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection"), "book"),
    **dict.fromkeys(("proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("inproceedings", "conference"), "conference"),
    "article": "article",
}
#: So much of an abstract is looked at.
_ABSTRACT = 400


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a record; None or empty: not known.

    `preprint` says that it is one and nothing more; `form` is "book",
    "thesis", "conference", "article", or "" for all else.
    """

    title: Title
    people: tuple[Person, ...]
    journal: Journal | None
    year: int | None
    volume: int | None
    issue: int | None
    pages: Pages | None
    doi: str | None
    arxiv: str | None
    pmid: str | None
    abstract: str
    preprint: bool
    form: str

    @property
    def publisher_doi(self) -> str | None:
        """The DOI unless it is a preprint's."""
        return None if self.doi is None or matching.is_preprint_doi(self.doi) else self.doi


def traits_of(record: Record) -> Traits:
    """The traits of this record."""
    fields = record.fields
    facts = matching.facts_of(fields)
    venue = fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle") or ""
    spaced = " ".join(words(venue)) if venue else ""
    server = _SERVER.fullmatch(spaced) is not None
    volume = fields.get("volume", "")
    preprint_id = facts.arxiv or (facts.doi and matching.is_preprint_doi(facts.doi))
    published = facts.doi is not None and not matching.is_preprint_doi(facts.doi)
    return Traits(
        title=title_of(fields.get("title", "")),
        people=people(fields.get("author", "")),
        journal=None if server else journal_of(venue),
        year=facts.year,
        volume=None if server else number_of(volume),
        issue=None if server else issue_of(fields.get("number") or fields.get("issue") or ""),
        pages=None if server else pages_of(fields.get("pages", "")),
        doi=facts.doi,
        arxiv=facts.arxiv,
        pmid=_pmid(fields),
        abstract=fields.get("abstract", "")[:_ABSTRACT],
        preprint=not published and (server or (bool(preprint_id) and not spaced)),
        form=_FORMS.get(fields.get("entrytype", "").casefold(), ""),
    )


def _pmid(fields: Mapping[str, str]) -> str | None:
    own = fields.get("pmid", "")
    kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    if not own and kind.casefold() in ("pubmed", "pmid"):
        own = fields.get("eprint", "")
    found = _DIGITS.search(own) or _PMID.search(fields.get("url", ""))
    return found[1] if found else None
