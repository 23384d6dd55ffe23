"""Where a paper stands: its journal or book, volume, number, pages and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio, token_set_ratio

from reviewkit.duplicates.words import words

_SMALL = {"the", "of", "and", "for", "in", "on", "a", "an", "de", "der", "die", "das", "und", "et",
          "la", "le", "du", "des", "y", "e", "to"}  # fmt: skip
_MORE = re.compile(r"\s*[:=(\[].*", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_SINGLE = re.compile(r"(?<!\d)\d{1,12}(?!\d)")
_PAGE = re.compile(r"([a-z]*)\s?(\d{1,12})(?!\d)")
_RANGE = re.compile(r"([a-z]*)(\d{1,12})[a-z]?\s*[-\u2010-\u2015]+\s*([a-z]*)(\d{1,12})(?!\d)")
# What spreadsheets made of pages 1-6: "01-Jun".
_DATE = re.compile(r"\d+[-/](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
#: No journal has more issues in a year; what is greater counts records of a database.
_ISSUES = 366


class Pages(NamedTuple):
    """First and last page (None: not known), and all numbers that are written."""

    first: int
    last: int | None
    all: frozenset[int]


class Journal(NamedTuple):
    """Name of a journal or book: its words without small ones, and those before a subtitle."""

    core: str
    words: tuple[str, ...]
    main: str


@lru_cache(maxsize=1 << 14)
def journal_of(text: str) -> Journal | None:
    """The journal or book of this name; None without one."""
    text = text.strip().strip('"').strip()
    kept = tuple(word for word in words(text) if word not in _SMALL)
    if not kept:
        return None
    main = (word for word in words(_MORE.sub("", text)) if word not in _SMALL)
    return Journal("".join(kept), kept, "".join(main))


@lru_cache(maxsize=1 << 14)
def same_journal(one: Journal, other: Journal) -> float:
    """How alike two names are, from 0 to 1; an abbreviation is like its full name."""
    if one.core == other.core or (one.main == other.main and len(one.main) > 3):
        return 1.0
    if _abbreviates(one.words, other.words) or _abbreviates(other.words, one.words):
        return 0.95
    if _initials(one) == other.main or _initials(other) == one.main:
        return 0.9
    short, long = sorted((one.main, other.main), key=len)
    if len(short) > 3 and (long.startswith(short) or (len(short) > 8 and long.endswith(short))):
        return 0.85
    words_alike = token_set_ratio(" ".join(one.words), " ".join(other.words))
    return max(ratio(one.core, other.core), 0.8 * words_alike) / 100


def _initials(journal: Journal) -> str:
    return "".join(word[0] for word in journal.words) if len(journal.words) > 2 else "-"


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word begins one of the other's, in order, and the first the first."""
    if len(short) > len(long) or not long[0].startswith(short[0]):
        return False
    place = 0
    skipped = 0
    for word in short:
        while place < len(long) and not _begins(word, long[place]):
            place += 1
            skipped += 1
        if place == len(long):
            return False
        place += 1
    return len(short) > 1 and skipped <= len(short)


def _begins(short: str, long: str) -> bool:
    """Whether a word is cut or contracted to the other: "clin", "natl"."""
    if long.startswith(short):
        return True
    if len(short) < 3 or short[:2] != long[:2] or short[-1] != long[-1]:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


def number_of(text: str) -> int | None:
    """The first number of a volume or issue; None without one that can be."""
    found = _NUMBER.search(text)
    return int(found[0]) if found and len(found[0]) <= 6 else None


def issue_of(text: str) -> int | None:
    """The number of an issue; None if it is none."""
    number = number_of(text)
    return number if number is not None and number <= _ISSUES else None


@lru_cache(maxsize=1 << 14)
def pages_of(text: str) -> Pages | None:
    """The pages; "123-9" is up to 129. None if there are none that can be compared.

    Ranges that go on from one another are one: "742-8; discussion 748-9".
    """
    text = text.strip().strip('"').casefold()
    single = _PAGE.search(text)
    if single is None or _DATE.fullmatch(text):
        return None
    ranges = [_span(found[2], found[4]) for found in _RANGE.finditer(text)]
    numbers = {int(number) for number in _SINGLE.findall(_RANGE.sub(" ", text))}
    numbers.update(page for span in ranges for page in span)
    first = int(single[2])
    last = None
    for start, end in ranges:
        if start == first or (last is not None and first <= start <= last + 1):
            last = max(end, last or 0)
    return Pages(first, last, frozenset(numbers))


def _span(first: str, last: str) -> tuple[int, int]:
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(first), int(last)
