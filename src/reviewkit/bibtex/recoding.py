"""Repairs that concern a file's encoding and line ends."""

from __future__ import annotations

import re

from reviewkit.bibtex.mends import Edit, Made

_HIGH = re.compile(rb"[\x80-\xff]++")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def from_utf_16(data: bytes) -> Made | None:
    """The same text in UTF-8."""
    try:
        text = data.decode("utf-16").encode("utf-8")
    except UnicodeError:
        return None
    return "write the file in UTF-8", ((0, len(data), text),), True


def from_lone_cr(data: bytes) -> Made | None:
    """The same lines, ended by LF."""
    new = data.replace(b"\r", b"\n")
    return "end the lines with LF", ((0, len(data), new),), True


def to_utf_8(data: bytes) -> Made | None:
    """The letters of Windows-1252 in UTF-8, letter by letter.

    Safe in a file that is in UTF-8 otherwise. Where it is not, manuscripts may count on
    the encoding it has.
    """
    edits: list[Edit] = []
    others = False
    for found in _HIGH.finditer(data):
        try:
            found[0].decode("utf-8")
            others = True
            continue
        except UnicodeDecodeError:
            pass
        if _MULTIBYTE.search(found[0]):
            # Both encodings side by side: which letters are meant only a person can see.
            others = True
            continue
        try:
            text = found[0].decode("cp1252")
        except UnicodeDecodeError:
            continue
        edits.append((*found.span(), text.encode("utf-8")))
    return ("write these letters in UTF-8", tuple(edits), others) if edits else None
