"""JabRef's citation key patterns: ``[auth][year]``.

Markers and modifiers are those of https://docs.jabref.org/setup/citationkeypatterns;
a marker that is none of them is the name of a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewkit.citekeys.facts import KeyFacts, Person
from reviewkit.citekeys.folding import to_ascii
from reviewkit.citekeys.titles import capitalized, is_function_word, words_at_hyphens
from reviewkit.errors import ValueRefusedError

#: What JabRef takes out of keys: what BibTeX forbids and its own list of unwanted signs.
_FORBIDDEN = re.compile(r"""[\s{}(),=\\"#%~'@\x00-\x1f\x7f]""")
_UNWANTED = re.compile(r"[-`\u02b9:!;?^$]")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)

People = tuple[Person, ...]


def _lasts(people: People, most: int | None = None, glue: str = "", end: str = "") -> str:
    names = [person.last for person in people]
    cut = most is not None and len(names) > most
    return glue.join(names[:most]) + (end if cut else "")


def _etal(people: People, glue: str, end: str) -> str:
    return _lasts(people, 2, glue) if len(people) < 3 else people[0].last + end


def _letters_of(people: People, letters: int, number: int) -> str:
    if not 0 < number <= len(people):
        return ""
    return _UNWANTED.sub("", people[number - 1].last)[:letters]


def _spread(people: People, letters: int) -> str:
    """The beginning of every name, so many letters in all; the first names get more."""
    if not people:
        return ""
    each, more = divmod(letters, len(people))
    parts = (_letters_of(people, each + (n < more), n + 1) for n in range(len(people)))
    return "".join(parts)[:letters]


def _alpha(people: People) -> str:
    if len(people) == 1:
        words = people[0].family.split() or [""]
        return "".join(word[0] for word in words[:-1]) + words[-1][:3]
    some = people if len(people) < 5 else people[:3]
    initials = "".join(word[0] for person in some for word in person.family.split())
    return initials + ("+" if len(people) > 4 else "")


def _short(people: People) -> str:
    if len(people) == 1:
        return people[0].last
    initials = "".join(_letters_of(people, 1, number + 1) for number in range(min(3, len(people))))
    return initials + ("+" if len(people) > 3 else "")


def _first_and_initials(people: People) -> str:
    rest = "".join(_letters_of(people, 1, number) for number in range(2, len(people) + 1))
    return _letters_of(people, 5, 1) + rest


_PEOPLE: dict[str, Callable[[People], str]] = {
    "auth": lambda people: people[0].last if people else "",
    "auth.auth.ea": lambda people: _lasts(people, 2, ".", ".ea"),
    "auth.etal": lambda people: _etal(people, ".", ".etal"),
    "authEtAl": lambda people: _etal(people, "", "EtAl"),
    "authFirstFull": lambda people: people[0].family.replace(" ", "") if people else "",
    "authForeIni": lambda people: people[0].first[:1] if people else "",
    "authorIni": _first_and_initials,
    "authorLast": lambda people: people[-1].last if people else "",
    "authorLastForeIni": lambda people: people[-1].first[:1] if people else "",
    "authors": _lasts,
    "authorsAlpha": _alpha,
    "authshort": _short,
}
_NUMBERED = re.compile(r"(?P<kind>authIni|authors|auth)(?P<n>\d{1,3})(?:_(?P<m>\d{1,3}))?")
_EDITORS = re.compile(r"ed(?:itor|tr)(?=\W|[A-Zs0-9]|$)")


def _of_people(marker: str, people: People) -> str | None:
    if marker in _PEOPLE:
        return _PEOPLE[marker](people)
    found = _NUMBERED.fullmatch(marker)
    if found is None:
        return None
    number = int(found["n"])
    if found["kind"] == "authIni":
        return _spread(people, number)
    if found["kind"] == "authors":
        return _lasts(people, number, end="EtAl")
    return _letters_of(people, number, int(found["m"] or 1))


def _significant(title: str) -> str:
    words = words_at_hyphens(title)
    kept = (
        word[:1].lower() + word[1:] if number and is_function_word(word) else capitalized(word)
        for number, word in enumerate(words)
    )
    return " ".join(kept)


def _short_title(title: str, most: int) -> str:
    words = [word for word in words_at_hyphens(title) if not is_function_word(word)]
    return " ".join(words[:most])


def _pages(facts: KeyFacts) -> list[int]:
    return [int(page[:12]) for page in re.findall(r"\d+", facts.fields.get("pages", ""))]


def _prefix(facts: KeyFacts) -> str:
    found = re.match(r"\D+", facts.fields.get("pages", ""))
    return found[0] if found else ""


def _initials(title: str) -> str:
    return "".join(word[0] for word in words_at_hyphens(title)[:3] if word[0].isalnum())


_OTHERS: dict[str, Callable[[KeyFacts], str]] = {
    "camel": lambda facts: " ".join(map(capitalized, words_at_hyphens(facts.title))),
    "entrytype": lambda facts: capitalized(facts.type),
    "firstpage": lambda facts: str(min(_pages(facts), default="")),
    "fulltitle": lambda facts: facts.title,
    "lastpage": lambda facts: str(max(_pages(facts), default="")),
    "pageprefix": _prefix,
    "shorttitle": lambda facts: _short_title(facts.title, 3),
    "shorttitleINI": lambda facts: _initials(facts.title),
    "shortyear": lambda facts: "" if facts.year is None else str(facts.year)[-2:],
    "title": lambda facts: _significant(facts.title),
    "veryshorttitle": lambda facts: _short_title(facts.title, 1),
    "year": lambda facts: "" if facts.year is None else str(facts.year),
}
_KEYWORDS = re.compile(r"(keywords?)(\d{0,3})")


def _value(marker: str, facts: KeyFacts) -> str:
    if marker in _OTHERS:
        return _OTHERS[marker](facts)
    pure = marker.removeprefix("pure")
    if pure.startswith("auth"):
        found = _of_people(pure, facts.authors if pure != marker else facts.people)
        if found is not None:
            return found
    if _EDITORS.match(marker):
        as_author = re.sub("edtr", "auth", re.sub("^editor", "author", marker))
        found = _of_people(as_author, facts.editors)
        if found is not None:
            return found
    keywords = _KEYWORDS.fullmatch(marker)
    if keywords:
        words = [word.strip() for word in re.split("[,;]", facts.fields.get("keywords", ""))]
        if keywords[1] == "keyword":
            number = int(keywords[2] or 1)
            return words[number - 1] if 0 < number <= len(words) else ""
        return "".join(words[: int(keywords[2] or len(words))])
    return facts.named(marker)


def _titlecase(text: str) -> str:
    words = text.lower().split()
    return " ".join(
        word if number and is_function_word(word) else capitalized(word)
        for number, word in enumerate(words)
    )


_MODIFIERS: dict[str, Callable[[str], str]] = {
    "abbr": lambda text: "".join(word[0] for word in re.split(r'[() \r\n"]+', text) if word),
    "camel": lambda text: "".join(map(capitalized, text.split())),
    "capitalize": lambda text: " ".join(capitalized(word.lower()) for word in text.split()),
    "lower": str.lower,
    "lower_case": str.lower,
    "sentencecase": lambda text: capitalized(text.lower()),
    "sentence_case": lambda text: capitalized(text.lower()),
    "title": _titlecase,
    "titlecase": _titlecase,
    "title_case": _titlecase,
    "upper": str.upper,
    "upper_case": str.upper,
}
_REGEX = re.compile(r'regex\(\s*"(?P<old>(?:\\.|[^"\\])*)"\s*,\s*"(?P<new>(?:\\.|[^"\\])*)"\s*\)')
_TRUNCATE = re.compile(r"truncate(\d{1,4})")
#: A regular expression of a file is somebody else's program: it may be short only, and
#: without repeated groups, whose search can take for ever.
_REGEX_LENGTH = 100
_REPEATED_GROUP = re.compile(r"\)[*+{]")


def _modified(text: str, modifier: str) -> str:
    if modifier in _MODIFIERS:
        return _MODIFIERS[modifier](text)
    if cut := _TRUNCATE.fullmatch(modifier):
        return text[: int(cut[1])].rstrip()
    if change := _REGEX.fullmatch(modifier):
        new = re.sub(r"\\(.)", r"\1", change["new"])
        return re.sub(re.sub(r"\\\\", r"\\", change["old"]), lambda _: new, text)
    return text or modifier[1:-1]


def _check(pattern: str, modifier: str) -> None:
    if modifier in _MODIFIERS or _TRUNCATE.fullmatch(modifier):
        return
    if modifier[:1] == "(" and modifier[-1:] == ")":
        return
    change = _REGEX.fullmatch(modifier)
    why = f"{modifier!r} is no modifier; there are {', '.join(_MODIFIERS)}, truncateN, regex, (x)"
    if change:
        old = re.sub(r"\\\\", r"\\", change["old"])
        try:
            re.compile(old)
        except re.error as error:
            why = f"the regular expression {old!r} is wrong ({error})"
        else:
            if len(old) <= _REGEX_LENGTH and not _REPEATED_GROUP.search(old):
                return
            why = f"the regular expression {old!r} is too long or repeats a group"
    raise ValueRefusedError(
        f"The citekey pattern {pattern!r} cannot be used: {why}.",
        field="citekey formula",
        value=pattern,
    )


_PART = re.compile(
    r'\[(?P<marker>(?:"[^"]*"|[^\]"])*)\]|\\(?P<escaped>.)|(?P<text>[^\[\\]+)', re.S
)
_BETWEEN = re.compile(r':(?=(?:[^"]*"[^"]*")*[^"]*$)(?![^(]*\))')


@dataclass(frozen=True, slots=True)
class JabrefPattern:
    """A pattern: texts, and markers with their modifiers."""

    parts: tuple[tuple[str, tuple[str, ...] | None], ...]

    def __call__(self, facts: KeyFacts) -> str:
        """The key, not yet kept apart from others; empty if the paper gives nothing."""
        key = "".join(
            text if modifiers is None else self._marker(text, modifiers, facts)
            for text, modifiers in self.parts
        )
        return _FORBIDDEN.sub("", to_ascii(key.translate(_UMLAUTS)))

    def _marker(self, marker: str, modifiers: tuple[str, ...], facts: KeyFacts) -> str:
        text = _value(marker, facts)
        for modifier in modifiers:
            text = _modified(text, modifier)
        return _UNWANTED.sub("", _FORBIDDEN.sub("", text))


def parse(pattern: str) -> JabrefPattern:
    """The pattern that a text writes.

    Raises
    ------
    ValueRefusedError
        A bracket does not close, or a modifier is not known; the message says which.
    """
    parts: list[tuple[str, tuple[str, ...] | None]] = []
    at = 0
    while at < len(pattern):
        found = _PART.match(pattern, at)
        if found is None:
            raise ValueRefusedError(
                f"The citekey pattern {pattern!r} cannot be used: the bracket at character "
                f"{at + 1} does not close.",
                field="citekey formula",
                value=pattern,
            )
        if found["marker"] is not None:
            marker, *modifiers = _BETWEEN.split(found["marker"])
            for modifier in modifiers:
                _check(pattern, modifier)
            parts.append((marker, tuple(modifiers)))
        else:
            parts.append((found["text"] or found["escaped"], None))
        at = found.end()
    return JabrefPattern(tuple(parts))
