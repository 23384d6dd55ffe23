"""The words of a title, as the formulas count them."""

from __future__ import annotations

import re

# Words that say nothing of what a paper is about: Better BibTeX leaves these out.
_SKIPPED = frozenset(
    """
    a ab aboard about above across after against al along amid among an and anti around as at
    before behind below beneath beside besides between beyond but by d da das de del dell dello
    dei degli della delle dans der des despite die do down du during ein eine einem einen einer
    eines el en et except for from gli i il in inside into is l la las le les like lo los near
    nor of off on onto or over past per plus round save since so some sur than the through to
    toward towards un una unas under underneath une unlike uno unos until up upon versus via von
    while with within without yet zu zum
    """.split()
)
# JabRef's function words.
_FUNCTION = frozenset(
    """
    a an the above about across against along among around at before behind below beneath beside
    between beyond by down during except for from in inside into like near of off on onto since
    to toward through under until up upon with within without and but nor or so yet
    """.split()
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


def telling_words(title: str) -> list[str]:
    """Words without punctuation, those that tell nothing left out; "Pre-training" is one."""
    words = (_NOT_A_LETTER.sub("", word) for word in title.split())
    return [word for word in words if word and word.lower() not in _SKIPPED]


def words_at_hyphens(title: str) -> list[str]:
    """Words as JabRef counts them, parted at blanks and hyphens."""
    return [word for word in re.split(r"[\s-]+", title) if word]


def is_function_word(word: str) -> bool:
    """Whether JabRef takes the word for one that tells nothing."""
    return word.lower() in _FUNCTION


def capitalized(word: str) -> str:
    """The word with its first letter in upper case, the others as they are."""
    return word[:1].upper() + word[1:]
