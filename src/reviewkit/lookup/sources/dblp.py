"""DBLP: papers of computer science by title (dblp.org, publication search API).

Answers `{"result": {"hits": {"@total", "hit": [{"info": ...}]}}}`, where lists of one are
no lists and titles end in a full stop. Homonyms carry a number ("Wei Wang 0001").
"""

from __future__ import annotations

import html
import re
from typing import Any

from reviewkit import matching
from reviewkit.formats.draft import Draft
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.candidates import finished, named
from reviewkit.lookup.hosts import DBLP
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

_KINDS = {
    "Journal Articles": "journal",
    "Conference and Workshop Papers": "conference",
    "Books and Theses": "book",
    "Parts in Books or Collections": "book section",
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
    # arXiv is the journal "CoRR", its id the volume.
    preprint = text(info, "venue") == "CoRR"
    kind = "preprint" if preprint else _KINDS.get(text(info, "type"), "misc")
    draft = Draft(0, kind=kind, dates=[text(info, "year")])
    draft.values = {
        "title": html.unescape(text(info, "title")).removesuffix("."),
        "container": "" if preprint else text(info, "venue"),
        "volume": "" if preprint else text(info, "volume"),
        "number": text(info, "number"),
        "pages": text(info, "pages"),
        "doi": text(info, "doi"),
        "arxiv": matching.normal_arxiv(text(info, "ee")) or "" if preprint else "",
    }
    authors = info.get("authors")
    given = authors.get("author") if isinstance(authors, dict) else None
    names = given if isinstance(given, list) else [given]
    plain_names = (text(name, "text") if isinstance(name, dict) else text(name) for name in names)
    draft.authors = named(_HOMONYM.sub("", html.unescape(name)) for name in plain_names)
    return finished(draft)
