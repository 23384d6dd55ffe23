"""RIS: one tagged line a value, ``TY  -`` to ``ER  -`` a record.

Read by a scanner of our own: rispy 0.10 gives no lines, and drops a record without ``ER`` or
with a blank too few without a word.
"""

from __future__ import annotations

import re
from collections import defaultdict

from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.people import person
from reviewkit.formats.tagged import Tag, tags
from reviewkit.matching import normal_doi
from reviewkit.records import Problem

_LINE = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}[-\u2013](?:[ \t]+|(?=\S)|$)(.*)")
_FIRST = re.compile(r"[ \t]{0,3}TY[ \t]{1,3}[-\u2013][ \t]*\S", re.MULTILINE)
#: A provider's own lines may come before the first record.
_PREAMBLE = 5_000

_FIELDS = {
    "AB": "abstract", "N2": "abstract", "DO": "doi", "VL": "volume", "SP": "start", "EP": "end",
    "PB": "publisher", "CY": "place", "PP": "place", "SN": "serial", "ET": "edition",
    "LA": "language", "ST": "shorttitle", "T3": "series", "SE": "chapter", "C7": "eid",
}  # fmt: skip
_TITLES = ("TI", "T1", "CT")
_CONTAINERS = ("JF", "T2", "JO", "BT", "C3", "JA", "J2")
_WHOLE = frozenset({"BOOK", "EBOOK", "EDBOOK"})
_AUTHORS = ("AU", "A1")
_EDITORS = ("ED", "A2", "A3")
_NOTES = ("N1", "RN")
_SPECIAL = "TY ER KW PY Y1 DA UR L1 L2 LK IS M1 M3 A4 Y2 ID LB C2 AN DB"
_TAKEN = frozenset(
    (*_FIELDS, *_TITLES, *_CONTAINERS, *_AUTHORS, *_EDITORS, *_NOTES, *_SPECIAL.split())
)


class RisImporter:
    """Reads RIS files of any program that writes them."""

    name = "RIS"

    def recognises(self, text: str) -> bool:
        """Whether a record begins near the beginning."""
        start = _FIRST.search(text, 0, _PREAMBLE)
        return start is not None

    def read(self, text: str) -> Understood:
        """Records as candidates; what is broken with its line."""
        gathering = Gathering()
        left: set[str] = set()
        record: list[Tag] = []
        for tag in tags(text, _LINE):
            if tag.name == "TY":
                _close(record, gathering, left, "no ER before the next record; read up to there")
                record = [tag]
            elif tag.name == "ER":
                if not record:
                    gathering.problem(tag.line, "ER without a record")
                _close(record, gathering, left)
                record = []
                _between(tag, gathering)
            elif record or tag.name:
                record.append(tag)
            else:
                gathering.ignored.append(Problem(tag.line, "before the first record", tag.text))
        if record and not text.endswith("\n"):
            gathering.problem(record[0].line, "the text ends within this record: it is not taken")
        else:
            _close(record, gathering, left, "no ER at its end; read up to the end of the text")
        if left:
            gathering.remarks.append(f"RIS tags left out: {', '.join(sorted(left))}")
        return gathering.understood("ris")


def _close(record: list[Tag], gathering: Gathering, left: set[str], problem: str = "") -> None:
    if not record:
        return
    if record[0].name != "TY":
        gathering.problem(record[0].line, "tags before any TY: they are not taken", record[0].text)
        return
    if problem:
        gathering.problem(record[0].line, problem)
    gathering.take(_draft(record, left))


def _between(tag: Tag, gathering: Gathering) -> None:
    for number, line in enumerate(tag.lines[1:], tag.line + 1):
        if line:
            gathering.problem(number, "text between records", line)


def _draft(record: list[Tag], left: set[str]) -> Draft:
    by_name: dict[str, list[Tag]] = defaultdict(list)
    for tag in record:
        if tag.text:
            by_name[tag.name].append(tag)
    left.update(by_name.keys() - _TAKEN)
    draft = Draft(record[0].line, kind=record[0].text)
    whole = draft.kind.strip().upper() in _WHOLE
    titles = (*_TITLES, "BT") if whole else _TITLES
    draft.put("title", next((by_name[name][0].text for name in titles if name in by_name), None))
    for name in _CONTAINERS:
        if name in by_name and not (whole and name == "BT"):
            draft.put("container", by_name[name][0].text)
    for name, field in _FIELDS.items():
        for tag in by_name.get(name, ()):
            draft.put(field, tag.text)
    for roles, people in ((_AUTHORS, draft.authors), (_EDITORS, draft.editors)):
        for tag in (tag for each in roles for tag in by_name.get(each, ())):
            people.extend(found for found in map(person, tag.lines) if found)
    draft.translators = [found for tag in by_name.get("A4", ()) if (found := person(tag.text))]
    draft.dates = [tag.text for name in ("PY", "Y1", "DA") for tag in by_name.get(name, ())]
    draft.urls = [tag.text for name in ("UR", "LK", "L2", "L1") for tag in by_name.get(name, ())]
    draft.keywords = [line for tag in by_name.get("KW", ()) for line in tag.lines]
    draft.notes = [tag.text for name in _NOTES for tag in by_name.get(name, ())]
    _numbers(draft, by_name)
    return draft


def _numbers(draft: Draft, by_name: dict[str, list[Tag]]) -> None:
    """What several programs put under one tag: told apart by what it looks like."""
    for name in ("IS", "M1", "M3", "C2", "AN"):
        text = by_name[name][0].text if name in by_name else ""
        if name == "IS" or (name == "M1" and text.isdigit()):
            draft.put("number", text)
        elif name == "M3" and normal_doi(text):
            draft.put("doi", text)
        elif name == "M3":
            draft.genre = text
        elif text.upper().startswith("PMC"):
            draft.put("pmcid", text)
        elif name == "AN" and text.isdigit() and _medical(by_name):
            draft.put("pmid", text)
    for name in ("ID", "LB"):
        if name in by_name and not draft.citekey:
            draft.citekey = by_name[name][0].text
    if "Y2" in by_name:
        accessed = re.match(r"(\d{4})[-/](\d\d)[-/](\d\d)", by_name["Y2"][0].text)
        draft.put("urldate", "-".join(accessed.groups()) if accessed else None)


def _medical(by_name: dict[str, list[Tag]]) -> bool:
    return any("med" in tag.text.casefold() for tag in by_name.get("DB", ()))
