"""Texts compared and merged word by word.

What two replicas show of the same operations must be the same to the byte, so nothing here
depends on a library's version: of several longest common subsequences always the same one is
taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: Texts of more words than this are not merged: people see both.
MOST_WORDS = 4000

SAME, REMOVED, ADDED = "same", "removed", "added"

# Blanks are tokens as well, so that joined tokens are the text to the byte.
_TOKEN = re.compile(r"\w+|\n|[^\S\n]+|[^\w\s]", re.DOTALL)
_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """Words, line ends, runs of blanks and single other characters; joined, they are the text."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=512)
def merge(base: str, one: str, other: str) -> str | None:
    """The text with the changes of both; None where they meet, or where it is too long.

    Three-way merge by words (Khanna, Kunal and Pierce, "A formal investigation of diff3",
    2007): between words that are in all three texts, the side that changed something wins,
    and a change that both made counts once. What one side only put beside words that the other
    changed goes with that change. Which of both is `one` does not matter.
    """
    if one == other or base == other:
        return one
    if base == one:
        return other
    if any(_too_long(text) for text in (base, one, other)):
        return None
    was, left, right = tokens(base), tokens(one), tokens(other)
    in_left, in_right = common(was, left), common(was, right)
    found: list[str] = []
    at = at_left = at_right = 0
    for place in (*(i for i in range(len(was)) if i in in_left and i in in_right), len(was)):
        to_left, to_right = in_left.get(place, len(left)), in_right.get(place, len(right))
        piece = _settled(was[at:place], left[at_left:to_left], right[at_right:to_right])
        if piece is None:
            return None
        found += piece
        found += was[place : place + 1]
        at, at_left, at_right = place + 1, to_left + 1, to_right + 1
    return "".join(found)


def _settled(base: list[str], one: list[str], other: list[str]) -> list[str] | None:
    """What a part between common words becomes; None where both sides changed it."""
    if one in (base, other):
        return other
    if other == base:
        return one
    left, right = _around(base, one), _around(base, other)
    if left is not None and right is not None:
        # Both put something beside the same words: at different ends of them, or not.
        if bool(left[0]) == bool(right[0]):
            return None
        return [*left[0], *right[0], *base, *left[1], *right[1]]
    if left is not None:
        return [*left[0], *other, *left[1]]
    return None if right is None else [*right[0], *one, *right[1]]


def _around(base: list[str], side: list[str]) -> tuple[list[str], list[str]] | None:
    """What a side only put before or behind the words; None if it did anything else."""
    if not base or len(side) <= len(base):
        return None
    ends, begins = side[-len(base) :] == base, side[: len(base)] == base
    if ends == begins:
        return None
    return (side[: -len(base)], []) if ends else ([], side[len(base) :])


def _too_long(text: str) -> bool:
    # Signs and blanks are tokens too; a text of nothing else is bounded with the words.
    return len(_WORD.findall(text)) > MOST_WORDS or len(tokens(text)) > 4 * MOST_WORDS


@lru_cache(maxsize=512)
def difference(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """What became of a text: pieces, each `same`, `removed` or `added`, and its words.

    The pieces that are not added are `before`, those that are not removed `after`. Texts that
    are too long to be compared, or have hardly a word in common, are removed and added whole.
    """
    kinds = [(SAME, before)] if before == after else [(REMOVED, before), (ADDED, after)]
    whole = tuple((kind, text) for kind, text in kinds if text)
    if before == after or _too_long(before) or _too_long(after):
        return whole
    was, now = tokens(before), tokens(after)
    found: list[tuple[str, str]] = []
    at = at_now = 0
    for place, place_now in (*common(was, now).items(), (len(was), len(now))):
        found += [(REMOVED, word) for word in was[at:place]]
        found += [(ADDED, word) for word in now[at_now:place_now]]
        found += [(SAME, word) for word in was[place : place + 1]]
        at, at_now = place + 1, place_now + 1
    # What is left of a text in which all was changed would be bits that nobody can read.
    kept = _letters(text for kind, text in found if kind == SAME)
    return _joined(found) if 4 * kept >= min(_letters(was), _letters(now)) else whole


def _letters(words: Iterable[str]) -> int:
    return sum(len(word) for word in words if word.isalnum())


def _joined(pieces: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for kind, text in pieces:
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + text)
        else:
            found.append((kind, text))
    return tuple(found)


def common(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Places of a longest common subsequence in one and the other, in order.

    Notes
    -----
    Rows of the table of lengths are kept as the bits of one integer each (Hyyro, "Bit-parallel
    LCS-length computation revisited", 2004): 10,000 by 10,000 words take a tenth of a second
    and 12 MB.
    """
    start, shortest = 0, min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    found = {place: place for place in range(start)}
    found.update((start + i, start + j) for i, j in _longest(left, right))
    found.update((len(one) - back, len(other) - back) for back in range(end, 0, -1))
    return found


def _longest(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    places: defaultdict[str, int] = defaultdict(int)
    for place, word in enumerate(other):
        places[word] |= 1 << place
    every = (1 << len(other)) - 1
    # A zero at bit j says: the longest with the first j + 1 words is longer than with j.
    rows = [every]
    for word in one:
        row = rows[-1]
        matches = row & places.get(word, 0)
        rows.append(((row + matches) | (row - matches)) & every)
    found = []
    i, j = len(one), len(other)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif not rows[i - 1] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]
