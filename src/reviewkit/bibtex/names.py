"""People's names: split as BibTeX does, each part decoded afterwards.

Decoding first would lose the braces that hold a corporation's name together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from reviewkit.bibtex.latex import latex_to_text

_TEX = re.compile(r"[\\{}~$]")
_AND = re.compile(r"[ \t\r\n]+and[ \t\r\n]+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_PLAIN_WORD = r"[^\W\d_][^\s,]*"
_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Name:
    """One person or corporation; the parts are Unicode, empty where there is none."""

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""

    @property
    def display(self) -> str:
        """ "First von Last, Jr"."""
        name = " ".join(part for part in (self.first, self.von, self.last) if part)
        return f"{name}, {self.jr}" if self.jr else name


def split_authors(tex: str) -> tuple[Name, ...]:
    """The people of a name field's TeX (`Field.tex`), "others" included as a last name."""
    return tuple(_name(person) for person in _people(tex))


def display_names(tex: str) -> tuple[str, ...]:
    """ "First von Last, Jr" of each person of a name field's TeX, in Unicode."""
    return tuple(_display(person) for person in _people(tex))


def _people(tex: str) -> Iterable[str]:
    if _TEX.search(tex) is None:
        return [name for name in _AND.split(tex.strip()) if name]
    return [name for name in split_multiple_persons_names(tex) if name]


@lru_cache(maxsize=1 << 16)
def _display(person: str) -> str:
    if "," not in person and _TEX.search(person) is None:
        return _BLANKS.sub(" ", person)
    return _name(person).display


@lru_cache(maxsize=1 << 14)
def _name(person: str) -> Name:
    try:
        parts = parse_single_name_into_parts(person, strict=False)
    except InvalidNameError:
        return Name(last=latex_to_text(person).strip())
    return Name(*(_decoded(part) for part in (parts.first, parts.von, parts.last, parts.jr)))


def _decoded(words: list[str]) -> str:
    return latex_to_text(" ".join(words)).strip()
