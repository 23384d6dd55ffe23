"""Words of a text as they are compared: folded letters, no signs."""

from __future__ import annotations

import re

from reviewkit import matching

_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """Words in small letters without diacritics, TeX, HTML and signs."""
    if not text:
        return []
    plain = matching.fold(text)
    if not plain.isascii():
        plain = _MARKS.sub("", plain)
    return _NOT_WORD.sub(" ", plain).split()
