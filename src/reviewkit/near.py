"""Words that a mistyped word was likely meant to be; knows nothing of what they name."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from difflib import SequenceMatcher

# Below this share of common characters difflib's own default calls two words unlike.
_LIKE = 0.6
_CANDIDATES = 60


def near(word: str, words: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Get the likely ones of `words`, best first; empty if nothing is like `word`.

    Parameters
    ----------
    word
        What was typed; upper and lower case are taken as equal.
    words
        What exists. 100,000 citekeys take about a tenth of a second.
    limit
        The most that are returned.

    Notes
    -----
    The words with the most letter pairs in common are compared by the ratio of
    Ratcliff and Obershelp; a word that contains the other counts as like it, for half a
    key is often all that is remembered.
    """
    typed = word.strip().casefold()
    if not typed or limit < 1:
        return ()
    pairs = list({typed[at : at + 2] for at in range(len(typed) - 1)}) or [typed]
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)
    rated = []
    for _, candidate in heapq.nlargest(
        _CANDIDATES, ((_shared(pairs, other), other) for other in words)
    ):
        likeness = _likeness(matcher, typed, candidate.casefold())
        if likeness >= _LIKE:
            rated.append((-likeness, candidate))
    return tuple(candidate for _, candidate in sorted(rated)[:limit])


def _shared(pairs: list[str], other: str) -> float:
    """Letter pairs in common, less a trifle per character so that short words come first."""
    folded = other.casefold()
    return sum([pair in folded for pair in pairs]) - len(folded) / 10_000


def _likeness(matcher: SequenceMatcher[str], typed: str, other: str) -> float:
    matcher.set_seq1(other)
    ratio = matcher.ratio()
    shorter, longer = sorted((typed, other), key=len)
    if len(shorter) > 2 and shorter in longer:
        # A contained word is always like the other, a beginning more than a middle.
        contained = 0.7 if longer.startswith(shorter) else _LIKE
        return max(ratio, contained + ratio / 4)
    return ratio
