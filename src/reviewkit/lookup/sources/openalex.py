"""OpenAlex: works by DOI or PubMed id, and by title (api.openalex.org).

A single work is free of charge; a search costs a part of the day's allowance. Abstracts
come as an inverted index: each word with the places where it stands.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reviewkit.formats.draft import Draft
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.candidates import finished, named
from reviewkit.lookup.hosts import OPENALEX
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

_KINDS = {"article": "journal", "review": "journal", "letter": "journal", "editorial": "journal"}
_MOST_WORDS = 20_000


def by_doi(web: Web, doi: str) -> Candidate | None:
    """The work with this DOI."""
    return _single(web, f"doi:{doi}")


def by_pmid(web: Web, pmid: str) -> Candidate | None:
    """The work with this PubMed id."""
    return _single(web, f"pmid:{pmid}")


def by_title(web: Web, title: str) -> list[Candidate]:
    """Works whose title is near, best first."""
    words = " ".join(title.replace(",", " ").replace("|", " ").split())
    answer = web.get(OPENALEX, "/works", {"search": words, "per_page": "5"}, JSON, read_json)
    found = (_work(item) for item in items(answer or {}, "results"))
    return [paper for paper in found if paper is not None]


def _single(web: Web, name: str) -> Candidate | None:
    answer = web.get(OPENALEX, f"/works/{quote(name, safe=':/')}", {}, JSON, read_json)
    return None if answer is None else _work(answer)


def _work(item: dict[str, Any]) -> Candidate | None:
    source = next(items(item, "primary_location", "source"), {})
    kind = _KINDS.get(text(item, "type"), text(item, "type"))
    if kind == "journal":
        places = {"conference": "conference", "repository": "preprint"}
        kind = places.get(text(source, "type"), kind)
    pmid = text(item, "ids", "pmid").rstrip("/").rpartition("/")[2]
    draft = Draft(0, kind=kind, dates=[text(item, "publication_year")])
    draft.values = {
        "title": text(item, "title") or text(item, "display_name"),
        "container": text(source, "display_name"),
        "volume": text(item, "biblio", "volume"),
        "number": text(item, "biblio", "issue"),
        "start": text(item, "biblio", "first_page"),
        "end": text(item, "biblio", "last_page"),
        "doi": text(item, "doi"),
        "pmid": pmid if pmid.isdigit() else "",
        "abstract": _abstract(item.get("abstract_inverted_index")),
    }
    draft.authors = named(
        text(who, "raw_author_name") or text(who, "author", "display_name")
        for who in items(item, "authorships")
    )
    return finished(draft)


def _abstract(index: object) -> str:
    placed = [
        (place, word)
        for word, places in (index.items() if isinstance(index, dict) else ())
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int) and isinstance(word, str)
    ]
    return " ".join(word for _, word in sorted(placed)[:_MOST_WORDS])
