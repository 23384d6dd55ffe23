"""Names of people and groups in the form of BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reviewkit.bibtex import encode_value
from reviewkit.lookup.plain import plain

_JUNIOR = re.compile(r"^(.+?),?\s+(jr\.?|sr\.?|ii|iii|iv)$", re.I)
_GROUP = re.compile(
    r"\b(?:collaboration|consortium|team|group|committee|society|association|institute|"
    r"university|foundation|organi[sz]ation|network|initiative|project|ministry|agency|inc)\b",
    re.I,
)
_NOT_IN_NAME = re.compile(r"[{}\\]")

#: Papers of large experiments have more authors than anybody reads.
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Person:
    """One author; only `family` is needed, and a `group` has nothing else.

    `family` may begin with particles in lower case ("van der Maaten").
    """

    family: str
    given: str = ""
    suffix: str = ""
    group: bool = False


def person(family: str, given: str = "", suffix: str = "") -> Person | None:
    """A person whose names are known apart; None if there is no name."""
    family, given, suffix = (_clean(part) for part in (family, given, suffix))
    if not family:
        family, given = given, ""
    return Person(family, given, suffix) if family else None


def named(name: str) -> Person | None:
    """A person or group of whom only the whole name is known, family name last."""
    name = _clean(name)
    if not name:
        return None
    if _GROUP.search(name) and "," not in name:
        return Person(name, group=True)
    junior = _JUNIOR.match(name)
    if junior and " " in junior[1] and "," not in junior[1]:
        given, _, family = junior[1].rpartition(" ")
        return Person(family, given, junior[2])
    if "," in name:
        family, _, given = name.partition(",")
        return person(family, given)
    return Person(name)


def group(name: str) -> Person | None:
    """A group, whatever its name looks like."""
    name = _clean(name)
    return Person(name, group=True) if name else None


def as_text(people: Iterable[Person]) -> str:
    """The people of a name field as Unicode text."""
    return " and ".join(map(_text, people))


def as_raw(people: Iterable[Person]) -> str:
    """The same as a right-hand side, with groups and odd names in braces of their own."""
    return "{" + " and ".join(map(_tex, people)) + "}"


def first(people: Iterable[Person | None]) -> list[Person]:
    """Those that have a name, at most the first 5,000."""
    return [who for who in people if who is not None][:_MOST]


def _text(who: Person) -> str:
    if who.group or not who.given:
        return who.family
    return ", ".join(part for part in (who.family, who.suffix, who.given) if part)


def _tex(who: Person) -> str:
    tex = encode_value("author", _text(who))[1:-1]
    odd = re.search(r"(?:^|\s)(?:and|others)(?:\s|$)", tex, re.I) is not None
    comma = "," in tex and not who.given
    return "{" + tex + "}" if who.group or odd or comma else tex


def _clean(name: str) -> str:
    return _NOT_IN_NAME.sub("", plain(name[:300])).strip(" ,;")
