"""Bytes to text, with a message for what is no text of papers at all."""

from __future__ import annotations

import codecs
import re

from reviewkit.errors import FormatError
from reviewkit.records import Problem, as_json

# First bytes of files that people drop by mistake.
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip file or Office document"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS = bytes(value for value in range(32) if _BINARY.match(bytes([value])))
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|meta|script|div|section|main|article|table|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes, what: str) -> tuple[str, tuple[Problem, ...]]:
    """Text with lines ended by a line feed, and what was doubtful about reading it.

    Raises `FormatError` for what holds no text of papers: empty, binary, a web page.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise _refused(
                f"{what} is {kind}, not text. Give a file of papers (.bib, .ris, .csv...), "
                "or copy the page's text"
            )
    text, notes = _text(data, what)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _refused(f"{what} is empty: it holds no title and no entry")
    if _WEB_PAGE.match(text):
        raise _refused(
            f"{what} is the source of a web page (HTML, line 1). Open the page in a browser, "
            "select all of it, copy it and paste the text",
            line=1,
        )
    return text, notes


def _text(data: bytes, what: str) -> tuple[str, tuple[Problem, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                line = _line(data, error.start)
                raise _refused(
                    f"{what} begins as {encoding.upper()} but line {line} is not; "
                    "save it as UTF-8",
                    line=line,
                ) from error
    binary = _BINARY.search(data)
    if binary and _is_binary(data):
        line = _line(data, binary.start())
        raise _refused(
            f"{what} is binary, not text: line {line} holds byte 0x{binary[0][0]:02x}", line=line
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        reason = (
            f"byte 0x{data[error.start]:02x} is not UTF-8; such lines are read as Windows-1252"
        )
    # Line by line: files put together from several sources have more than one encoding.
    text = "\n".join(_one_line(part) for part in data.split(b"\n"))
    return text, (Problem(line, reason),)


def _is_binary(data: bytes) -> bool:
    """True for more than a stray control character, which exports of databases do hold."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" in data or 1_000 * controls > len(data)


def _one_line(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _refused(message: str, line: int | None = None) -> FormatError:
    problem = Problem(line, message)
    return FormatError(f"{message}. Nothing was added.", [as_json(problem)])
