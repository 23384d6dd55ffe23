"""People's names: split as BibTeX does, each part decoded afterwards.

Decoding first would lose the braces that hold a corporation's name together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from reviewkit.bibtex.latex import latex_to_text

_TEX = re.compile(r"[\\{}~$\f\v]|--|``|''|[?!]`")
_AND = re.compile(r"[ \t\r\n]+and[ \t\r\n]+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_SPECIAL = re.compile(r"\{\\([A-Za-z]+|.)")
#: The commands that BibTeX knows for letters: their own case is the word's.
_LETTERS_WORDS = """
    AA AE L O OE aa ae i j l o oe ss
"""
_LETTERS = frozenset(_LETTERS_WORDS.split())
_COMMAS = re.compile(r"[\s~,-]*\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """One person or corporation; the parts are Unicode, empty where there is none.

    The parts are those of BibTeX, for which a hyphen ends a word: of "Abd al-Rahman
    al-Sufi" the von is "al-Rahman al" and the last name "Sufi". `display` has the hyphens.
    """

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""
    _shown: str = field(default="", compare=False, repr=False)

    @property
    def display(self) -> str:
        """First von Last, Jr."""
        if self._shown:
            return self._shown
        name = " ".join(part for part in (self.first, self.von, self.last) if part)
        return f"{name}, {self.jr}" if self.jr else name


def split_authors(tex: str) -> tuple[Name, ...]:
    """The people of a name field's TeX (`Field.tex`), "others" included as a last name."""
    return tuple(_name(person) for person in _people(tex))


def in_braces(tex: str) -> tuple[bool, ...]:
    """For each person of `split_authors`: do braces hold all of the name, as a corporation's."""
    people = (person.strip(" \t\r\n") for person in _people(tex))
    return tuple(p[:1] == "{" and _brace_end(p, 0) == len(p) for p in people)


def display_names(tex: str) -> tuple[str, ...]:
    """Display form, "First von Last, Jr", of each person of a name field's TeX, in Unicode."""
    return tuple(_display(person) for person in _people(tex))


def _people(tex: str) -> Iterator[str]:
    """The texts between each "and" that stands outside braces."""
    tex = tex.strip(" \t\r\n")
    start = looked = depth = 0
    for glue in _AND.finditer(tex):
        opened = tex.count("{", looked, glue.start())
        depth = max(0, depth + opened - tex.count("}", looked, glue.start()))
        looked = glue.end()
        if depth == 0:
            if glue.start() > start:
                yield tex[start : glue.start()]
            start = glue.end()
    if start < len(tex):
        yield tex[start:]


@lru_cache(maxsize=1 << 16)
def _display(person: str) -> str:
    if person.count(",") < 2 and _TEX.search(person) is None:
        last, comma, first = person.partition(",")
        if comma and _COMMAS.match(first):
            return _name(person).display
        return _BLANKS.sub(" ", f"{first} {last}".strip(" \t\r\n"))
    return _name(person).display


@lru_cache(maxsize=1 << 14)
def _name(person: str) -> Name:
    # Commas at the end are none for BibTeX, and the third and later ones are blanks.
    parts = _split(person, ",")
    while len(parts) > 1 and _COMMAS.match(parts[-1]):
        parts.pop()
    if len(parts) == 1:
        first, von, last = _plain_order(_words(parts[0]))
        shown = _decoded_text(parts[0])
        return Name(_decoded(first), _decoded(von), _decoded(last), "", shown)
    von, last = _von_last(_words(parts[0]))
    jr = parts[1] if len(parts) > 2 else ""
    rest = " ".join(parts[2 if len(parts) > 2 else 1 :])
    shown = f"{_decoded_text(rest)} {_decoded_text(parts[0])}".strip()
    junior = _decoded_text(jr)
    return Name(
        _decoded(_words(rest)),
        _decoded(von),
        _decoded(last),
        _decoded(_words(jr)),
        f"{shown}, {junior}" if junior else shown,
    )


def _split(text: str, signs: str) -> list[str]:
    """Parts of a text between these signs, as far as they stand outside braces."""
    parts: list[str] = []
    depth = start = 0
    for at, sign in enumerate(text):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and sign in signs:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


#: A word and what BibTeX writes before it within a part: a blank or a hyphen.
_Word = tuple[str, str]


def _words(text: str) -> list[_Word]:
    """The words of a text; of several separators the first one counts, as in BibTeX."""
    words: list[_Word] = []
    at = after = 0
    for word in _split(text, " \t\r\n~-"):
        if word:
            # The separator that follows the word before, not the one right before this.
            words.append(("-" if words and text[after] == "-" else " ", word))
            after = at + len(word)
        at += len(word) + 1
    return words


def _plain_order(words: list[_Word]) -> tuple[list[_Word], list[_Word], list[_Word]]:
    """First, von and last of "First von Last".

    Von runs from the first to the last lower-case word; the last word is always a last
    name, and so are those that hyphens join to it where there is no von.
    """
    lower = [at for at, (_, word) in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        start = max(len(words) - 1, 0)
        while start > 0 and words[start][0] == "-":
            start -= 1
        return words[:start], [], words[start:]
    return words[: lower[0]], words[lower[0] : lower[-1] + 1], words[lower[-1] + 1 :]


def _von_last(words: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """Von and last of the part before a comma."""
    lower = [at for at, (_, word) in enumerate(words[:-1]) if _is_lower(word)]
    cut = lower[-1] + 1 if lower else 0
    return words[:cut], words[cut:]


def _is_lower(word: str) -> bool:
    """True if the word's first letter outside braces, or of a braced command, is small.

    As bibtex.web's `von_token_found`: letters inside other braces have no case, and a
    command outside braces counts as its letters. Letters outside ASCII, which BibTeX does
    not know, count as what they are.
    """
    at = 0
    while at < len(word):
        sign = word[at]
        if sign == "{":
            special = _SPECIAL.match(word, at)
            end = _brace_end(word, at)
            if special is not None:
                if special[1] in _LETTERS:
                    return special[1][0].islower()
                inner = next((c for c in word[special.end() : end] if c.isalpha()), "")
                return inner.islower()
            at = end
        elif sign.isalpha():
            return sign.islower()
        else:
            at += 1
    return False


def _brace_end(word: str, at: int) -> int:
    depth = 0
    for place in range(at, len(word)):
        depth += {"{": 1, "}": -1}.get(word[place], 0)
        if depth == 0:
            return place + 1
    return len(word)


def _decoded(words: list[_Word]) -> str:
    return latex_to_text("".join(sign + word for sign, word in words)[1:]).strip()


def _decoded_text(text: str) -> str:
    return latex_to_text(text.strip(" \t\r\n~")).strip()
