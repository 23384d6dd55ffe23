"""The candidate that is made of a draft.

What a journal, a page range or a DOI looks like in BibTeX is known here only.
"""

from __future__ import annotations

import re

from reviewkit.bibtex.edits import CITEKEY
from reviewkit.formats import people
from reviewkit.formats.cleaning import many_lines, one_line
from reviewkit.formats.dates import month_of, month_text, year_of
from reviewkit.formats.draft import Draft
from reviewkit.formats.identifiers import identified
from reviewkit.formats.importer import Candidate
from reviewkit.formats.kinds import entry_type
from reviewkit.matching import normal_arxiv, normal_doi

#: Order of the fields in a new entry.
_ORDER = (
    "author editor translator title shorttitle journal booktitle series year month volume number "
    "chapter pages eid edition publisher school institution howpublished address type version "
    "issn isbn doi url urldate eprint archiveprefix primaryclass pmid pmcid code language "
    "abstract keywords note annote"
).split()
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
#: Names that only a draft has.
_INNER = frozenset({"container", "place", "serial", "arxiv", "start", "end", "genre"})
_LONG = frozenset({"abstract", "note"})
_CONTAINERS = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "book": "series",
    "proceedings": "series",
    "techreport": "series",
}
_PUBLISHERS = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}
_DASH = re.compile(r"\s*(?:-{1,3}|[\u2010-\u2015\u2212])\s*")
_RANGE = re.compile(r"([A-Za-z]{0,3}\d+)--(\d+)")
_FLOAT = re.compile(r"(\d+)\.0")
_ISSN = re.compile(r"\b(\d{4})-?(\d{3}[\dXx])\b(?![-\d])")
_ISBN = re.compile(r"\b(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]\b")
_CLASS = re.compile(r"\[([a-z-]+(?:\.[A-Za-z-]{2,})?)\]")
_ARXIV = re.compile("arxiv", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_ARXIV_ONLY = re.compile(r"arxiv(?:\.org)?(?:\s*\(cornell university\)|:.*)?", re.IGNORECASE)
_NO_KEY = re.compile(
    r"[A-Z0-9]{8}|.*\b[A-Z0-9]{8}|(?:item|ref|cit|b|c|r|bib|entry|record|doi|pmid)?[-_.]?\d+"
    r"|rayyan-\d+|10\.\d{4,}/.*|.*://.*|[0-9a-f-]{32,36}|10\.\S*|wos:.*",
    re.IGNORECASE,
)


def candidate(draft: Draft) -> Candidate | None:
    """The paper in BibTeX's terms; None if it has no title."""
    texts = {
        name: many_lines(text) if name in _LONG else one_line(text)
        for name, text in draft.values.items()
    }
    if not texts.get("title"):
        return None
    _identify(draft, texts)
    entry = _place(draft, texts)
    raw = {}
    for name, names in (
        ("author", draft.authors),
        ("editor", draft.editors),
        ("translator", draft.translators),
    ):
        if names:
            texts[name], raw[name] = people.text_of(names), people.raw_of(names)
    _date(draft, texts, raw)
    _pages(texts)
    texts["keywords"] = _keywords(draft.keywords)
    texts["annote"] = "\n\n".join(filter(None, map(many_lines, draft.notes)))
    kept = sorted(texts.keys() - _INNER, key=lambda name: (_RANK.get(name, _RANK["url"]), name))
    fields = {name: texts[name] for name in kept if texts[name]}
    return Candidate(draft.line, entry, citekey_of(draft.citekey), fields, raw)


def citekey_of(text: str) -> str | None:
    """The text as a citekey, unless it is none, a number or a program's own id."""
    text = text.strip()
    sound = CITEKEY.match(text) and text[:1].isalpha() and len(text) > 2
    return text if sound and not _NO_KEY.fullmatch(text) else None


def _identify(draft: Draft, texts: dict[str, str]) -> None:
    """Fill in DOI, arXiv id and addresses from wherever they stand."""
    given = texts.pop("doi", "")
    doi = normal_doi(given)
    arxiv = normal_arxiv(texts.get("arxiv")) or normal_arxiv(given)
    urls = []
    for url in _addresses(draft):
        kind, value = identified(url)
        arxiv = arxiv or (value if kind == "arxiv" else None)
        if kind == "pmid":
            texts.setdefault("pmid", value)
        if kind == "doi" and "doi.org/" in url.lower():
            doi = doi or value
        else:
            urls.append(url)
    places = [texts.get(name, "") for name in ("container", "number", "note", "publisher")]
    for place in places:
        arxiv = arxiv or (normal_arxiv(place) if _ARXIV.search(place) else None)
    if arxiv:
        texts["eprint"], texts["archiveprefix"] = arxiv, "arXiv"
        subject = _CLASS.search(" ".join([texts.get("arxiv", ""), *places[:2]]))
        if subject:
            texts["primaryclass"] = subject[1]
    if doi or (given and not arxiv):
        texts["doi"] = doi or given
    for number, url in enumerate(urls, 1):
        texts.setdefault("url" if number == 1 else f"url-{number}", url)


def _addresses(draft: Draft) -> list[str]:
    """The draft's addresses on the web, each once."""
    given = (one_line(url) for each in draft.urls for url in each.split())
    return [url for url in dict.fromkeys(given) if _WEB.match(url)]


def _place(draft: Draft, texts: dict[str, str]) -> str:
    """The entry's type; what the text stands in and who brought it out, by that type."""
    container = texts.pop("container", "")
    if texts.get("eprint") and _ARXIV_ONLY.fullmatch(container):
        container = ""
    entry = entry_type(draft.kind, draft.genre, container)
    if not draft.kind and not container and "isbn" in texts:
        entry = "book"
    if entry == "article" and not container and texts.get("eprint"):
        entry = "misc"
    if container:
        texts.setdefault(_CONTAINERS.get(entry, "howpublished"), container)
    publisher = texts.pop("publisher", "")
    if publisher and not (texts.get("eprint") and _ARXIV_ONLY.fullmatch(publisher)):
        texts[_PUBLISHERS.get(entry, "publisher")] = publisher
    if texts.get("number") and texts.get("eprint") and normal_arxiv(texts["number"]):
        del texts["number"]
    if draft.genre and entry in ("phdthesis", "mastersthesis", "techreport"):
        texts.setdefault("type", one_line(draft.genre))
    if texts.get("place"):
        texts.setdefault("address", texts["place"])
    serial = texts.get("serial", "")
    books = [found[0] for found in _ISBN.finditer(serial)]
    serials = [f"{a}-{b.upper()}" for a, b in _ISSN.findall(_ISBN.sub(" ", serial))]
    for name, numbers in (("isbn", books), ("issn", serials)):
        if numbers:
            texts.setdefault(name, ", ".join(dict.fromkeys(n.strip() for n in numbers)))
    return entry


def _date(draft: Draft, texts: dict[str, str], raw: dict[str, str]) -> None:
    dates = [one_line(date) for date in draft.dates if date.strip()]
    years = [year for year in map(year_of, dates) if year]
    year = years[0] if years else next(iter(dates), "")
    if year:
        texts.setdefault("year", year)
    same = (date for date in dates if year_of(date) in ("", year))
    month = draft.month or next(filter(None, map(month_of, same)), "")
    if month:
        texts["month"], raw["month"] = month_text(month), month


def _pages(texts: dict[str, str]) -> None:
    for name in ("volume", "number", "pages", "start", "end", "year"):
        whole = _FLOAT.fullmatch(texts.get(name, ""))
        if whole:
            texts[name] = whole[1]
    start, end = texts.get("start", ""), texts.get("end", "")
    pages = texts.get("pages", "")
    if not pages and start:
        pages = start if not end or end == start or _DASH.search(start) else f"{start}--{end}"
    pages = re.sub(r"^(?:pp?\.|pages?)\s*", "", pages, flags=re.IGNORECASE)
    pages = _DASH.sub("--", pages).strip("-")
    if pages:
        texts["pages"] = _RANGE.sub(_whole, pages)


def _whole(found: re.Match[str]) -> str:
    """Both ends in full: MEDLINE writes 1234-45."""
    start, end = found[1], found[2]
    digits = start.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    if digits == start and len(end) < len(digits) and int(digits[-len(end) :]) < int(end):
        end = digits[: -len(end)] + end
    return f"{start}--{end}"


def _keywords(words: list[str]) -> str:
    kept = list(dict.fromkeys(filter(None, (one_line(word).strip(" ,;") for word in words))))
    return ("; " if any("," in word for word in kept) else ", ").join(kept)
