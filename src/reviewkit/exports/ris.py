"""RIS, which every reference manager and screening tool reads.

Written by hand, a line a value: rispy numbers the records, joins addresses by `;` and asks
for the names of its own tags. Lines end in CR LF, as the format says; none is continued on
the next, for pandoc and others do not read that.

RIS has no tag for opinions. They go into notes, `N1  - reviewkit_<field>: <json>`, the way
ASReview does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewkit.exports import facts
from reviewkit.exports.dates import issued
from reviewkit.exports.item import Item, Texts
from reviewkit.exports.kinds import RIS_TYPES, SUBTYPES
from reviewkit.exports.people import inverted_names
from reviewkit.exports.plain import json_line, one_line
from reviewkit.exports.said import opinions_json

_PEOPLE = {"author": "AU", "editor": "A2", "translator": "A4"}
#: Tag of each field that is taken as it is.
_PLAIN = {
    "volume": "VL",
    "edition": "ET",
    "publisher": "PB",
    "isbn": "SN",
    "issn": "SN",
    "shorttitle": "ST",
    "series": "T3",
    "shortjournal": "JA",
    "langid": "LA",
    "language": "LA",
    "pubstate": "C1",
}


def write(items: Iterable[Item], opinions: bool) -> bytes:
    """The file's bytes: UTF-8 without byte order mark, for rispy loses a record to one."""
    lines: list[str] = []
    for item in items:
        lines += (f"{tag}  - {text}" for tag, text in _record(item, opinions))
        lines += ("ER  - ", "")
    return "\r\n".join(lines).encode("utf-8")


def _record(item: Item, opinions: bool) -> Iterator[tuple[str, str]]:
    kind, texts = item.paper.type, item.texts
    yield "TY", _type(kind, texts)
    found = [("TI", facts.title(texts)), *_people(item), *_where(kind, texts), *_when(texts)]
    found.append(("AB", texts.prose("abstract")))
    found += (("KW", word) for word in item.keywords(opinions))
    found.append(("DO", facts.doi(texts)))
    found += (("UR", url) for url in _addresses(texts))
    found.append(("N1", texts.prose("note")))
    found += (("ID", item.paper.citekey), ("LB", item.paper.citekey))
    yield from ((tag, line) for tag, text in found if (line := one_line(text)))
    if opinions:
        yield from (("N1", line) for line in _opinions(item))


def _type(kind: str, texts: Texts) -> str:
    subtype = SUBTYPES.get(texts.line("entrysubtype").lower())
    if kind == "article" and subtype is not None:
        return subtype[1]
    return RIS_TYPES.get(kind, "GEN")


def _people(item: Item) -> Iterator[tuple[str, str]]:
    for field, tag in _PEOPLE.items():
        for name in inverted_names(item.texts.tex(field)) if field in item.fields else ():
            yield tag, name


def _where(kind: str, texts: Texts) -> Iterator[tuple[str, str]]:
    place = facts.container(kind, texts)
    yield "T2", place
    if kind == "article":
        yield "JO", place
    for field, tag in _PLAIN.items():
        if field == "publisher":
            yield tag, facts.publisher(texts)
        elif field != "language" or "langid" not in texts.fields:
            yield tag, texts.line(field)
    yield "IS", facts.issue(kind, texts) or texts.line("number")
    yield "CY", texts.line("location", "address", "venue")
    yield "M3", facts.genre(kind, texts)
    first, _, last = facts.pages(texts).partition("-")
    if "," in first + last or "-" in last:
        # Several ranges cannot be told by a first and a last page.
        first, last = facts.pages(texts), ""
    yield "SP", first
    yield "EP", last


def _when(texts: Texts) -> Iterator[tuple[str, str]]:
    date = issued(texts) or {}
    if "date-parts" not in date:
        yield "PY", date.get("literal", "")
        return
    year, *rest = date["date-parts"][0]
    yield "PY", f"{year:04d}"
    if rest:
        month, day = (*rest, None)[:2]
        yield "DA", f"{year:04d}/{month:02d}/{'' if day is None else format(day, '02d')}/"


def _addresses(texts: Texts) -> list[str]:
    found = facts.addresses(texts)
    number = facts.arxiv(texts)
    if number and not any(number in url.lower() for url in found):
        found.append(f"https://arxiv.org/abs/{number}")
    return found


def _opinions(item: Item) -> Iterator[str]:
    values = opinions_json(item.paper)
    for review in values.pop("reviews", []):
        yield f"reviewkit_review: {json_line(review)}"
    for name, value in values.items():
        yield f"reviewkit_{name}: {json_line(value)}"
