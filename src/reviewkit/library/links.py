"""Places on the web that belong to a paper."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit import abstracts, matching
from reviewkit.records import Link


def is_web(url: str) -> bool:
    """Whether the text is an address that a browser may open."""
    return url.lower().startswith(("http://", "https://"))


def links_of(facts: matching.Facts, text: Mapping[str, str]) -> tuple[Link, ...]:
    """Code that the abstract names, arXiv, DOI, then the entry's own addresses."""
    links = list(abstracts.code_links(text.get("abstract", "")))
    if facts.arxiv:
        links.append(Link(f"https://arxiv.org/abs/{facts.arxiv}", f"arXiv:{facts.arxiv}", "arxiv"))
    if facts.doi:
        links.append(Link(f"https://doi.org/{facts.doi}", f"doi:{facts.doi}", "doi"))
    known = {link.url.rstrip("/") for link in links}
    links += [
        Link(url, url.split("//", 1)[1], "page")
        for url in text.get("url", "").split()
        if is_web(url) and url.rstrip("/") not in known
    ]
    return tuple(links)
