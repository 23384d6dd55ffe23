"""The services that are asked, and what each asks of those who ask it.

Limits as the services publish them in 2026; headers that name others are obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Host:
    """One service.

    `every` is the least time in seconds from one request to the next, `connections` how
    many may be open at a time. `leads_to` names other hosts that it may send us to.
    `key_variable` is the environment variable with the user's key, `key_header` the header
    that carries it, with `{}` for the key.
    """

    name: str
    title: str
    base: str
    every: float
    connections: int = 2
    leads_to: tuple[str, ...] = ()
    key_variable: str | None = None
    key_header: tuple[str, str] | None = None


#: One request in three seconds on one connection (arXiv API terms of use).
ARXIV = Host("arxiv", "arXiv", "https://export.arxiv.org", 3.0, 1, ("arxiv.org",))

#: Five a second without an address, ten with one; `x-rate-limit-*` says what holds.
CROSSREF = Host("crossref", "Crossref", "https://api.crossref.org", 0.2, 1)

#: Answers for every DOI by sending to the agency that registered it.
DOI = Host(
    "doi",
    "doi.org",
    "https://doi.org",
    0.4,
    1,
    ("api.crossref.org", "data.crossref.org", "data.crosscite.org", "api.datacite.org",
     "data.datacite.org", "data.medra.org", "www.medra.org"),
)  # fmt: skip

#: Single works are free; searches are paid from a daily allowance that needs a key.
OPENALEX = Host(
    "openalex",
    "OpenAlex",
    "https://api.openalex.org",
    0.1,
    key_variable="OPENALEX_API_KEY",
    key_header=("Authorization", "Bearer {}"),
)

#: One request a second with a key; without one a pool that all share.
SEMANTIC_SCHOLAR = Host(
    "semanticscholar",
    "Semantic Scholar",
    "https://api.semanticscholar.org",
    1.1,
    1,
    key_variable="S2_API_KEY",
    key_header=("x-api-key", "{}"),
)

#: "At least one or two seconds between two requests"; at times a page for people instead.
DBLP = Host("dblp", "DBLP", "https://dblp.org", 2.0, 1)

HOSTS = (ARXIV, CROSSREF, DOI, OPENALEX, SEMANTIC_SCHOLAR, DBLP)
