"""Crossref: works by DOI, by ISBN and by title (api.crossref.org, REST API).

An answer is `{"status", "message-type", "message"}`; the message is a work, or for a search
holds works as `items`. Titles and containers are lists, dates are lists of numbers in a list.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from reviewkit.formats.csljson import draft_of
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.candidates import finished
from reviewkit.lookup.hosts import CROSSREF
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

# Its words for kinds that importers have another word for.
_KINDS = {
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
}
_BOOKS = ("book", "monograph", "edited-book", "reference-book")
_MEETING = ("proceedings", "conference", "workshop", "symposium", "congress")
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")


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
    containers = item.get("container-title")
    names = [name for name in containers if isinstance(name, str)] if isinstance(
        containers, list) else [text(containers)]  # fmt: skip
    container = names[-1] if names else ""
    kind = _KINDS.get(text(item, "type"), text(item, "type"))
    if kind == "book-chapter" and any(word in container.lower() for word in _MEETING):
        kind = "paper-conference"
    title, subtitle = text(item, "title"), text(item, "subtitle")
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    undated = [name for name in _DATES if not re.search(r"\d", str(item.get(name)))]
    csl = {name: value for name, value in item.items() if name not in (*undated, "language")}
    csl |= {"type": kind, "title": title, "container-title": container}
    if len(names) > 1:
        csl["collection-title"] = names[0]
    draft = draft_of(csl, 0)
    draft.notes = []
    return finished(draft)
