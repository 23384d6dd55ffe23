"""Links and plain words of one line of Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.formats.cleaning import one_line

_LABEL = r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,400})\]"
_TARGET = (
    r"\(\s{0,3}<?((?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})>?"
    r"(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\s{0,3}\)"
)
_IMAGE = re.compile(rf"!{_LABEL}(?:{_TARGET}|\[[^\[\]\n]{{0,100}}\])")
_LINK = re.compile(rf"{_LABEL}{_TARGET}")
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href\s?=\s?[\"']([^\"'<>\s]{1,2000})[\"'][^<>]{0,500}>(.{0,500}?)</a>", re.I
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_MARK = re.compile(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|`+|~~")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~$&<>])")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,30}:|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f]")


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `image` if what is shown is a picture (a badge) and no words."""

    label: str
    url: str
    image: bool = False


def links_of(text: str) -> list[Link]:
    """The links to the web in a text, in their order; pictures alone are none."""
    found: list[tuple[int, Link]] = []
    bare = _IMAGE.sub(lambda image: "\x00" + " " * (len(image[0]) - 1), text)
    for link in _LINK.finditer(bare):
        label = plain(link[1].replace("\x00", " "))
        found.append((link.start(), Link(label, link[2], image="\x00" in link[1] and not label)))
    for link in _ANCHOR.finditer(bare):
        label = plain(link[2].replace("\x00", " "))
        found.append((link.start(), Link(label, link[1], image=not label)))
    found += [(link.start(), Link("", link[1])) for link in _AUTOLINK.finditer(bare)]
    found.sort(key=lambda each: each[0])
    return [link for _, link in found if re.match(r"https?://|www\.", link.url, re.IGNORECASE)]


def without_links(text: str) -> str:
    """The text without its links and pictures."""
    for pattern in (_IMAGE, _LINK, _ANCHOR, _AUTOLINK):
        text = pattern.sub(" ", text)
    return re.sub(r"https?://\S+|\[\s*\]|\(\s*\)", " ", text)


def plain(text: str) -> str:
    """The words of a Markdown text: no marks, tags, entities and pictograms."""
    text = _TAG.sub(" ", _EMOJI.sub(" ", text))
    text = _MARK.sub("", _ESCAPED.sub(r"\1", text))
    return one_line(text)
