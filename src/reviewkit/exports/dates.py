"""When a paper was issued, as CSL says it.

CSL 1.0.2, "Date fields": `date-parts` holds one or two (a range) lists of year, month and
day; what is no date is a `literal`.
"""

from __future__ import annotations

import re
from typing import Any

from reviewkit.bibtex.dates import Date, date_of
from reviewkit.exports.item import Texts

_CIRCA = re.compile(r"\b(?:ca?\.|circa\b)|\d\s*[~?%]", re.IGNORECASE)
#: Seasons by name or by biblatex's 21 to 24; CSL counts them from 1.
_SEASON = re.compile(
    r"(spring|\d{4}-21)|(summer|\d{4}-22)|(autumn|fall\b|\d{4}-23)|(winter|\d{4}-24)",
    re.IGNORECASE,
)


def issued(texts: Texts) -> dict[str, Any] | None:
    """The date of `date`, else of `year`, `month` and `day`; None where there is none."""
    words = {name: texts.line(name) for name in ("date", "year", "month", "day")}
    date = date_of(words)
    if date is None:
        literal = words["year"] or words["date"]
        return {"literal": literal} if literal else None
    return _value(date, words["date"] or words["month"], words["date"] or words["year"])


def of_date(text: str) -> dict[str, Any] | None:
    """The date or range of one field; None if it names no year."""
    date = date_of({"date": text})
    return None if date is None else _value(date, text, text)


def _value(date: Date, season: str, year: str) -> dict[str, Any]:
    value: dict[str, Any] = {"date-parts": [_parts(date)]}
    if date.end is not None:
        value["date-parts"].append(_parts(date.end))
    found = _SEASON.search(season) if date.month is None else None
    if found is not None and found.lastindex is not None:
        value["season"] = found.lastindex
    if _CIRCA.search(year):
        value["circa"] = True
    return value


def _parts(date: Date) -> list[int]:
    known = [date.year]
    if date.month is not None:
        known.append(date.month)
        if date.day is not None:
            known.append(date.day)
    return known
