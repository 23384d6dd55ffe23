"""Keys cited by LaTeX commands, in .tex and .aux files and in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import unescape

from reviewkit.citations.found import Use

# Parts that LaTeX does not typeset as text, and escapes, which must be passed over whole.
_NOT_TEXT = re.compile(
    r"""
      (?P<escape> \\[^A-Za-z] )
    | \\verb\*?(?P<delimiter>[^A-Za-z\s*]).*?(?P=delimiter)
    | \\(?:lstinline|mintinline)\s*(?:\[[^\]]*\])?\s*(?:\{\w+\})?
        (?P<mark>[^A-Za-z\s*{\[]).*?(?P=mark)
    | \\(?:url|path|nolinkurl|href|lstinline)\s*\{[^{}]*\}
    | \\begin\s*\{(?P<name>verbatim\*?|Verbatim\*?|BVerbatim|lstlisting|minted|comment
        |filecontents\*?)\}.*?(?:\\end\s*\{(?P=name)\}|\Z)
    | \\iffalse\b.*?(?:\\fi\b|\Z)
    | (?<=\\end\{document\}).*
    | %[^\n]*
    """,
    re.VERBOSE | re.DOTALL,
)

# The commands of LaTeX, natbib, biblatex, apacite, jurabib, abntex2 and csquotes.
_CITES = re.compile(
    r"""
    (?: paren|text|foot|footfull|full|smart|super|auto|short|inline|online|new|masked|no
      |p?note|fnote )?
    cite
    (?: t|p|alt|alp|alias|talias|palias|num|author|authors|fullauthor|authorfull|year|yearpar
      |yearnp|authornp|authoryear|title|date|url|field|list|name|only|online|a|n|np|anp|shorta
      |shortnp|fulla|fullnp|text )?
    | citation | bibentry | defcitealias | (?:text|block|hybridblock)cquote
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MULTI = re.compile(r"(?:paren|text|foot|smart|super|auto|full|footfull)?cite(?:text)?s", re.I)
_VOLUME = re.compile(r"(?:p|f|s|t|a|n|ft)?volcites?|foreign(?:text|block)cquote", re.I)
# Commands about citations rather than citing.
_ABOUT = {"citestyle", "setcitestyle", "bibcite", "citetext", "citesetup", "citecolor"}

_CONTROL = re.compile(r"<bcf:citekey\b[^<>]*>([^<>]*)</bcf:citekey>")
COMMAND = re.compile(r"\\(abx@aux@cite|[A-Za-z]*[Cc]ite[A-Za-z]*|bibentry|citation|\w*cquote)\*?")
# One argument after a command. An optional one holds text with braces, at most so long
# that looking for the end of one that never ends stays cheap.
_ARGUMENT = re.compile(
    r"""[ \t]*\n?[ \t]*(?:
      \{ (?P<keys>[^{}]*) \}
    | \[ (?>(?:\\.|[^\[\]{}\\]|\{(?>(?:\\.|[^{}\\]|\{[^{}]*\})*)\}|\[[^\[\]{}]*\]){0,2000}) \]
    | \( (?>(?:\\.|[^(){}\\]|\{[^{}]*\}){0,2000}) \)
    | < [^<>{}]{0,2000} >
    )""",
    re.VERBOSE | re.DOTALL,
)


def blank(text: str) -> str:
    """Text with comments, verbatim text and addresses as spaces, of equal length."""

    def spaces(match: re.Match[str]) -> str:
        if match["escape"]:
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return _NOT_TEXT.sub(spaces, text)


def uses(text: str) -> Iterator[Use]:
    """Keys that the commands in `text`, blanked before, cite."""
    for match in COMMAND.finditer(text):
        yield from command_uses(text, match)


def control_uses(text: str) -> Iterator[Use]:
    """Keys in the file that biblatex writes for Biber (`.bcf`), an XML of one key a line.

    Source: biblatex 3.19, `biblatex.sty`, `blx@bcf@write@citekey`.
    """
    for match in _CONTROL.finditer(text):
        key = unescape(match[1]).strip()
        if key:
            yield Use(key, match.start(1), "everything" if key == "*" else "certain")


def command_uses(text: str, match: re.Match[str]) -> Iterator[Use]:
    """Keys that one command cites; `match` is a match of `COMMAND` in `text`."""
    name = match[1]
    if name.lower() in _ABOUT:
        return
    groups = _groups(text, match.end())
    sure = True
    if name == "abx@aux@cite":
        # biblatex names the reference section before the key.
        lists = list(islice(groups, 2))[-1:]
    elif _VOLUME.fullmatch(name):
        lists = list(islice(groups, 2))[1:]
    elif _MULTI.fullmatch(name):
        lists = list(groups)
    else:
        lists = list(islice(groups, 1))
        sure = _CITES.fullmatch(name) is not None
    for at, inside in lists:
        for key, offset in split_keys(inside, ","):
            if key == "*" and sure:
                yield Use(key, at + offset, "everything")
            elif not re.search(r"[#\\{}\s*]", key):
                yield Use(key, at + offset, "certain" if sure else "guess")


def split_keys(text: str, separators: str) -> Iterator[tuple[str, int]]:
    """Keys of a list, each with its offset; empty ones are left out."""
    for match in re.finditer(f"[^{separators}]+", text):
        key = match[0].strip()
        if key:
            yield key, match.start() + match[0].index(key)


def _groups(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Offset and content of each braced group after `at`, optional arguments passed over."""
    while argument := _ARGUMENT.match(text, at):
        if argument["keys"] is not None:
            yield argument.start("keys"), argument["keys"]
        at = argument.end()
