"""When something was published, from whatever the fields date, year, month and day hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EDTF = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:.+Z-]*)?[?~%]?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_YEARS = re.compile(r"(?<!\d)(\d{4})\s*(?:-{1,2}|\u2013|/)\s*(\d{4}|\d{2})(?!\d)")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z]{3,}")
_DASH = re.compile(r"\s*(?:-{1,2}|\u2013|/|\bto\b)\s*")


@dataclass(frozen=True, slots=True)
class Date:
    """A year, with month and day where they are known, and the end of a span of time.

    `month` counts from 1. `end` is None for one point in time and for an open end.
    """

    year: int
    month: int | None = None
    day: int | None = None
    end: Date | None = None


def date_of(fields: Mapping[str, str]) -> Date | None:
    """The date that an entry's fields (lower-case names, Unicode texts) give; None for none.

    `date` (ISO 8601-2, as biblatex reads it) goes before `year`, `month` and `day`. Of a
    year's text the first four digits count: "2017a" and "c. 2017" are 2017, "in press" is
    none.
    """
    found = _of_date(fields.get("date", "").strip())
    if found is not None:
        return found
    year, last = _years(fields.get("year", ""))
    if year is None:
        return None
    months = _months(fields.get("month", ""))
    month = fields.get("month", "")
    day = _day(fields.get("day", "")) or (_day(month) if _WORD.search(month) else None)
    first = months[0] if months else None
    if last is not None:
        return Date(year, first, None, Date(last))
    if len(months) > 1:
        return Date(year, first, None, Date(year, months[1]))
    return Date(year, first, day if first else None)


def _of_date(text: str) -> Date | None:
    if not text:
        return None
    begin, slash, end = text.partition("/")
    first, last = _edtf(begin), _edtf(end)
    if first is not None and (not slash or last is not None or end.strip() in ("", "..")):
        return Date(first.year, first.month, first.day, last)
    if first is None and last is not None and begin.strip() in ("", ".."):
        return last
    year, until = _years(text)
    if year is None:
        return None
    months = _months(" ".join(_WORD.findall(text)))
    return Date(year, months[0] if months else None, None, Date(until) if until else None)


def _edtf(text: str) -> Date | None:
    found = _EDTF.fullmatch(text.strip())
    if found is None:
        return None
    month = int(found[2]) if found[2] and 1 <= int(found[2]) <= 12 else None
    day = int(found[3]) if month and found[3] and 1 <= int(found[3]) <= 31 else None
    return Date(int(found[1]), month, day)


def _years(text: str) -> tuple[int | None, int | None]:
    span = _YEARS.search(text)
    if span is not None:
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else first - first % 100 + int(span[2])
        if last > first:
            return first, last
    found = _YEAR.search(text)
    return (int(found[1]) if found else None), None


def _months(text: str) -> list[int]:
    """Months that a text names, by number or English name; at most two."""
    found: list[int] = []
    for part in _DASH.split(text.strip())[:2]:
        word = _WORD.search(part)
        number = _NUMBER.fullmatch(part)
        if word and word[0][:3].lower() in _MONTHS:
            found.append(_MONTHS.index(word[0][:3].lower()) + 1)
        elif number and 1 <= int(number[0][:4]) <= 12:
            found.append(int(number[0]))
    return found


def _day(text: str) -> int | None:
    found = _NUMBER.findall(text)
    return int(found[0]) if len(found) == 1 and 1 <= int(found[0][:4]) <= 31 else None
