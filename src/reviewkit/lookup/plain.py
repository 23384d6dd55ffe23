"""Titles and abstracts with markup (HTML, JATS, MathML) as plain Unicode text."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

# Only names of known elements count as tags: "a <b" and "<k>" may be what a title says.
_STYLES = (
    r"i|b|em|strong|u|s|tt|sc|scp|small|italic|bold|underline|monospace|roman|sans-serif|span|"
    r"font|a|br|sub|sup"
)
_BLOCKS = r"p|sec|title|abstract|div|list|list-item|label|ul|ol|li|h[1-6]"
_FORMULAS = r"inline-formula|disp-formula|alternatives|named-content|styled-content|ext-link|xref"
_TAG = re.compile(
    rf"</?(?:(?:jats|mml|m):[\w-]+|{_STYLES}|{_BLOCKS}|{_FORMULAS})(?:\s[^<>]*)?/?>", re.I
)
# Formulas and headings are bounded, or many that do not end would take time for ever.
_MATH = re.compile(r"<(?:mml:|m:)?math\b.{0,4000}?</(?:mml:|m:)?math\s*>", re.I | re.S)
_TEX = re.compile(r"<((?:jats:)?tex-math)\b[^<>]*>(.{0,1000}?)</\1\s*>", re.I | re.S)
_RAISED = re.compile(r"<(?:jats:)?(su[bp])(?:\s[^<>]*)?>([^<>]*)</(?:jats:)?\1\s*>", re.I)
_HEADING = re.compile(
    r"<(?:jats:)?title(?:\s[^<>]*)?>(.{0,300}?)</(?:jats:)?title\s*>\s*", re.I | re.S
)
_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|sec|list-item|li|div)\s*>", re.I)
_ESCAPED = re.compile(r"&(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);", re.I)

_SUB = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SUP = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")

#: Longer texts are cut: nobody reads them, and patterns take their time.
_MOST = 60_000


def plain(marked: str) -> str:
    """The text on one line, without markup; sub- and superscripts in Unicode if it has them."""
    return " ".join(_stripped(marked).split())


def paragraphs(marked: str) -> str:
    """The text with a blank line between paragraphs; the heading "Abstract" goes."""
    marked = _HEADING.sub(lambda found: _heading(plain(found[1])), marked[:_MOST])
    parts = (plain(part) for part in _PARAGRAPH.sub("\x00", marked).split("\x00"))
    return "\n\n".join(part for part in parts if part)


def _heading(words: str) -> str:
    if words.casefold().strip(" .:") in ("abstract", "summary", ""):
        return ""
    return words if words.endswith((":", ".", "?", "!")) else f"{words}: "


def _stripped(marked: str) -> str:
    text = marked[:_MOST].replace("\x00", " ")
    for _ in range(2):
        # Twice: markup is often escaped once more than it should be.
        if "<" in text:
            text = _untagged(text)
        if not _ESCAPED.search(text):
            return html.unescape(text)
        text = html.unescape(text)
    return _untagged(text) if "<" in text else text


def _untagged(text: str) -> str:
    has_mathml = _MATH.search(text) is not None
    # The same formula is there in TeX and in MathML.
    text = _TEX.sub(lambda found: "" if has_mathml else _formula(found[2]), text)
    text = _MATH.sub(lambda found: _mathml(found[0]), text)
    for _ in range(4):
        text = _RAISED.sub(lambda found: raised(found[2], found[1].lower() == "sup"), text)
    return _TAG.sub(lambda found: " " if "br" in found[0].lower()[:4] else "", text)


def _formula(tex: str) -> str:
    body = tex.strip().strip("$").strip()
    return f"${body}$" if body else ""


def raised(text: str, up: bool) -> str:
    """The text as a superscript, or else a subscript."""
    text = text.strip()
    table = _SUP if up else _SUB
    small = text.translate(table)
    if all(ord(sign) in table for sign in text):
        return small
    if len(text) == 1 or text.isalpha():
        return ("^" if up else "_") + text
    return f"{'^' if up else '_'}({text})"


def _mathml(markup: str) -> str:
    without_names = re.sub(r"(</?)(?:mml|m):", r"\1", markup)
    without_names = re.sub(r"\sxmlns(?::\w+)?=(\"[^\"]*\"|'[^']*')", "", without_names)
    without_names = re.sub(r"\s[\w-]+:(\w[\w-]*=)", r" \1", without_names)
    try:
        return _spoken(fromstring(without_names, forbid_dtd=True), 0)
    except (ParseError, DefusedXmlException):
        return re.sub(r"<[^<>]*>", "", markup)


def _spoken(node: Element, depth: int) -> str:
    name = node.tag.lower()
    if depth > 50 or name.startswith("annotation"):
        return ""
    parts = [_spoken(child, depth + 1) for child in node]
    if name in ("msub", "msup", "munder", "mover") and len(parts) == 2:
        return parts[0] + raised(parts[1], name in ("msup", "mover"))
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + raised(parts[1], False) + raised(parts[2], True)
    if name == "mfrac" and len(parts) == 2:
        return "/".join(part if len(part) < 2 or part.isalnum() else f"({part})" for part in parts)
    if name == "msqrt":
        inside = "".join(parts)
        return f"√{inside}" if len(inside) < 2 else f"√({inside})"
    if name == "mspace":
        return " "
    return (" ".join((node.text or "").split()) if not parts else "") + "".join(parts)
