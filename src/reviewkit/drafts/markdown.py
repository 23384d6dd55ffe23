"""Plain text as Markdown that shows exactly it: no markup, citation or formula of its own."""

from __future__ import annotations

import re

# Signs that mean something to CommonMark, pandoc, MyST or MathJax wherever they stand.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#$@|~^&]")
# What begins a list, a rule, a heading's underline or a definition.
_BEGINNING = re.compile(r"([-+=:])|(\d{1,9}|[A-Za-z]{1,4}|\(?\w{1,4})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\$\[\]{}|^()]*[^\s<>\"'`\\$\[\]{}|^().,;:!?]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PANDOC_KEY = re.compile(r"\w(?:\w|[:.#$%&\-+?~/](?=\w))*")


def line(text: str) -> str:
    """Text on one line, to stand anywhere but at a line's beginning."""
    return _inline(" ".join(_UNSEEN.sub("", text).split()))


def quote(text: str, speaker: str) -> str:
    """Block quotation of a text, line by line, with who said it."""
    spoken = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", spoken)
    # A backslash at its end keeps a line apart from the next.
    said = [
        "\\\n> ".join(_opening(each.strip()) for each in paragraph.split("\n"))
        for paragraph in paragraphs
    ]
    return "> " + "\n>\n> ".join([*said, f"— {line(speaker)}"])


def citation(*citekeys: str) -> str:
    """Pandoc's citation of keys, in brackets."""
    return f"[{'; '.join(map(named, citekeys))}]"


def named(citekey: str) -> str:
    """Pandoc's citation of a key as a part of the sentence: "Smith et al. (2020)"."""
    plain = _PANDOC_KEY.fullmatch(citekey) is not None
    return f"@{citekey}" if plain else f"@{{{citekey}}}"


def address(url: str) -> str:
    """Link that shows its own address; one that is not of the web is text only."""
    seen = _UNSEEN.sub("", url)
    return f"<{seen}>" if _ADDRESS.fullmatch(seen) else line(url)


def _opening(text: str) -> str:
    return _BEGINNING.sub(_mark_beginning, _inline(text), count=1) if text else ""


def _mark_beginning(match: re.Match[str]) -> str:
    if match.start():
        return match[0]
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def _inline(text: str) -> str:
    pieces, done = [], 0
    for match in _ADDRESS.finditer(text):
        pieces += [_SIGNS.sub(r"\\\g<0>", text[done : match.start()]), f"<{match[0]}>"]
        done = match.end()
    return "".join([*pieces, _SIGNS.sub(r"\\\g<0>", text[done:])])
