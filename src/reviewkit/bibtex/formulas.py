"""Formulas in plain characters, where plain characters can show them."""

from __future__ import annotations

import re
import unicodedata

from reviewkit.bibtex.symbols import (
    DOUBLE_STRUCK,
    MATH_ACCENTS,
    RAISED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
)

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)(?P<blank>[ \t\n]*)|\\(?P<sign>.)|(?P<script>[_^])"
    r"|(?P<open>\{)|(?P<text>.)",
    re.DOTALL,
)
_SCRIPT = re.compile(r"\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|\\([A-Za-z]+)|([^\\{}\s]))")
_GROUP = re.compile(r"\s*\{([^{}]*)\}")
_WRAPPERS_WORDS = """
    boldsymbol emph mathbf mathcal mathit mathrm mathsf mathtt mbox operatorname text textbf
    textit textnormal textrm textsc textsf texttt
"""
_WRAPPERS = frozenset(_WRAPPERS_WORDS.split())
_SWITCHES = re.compile(
    r"\\(?:rm|bf|it|sf|tt|cal|displaystyle|limits|left|right|big|Big)(?![A-Za-z])\s*"
)
_SPACES = {",", ";", ":", " "}
_DEEPEST = 8


def plain_math(body: str, depth: int = 0) -> str | None:
    """The formula between its dollars in plain characters; None where they cannot show it."""
    if depth == 0:
        body = _SWITCHES.sub("", body)
    elif depth > _DEEPEST:
        return None
    parts: list[str] = []
    position = 0
    while position < len(body):
        token = _TOKEN.match(body, position)
        if token is None:
            return None
        position = token.end()
        kind = token.lastgroup
        if kind == "blank":
            shown, position = _word(body, token, depth)
        elif kind == "sign":
            sign = token["sign"]
            shown = sign if sign in "%&#_${}" else " " if sign in _SPACES else None
            shown = "" if sign in "!/" else shown
        elif kind == "script":
            shown, position = _script(body, position, token["script"])
        elif kind == "open":
            end = _end_of_group(body, token.start())
            shown = plain_math(body[position : end - 1], depth + 1) if end else None
            position = end or position
        elif token["text"] == "}":
            shown = None
        else:
            shown = {"-": "\u2212", "'": "\u2032"}.get(token["text"], token["text"])
        if shown is None:
            return None
        parts.append(shown)
    text = "".join(parts)
    return text.strip() if depth == 0 else text


def _word(body: str, token: re.Match[str], depth: int) -> tuple[str | None, int]:
    """What a command shows, and where its arguments end."""
    word, position = token["word"], token.end()
    argument = _GROUP.match(body, position)
    if word in _WRAPPERS:
        end = _end_of_group(body, position)
        inner = plain_math(body[position + 1 : end - 1], depth + 1) if end else None
        return inner, end or position
    if argument is not None and word in ("mathbb", "Bbb"):
        signs = [DOUBLE_STRUCK.get(sign) for sign in argument[1]]
        return ("".join(map(str, signs)) if all(signs) else None), argument.end()
    if word in MATH_ACCENTS:
        single = argument[1] if argument is not None else body[position : position + 1]
        if len(single) != 1 or not single.isalnum():
            return None, position
        end = argument.end() if argument is not None else position + 1
        return unicodedata.normalize("NFC", single + MATH_ACCENTS[word]), end
    symbol = SYMBOLS.get(word)
    if symbol is None:
        return None, position
    # Blanks after a letter are TeX's; beside signs and functions people want to see them.
    lone_letter = len(symbol) == 1 and symbol.isalpha()
    return symbol + (" " if token["blank"] and not lone_letter else ""), position


def _script(body: str, position: int, sign: str) -> tuple[str | None, int]:
    found = _SCRIPT.match(body, position)
    if found is None:
        return None, position
    inner = found[1] if found[1] is not None else found[3] or ""
    word = found[2] or (inner.strip()[1:] if inner.strip()[:1] == "\\" else "")
    if sign == "^" and word in RAISED:
        return RAISED[word], found.end()
    if found[2] is not None:
        return None, position
    table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    return script(inner, table) or None, found.end()


def script(text: str, table: dict[str, str]) -> str | None:
    """The text in raised or lowered characters; None where there is none for one of them."""
    shown = [table.get(sign) for sign in text]
    return "".join(sign for sign in shown if sign) if all(shown) else None


def _end_of_group(body: str, position: int) -> int | None:
    """Place after the group that opens here; None where none does or it stays open."""
    if body[position : position + 1] != "{":
        return None
    depth = 0
    for at in range(position, len(body)):
        if body[at] in "{}" and body[at - 1 : at] != "\\":
            depth += 1 if body[at] == "{" else -1
            if depth == 0:
                return at + 1
    return None
