"""Authors as they are compared: family names and initials, however they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from reviewkit.duplicates.words import words

_AND = re.compile(r"\s+and\s+|\s*;\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*,\s*")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
#: So many authors are looked at.
_MOST = 100
_NO_NAME = {"others", "al", "anonymous", "anon", "unknown", "jr", "sr", "2nd", "3rd", "iii"}
_PARTICLES = {"de", "del", "della", "der", "den", "van", "von", "la", "le", "da", "di", "do",
              "dos", "du", "el", "al", "bin", "ibn", "ter", "ten", "zu", "zur", "st"}  # fmt: skip


class Person(NamedTuple):
    """A family name without blanks and particles, the initials, and all words of the name."""

    family: str
    initials: str
    all: frozenset[str]


def people(text: str) -> tuple[Person, ...]:
    """The persons of an author field in order.

    They stand between "and" or ";"; a list as "Smith J, Li B" is understood too.
    """
    names = [name for name in _AND.split(text.strip().strip('"')) if name]
    if len(names) == 1 and text.count(",") > 1:
        parts = _LISTED.split(text)
        if all(_INITIALS.fullmatch(part.rpartition(" ")[2]) and " " in part for part in parts):
            names = parts
    found = (_person(name) for name in names[:_MOST])
    return tuple(person for person in found if person is not None)


@lru_cache(maxsize=1 << 15)
def _person(name: str) -> Person | None:
    last, comma, first = name.strip(" ,").partition(",")
    if not comma:
        last, first = _parted(name)
    family = [word for word in words(last) if word not in _NO_NAME]
    given = [word for word in words(first) if word not in _NO_NAME]
    if not family:
        family, given = given, []
    if not family:
        return None
    bare = [word for word in family if word not in _PARTICLES] or family
    everything = frozenset(word for word in (*bare, *given) if len(word) > 1)
    return Person("".join(bare), _initials(first, given), everything)


def _parted(name: str) -> tuple[str, str]:
    """Family and given names of a name without a comma: "Smith JW", "John W. Smith"."""
    parts = name.split()
    end = len(parts)
    while end > 1 and len(parts[end - 1].strip(".")) <= 3 and _INITIALS.fullmatch(parts[end - 1]):
        end -= 1
    if end < len(parts):
        return " ".join(parts[:end]), " ".join(parts[end:])
    start = len(parts) - 1
    while start > 0 and parts[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(parts[start:]), " ".join(parts[:start])


def _initials(first: str, given: Sequence[str]) -> str:
    short = first.strip().replace(".", "").replace(" ", "")
    if short.isupper() and len(short) <= 3:
        return "".join(words(short))
    return "".join(word[0] for word in given)


def same_person(one: Person, other: Person) -> bool:
    """Whether both may be one person; initials that are not known say nothing."""
    if one == other:
        return True
    if one.family == other.family:
        return _compatible(one.initials, other.initials)
    if one.family in other.all or other.family in one.all:
        # Given and family name changed places, or one of several family names was left out.
        mine, theirs = one.initials + one.family[0], other.initials + other.family[0]
        return _compatible(one.initials, theirs) and _compatible(other.initials, mine)
    if one.family.endswith(other.family) or other.family.endswith(one.family):
        return min(len(one.family), len(other.family)) > 3
    alike = ratio(one.family, other.family) >= (75 if one.initials == other.initials else 85)
    return alike and one.initials[:1] == other.initials[:1]


def _compatible(mine: str, theirs: str) -> bool:
    return not mine or not theirs or mine[0] in theirs or theirs[0] in mine


def agreement(one: Sequence[Person], other: Sequence[Person]) -> tuple[int, bool]:
    """How many persons of the shorter list are in the longer one; whether the first are one."""
    if len(one) > len(other):
        one, other = other, one
    left = list(other)
    shared = 0
    for place, person in enumerate(one):
        # Mostly they stand at the same place.
        near = [left[min(place - shared, len(left) - 1)]] if left else []
        for candidate in (*near, *left):
            if same_person(person, candidate):
                left.remove(candidate)
                shared += 1
                break
    return shared, same_person(one[0], other[0])
