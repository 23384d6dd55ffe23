"""Whether words are a text's own, however they were typed or copied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

#: So much of two texts is the same, at least, for one to be meant by the other.
_LIKE = 0.4
_LEFT_OUT = re.compile(r"\[?(?:\.{3}|…)\]?")
#: Where a line's end has cut a word in two.
_CUT = re.compile(r"-\s*\n\s*")
_LETTERS = re.compile(r"\w+")


def is_worded(quote: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts has these words in a row.

    Case, signs, line breaks and accents do not matter; what an ellipsis leaves out may be
    anything, as long as the rest comes in that order.
    """
    pieces = [piece for part in _LEFT_OUT.split(quote) if (piece := _folded(part).strip())]
    return bool(pieces) and any(_has(_folded(text), pieces) for text in texts)


def nearest(quote: str, sentences: Iterable[str]) -> str | None:
    """The sentence that is most like the words; None if none is."""
    by_words = {_folded(sentence): sentence for sentence in sentences}
    found = get_close_matches(_folded(quote), by_words, 1, _LIKE)
    return by_words[found[0]] if found else None


def _has(text: str, pieces: list[str]) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(f" {piece} ", at)
        if at < 0:
            return False
        at += len(piece) + 1
    return True


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = " ".join(_LETTERS.findall(_CUT.sub("", bare)))
    return f" {words} "
