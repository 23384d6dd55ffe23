"""Unicode in ASCII LaTeX: for exports to programs that know no other letters."""

from __future__ import annotations

import unicodedata
from functools import cache

from reviewkit.bibtex.latex import latex_to_text
from reviewkit.bibtex.symbols import (
    ACCENTS,
    LONE_ACCENTS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
)
from reviewkit.bibtex.values import encode_value

_ACCENT_OF = {mark: command for command, mark in reversed(ACCENTS.items())}
_LETTERS_WORDS = """
    AA AE DH DJ L NG O OE P S SS TH aa ae copyright dag ddag dh dj guillemotleft guillemotright
    guilsinglleft guilsinglright i j l ldots ng o oe pounds quotedblbase quotesinglbase ss th
"""
#: As people type them; beside other dashes and quotes they would be read as something else.
_TYPED = {"\u2013": "--", "\u2014": "---", "\u201c": "``", "\u201d": "''"}
#: Of signs that are written in two ways the first one in the table holds.
_RAISED = {sign: plain for plain, sign in reversed(SUPERSCRIPTS.items())}
_LOWERED = {sign: plain for plain, sign in reversed(SUBSCRIPTS.items())}
_LONE = {sign: rf"{{\{_ACCENT_OF[mark]}{{}}}}" for mark, sign in LONE_ACCENTS.items()}


def to_latex(text: str) -> str:
    """TeX of a text, in ASCII as far as LaTeX's usual commands go.

    Reading it gives the text again. Letters of other scripts, which have no command, stay.

    Raises
    ------
    BibtexError
        The text holds something that TeX cannot say (lone surrogates).
    """
    body = encode_value("title", unicodedata.normalize("NFC", text))[1:-1]
    if body.isascii():
        return body
    typed = "".join(_TYPED.get(sign) or spelled(sign) or sign for sign in body)
    if latex_to_text(typed) == text:
        return typed
    return "".join(spelled(sign) or sign for sign in body)


@cache
def spelled(sign: str) -> str | None:
    """LaTeX of one character, safe beside any other text; None where there is none."""
    if sign.isascii():
        return sign
    script = None
    if sign in _RAISED:
        script = rf"\textsuperscript{{{_RAISED[sign]}}}"
    elif sign in _LOWERED:
        script = rf"\textsubscript{{{_LOWERED[sign]}}}"
    for tex in (script, _commands().get(sign), _accented(sign), _LONE.get(sign)):
        if tex is not None and latex_to_text(tex) == sign:
            return tex
    return None


def _accented(sign: str) -> str | None:
    """A letter with its marks, each around the one before it."""
    parts = unicodedata.normalize("NFD", sign)
    base, marks = parts[0], parts[1:]
    if not marks or any(mark not in _ACCENT_OF for mark in marks):
        return None
    tex = base if base.isascii() else _commands().get(base)
    if tex is None:
        return None
    above = [mark for mark in marks if unicodedata.combining(mark) == 230]
    if base in "ij" and above:
        tex = "\\" + base
    for number, mark in enumerate(marks):
        command = _ACCENT_OF[mark]
        bare = number == 0 and not command.isalpha()
        tex = rf"\{command}{tex}" if bare else rf"\{command}{{{tex}}}"
    return "{" + tex + "}"


@cache
def _commands() -> dict[str, str]:
    """LaTeX of each character that has a command of its own."""
    letters = set(_LETTERS_WORDS.split())
    found: dict[str, str] = {}
    # Text's own commands first, then short ones: the last one written stays.
    ranked = sorted(SYMBOLS, key=lambda name: (name in letters, name[:4] == "text", -len(name)))
    for name in ranked:
        text = name in letters or name.startswith("text")
        command = rf"{{\{name}}}" if text else rf"\ensuremath{{\{name}}}"
        found[SYMBOLS[name]] = command
    return found
