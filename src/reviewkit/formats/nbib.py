"""PubMed's own format (MEDLINE, .nbib): tags of four characters, a hyphen, a blank.

A value goes on in lines that begin with six blanks. Tags are specified in "MEDLINE/PubMed
Data Element (Field) Descriptions" of the National Library of Medicine.
"""

from __future__ import annotations

import re
from collections import defaultdict

from reviewkit.bibtex.names import Name
from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.people import family_first, person
from reviewkit.formats.tagged import Tag, tags

_LINE = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *-(?: (.*)|$())")
_FIRST = re.compile(r"^(?:PMID|OWN |STAT|NBK ) *- ?\S", re.MULTILINE)

_FIELDS = {
    "AB": "abstract", "VI": "volume", "IP": "number", "PG": "pages", "LA": "language",
    "PB": "publisher", "IS": "serial", "ISBN": "serial", "PMID": "pmid", "PMC": "pmcid",
    "EN": "edition", "CTI": "series",
}  # fmt: skip
_ID = re.compile(r"(\S+) \[(doi|pii)\]")


class NbibImporter:
    """Reads what PubMed saves for a citation manager."""

    name = "PubMed (nbib)"

    def recognises(self, text: str) -> bool:
        """Whether the text begins with a tag that only this format has."""
        found = _FIRST.search(text, 0, 2_000)
        return found is not None and not text[: found.start()].strip()

    def read(self, text: str) -> Understood:
        """Records, each of which begins with its PMID."""
        gathering = Gathering()
        record: list[Tag] = []
        for tag in tags(text, _LINE):
            if tag.name in ("PMID", "NBK") and any(each.name == tag.name for each in record):
                gathering.take(_draft(record))
                record = []
            record.append(tag)
        if record and not text.endswith("\n") and record[-1].name == "AB":
            gathering.problem(record[-1].line, "the text ends within this abstract: not taken")
        elif record:
            gathering.take(_draft(record))
        return gathering.understood("nbib")


def _draft(record: list[Tag]) -> Draft:
    by_name: dict[str, list[str]] = defaultdict(list)
    for tag in record:
        if tag.text:
            by_name[tag.name].append(tag.text)
    draft = Draft(record[0].line, kind=_kind(by_name["PT"]))
    draft.put("title", _title((by_name["TI"] or by_name["BTI"] or [""])[0]))
    draft.put("container", next(iter(by_name["JT"] or by_name["BTI"] or by_name["TA"]), None))
    for name, field in _FIELDS.items():
        draft.put(field, next(iter(by_name[name]), None))
    draft.values["serial"] = " ".join(by_name["IS"] + by_name["ISBN"])
    draft.put("place", next(iter(by_name["PL"]), None) if by_name["PB"] else None)
    for text in (*by_name["LID"], *by_name["AID"]):
        found = _ID.fullmatch(text)
        if found and found[2] == "doi":
            draft.put("doi", found[1])
        elif found and not by_name["PG"]:
            draft.put("eid", found[1])
    draft.authors = _authors(record)
    editors = map(family_first, by_name["FED"] or by_name["ED"])
    draft.editors = [name for name in editors if name]
    draft.dates = by_name["DP"] + by_name["DEP"]
    draft.keywords = by_name["OT"] + [word.replace("*", "") for word in by_name["MH"]]
    draft.notes = by_name["GN"]
    return draft


def _kind(kinds: list[str]) -> str:
    words = {kind.casefold() for kind in kinds}
    named = ("preprint", "dataset", "book chapter", "book")
    return next((kind for kind in named if kind in words), "journal article")


def _title(text: str) -> str:
    """Without the full stop that PubMed adds, and the brackets of a translated title."""
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def _authors(record: list[Tag]) -> list[Name]:
    """Full names where PubMed has them, initials else; corporations where they stand."""
    full = any(tag.name == "FAU" for tag in record)
    names = []
    for tag in record:
        if tag.name == ("FAU" if full else "AU"):
            names.append(person(tag.text) if full else family_first(tag.text))
        elif tag.name == "CN":
            names.append(Name(last=tag.text))
    return [name for name in names if name]
