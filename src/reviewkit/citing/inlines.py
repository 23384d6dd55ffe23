"""What a citation processor gives, pandoc's inlines, as HTML, as plain text and as Markdown.

Written here, and not by one more process of pandoc, as it happens after each edit; a test
compares with pandoc's own reading of the Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

_HTML = {
    "Emph": "em",
    "Strong": "strong",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "u",
    "Strikeout": "s",
}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_BLANKS = ("Space", "SoftBreak", "LineBreak")
_SMALL_CAPS = '<span style="font-variant: small-caps">'
_WEB = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9/:?#@!$&'()*+,;=%~._-]+")
#: Whatever may begin something in Markdown, in mathematics, or a citation.
_SPECIAL = re.compile(r"[\\`*_{\[\]<~$@^]|&(?=#?\w+;)|!(?=$|\[)|:(?=//)|(?<=www)\.")
#: What at a line's start would make it a list, a heading or a quotation.
_AT_START = re.compile(r"^([-+=#>|:%]|\d{1,9}(?=[.)]))")


def html(inlines: Any) -> str:
    """HTML of inlines; nothing of a text is markup, and only web addresses are links."""
    return "".join(_html(node) for node in inlines)


def _html(node: Any) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return escape(content)
    if kind in _BLANKS:
        return "<br>" if kind == "LineBreak" else " "
    if kind in _HTML:
        return f"<{_HTML[kind]}>{html(content)}</{_HTML[kind]}>"
    if kind == "SmallCaps":
        return f"{_SMALL_CAPS}{html(content)}</span>"
    if kind == "Quoted":
        first, last = _QUOTES[content[0]["t"]]
        return f"{first}{html(content[1])}{last}"
    if kind == "Link":
        inner, target = html(content[1]), content[2][0]
        if not _WEB.match(target):
            return inner
        return f'<a href="{escape(target)}" target="_blank" rel="noopener">{inner}</a>'
    if kind in ("Code", "Math"):
        return escape(content[1])
    return html(_inside(node))


def plain(inlines: Any) -> str:
    """The text of inlines without any marks; blanks are single."""
    return re.sub(r"[ \t\n]+", " ", "".join(_plain(inlines))).strip()


def _plain(inlines: Any) -> Iterator[str]:
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            yield content
        elif kind in _BLANKS:
            yield " "
        elif kind == "Quoted":
            first, last = _QUOTES[content[0]["t"]]
            yield first
            yield from _plain(content[1])
            yield last
        elif kind in ("Code", "Math"):
            yield content[1]
        else:
            yield from _plain(_inside(node))


def markdown(inlines: Any) -> str:
    """Markdown of inlines on one line, that JupyterLab and pandoc read alike."""
    text = re.sub(r"[ \t\n]+", " ", "".join(map(_markdown, inlines))).strip()
    return _AT_START.sub(_not_a_list, text)


def _not_a_list(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _markdown(node: Any) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return escaped(content)
    if kind in _BLANKS:
        return " "
    if kind in ("Emph", "Strong"):
        return _marked(content, "*" if kind == "Emph" else "**")
    if kind in _HTML:
        return f"<{_HTML[kind]}>{_markdowns(content)}</{_HTML[kind]}>"
    if kind == "SmallCaps":
        return f"{_SMALL_CAPS}{_markdowns(content)}</span>"
    if kind == "Quoted":
        first, last = _QUOTES[content[0]["t"]]
        return f"{first}{_markdowns(content[1])}{last}"
    if kind == "Link":
        return _link(content[1], content[2][0])
    if kind in ("Code", "Math"):
        return escaped(content[1])
    return _markdowns(_inside(node))


def _markdowns(inlines: Any) -> str:
    return "".join(map(_markdown, inlines))


def _marked(inlines: Any, mark: str) -> str:
    """Emphasis; what CommonMark would not take for it, as HTML."""
    inner = _markdowns(inlines)
    stripped = inner.strip()
    if not stripped:
        return inner
    if inner == stripped and inner[0].isalnum() and inner[-1].isalnum() and mark not in inner:
        return f"{mark}{inner}{mark}"
    name = "em" if mark == "*" else "strong"
    return f"<{name}>{inner}</{name}>"


def _link(inlines: Any, target: str) -> str:
    inner = _markdowns(inlines)
    if not _WEB.match(target):
        return inner
    if plain(inlines) == target and _PLAIN_ADDRESS.fullmatch(target):
        return f"<{target}>"
    # Only what no address has is spelled otherwise: "%" stays as it is.
    address = quote(target, safe="/:?#[]@!$&'*+,;=%~.-_")
    return f"[{inner}]({address})"


def escaped(text: str) -> str:
    """Markdown that shows just this text."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _inside(node: Any) -> Sequence[Any]:
    """The inlines within one that is itself of no concern; none of notes and of raw code."""
    kind, content = node["t"], node.get("c")
    found: Sequence[Any] = ()
    if kind in ("Span", "Cite", "Image", "Link"):
        found = content[1]
    elif kind in _HTML or kind == "SmallCaps":
        found = content
    return found


def notes(inlines: Any) -> list[Any]:
    """What stands in footnotes, in the order of their places."""
    found: list[Any] = []
    for node in inlines:
        if node["t"] == "Note":
            found += of_blocks(node["c"])
        else:
            found += notes(_inside(node))
    return found


def of_blocks(blocks: Any) -> list[Any]:
    """The inlines of all paragraphs within blocks, parted by blanks."""
    found: list[Any] = []
    for block in blocks:
        inner = block["c"] if block["t"] in ("Para", "Plain") else []
        inner = of_blocks(block["c"][1]) if block["t"] == "Div" else inner
        found += [{"t": "Space"}, *inner] if found else inner
    return found
