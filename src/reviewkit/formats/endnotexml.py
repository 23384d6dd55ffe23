"""EndNote's XML: ``<xml><records><record>``, every text wrapped in ``<style>``.

Each record is parsed by itself, so that a broken one costs only itself. A document type is
refused: this format has none, and its entities could grow without bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reviewkit.bibtex.names import Name
from reviewkit.errors import FormatError
from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.people import person
from reviewkit.records import Problem, as_json

_SIGN = re.compile(
    r"<record\b[^>]{0,200}>\s{0,80}<(?:database|source-app|rec-number|foreign-keys|ref-type|contributors|titles)\b"
)
_RECORD = re.compile(r"<record\b")
_END = "</record>"
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_LOOKED_AT = 20_000

#: EndNote's numbers for its types, where a record has no name for it.
_KINDS = {
    "0": "Journal Article", "1": "Book", "2": "Thesis", "3": "Conference Paper",
    "5": "Book Section", "6": "Book", "7": "Book Section", "9": "Computer Program",
    "10": "Conference Proceedings",
    "12": "Web Page",
    "13": "Generic", "16": "Web Page", "17": "Journal Article",
    "19": "Magazine Article", "23": "Newspaper Article", "25": "Patent", "27": "Report",
    "28": "Edited Book", "31": "Statute", "32": "Thesis", "34": "Unpublished Work",
    "36": "Manuscript", "43": "Electronic Article", "44": "Electronic Book",
    "45": "Online Database", "46": "Government Document", "47": "Conference Paper",
    "52": "Encyclopedia", "53": "Dictionary", "56": "Blog", "57": "Serial", "58": "Standard",
    "59": "Dataset", "60": "Electronic Book Section",
}  # fmt: skip
_FIELDS = {
    "titles/title": "title", "titles/secondary-title": "container",
    "periodical/full-title": "container", "titles/alt-title": "container",
    "titles/tertiary-title": "series", "titles/short-title": "shorttitle",
    "periodical/abbr-1": "container", "abstract": "abstract", "volume": "volume",
    "number": "number", "issue": "number", "pages": "pages", "edition": "edition",
    "publisher": "publisher", "pub-location": "place", "isbn": "serial", "issn": "serial",
    "electronic-resource-num": "doi", "doi": "doi", "language": "language", "section": "chapter",
}  # fmt: skip
_URLS = "urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url", "urls/pdf-urls/url"


class EndNoteXmlImporter:
    """Reads the XML that EndNote exports."""

    name = "EndNote XML"

    def recognises(self, text: str) -> bool:
        """Whether a record of this format is near the beginning."""
        head = text[:_LOOKED_AT]
        return head.lstrip()[:1] == "<" and bool(_SIGN.search(head))

    def read(self, text: str) -> Understood:
        """Records as candidates; broken ones with their lines.

        Raises
        ------
        FormatError
            The text defines a document type or entities.
        """
        forbidden = _DOCTYPE.search(text)
        if forbidden:
            line = text.count("\n", 0, forbidden.start()) + 1
            reason = f"line {line} defines a document type or entities, which EndNote never does"
            raise FormatError(
                f"The XML was refused: {reason}. Nothing was added.",
                [as_json(Problem(line, reason))],
            )
        gathering = Gathering()
        for line, source in _records(text):
            try:
                gathering.take(_draft(fromstring(source, forbid_dtd=True), line))
            except ParseError as error:
                what, at = str(error).split(":")[0], line + error.position[0] - 1
                gathering.problem(line, f"broken XML in this record ({what}, line {at})", source)
            except (DefusedXmlException, ValueError) as error:
                gathering.problem(line, f"this record was refused ({error})", source)
        return gathering.understood("endnote-xml")


def _records(text: str) -> Iterator[tuple[int, str]]:
    """Source of each record with its line; a record that is not closed ends at the next."""
    starts = [found.start() for found in _RECORD.finditer(text)]
    line, counted = 1, 0
    for start, following in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", counted, start)
        counted = start
        end = text.find(_END, start, following)
        yield line, text[start : end + len(_END) if end >= 0 else following]


def _draft(record: Element, line: int) -> Draft:
    kind = record.find("ref-type")
    number = _text(kind)
    name = kind.get("name", "") if kind is not None else ""
    draft = Draft(line, kind=name or _KINDS.get(number, ""), genre=_first(record, "work-type"))
    for path, field in _FIELDS.items():
        draft.put(field, _first(record, path))
    draft.authors = _people(record, "authors")
    draft.editors = _people(record, "secondary-authors") or _people(record, "tertiary-authors")
    draft.translators = _people(record, "translated-authors")
    year = _first(record, "dates/year")
    draft.dates = [year, *(f"{year} {date}" for date in _all(record, "dates/pub-dates/date"))]
    draft.urls = [url for path in _URLS for url in _all(record, path)]
    draft.keywords = [
        word for text in _all(record, "keywords/keyword") for word in re.split(r"[\r\n;]+", text)
    ]
    draft.notes = [text for name in ("notes", "research-notes") for text in _all(record, name)]
    draft.citekey = _first(record, "label")
    _accession(record, draft)
    return draft


def _accession(record: Element, draft: Draft) -> None:
    number = _first(record, "accession-num")
    if number.isdigit() and "med" in _first(record, "remote-database-name").casefold():
        draft.put("pmid", number)
    for name in ("custom1", "custom2"):
        custom = _first(record, name)
        if custom.upper().startswith("PMC"):
            draft.put("pmcid", custom)


def _people(record: Element, role: str) -> list[Name]:
    texts = _all(record, f"contributors/{role}/author")
    return [
        name for text in texts for line in re.split(r"[\r\n]+", text) if (name := person(line))
    ]


def _all(record: Element, path: str) -> list[str]:
    return [text for each in record.findall(path) if (text := _text(each).strip())]


def _first(record: Element, path: str) -> str:
    return next(iter(_all(record, path)), "")


def _text(element: Element | None) -> str:
    """All text in an element, whatever styles are around it."""
    return "".join(element.itertext()).replace("\r", "\n") if element is not None else ""
