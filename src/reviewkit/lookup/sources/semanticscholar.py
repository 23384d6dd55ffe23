"""Semantic Scholar: papers by any of many ids (api.semanticscholar.org, Graph API).

Gives little of where a paper appeared, but knows ids that others do not: arXiv, PubMed, ACL.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from reviewkit.formats.draft import Draft
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.candidates import finished, named
from reviewkit.lookup.hosts import SEMANTIC_SCHOLAR
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
    venue = text(item, "publicationVenue", "type")
    where = text(item, "journal", "name") or text(item, "venue")
    if where.lower().startswith("arxiv"):
        kind, where = "preprint", ""
    elif "Conference" in kinds or venue == "conference":
        kind, where = "conference", text(item, "publicationVenue", "name") or where
    else:
        kind = "journal" if "JournalArticle" in kinds or venue == "journal" else "misc"
    draft = Draft(0, kind=kind, dates=[text(item, "year")])
    draft.values = {
        "title": text(item, "title"),
        "container": where,
        "volume": text(item, "journal", "volume") if kind == "journal" else "",
        "pages": text(item, "journal", "pages") if where else "",
        "doi": text(item, "externalIds", "DOI"),
        "arxiv": text(item, "externalIds", "ArXiv"),
        "pmid": text(item, "externalIds", "PubMed"),
        "abstract": text(item, "abstract"),
    }
    draft.authors = named(text(who, "name") for who in items(item, "authors"))
    return finished(draft)
