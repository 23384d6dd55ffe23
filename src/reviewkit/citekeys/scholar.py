"""Citekeys as Google Scholar writes them: ``matsubara2022bottlefit``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewkit.citekeys.folding import folded
from reviewkit.citekeys.taken import Citekeys, unique

_STOP_WORD = re.compile(
    "a|an|the|on|of|in|to|for|and|from|at|by|with|into|via|as|"
    "der|das|ein|eine|le|la|les|un|une|el|los|las"
)
_NAME_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_GROUP_WORD = re.compile("collaboration|consortium|team|group|inc|authors", re.IGNORECASE)


def make(
    authors: Sequence[str],
    year: int | None,
    title: str,
    taken: Citekeys | Iterable[str] = (),
) -> str:
    """Citekey of ``[a-z0-9]`` that is not among `taken`.

    Parts that are absent, or have no letter that can be written in ASCII, are left out; if
    nothing is left the key is ``paper``. A key that is taken gets a, b, ... z, aa, ...

    Parameters
    ----------
    authors
        Display names, "First von Last, Jr"; the first one's family name counts, with its
        von part.
    title
        Unicode text. Its first word that is no article or preposition counts, up to a
        hyphen. A word of one character or of digits alone takes the next with it, so
        that "1-bit Adam" of 2021 gives ``tang20211bit`` and not ``tang20211``.
    taken
        For many papers pass one `Citekeys` and add each new key to it.

    Examples
    --------
    >>> make(["Weigao Sun", "Zhen Qin"], 2024, "CO2: Efficient Distributed Training")
    'sun2024co2'
    """
    if not isinstance(taken, Citekeys):
        taken = Citekeys(taken)
    family = _family(authors[0]) if authors else ""
    key = f"{family}{year if year is not None else ''}{_first_word(title)}" or "paper"
    return unique(key, taken)


def _is_stop_word(word: str) -> bool:
    return _STOP_WORD.fullmatch(folded(word)) is not None


def _family(name: str) -> str:
    words = name.partition(",")[0].split()
    while len(words) > 1 and _NAME_SUFFIX.fullmatch(words[-1]):
        words.pop()
    if words and _GROUP_WORD.fullmatch(words[-1]):
        return next((folded(word) for word in words if not _is_stop_word(word)), "")
    von = next((place for place, word in enumerate(words) if word[:1].islower()), len(words) - 1)
    return folded("".join(words[von:]))


def _first_word(title: str) -> str:
    compounds = [compound for compound in title.split() if folded(compound)]
    telling = [word for word in compounds if not _is_stop_word(word)] or compounds
    if not telling:
        return ""
    parts = [folded(part) for part in re.split(r"[^\w'\u2019.]+", telling[0])]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    word = parts[0]
    if (len(word) == 1 or word.isdigit()) and len(parts) > 1:
        return word + parts[1]
    if word.isdigit() and len(telling) > 1:
        return word + _first_word(telling[1])
    return word
