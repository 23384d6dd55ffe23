"""When a paper was issued, as CSL says it.

CSL 1.0.2, "Date fields": `date-parts` holds one or two (a range) lists of year, month and
day; what is no date is a `literal`.
"""

from __future__ import annotations

import re
from typing import Any

from reviewkit.exports.item import Texts

# ISO 8601-2 as biblatex takes it: 2017-06-12, 2017-06, 2017~, 2017-21 (spring).
_ISO = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.Z+-]*)?\s*([~?%]?)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CIRCA = re.compile(r"\b(?:ca?\.|circa\b)|\d{4}\s*[~?]", re.IGNORECASE)
_WORDS = re.compile(r"([^\W\d_]{3})[^\W\d_]*|(?<!\d)(\d{1,2})(?!\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mär", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov",
         "dec dez"), 1)
    for name in names.split()
}  # fmt: skip
#: biblatex's 21 to 24 and the words; CSL counts seasons from 1.
_SEASONS = {"spr": 1, "sum": 2, "aut": 3, "fal": 3, "win": 4}


def issued(texts: Texts) -> dict[str, Any] | None:
    """The date of `date`, else of `year`, `month` and `day`; None where there is none."""
    date = texts.line("date")
    if date and (found := of_iso(date)):
        return found
    year = texts.line("year") or date
    if not year:
        return None
    years = [int(number) for number in _YEAR.findall(year)][:2]
    if not years:
        return {"literal": year}
    value: dict[str, Any]
    if len(years) == 2 and years[0] < years[1]:
        value = {"date-parts": [[years[0]], [years[1]]]}
    else:
        value = _within(years[0], texts.line("month"), texts.line("day"))
    return value | ({"circa": True} if _CIRCA.search(year) else {})


def of_iso(text: str) -> dict[str, Any] | None:
    """The date or range of an ISO 8601 text; None if it is none.

    Of a range that is open at one end the other end is given: CSL has no open ones.
    """
    parts: list[list[int]] = []
    value: dict[str, Any] = {}
    for end in text.split("/")[:2]:
        found = _ISO.fullmatch(end.strip())
        if found is None:
            if end.strip() in ("", ".."):
                continue
            return None
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if month in range(21, 25):
            value["season"] = month - 20
        parts.append(_valid(year, month, day))
        if found[4]:
            value["circa"] = True
    return {"date-parts": parts, **value} if parts else None


def _within(year: int, month: str, day: str) -> dict[str, Any]:
    if _small(month):
        return {"date-parts": [_valid(year, _small(month), _small(day))]}
    months: list[int] = []
    days: list[int] = []
    for word, number in _WORDS.findall(month.lower()):
        if word in _MONTHS:
            months.append(_MONTHS[word])
        elif word in _SEASONS and not months:
            return {"date-parts": [[year]], "season": _SEASONS[word]}
        elif number:
            days.append(int(number))
    if not months:
        return {"date-parts": [[year]]}
    days = days or ([_small(day)] if _small(day) else [])
    first = _valid(year, months[0], days[0] if days else 0)
    second = _valid(year, months[-1], days[-1] if len(first) == 3 and len(days) > 1 else 0)
    if len(months) > 1 and len(days) < 2:
        first = first[:2]
    is_range = first < second and len(first) == len(second)
    return {"date-parts": [first, second] if is_range else [first]}


def _small(text: str) -> int:
    """The number of at most two digits that the text is; 0 if it is none."""
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _valid(year: int, month: int, day: int) -> list[int]:
    if month not in range(1, 13):
        return [year]
    return [year, month, day] if day in range(1, 32) else [year, month]
