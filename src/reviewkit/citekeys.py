"""Citekeys for new papers: family name, year, first word of the title.

``matsubara2022bottlefit``, as Google Scholar writes them. A key that exists is never
changed here; this only names what has none yet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_STOP_WORD = re.compile(
    "a|an|the|on|of|in|to|for|and|from|at|by|with|into|via|as|"
    "der|das|ein|eine|le|la|les|un|une|el|los|las"
)
_NAME_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_GROUP_WORD = re.compile("collaboration|consortium|team|group|inc|authors", re.IGNORECASE)

_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω"
_LETTERS = {
    **dict(zip("øđłıħŧŋĸ", "odlihtnk", strict=True)),
    **dict(zip("ßæœþðəɛ", ("ss", "ae", "oe", "th", "d", "e", "e"), strict=True)),
    **{letter: unicodedata.name(letter).split()[3][0].lower() for letter in _GREEK},
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    **dict(
        zip(
            "жхцчшщюяєіъь",
            ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya", "ye", "i", "", ""),
            strict=True,
        )
    ),
}
_FOLD = str.maketrans(_LETTERS)


class Citekeys:
    """The citekeys in use, compared without regard to case."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._keys = {key.casefold() for key in keys}

    def __contains__(self, key: str) -> bool:
        return key.casefold() in self._keys

    def add(self, key: str) -> None:
        """Count this key as taken from now on."""
        self._keys.add(key.casefold())


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
    number = 0
    candidate = key
    while candidate in taken:
        number += 1
        candidate = key + _letters(number)
    return candidate


def _folded(text: str) -> str:
    """Lower-case ASCII letters and digits of a text."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain.translate(_FOLD))


def _is_stop_word(word: str) -> bool:
    return _STOP_WORD.fullmatch(_folded(word)) is not None


def _family(name: str) -> str:
    words = name.partition(",")[0].split()
    while len(words) > 1 and _NAME_SUFFIX.fullmatch(words[-1]):
        words.pop()
    if words and _GROUP_WORD.fullmatch(words[-1]):
        return next((_folded(word) for word in words if not _is_stop_word(word)), "")
    von = next((place for place, word in enumerate(words) if word[:1].islower()), len(words) - 1)
    return _folded("".join(words[von:]))


def _first_word(title: str) -> str:
    compounds = [compound for compound in title.split() if _folded(compound)]
    telling = [word for word in compounds if not _is_stop_word(word)] or compounds
    if not telling:
        return ""
    parts = [_folded(part) for part in re.split(r"[^\w'\u2019.]+", telling[0])]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    word = parts[0]
    if (len(word) == 1 or word.isdigit()) and len(parts) > 1:
        return word + parts[1]
    if word.isdigit() and len(telling) > 1:
        return word + _first_word(telling[1])
    return word


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
