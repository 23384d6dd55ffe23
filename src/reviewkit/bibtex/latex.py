"""TeX to Unicode and back, for the values of titles, names and abstracts.

The symbols are pylatexenc's; the reader is our own, because a library of 10,000 papers
is listed at once and because `escape` and `latex_to_text` have to be exact inverses.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reviewkit.bibtex.formulas import plain_math, script
from reviewkit.bibtex.symbols import (
    ACCENTS,
    LONE_ACCENTS,
    SMALL_SUPERSCRIPTS,
    SUBSCRIPTS,
    SWITCHES,
    SYMBOLS,
)

_DEEPEST = 60

_NEEDS_READING = re.compile(r"[\\{}$~`\t\n\r\f\v]|--|''|  |\A | \Z")
_NEEDS_READING_PLAIN = re.compile(r"[\\{}$~\t\n\r\f\v]|  |\A | \Z")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>[^A-Za-z]|\Z)|(?P<math>\$\$?)"
    r"|(?P<tie>~)|(?P<open>\{)|(?P<close>\})|(?P<mark>---?|``|''|[?!]`)"
    r"|(?P<text>[^\\{}$~`'?!-]+|.)",
    re.DOTALL,
)
_MARKS = {"---": "\u2014", "--": "\u2013", "``": "\u201c", "''": "\u201d", "?`": "¿", "!`": "¡"}
_SIGNS = {
    " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "",
    "@": "", "\\": " ", "": "\\",
}  # fmt: skip
_CHAR = re.compile(r"\s*(\d{1,7})")
_MATH = re.compile(r"(\$\$?)((?:[^$\\]|\\.)+?)\1", re.DOTALL)
_PAREN_MATH = re.compile(r"\\\(((?:[^\\$]|\\[^()])+?)\\\)", re.DOTALL)
#: `word' in single quotes, which is no code and no accent.
_SINGLE_QUOTES = re.compile(r"(?<![^\s(\[{-])`([^`'\s](?:[^`]*?[^`\s])?)'(?![\w'])")


@lru_cache(maxsize=1 << 15)
def latex_to_text(tex: str, *, prose: bool = False, ligatures: bool = True) -> str:
    """Unicode text that a TeX value means.

    Runs of blanks count as one. Maths that plain characters can show is turned into
    them, other maths stays as it is between its dollars. With `prose`, for abstracts and
    other long texts, all maths stays and an empty line still parts paragraphs. Without
    `ligatures`, `--` stays (pages). Unknown commands are left out around their argument
    and shown where they have none.
    """
    wanted = _NEEDS_READING if ligatures else _NEEDS_READING_PLAIN
    if wanted.search(tex) is None:
        return tex
    tex = _collapse(tex, prose).strip(" \t\r\n\f\v")
    if ligatures and not prose and "`" in tex:
        tex = _SINGLE_QUOTES.sub("\u2018\\1\u2019", tex)
    return _Reader(tex, prose, ligatures).run()


def _collapse(tex: str, prose: bool) -> str:
    return _BLANKS.sub(_blank_of_prose if prose else " ", tex)


def _blank_of_prose(found: re.Match[str]) -> str:
    """A blank, or the end of a paragraph where an empty line is."""
    return "\n\n" if found[0].count("\n") > 1 else " "


class _Reader:
    """One pass over a TeX text; `position` moves on with each part read."""

    def __init__(self, tex: str, prose: bool, ligatures: bool) -> None:
        self.tex = tex
        self.prose = prose
        self.ligatures = ligatures
        self.position = 0

    def run(self) -> str:
        parts = []
        while self.position < len(self.tex):
            parts.append(self._until_close(0))
            # A brace too many: BibTeX would not accept it, we show what is there.
        return "".join(parts)

    def _until_close(self, depth: int) -> str:
        parts: list[str] = []
        while self.position < len(self.tex):
            token = _TOKEN.match(self.tex, self.position)
            if token is None:
                break
            if token.lastgroup == "close":
                self.position = token.end()
                break
            parts.append(self._token(token, depth))
        return "".join(parts)

    def _token(self, token: re.Match[str], depth: int) -> str:
        kind = token.lastgroup
        self.position = token.end()
        if kind == "text":
            return token[0]
        if kind == "open":
            if depth >= _DEEPEST:
                return ""
            return self._until_close(depth + 1)
        if kind == "mark":
            if not self.ligatures:
                return token[0]
            return _MARKS[token[0]]
        if kind == "tie":
            return " "
        if kind == "math":
            return self._math(token)
        if kind == "sign":
            return self._sign(token["sign"], depth)
        return self._word(token, depth)

    def _math(self, token: re.Match[str]) -> str:
        found = _MATH.match(self.tex, token.start())
        if found is None:
            return token[0]
        self.position = found.end()
        if self.prose:
            return found[0]
        shown = plain_math(found[2])
        return found[0] if shown is None else shown

    def _paren_math(self) -> str:
        found = _PAREN_MATH.match(self.tex, self.position - 2)
        shown = None if found is None or self.prose else plain_math(found[1])
        if found is None or shown is None:
            return "\\("
        self.position = found.end()
        return shown

    def _sign(self, sign: str, depth: int) -> str:
        accent = ACCENTS.get(sign)
        if accent is not None:
            return self._accented(accent, depth)
        if sign == "(":
            return self._paren_math()
        if sign == "[":
            return "\\["
        return _SIGNS.get(sign, sign)

    def _word(self, token: re.Match[str], depth: int) -> str:
        word = token["word"]
        if len(word) == 1 or word in ACCENTS:
            accent = ACCENTS.get(word)
            if accent is not None:
                return self._accented(accent, depth)
        if word == "char":
            found = _CHAR.match(self.tex, self.position)
            if found is not None and int(found[1]) < 0x110000:
                self.position = found.end()
                self._skip_empty_group()
                return chr(int(found[1]))
        if word in ("textsubscript", "textsuperscript"):
            inner = self._argument(depth)
            table = SUBSCRIPTS if word == "textsubscript" else SMALL_SUPERSCRIPTS
            return script(inner, table) or inner
        if word == "texorpdfstring":
            self._argument(depth)
            return self._argument(depth)
        if word in ("enquote", "mkbibquote", "textquote"):
            return f"\u201c{self._argument(depth)}\u201d"
        if word in ("href", "textcolor", "color", "noopsort"):
            self._argument(depth)
            return ""
        symbol = SYMBOLS.get(word)
        if symbol is not None:
            self._skip_empty_group()
            return symbol
        if word in SWITCHES:
            return ""
        if self.tex[self.position : self.position + 1] == "{":
            return ""
        return token[0]

    def _skip_empty_group(self) -> None:
        if self.tex.startswith("{}", self.position):
            self.position += 2

    def _argument(self, depth: int) -> str:
        """The next group, command or character, read."""
        blank = _BLANKS.match(self.tex, self.position)
        if blank is not None:
            self.position = blank.end()
        token = _TOKEN.match(self.tex, self.position)
        if token is None or token.lastgroup == "close":
            return ""
        if token.lastgroup == "text":
            self.position += 1
            return token[0][0]
        if depth >= _DEEPEST:
            return ""
        return self._token(token, depth + 1)

    def _accented(self, accent: str, depth: int) -> str:
        base = self._argument(depth)
        if not base:
            return LONE_ACCENTS.get(accent, "")
        first, rest = base[:1], base[1:]
        first = {"\u0131": "i", "\u0237": "j"}.get(first, first) if accent != "\u0323" else first
        return unicodedata.normalize("NFC", first + accent) + rest
