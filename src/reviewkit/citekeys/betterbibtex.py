"""Better BibTeX's citation key formulas: ``auth.lower + shorttitle(3,3) + year``.

Read are terms joined by `+` and alternatives by `|` (the first one that gives something
counts); a term is a text in quotes or a function, each with filters after dots. The
functions and filters are those of Better BibTeX that need nothing but the paper:
https://retorque.re/zotero-better-bibtex/citing/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reviewkit.citekeys.facts import KeyFacts, Person
from reviewkit.citekeys.folding import to_ascii
from reviewkit.citekeys.titles import capitalized, telling_words
from reviewkit.errors import ValueRefusedError

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<number>-?\d+)|'(?P<single>[^']*)'|"(?P<double>[^"]*)"
    |(?P<sign>[+|.,()=]))""",
    re.VERBOSE,
)
#: What a key must not hold, for BibTeX, biber or LaTeX.
_UNSAFE = re.compile(r"""[\s"#%'(),={}~\\@^`<>&$!?*;|\[\]\x00-\x1f\x7f]""")

#: A paper that has something for every function.
_ANYTHING = KeyFacts("misc", (Person("A", "", "B"),), (), "Tea leaves", 2000, {"pages": "1"})

Argument = str | int
Function = Callable[..., str]


def _family(facts: KeyFacts, letters: int = 0, number: int = 1) -> str:
    people = facts.people
    if not 0 < number <= len(people):
        return ""
    family = people[number - 1].family
    return family[:letters] if letters else family


def _families(facts: KeyFacts, number: int = 0) -> str:
    found = [person.family for person in facts.people]
    if 0 < number < len(found):
        found = [*found[:number], "EtAl"]
    return " ".join(found)


def _initial(people: tuple[Person, ...]) -> str:
    return people[0].first[:1] if people else ""


def _et_al(facts: KeyFacts) -> str:
    found = [person.family for person in facts.people]
    return " ".join(found if len(found) < 3 else [found[0], "EtAl"])


def _alpha(facts: KeyFacts) -> str:
    found = [person.family for person in facts.people]
    if len(found) < 2:
        return "".join(found)[:3]
    some = found if len(found) < 5 else found[:3]
    return "".join(name[:1] for name in some) + ("+" if len(found) > 4 else "")


def _short_title(facts: KeyFacts, words: int = 3, capitals: int = 0) -> str:
    found = telling_words(facts.title)[:words]
    return " ".join(
        capitalized(word) if number < capitals else word for number, word in enumerate(found)
    )


def _year(facts: KeyFacts) -> str:
    return "" if facts.year is None else str(facts.year)


def _pages(facts: KeyFacts) -> list[int]:
    return [int(page[:12]) for page in re.findall(r"\d+", facts.fields.get("pages", ""))]


def _journal(facts: KeyFacts) -> str:
    names = ("shortjournal", "journal", "journaltitle", "booktitle")
    return next((facts.fields[name] for name in names if facts.fields.get(name)), "")


def _very_short_title(facts: KeyFacts, words: int = 1, capitals: int = 0) -> str:
    return _short_title(facts, words, capitals)


_FUNCTIONS: dict[str, Function] = {
    "auth": _family,
    "authEtAl": _et_al,
    "authForeIni": lambda facts: _initial(facts.people),
    "authorLast": lambda facts: facts.people[-1].family if facts.people else "",
    "authorLastForeIni": lambda facts: _initial(facts.people[-1:]),
    "authors": _families,
    "authorsAlpha": _alpha,
    "firstpage": lambda facts: str(min(_pages(facts), default="")),
    "journal": _journal,
    "lastpage": lambda facts: str(max(_pages(facts), default="")),
    "month": lambda facts: facts.fields.get("month", ""),
    "shorttitle": _short_title,
    "shortyear": lambda facts: _year(facts)[-2:],
    "title": lambda facts: " ".join(map(capitalized, telling_words(facts.title))),
    "type": lambda facts: facts.type,
    "veryshorttitle": _very_short_title,
    "year": _year,
}


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(re.escape(old), lambda _: new, text, flags=re.IGNORECASE)


def _substring(text: str, start: int = 1, letters: int | None = None) -> str:
    return text[start - 1 :][:letters] if start > 0 else text


def _selected(text: str, start: int = 1, words: int | None = None) -> str:
    return " ".join(text.split()[start - 1 :][:words]) if start > 0 else text


_FILTERS: dict[str, Function] = {
    "abbr": lambda text: "".join(word[0] for word in text.split()),
    "alphanum": lambda text: re.sub(r"[^\w\s]|_", "", text),
    "ascii": lambda text: text.encode("ascii", "ignore").decode("ascii"),
    "capitalize": lambda text: " ".join(map(capitalized, text.split())),
    "clean": lambda text: _UNSAFE.sub("", to_ascii(text)),
    "condense": lambda text, sign="": sign.join(text.split()),
    "default": lambda text, other: text or other,
    "fold": to_ascii,
    "lower": str.lower,
    "nopunct": lambda text: re.sub(r"[^\w\s-]", "", text),
    "nopunctordash": lambda text: re.sub(r"[^\w\s]", "", text),
    "numeric": lambda text: text if text.isdigit() else "",
    "postfix": lambda text, end: text + end if text else "",
    "prefix": lambda text, start: start + text if text else "",
    "replace": _replaced,
    "select": _selected,
    "skipwords": lambda text: " ".join(telling_words(text)),
    "substring": _substring,
    "upper": str.upper,
}


@dataclass(frozen=True, slots=True)
class _Call:
    """A function or filter with its arguments; for the text itself, a constant."""

    run: Function
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class BetterBibtexFormula:
    """A formula: alternatives of terms, each term a function and its filters."""

    alternatives: tuple[tuple[tuple[_Call, ...], ...], ...]

    def __call__(self, facts: KeyFacts) -> str:
        """The key, not yet kept apart from others; empty if the paper gives nothing."""
        for terms in self.alternatives:
            found = "".join(_term(calls, facts) for calls in terms)
            key = _UNSAFE.sub("", to_ascii(found))
            if key:
                return key
        return ""


def _term(calls: tuple[_Call, ...], facts: KeyFacts) -> str:
    text = calls[0].run(facts, *calls[0].arguments)
    for call in calls[1:]:
        text = call.run(text, *call.arguments)
    return text


def parse(formula: str) -> BetterBibtexFormula:
    """The formula that a text writes.

    Raises
    ------
    ValueRefusedError
        The text is none, or uses what is not known; the message says where.
    """
    return _Parser(formula).formula()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def formula(self) -> BetterBibtexFormula:
        alternatives = [self._terms()]
        while self._taken("|"):
            alternatives.append(self._terms())
        if self._text[self._at :].strip():
            raise self._wrong("the rest is not understood")
        return BetterBibtexFormula(tuple(alternatives))

    def _terms(self) -> tuple[tuple[_Call, ...], ...]:
        terms = [self._calls()]
        while self._taken("+"):
            terms.append(self._calls())
        return tuple(terms)

    def _calls(self) -> tuple[_Call, ...]:
        token = self._next()
        text = token["single"] if token["single"] is not None else token["double"]
        if text is not None:
            calls = [_Call(lambda _, constant: constant, (text,))]
        else:
            calls = [self._call(token, _FUNCTIONS, "function")]
        while self._taken("."):
            calls.append(self._call(self._next(), _FILTERS, "filter"))
        return tuple(calls)

    def _call(self, token: re.Match[str], known: dict[str, Function], what: str) -> _Call:
        name = token["name"]
        if name not in known:
            raise self._wrong(f"{token[0].strip()!r} is no {what}; there are {', '.join(known)}")
        arguments: list[Argument] = []
        if self._taken("(") and not self._taken(")"):
            arguments.append(self._argument())
            while self._taken(","):
                arguments.append(self._argument())
            if not self._taken(")"):
                raise self._wrong("a ) is missing")
        call = _Call(known[name], tuple(arguments))
        try:
            # Number and kind of arguments are found wrong here, not at the first paper.
            call.run(_ANYTHING if what == "function" else "x", *arguments)
        except TypeError:
            raise self._wrong(f"{name!r} takes other arguments") from None
        return call

    def _argument(self) -> Argument:
        token = self._next()
        if token["name"] and self._taken("="):
            token = self._next()
        if token["number"]:
            return int(token["number"])
        for kind in ("single", "double", "name"):
            if token[kind] is not None:
                return token[kind]
        raise self._wrong("an argument is missing")

    def _taken(self, sign: str) -> bool:
        token = _TOKEN.match(self._text, self._at)
        if token is None or token["sign"] != sign:
            return False
        self._at = token.end()
        return True

    def _next(self) -> re.Match[str]:
        token = _TOKEN.match(self._text, self._at)
        if token is None:
            raise self._wrong("something is missing")
        self._at = token.end()
        return token

    def _wrong(self, why: str) -> ValueRefusedError:
        return ValueRefusedError(
            f"The citekey formula {self._text!r} cannot be read: at character {self._at}, {why}.",
            field="citekey formula",
            value=self._text,
        )
