"""DBLP: papers of computer science by title (dblp.org, publication search API).

Answers `{"result": {"hits": {"@total", "hit": [{"info": ...}]}}}`, where lists of one are
no lists and titles end in a full stop. Homonyms carry a number ("Wei Wang 0001").
"""

from __future__ import annotations

import html
import re
from typing import Any

from reviewkit import matching
from reviewkit.formats.importer import Candidate
from reviewkit.lookup import people
from reviewkit.lookup.candidates import candidate, pages, year
from reviewkit.lookup.hosts import DBLP
from reviewkit.lookup.plain import plain
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "inproceedings",
    "Books and Theses": "book",
    "Parts in Books or Collections": "incollection",
    "Editorship": "proceedings",
}
_HOMONYM = re.compile(r"\s+\d{4}$")


def by_title(web: Web, title: str) -> list[Candidate]:
    """Papers whose record holds all words of the title."""
    words = " ".join(re.findall(r"\w+", title))
    params = {"q": words, "format": "json", "h": "5"}
    answer = web.get(DBLP, "/search/publ/api", params, JSON, read_json)
    hits = items(answer or {}, "result", "hits", "hit")
    found = (_paper(info) for hit in hits for info in items(hit, "info"))
    return [paper for paper in found if paper is not None]


def _paper(info: dict[str, Any]) -> Candidate | None:
    kind = _TYPES.get(text(info, "type"), "misc")
    venue = plain(text(info, "venue"))
    arxiv = matching.normal_arxiv(text(info, "ee")) if venue == "CoRR" else None
    if arxiv:
        kind, venue = "misc", ""
    inside = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
    fields = {
        "title": plain(text(info, "title")).removesuffix("."),
        inside.get(kind, "howpublished"): venue,
        "year": year(text(info, "year")),
        "volume": text(info, "volume") if not arxiv else "",
        "number": text(info, "number"),
        "pages": pages(text(info, "pages")),
        "doi": text(info, "doi").lower(),
        "eprint": arxiv or "",
        "archiveprefix": "arXiv" if arxiv else "",
    }
    authors = info.get("authors")
    given = authors.get("author") if isinstance(authors, dict) else None
    names = given if isinstance(given, list) else [given]
    plain_names = (text(name, "text") if isinstance(name, dict) else text(name) for name in names)
    known = (people.named(_HOMONYM.sub("", html.unescape(name))) for name in plain_names)
    return candidate(kind, fields, authors=people.first(known))
