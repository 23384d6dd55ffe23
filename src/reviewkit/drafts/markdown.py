"""Plain text as Markdown that shows exactly it: no markup, citation or formula of its own."""

from __future__ import annotations

import re

# Signs that mean something to CommonMark, pandoc, MyST or MathJax wherever they stand, and what
# would make an address of a text: pandoc knows many schemes, JupyterLab "www.".
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#$@|~^&]|(?<=[a-z]):(?=\S)|(?<=www)\.", re.IGNORECASE)
# What begins a list, a rule, a heading's underline, a definition, MyST's comment or label, or
# the caption of a table, up to the sign that makes it that.
_BEGINNING = re.compile(
    r"[-+=:%]|(?:\d{1,9}|[A-Za-z]{1,4}|\(?\w{1,4})[.)](?=\s|$)|\([^()\n]*\)=|Table:"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\$\[\]{}|^()]*[^\s<>\"'`\\$\[\]{}|^().,;:!?]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PANDOC_KEY = re.compile(r"\w(?:\w|[:.#$%&\-+?~/](?=\w))*")


def line(said: str) -> str:
    """Text on one line, to stand anywhere but at a line's beginning."""
    pieces, done = [], 0
    whole = " ".join(_UNSEEN.sub("", said).split())
    for match in _ADDRESS.finditer(whole):
        pieces += [text(whole[done : match.start()]), f"<{match[0]}>"]
        done = match.end()
    return "".join([*pieces, text(whole[done:])])


def text(said: str) -> str:
    """Text within a line, as `line`, but with its blanks, and with addresses as text as well."""
    return _SIGNS.sub(r"\\\g<0>", said)


def opening(written: str) -> str:
    """Markdown of a line, so that it begins no block where it begins a line."""
    match = _BEGINNING.match(written)
    at = match.end() - 1 if match else 0
    return f"{written[:at]}\\{written[at:]}" if match else written


def seen(said: str) -> str:
    """Text without the signs that nobody sees, with line ends of one kind."""
    return _UNSEEN.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))


def citation(*citekeys: str) -> str:
    """Pandoc's citation of keys, in brackets."""
    return f"[{'; '.join(map(named, citekeys))}]"


def named(citekey: str) -> str:
    """Pandoc's citation of a key as a part of the sentence: "Smith et al. (2020)"."""
    plain = _PANDOC_KEY.fullmatch(citekey) is not None
    return f"@{citekey}" if plain else f"@{{{citekey}}}"


def address(url: str) -> str:
    """Link that shows its own address; one that is not of the web is text only."""
    shown = _UNSEEN.sub("", url)
    return f"<{shown}>" if _ADDRESS.fullmatch(shown) else line(url)
