"""Pictures: what kind they are, how wide, and those of files near the manuscript."""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reviewkit.errors import ValueRefusedError

#: The largest picture that is taken in, in bytes.
MOST_BYTES = 50_000_000
#: Pixels of a browser in the width of a line of text (16 cm).
_LINE_PIXELS = 605
_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF8": "gif",
    b"%PDF-": "pdf",
}
#: MIME types by the ends of names that `kind_of` gives.
MIME = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<svg[\s>]", re.S)
_NAMESPACE = b"http://www.w3.org/2000/svg"
_SVG_WIDTH = re.compile(rb"<svg\b[^>]*?\bwidth\s*=\s*[\"']([\d.]+)(pt|px|in|cm|mm)?[\"']", re.S)
_IN_PIXELS = {b"pt": 4 / 3, b"in": 96.0, b"cm": 96 / 2.54, b"mm": 9.6 / 2.54}


def kind_of(data: bytes) -> str | None:
    """What the picture's bytes say it is, as the end of a name; None: no picture.

    A compressed SVG and one with entities of its own are none: neither is needed, and both
    can stand for more than any memory holds. One without its namespace no program shows.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    opening = data.removeprefix(b"\xef\xbb\xbf")
    plain = b"<!ENTITY" not in data and _NAMESPACE in opening[:5000]
    return "svg" if plain and _SVG.match(opening) else None


def name_of(data: bytes) -> str | None:
    """A file name by the picture's content; None: it is no picture, or a broken one."""
    kind = kind_of(data)
    if kind == "svg" and not _is_whole(data):
        return None
    return None if kind is None else f"figure-{hashlib.sha256(data).hexdigest()[:12]}.{kind}"


def _is_whole(svg: bytes) -> bool:
    try:
        fromstring(svg)
    except (ParseError, DefusedXmlException, ValueError):
        return False
    return True


def width_of(data: bytes, shown: Any = None) -> str:
    """The width in per cent of a line; empty if the picture does not say.

    `shown` is the width in a browser's pixels that the notebook tells, if it does.
    """
    pixels = shown if isinstance(shown, int | float) and shown > 0 else _pixels(data)
    return f"{min(100, max(5, round(100 * pixels / _LINE_PIXELS)))}%" if pixels else ""


def _pixels(data: bytes) -> float:
    kind = kind_of(data)
    if kind == "png" and data[12:16] == b"IHDR" and len(data) > 24:
        return float(struct.unpack(">I", data[16:20])[0])
    if kind == "svg" and (match := _SVG_WIDTH.search(data[:5000])):
        return float(match[1]) * _IN_PIXELS.get(match[2], 1.0) if _is_number(match[1]) else 0.0
    return 0.0


def _is_number(text: bytes) -> bool:
    return re.fullmatch(rb"\d+(?:\.\d*)?|\.\d+", text) is not None


class Pictures:
    """The pictures of files that a manuscript may show: those below one folder.

    Parameters
    ----------
    folder
        The manuscript's folder, from which its paths go.
    root
        The folder below which they must lie, links followed.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder.resolve()
        self._root = root.resolve()
        #: What was read, by the path that the manuscript has.
        self.taken: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The bytes of a picture.

        Raises
        ------
        ValueRefusedError
            There is none, it is no picture, or it lies outside of the folder; the message
            goes on after the picture's name.
        """
        try:
            found = (self._folder / path).resolve(strict=True)
            outside = not found.is_relative_to(self._root)
            if outside or not found.is_file() or found.stat().st_size > MOST_BYTES:
                why = (
                    "lies outside of the project's folder and was not read; copy it into it"
                    if outside
                    else "is no picture, or a very large one"
                )
                raise ValueRefusedError(why, field="picture", value=path)
            data = found.read_bytes()
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, ValueRefusedError):
                raise
            raise ValueRefusedError("is not there", field="picture", value=path) from error
        if kind_of(data) is None:
            raise ValueRefusedError(
                "is no picture of a kind that can be shown", field="picture", value=path
            )
        self.taken[path] = data
        return data
