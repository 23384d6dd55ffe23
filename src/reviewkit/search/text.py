"""The words of a query, and text in the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# name:word, name:"several words", "several words" or word.
_TERM = re.compile(r'(?:(\w+):)?"([^"]*)"?|(\S+)')

# Combining marks of Latin, Greek and Cyrillic; in other scripts they are letters' own.
_ACCENTS = re.compile("[\u0300-\u036f]+")

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)


def fold(text: str) -> str:
    """Text without case, accents and typographic variants, for comparing words."""
    if text.isascii():
        return text.lower()
    # Taken apart first, for some signs stand for capitals; and again, for a small letter
    # may carry an accent that its capital did not.
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", small))
    return apart if apart.isascii() else apart.translate(_LETTERS)


def terms(text: str, parts: Collection[str]) -> list[tuple[str | None, str]]:
    """Words that a query asks for: pairs of part (None: anywhere) and folded words.

    A prefix that is not one of `parts`, as in `doi:10.1`, belongs to the word. A part
    without a word, as while `tag:` is being typed, asks for nothing.
    """
    found: list[tuple[str | None, str]] = []
    for prefix, phrase, word in _TERM.findall(fold(text)):
        part: str | None = prefix or None
        wanted: str = phrase or word
        if part is not None and part not in parts:
            part, wanted = None, f"{part}:{wanted}"
        elif word:
            head, colon, rest = word.partition(":")
            if colon and head in parts:
                part, wanted = head, rest
        wanted = " ".join(wanted.split())
        if wanted:
            found.append((part, wanted))
    return found
