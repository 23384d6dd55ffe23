"""What a quantity tells of, and whether it is a change: read off the words around it."""

from __future__ import annotations

import re
from typing import cast

from reviewkit.claims.claim import Direction, Kind
from reviewkit.claims.vocabulary import Topic, topics

# Topics of these go with any other, and tell the kind only where there is no other.
_GENERAL = ("speedup", "size", "storage", "amount")
_UP = (
    r"increas\w+|improv\w+|higher|highest|fast(?:er)?|speed-?ups?|sp(?:e+)ds? ?up|sped up|"
    r"better|more\b|gain(?:s|ed|ing)?|boost\w*|outperform\w*|"
    r"enhanc\w+|lengthen\w*|greater|larger|bigger|longer|accelerat\w+|surpass\w*|exceed\w*|rais(?:e|es|"
    r"ed|ing)|grow\w*|grew|"
    r"ris(?:e|es|en|ing)|rose|go(?:es)? up|went up|blue-?shift\w*|expand(?:s|ed|ing)?|"
    r"climb\w*|uplift|"
    r"widen\w*|wider|"
    r"deeper|stronger|richer|elevat\w+|"
    r"advantage|ahead|"
    r"beat(?:s|ing)?|additional|extra|add(?:s|ing)?|too (?:high|large|long)|cheaper"
)
_DOWN = (
    r"reduc\w+|decreas\w+|less\b|lower\w*|fewer|smaller|drop\w*|loss(?:es)?|los(?:e|es|ing)|"
    r"lost|cut(?:s|ting)?\b|"
    r"sav(?:e|es|ed|ing|ings)\b|compress(?:es|ed|ing|ion)?|shrink\w*|shrunk|shrank|degrad\w+|declin\w+|fall(?:s|en|"
    r"ing)?|fell|shorter|"
    r"shorten\w*|go(?:es)? down|went down|red-?shift\w*|shifted to the red|decay(?:s|ed)|"
    r"slow(?:er|down|s|ed)?|diminish\w*|minimi[sz]\w+|mitigat\w+|trim\w*|"
    r"alleviat\w+|lighter|worse\w*|"
    r"below|underperform\w*|deteriorat\w+|narrow\w*|sooner|downsiz\w+|prun(?:e|es|ed|ing)|"
    r"eliminat\w+|remov(?:e|es|ed|ing|al)|avoid(?:s|ed|ing)?|"
    r"too (?:low|small|short)|cheaper|sparsif\w+"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_NOT_A_LOSS = re.compile(
    r"loss function|lossless|loss of generality|(?:cross-entropy|contrastive|packet|frame|path|"
    r"insertion|propagation|on-chip|training|validation|test|adversarial|hearing|bone|"
    r"heat) loss(?:es)?",
    re.IGNORECASE,
)
# What improves by becoming less.
_LESS_IS_BETTER = re.compile(r"\b(?:cheaper|lighter)\b", re.IGNORECASE)


def kind_of(words: str, nearest_first: bool, direction: Direction) -> Kind | None:
    """The kind that the words tell of: the nearest metric, or a sort that goes before it."""
    best: tuple[int, int, Topic] | None = None
    for start, _, topic in topics(words):
        rank = 2 if topic == "amount" and direction != "down" else topic in _GENERAL
        rated = (int(rank), start if nearest_first else -start, topic)
        best = rated if best is None else min(best, rated)
    if best is None:
        return None
    topic = best[2]
    if topic in ("storage", "amount"):
        return "reduction" if direction == "down" else "size" if topic == "storage" else "other"
    return cast(Kind, topic)


def without_names(words: str) -> str:
    """The words with blanks for names such as "packet loss", that tell of no change."""
    return _NOT_A_LOSS.sub(lambda match: " " * len(match[0]), words)


def change_of(words: str, nearest_first: bool) -> Direction | None:
    """The direction that the words tell of, from the nearest of them; None: none does."""
    found = list(_CHANGE.finditer(without_names(words)))
    if not found:
        return None
    chosen = found[0] if nearest_first else found[-1]
    if _LESS_IS_BETTER.fullmatch(chosen[0]):
        return "down"
    return "up" if chosen["up"] else "down"
