"""Bytes to text, value by value, and new text into the file's own encoding."""

from __future__ import annotations

import codecs
import re

from reviewkit.bibtex.spelling import spelled
from reviewkit.bibtex.values import encode_value, is_verbatim
from reviewkit.errors import BibtexError

_DECLARED = re.compile(rb"(?i)%[^\r\n]{0,60}?encoding:?\s+(?:unicode \()?([A-Za-z0-9_.:-]+)")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ASCII = bytes(range(128))
#: So much of a file's letters beyond ASCII tells what it is written in.
_SAMPLE = 1 << 20


class Codec:
    """How the texts of one file are read and written.

    A value is UTF-8 if it can be, else in the encoding that the file's head declares,
    else Windows-1252; nothing fails to be read.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.declared = _declared(data[:4096])
        self._name: str | None = None

    @property
    def name(self) -> str:
        """Encoding for new text: that of most of the file's own letters."""
        if self._name is None:
            if _is_utf8(self._data):
                self._name = "utf-8"
            else:
                high = self._data.translate(None, _ASCII)[:_SAMPLE]
                whole = _MULTIBYTE.findall(high)
                odd = len(high) - sum(map(len, whole))
                self._name = "utf-8" if len(whole) > odd else self.declared or "cp1252"
        return self._name

    def read(self, data: bytes) -> str:
        """Text of a slice of the file."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        for name in (self.declared, "cp1252"):
            try:
                if name is not None:
                    return data.decode(name)
            except UnicodeDecodeError:
                continue
        return data.decode("latin-1")

    def write(self, text: str, what: str) -> bytes:
        """Bytes of new text.

        Raises
        ------
        BibtexError
            The text does not fit into the file's encoding.
        """
        if text.isascii():
            return text.encode("ascii")
        try:
            data = text.encode(self.name)
        except UnicodeEncodeError:
            data = None
        if data is None or self.read(data) != text:
            raise BibtexError(
                f"{what} does not fit into the file's encoding ({self.name}); "
                "save the file as UTF-8 first.",
                text=text[:80],
            )
        return data

    def write_value(self, name: str, text: str) -> bytes:
        """Right-hand side in braces for a field's text; TeX for letters that do not fit."""
        raw = self.fitting(name, encode_value(name, text))
        return self.write(raw, f"The text for the field {name!r}")

    def fitting(self, name: str, raw: str) -> str:
        r"""The right-hand side with letters that the file cannot hold spelled out.

        In a field without TeX these are `\charN{}`, which is read back as the letter.
        """
        if raw.isascii():
            return raw
        try:
            raw.encode(self.name)
        except UnicodeEncodeError:
            verbatim = is_verbatim(name)
            return "".join(self._spell(sign, verbatim) for sign in raw)
        return raw

    def _spell(self, sign: str, verbatim: bool) -> str:
        try:
            sign.encode(self.name)
        except UnicodeEncodeError:
            number = rf"\char{ord(sign)}{{}}"
            return number if verbatim else spelled(sign) or number
        return sign


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8; piece by piece, so that no second copy is needed."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    view = memoryview(data)
    try:
        for at in range(0, len(data), _SAMPLE):
            decode(view[at : at + _SAMPLE])
        decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # A file that could be scanned as ASCII is in no two-byte encoding, whatever it says.
    return None if name.startswith(("utf-16", "utf-32", "utf-8")) else name


def newline_of(data: bytes) -> bytes:
    """The line end that the file uses first; LF where it has none or only CR."""
    at = data.find(b"\n")
    return b"\r\n" if at > 0 and data[at - 1] == 13 else b"\n"
