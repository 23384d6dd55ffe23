"""Texts as other programs leave them, made fit for a field: no tags, no control characters."""

from __future__ import annotations

import html
import re

from reviewkit.bibtex.symbols import SUBSCRIPTS, SUPERSCRIPTS

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_SCRIPT = re.compile(r"<(?P<kind>su[bp])>(?P<text>[^<>]{1,40})</(?P=kind)>", re.IGNORECASE)
_STYLE = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|tt|span|p|br|font|jats:[a-z-]{1,20})(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)

_NOTE = re.compile(r"<(?:p|div|br|ul|ol|h\d)\b[^<>]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(r"</(?:p|div|li|h\d)>|<br\s?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")

#: Longest text that a problem quotes.
_QUOTED = 80


def one_line(text: str) -> str:
    """Text of a short field: styles and entities resolved, every run of blanks one blank."""
    if "<" in text:
        text = _STYLE.sub("", _SCRIPT.sub(_script, text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _UNFIT.sub(" ", text)).strip()


def many_lines(text: str) -> str:
    """Text of a long field as it was given, without blanks around it and control characters."""
    if text.isprintable():
        return text.strip()
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def words_of(text: str) -> str:
    """A note's words where a program keeps it as HTML; any other text as it is."""
    if not _NOTE.search(text):
        return text
    # Zotero joins notes by a semicolon.
    text = _TAG.sub("", _BREAK.sub("\n", text.replace(">; <", "><")))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def cut(text: str) -> str:
    """The beginning of a text, for a message."""
    text = _BLANKS.sub(" ", _UNFIT.sub(" ", text[: 4 * _QUOTED])).strip()
    return text if len(text) <= _QUOTED else text[: _QUOTED - 3] + "..."


def _script(found: re.Match[str]) -> str:
    table = SUBSCRIPTS if found["kind"].lower() == "sub" else SUPERSCRIPTS
    signs = [table.get(sign, "") for sign in found["text"]]
    return "".join(signs) if all(signs) else found["text"]
