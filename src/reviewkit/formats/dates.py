"""Year and month of the dates that people and programs write."""

from __future__ import annotations

import re

from reviewkit.bibtex.values import MONTHS, decode_value

_NAMES = tuple(MONTHS)
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20|21)\d\d(?!\d)")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>0?[1-9]|1[0-2])(?=$|[-/.T\s])(?!-\d{4})")
_WORD = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.-]((?:1[5-9]|20)\d\d)")
_DAY_FIRST = re.compile(r"(1[3-9]|2\d|3[01])[/.](0?[1-9]|1[0-2])[/.]\d{4}")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/\d{4}")


def year_of(text: str) -> str:
    """The first year that the text names, in four digits; empty if none."""
    found = _YEAR.search(text)
    return found[0] if found else ""


def month_of(text: str) -> str:
    """Right-hand side of `month`: a macro, two of them joined, a season; empty: not known.

    A date that could be read in two ways ("3/4/2020") gives no month.
    """
    text = text.strip()
    iso = _ISO.match(text)
    if iso:
        return _NAMES[int(iso["month"]) - 1]
    for pattern, group in ((_MONTH_YEAR, 1), (_DAY_FIRST, 2), (_MONTH_FIRST, 1)):
        found = pattern.fullmatch(text)
        if found:
            return _NAMES[int(found[group]) - 1]
    words = [(month or season).lower() for month, season in _WORD.findall(text)]
    months = [word for word in words if word in MONTHS]
    if months:
        first, last = months[0], months[1:2]
        return f'{first} # "--" # {last[0]}' if last and last[0] != first else first
    return f"{{{words[0].capitalize()}}}" if words else ""


def month_named(word: str) -> str:
    """Right-hand side for a number or name that stands alone: "3", "Mar.", "March"."""
    word = word.strip().removesuffix(".0")
    if word.isdigit() and word.isascii():
        return _NAMES[int(word) - 1] if len(word) < 3 and 1 <= int(word) <= 12 else ""
    return month_of(word)


def month_text(raw: str) -> str:
    """The month in words."""
    return decode_value("month", raw)
