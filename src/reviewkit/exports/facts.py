"""What several formats ask of an entry: where it appeared, its numbers, its addresses."""

from __future__ import annotations

import re

from reviewkit.exports.item import Texts
from reviewkit.exports.kinds import GENRES
from reviewkit.matching import facts_of, normal_doi

#: Types whose paper is a part of a book.
PARTS = frozenset(
    "inproceedings conference incollection inbook inreference suppbook suppcollection bookinbook"
    .split()
)  # fmt: skip
#: Types whose `number` is their own: of others it is an issue's, or their place in a series.
NUMBERED = frozenset("techreport report patent standard manual misc dataset software".split())

_RESOLVER = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015])\s*")
_WEB = re.compile(r"https?://[^\s{}]+", re.IGNORECASE)
_ARXIV_VENUE = re.compile(r"arxiv|corr\b", re.IGNORECASE)


def title(texts: Texts, prefix: str = "") -> str:
    """Title and subtitle, as biblatex parts them; `prefix` is book, journal, main or none."""
    parts = (texts.line(prefix + "title"), texts.line(prefix + "subtitle"))
    return ": ".join(part for part in parts if part)


def container(kind: str, texts: Texts) -> str:
    """The journal, or the book that the paper is a part of; empty if there is none."""
    book = title(texts, "book") or title(texts, "main")
    journal = title(texts, "journal") or texts.line("journal")
    return book or journal if kind in PARTS else journal or book


def doi(texts: Texts) -> str:
    """The DOI as it was typed, without resolver; empty if there is none."""
    typed = _RESOLVER.sub("", texts.line("doi"))
    if normal_doi(typed):
        return typed
    return normal_doi(texts.line("url")) or ""


def arxiv(texts: Texts) -> str:
    """The arXiv id; empty if there is none."""
    return facts_of({name: text for name, (_, text) in texts.fields.items()}).arxiv or ""


def is_preprint(kind: str, texts: Texts) -> bool:
    """Whether the entry is known from arXiv alone."""
    if kind not in ("misc", "unpublished", "online", "article", "electronic", "www"):
        return False
    venue = container(kind, texts)
    return bool(arxiv(texts)) and (not venue or bool(_ARXIV_VENUE.match(venue)))


def addresses(texts: Texts) -> list[str]:
    """Web addresses of `url`, then those that `howpublished` names; each once."""
    found = texts.line("url").split() or _WEB.findall(texts.line("howpublished"))
    return list(dict.fromkeys(url for url in found if _WEB.fullmatch(url)))


def pages(texts: Texts) -> str:
    """Pages with a plain hyphen between first and last, as CSL and RIS want it."""
    return _DASHES.sub("-", texts.line("pages"))


def issue(kind: str, texts: Texts) -> str:
    """The issue of a journal."""
    return texts.line("issue", "number") if kind not in NUMBERED | PARTS else texts.line("issue")


def genre(kind: str, texts: Texts) -> str:
    """What kind of thesis or report it is, in words."""
    typed = texts.line("type")
    if typed:
        return GENRES.get(typed.lower(), typed)
    return GENRES.get(kind, "") if kind.endswith("thesis") else ""


def publisher(texts: Texts) -> str:
    """Who published it: publisher, school, institution or organisation."""
    return texts.line("publisher", "school", "institution", "organization")
