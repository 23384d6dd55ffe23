"""Crossref: works by DOI, by ISBN and by title (api.crossref.org, REST API).

An answer is `{"status", "message-type", "message"}`; the message is a work, or for a search
holds works as `items`. Titles and containers are lists, dates are lists of numbers in a list.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reviewkit.formats.importer import Candidate
from reviewkit.lookup import people
from reviewkit.lookup.candidates import candidate, pages, year
from reviewkit.lookup.hosts import CROSSREF
from reviewkit.lookup.plain import paragraphs, plain
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

_TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "book-part": "incollection",
    "reference-entry": "incollection",
    "proceedings": "proceedings",
    "dissertation": "phdthesis",
    "report": "techreport",
    "report-component": "techreport",
    # The same in the words of CSL, in which doi.org answers.
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "thesis": "phdthesis",
}
_BOOKS = ("book", "monograph", "edited-book", "reference-book")
_MEETING = ("proceedings", "conference", "workshop", "symposium", "congress")
_DATES = ("issued", "published", "published-print", "published-online")


def by_doi(web: Web, doi: str) -> Candidate | None:
    """The work with this DOI."""
    answer = web.get(CROSSREF, f"/works/{quote(doi, safe='')}", {}, JSON, read_json)
    return None if answer is None else next(map(work, items(answer, "message")), None)


def by_isbn(web: Web, isbn: str) -> Candidate | None:
    """The book with this ISBN, not one of its chapters."""
    answer = web.get(CROSSREF, "/works", {"filter": f"isbn:{isbn}", "rows": "20"}, JSON, read_json)
    found = items(answer or {}, "message", "items")
    books = (work(item) for item in found if text(item, "type") in _BOOKS)
    return next((book for book in books if book is not None), None)


def by_title(web: Web, title: str) -> list[Candidate]:
    """Works whose record is near the title, best first; most of them are others."""
    params = {"query.bibliographic": title, "rows": "5"}
    answer = web.get(CROSSREF, "/works", params, JSON, read_json)
    found = (work(item) for item in items(answer or {}, "message", "items"))
    return [paper for paper in found if paper is not None]


def work(item: dict[str, Any]) -> Candidate | None:
    """The paper of a work of Crossref, or of a CSL item, which has the same names."""
    kind = _TYPES.get(text(item, "type"), "misc")
    containers = item.get("container-title")
    names = [plain(name) for name in containers if isinstance(name, str)] if isinstance(
        containers, list) else [plain(text(containers))]  # fmt: skip
    container = names[-1] if names else ""
    if kind == "incollection" and any(word in container.lower() for word in _MEETING):
        kind = "inproceedings"
    title, subtitle = plain(text(item, "title")), plain(text(item, "subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    inside = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
    publisher = plain(text(item, "publisher"))
    makers = {"phdthesis": "school", "techreport": "institution"}
    fields = {
        "title": title,
        inside.get(kind, "howpublished"): container,
        "series": names[0] if len(names) > 1 and kind != "article" else "",
        "year": _year(item),
        "volume": text(item, "volume"),
        "number": text(item, "issue"),
        "pages": pages(text(item, "page")) or text(item, "article-number"),
        makers.get(kind, "publisher"): "" if kind == "article" else publisher,
        "doi": text(item, "DOI").lower(),
        "isbn": text(item, "ISBN") if kind in ("book", "proceedings") else "",
        "abstract": paragraphs(text(item, "abstract")),
    }
    return candidate(
        kind, fields, authors=_people(item, "author"), editors=_people(item, "editor")
    )


def _people(item: dict[str, Any], role: str) -> list[people.Person]:
    found = []
    for who in items(item, role):
        name = text(who, "name") or text(who, "literal")
        particle = text(who, "non-dropping-particle") or text(who, "dropping-particle")
        family = f"{particle} {text(who, 'family')}".strip()
        given, suffix = text(who, "given"), text(who, "suffix")
        found.append(people.group(name) if name else people.person(family, given, suffix))
    return people.first(found)


def _year(item: dict[str, Any]) -> str:
    for name in _DATES:
        date = item.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        while isinstance(parts, list) and parts:
            parts = parts[0]
        found = year(text(parts)) or year(text(date, "raw"))
        if found:
            return found
    return ""
