"""The words that name a topic: those that its papers have more than others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def label_of(matrix: Any, terms: Any, everywhere: Any) -> list[str]:
    """Up to four words that stand in these papers more than elsewhere, none within another."""
    inside = np.asarray(matrix.mean(axis=0)).ravel()
    frequent = np.asarray((matrix > 0).sum(axis=0)).ravel() >= 2
    at = np.flatnonzero(frequent)
    score = np.round(inside[at] * np.log(inside[at] / everywhere[at]), 9)
    order = sorted(range(len(at)), key=lambda n: (-score[n], terms[at[n]]))
    chosen: dict[str, float] = {}
    for n in order[:30]:
        term, value = str(terms[at[n]]), float(score[n])
        if value <= 0:
            break
        alike = [word for word in chosen if _stems(word) & _stems(term)]
        if not alike and len(chosen) < 4:
            chosen[term] = value
        elif len(alike) == 1 and _stems(alike[0]) < _stems(term) and value > chosen[alike[0]] / 2:
            # A pair of words says more than one of them, if it is nearly as typical.
            chosen = {term if word == alike[0] else word: v for word, v in chosen.items()}
    return list(chosen)


def _stems(term: str) -> frozenset[str]:
    # "sparse" and "sparsity" say one thing; no stemmer is needed to see it.
    parts = re.split(r"[\s\-]", term)
    return frozenset(re.sub(r"(?<=\w{2})(ies|es|s)$", "", part)[:5] for part in parts)


def spellings(texts: Sequence[str]) -> Callable[[str], str]:
    """Gives words their usual capitals back: "NAS", "mAP", but "diffusion"."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in re.findall(r"[^\W_]+", text):
            # At a sentence's beginning, and in a title, a capital says nothing.
            plain = word.lower() if word[1:] == word[1:].lower() else word
            found[word.lower()][plain] += 1

    def spelled(term: str) -> str:
        def usual(match: re.Match[str]) -> str:
            known = found.get(match[0])
            return min(known, key=lambda w: (-known[w], w)) if known else match[0]

        return re.sub(r"[^\W_]+", usual, term)

    return spelled
