"""Semantic Scholar: papers by any of many ids (api.semanticscholar.org, Graph API).

Gives little of where a paper appeared, but knows ids that others do not: arXiv, PubMed, ACL.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reviewkit.formats.importer import Candidate
from reviewkit.lookup import people
from reviewkit.lookup.candidates import candidate, pages, year
from reviewkit.lookup.hosts import SEMANTIC_SCHOLAR
from reviewkit.lookup.plain import plain
from reviewkit.lookup.shapes import JSON, items, read_json, text
from reviewkit.lookup.web import Web

_FIELDS = (
    "title,abstract,venue,publicationVenue,year,externalIds,publicationTypes,journal,authors.name"
)


def by_arxiv(web: Web, name: str) -> Candidate | None:
    """The paper with this arXiv id."""
    return _single(web, f"ARXIV:{name}")


def by_pmid(web: Web, name: str) -> Candidate | None:
    """The paper with this PubMed id."""
    return _single(web, f"PMID:{name}")


def by_acl(web: Web, name: str) -> Candidate | None:
    """The paper with this id of the ACL Anthology."""
    return _single(web, f"ACL:{name}")


def _single(web: Web, name: str) -> Candidate | None:
    path = f"/graph/v1/paper/{quote(name, safe=':')}"
    answer = web.get(SEMANTIC_SCHOLAR, path, {"fields": _FIELDS}, JSON, read_json)
    return None if answer is None else _paper(answer)


def _paper(item: dict[str, Any]) -> Candidate | None:
    kinds = item.get("publicationTypes")
    kinds = kinds if isinstance(kinds, list) else []
    where = text(item, "journal", "name") or text(item, "venue")
    arxiv = text(item, "externalIds", "ArXiv")
    venue = text(item, "publicationVenue", "type")
    if where.lower().startswith("arxiv"):
        kind, where = "misc", ""
    elif "Conference" in kinds or venue == "conference":
        kind, where = "inproceedings", text(item, "publicationVenue", "name") or where
    elif "JournalArticle" in kinds or venue == "journal":
        kind = "article"
    else:
        kind = "misc"
    inside = {"article": "journal", "inproceedings": "booktitle"}
    fields = {
        "title": plain(text(item, "title")),
        inside.get(kind, "howpublished"): plain(where),
        "year": year(text(item, "year")),
        "volume": text(item, "journal", "volume") if kind == "article" else "",
        "pages": pages(text(item, "journal", "pages")) if kind != "misc" else "",
        "doi": text(item, "externalIds", "DOI").lower(),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "pmid": text(item, "externalIds", "PubMed"),
        "abstract": plain(text(item, "abstract")),
    }
    names = (text(who, "name") for who in items(item, "authors"))
    return candidate(kind, fields, authors=people.first(map(people.named, names)))
