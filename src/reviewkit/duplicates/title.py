"""A title as it is compared, and what in it tells one text from another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.duplicates.kinds import is_generic, notes_in
from reviewkit.duplicates.words import words

# What databases put behind a title: "[see comments]", "[Erratum appears in ...]", "[In German]",
# "(author's transl)", "[Review] [45 refs]", "LA: Chi".
_LANGUAGES = (
    "english|german|french|spanish|italian|chinese|japanese|russian|portuguese|polish|dutch"
    "|turkish|korean|danish|swedish|norwegian|czech|hungarian|hebrew"
)
_REMARK = re.compile(
    r"\[(?:published |original )?errat(?:um|a)\b[^\]]*\]?|\[(?:summary|reprint) [^\]]*\]?"
    r"|[\[(](?:see comments?|comments?|author's transl[^\])]*|review|\d+ refs?|corrected|letter"
    rf"|editorial|abstract|(?:article )?(?:in )?(?:{_LANGUAGES}))\.?[\])]"
    r"|(?<=\])\s*(?:la|to): .*$|\.\.\. includes discussion$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"<original>", re.IGNORECASE)
_BRACKETED = re.compile(r"\[([^\[\]]{12,})\]?")
_SUBTITLE = re.compile(r"(?<=\w)\s*(?::\s|\s[-\u2013\u2014]+\s|\?\s|[.]\s(?=\S+\s))")
_AROUND = ' \t\r\n"'

# "tumour", "randomised", "haematology", "centre" as they are written in America.
_BRITISH = re.compile(r"[ao]e|our\b|(?<=i)s(?=(?:e[ds]?|ing|ations?)\b)|tre(?=s?\b)")
_AMERICAN = {"ae": "e", "oe": "e", "our": "or", "s": "z", "tre": "ter"}

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii".split()
_ROMAN = {roman: str(n) for n, roman in enumerate(_NUMERALS, 1)}
_SPELT = {name: str(n) for n, name in enumerate("one two three four five six".split(), 1)}
# Behind these a single letter or a spelt number counts.
_COUNTED = set(
    "part parts phase type stage grade class volume chapter study case section vitamin hepatitis "
    "influenza group appendix series focus no paper lesson report".split()
)
# Articles and what an apostrophe leaves.
_NO_LETTER = set("astdleyoi")
_DIGITS = re.compile(r"\d+")

_ENGLISH = set("the of and with for to by from".split())
_FOREIGN = set(
    "der die das und bei mit von zur des le la les du et el los las del con por y il dei della e "
    "da do em para w na v och og van het een".split()
)
#: Equal titles of fewer letters than this prove little.
SHORT = 16
#: So much of a title is looked at.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Title:
    """A title reduced to what is compared.

    `core` is the whole without blanks, `main` what stands before a subtitle ("" if there is
    none), `others` further ways to write it (a translation in brackets), all without blanks.
    `numbers` are its numbers, Roman and spelt ones too where they count something, and single
    letters; `notes`, whether it is a note on another text; `generic`, whether others bear the
    same title; `translated`, whether it is not, or was not, in English.
    """

    core: str
    words: tuple[str, ...]
    main: str
    others: tuple[str, ...]
    numbers: frozenset[str]
    notes: frozenset[str]
    generic: bool
    translated: bool


def title_of(text: str) -> Title:
    """The title of this text."""
    text = text[:_MOST].strip(_AROUND)
    whole, *original = _ORIGINAL.split(text)
    whole = _REMARK.sub(" ", whole).strip() or whole
    inner = _BRACKETED.findall(whole)
    outer = _BRACKETED.sub(" ", whole) if inner else ""
    if len(outer) < 12:
        inner, outer = [], ""
    cores = ("".join(_words(part)) for part in (outer, *inner, *original) if part)
    tokens = _words(whole)
    spaced = " ".join(tokens)
    return Title(
        core="".join(tokens),
        words=tuple(tokens),
        main=_main(whole),
        others=tuple(core for core in cores if len(core) >= SHORT),
        numbers=_numbers(tokens),
        notes=notes_in(whole, spaced),
        generic=len(spaced) < SHORT or is_generic(spaced),
        translated=text.startswith("[") or _foreign(tokens),
    )


def _words(text: str) -> list[str]:
    """Words of a title with American spelling, and with digits where something is counted."""
    found = words(text)
    spaced = " ".join(found)
    changed = _BRITISH.sub(lambda british: _AMERICAN[british[0]], spaced)
    tokens = found if changed == spaced else changed.split()
    for place, token in enumerate(tokens):
        counted = place > 0 and tokens[place - 1] in _COUNTED
        last = place == len(tokens) - 1 > 0
        if token in _ROMAN and (len(token) > 1 or counted or last):
            tokens[place] = _ROMAN[token]
        elif token in _SPELT and counted:
            tokens[place] = _SPELT[token]
    return tokens


def _foreign(tokens: list[str]) -> bool:
    return not _ENGLISH.intersection(tokens) and bool(_FOREIGN.intersection(tokens))


def _main(text: str) -> str:
    text = text.strip("[] ")
    found = _SUBTITLE.search(text)
    core = "".join(_words(text[: found.start() + 1])) if found else ""
    return core if len(core) >= SHORT else ""


def _numbers(tokens: list[str]) -> frozenset[str]:
    found: set[str] = set()
    before = ""
    for place, token in enumerate(tokens):
        if not token.isalpha():
            found.update(number.lstrip("0") for number in _DIGITS.findall(token))
        elif len(token) == 1:
            # "Case B", "vitamin D".
            counted = before in _COUNTED or place == len(tokens) - 1
            if counted or token not in _NO_LETTER:
                found.add(token)
        before = token
    return frozenset(found)
