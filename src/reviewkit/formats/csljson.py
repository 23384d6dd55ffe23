"""CSL-JSON, as Zotero, Mendeley, Crossref and pandoc write it.

Format: CSL 1.0.2 ``csl-data.json``. What programs add or do otherwise is understood too:
numbers as ids, dates as text, Crossref's lists of one title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reviewkit.bibtex.names import Name
from reviewkit.formats.dates import month_named
from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.jsonrecords import records
from reviewkit.formats.people import of_parts, person
from reviewkit.records import Problem

_BEGINNING = re.compile(r"\s*[\[{]")
_SIGN = re.compile(r'"(?:issued|container-title|DOI|author|citation-key|id|items)"\s*:')
_TYPE = re.compile(r'"(?:type|items)"\s*:\s*["\[]')
_OTHER = re.compile(r'"(?:paper|upvotes|dailyPapers|nbformat|cells)"\s*:')
#: So much of a text is looked at to tell its format.
_LOOKED_AT = 50_000

_FIELDS = {
    "title": "title", "container-title": "container", "collection-title": "series",
    "abstract": "abstract", "volume": "volume", "issue": "number", "number": "number",
    "page": "pages", "edition": "edition", "publisher": "publisher", "publisher-place": "place",
    "event-place": "place", "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid",
    "title-short": "shorttitle", "shortTitle": "shorttitle", "version": "version",
    "chapter-number": "chapter", "language": "language", "article-number": "eid",
}  # fmt: skip
_ISSUED = ("issued", "published", "published-print", "published-online", "posted", "created")
_SEASONS = {"1": "Spring", "2": "Summer", "3": "Autumn", "4": "Winter"}


class CslJsonImporter:
    """Reads CSL-JSON: an array, one item, `{items: [...]}` or one item a line."""

    name = "CSL-JSON"

    def recognises(self, text: str) -> bool:
        """Whether the text is JSON that begins with an item's keys."""
        head = text[:_LOOKED_AT]
        return bool(
            _BEGINNING.match(head)
            and _SIGN.search(head)
            and _TYPE.search(head)
            and not _OTHER.search(head)
        )

    def read(self, text: str) -> Understood:
        """Items as candidates; broken ones with their lines."""
        gathering = Gathering()
        for line, item in records(text, is_item):
            if isinstance(item, Problem):
                gathering.problems.append(item)
            else:
                gathering.take(draft_of(item, line))
        return gathering.understood("csl-json")


def is_item(value: Mapping[str, Any]) -> bool:
    """Whether an object describes a paper."""
    return (isinstance(value.get("type"), str) and "title" in value) or "issued" in value


def draft_of(item: Mapping[str, Any], line: int) -> Draft:
    """What an item says; parts of a wrong shape are passed over."""
    draft = Draft(line, kind=_text(item.get("type")), genre=_text(item.get("genre")))
    for name, field in _FIELDS.items():
        draft.put(field, _text(item.get(name)))
    draft.values["serial"] = f"{_text(item.get('ISSN'))} {_text(item.get('ISBN'))}"
    archive = _text(item.get("archive"))
    if "arxiv" in archive.casefold():
        draft.put("arxiv", _text(item.get("archive_location")))
    draft.take_extra(_text(item.get("note")))
    draft.citekey = draft.citekey or _text(item.get("citation-key")) or _text(item.get("id"))
    draft.authors, draft.editors = _names(item.get("author")), _names(item.get("editor"))
    draft.translators = _names(item.get("translator"))
    _date(draft, next((item[name] for name in _ISSUED if item.get(name)), None))
    draft.put("urldate", _day(item.get("accessed")))
    draft.urls = [_text(item.get("URL"))]
    draft.keywords = re.split(r"[,;]", _text(item.get("keyword")))
    for words in (item.get("categories"), item.get("keyword")):
        if isinstance(words, list):
            draft.keywords = [word for word in words if isinstance(word, str)]
    draft.notes = [_text(item.get("annote"))]
    return draft


def _text(value: object) -> str:
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value) if isinstance(value, str | int | float) else ""


def _names(value: object) -> list[Name]:
    names = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            names.append(person(each))
        elif isinstance(each, dict):
            literal = _text(each.get("literal")) or _text(each.get("name"))
            particles = (each.get("dropping-particle"), each.get("non-dropping-particle"))
            von = " ".join(map(_text, particles))
            family, given = _text(each.get("family")), _text(each.get("given"))
            single = Name(last=literal) if literal else None
            names.append(single or of_parts(family, given, von, _text(each.get("suffix"))))
    return [name for name in names if name]


def _date(draft: Draft, value: object) -> None:
    """Parts, text or number; of a range the beginning counts."""
    if not isinstance(value, dict):
        draft.dates = [_text(value)]
        return
    first = _parts(value)
    if first:
        draft.dates = [first[0].zfill(4) if first[0].isdigit() else first[0]]
        season = str(value.get("season", "")).strip()
        if len(first) > 1:
            draft.month = _month(first[1])
        elif season:
            draft.month = f"{{{_SEASONS[season]}}}" if season in _SEASONS else month_named(season)
        if draft.dates[0].lstrip("-").isdigit():
            # Years of any age are years here.
            draft.values["year"] = first[0]
    else:
        draft.dates = [_text(value.get("literal")) or _text(value.get("raw"))]


def _month(part: str) -> str:
    # CSL counts the seasons from 13, EDTF from 21.
    number = int(part) if part.isdigit() and len(part) < 3 else 0
    season = number - 12 if 13 <= number <= 16 else number - 20
    return f"{{{_SEASONS[str(season)]}}}" if str(season) in _SEASONS else month_named(part)


def _parts(value: Mapping[str, Any]) -> list[str]:
    given = value.get("date-parts")
    first = given[0] if isinstance(given, list) and given else None
    if not isinstance(first, list):
        first = given if isinstance(given, list) else []
    parts = [_text(part) for part in first if not isinstance(part, list)]
    return parts if parts and parts[0] else []


def _day(value: object) -> str | None:
    parts = _parts(value) if isinstance(value, dict) else []
    if len(parts) >= 3 and all(part.isdigit() for part in parts[:3]):
        return f"{parts[0]}-{parts[1].zfill(2)}-{parts[2].zfill(2)}"
    return None
