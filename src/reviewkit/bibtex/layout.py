"""How an entry is laid out, and the bytes of a field or entry in that layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.bibtex.grammar import Head, Place, Scan

_SEPARATOR = re.compile(rb"[ \t\r\n\f\v]*,[ \t\r\n\f\v]*\Z")
_BLANK = re.compile(rb"[ \t\r\n\f\v]*\Z")
_AFTER_COMMA = re.compile(rb"[ \t\r\n\f\v]*,")


@dataclass(frozen=True, slots=True)
class Layout:
    """Style of an entry's fields.

    `lead` stands before a name and `equals` between name and value; `column` is the
    width that names (with the blanks after them) fill where the file aligns them, on
    the side of `=` that `pad_after` tells.
    """

    before_comma: bytes = b""
    lead: bytes = b"\n  "
    equals: bytes = b" = "
    column: int = 0
    pad_after: bool = False
    quotes: bool = False
    case: str = "lower"
    trailing_comma: bool = False
    closing: bytes = b"\n}"

    def name(self, name: bytes) -> bytes:
        """The field's name in the entry's case."""
        if self.case == "upper":
            return name.upper()
        return name[:1].upper() + name[1:] if self.case == "title" else name

    def field(self, name: bytes, value: bytes) -> bytes:
        """Name, `=` and value."""
        name = self.name(name)
        equals = self.equals
        fill = self.column - len(name) - len(equals)
        if fill > 0:
            equals = equals + b" " * fill if self.pad_after else b" " * fill + equals
        return name + equals + value

    def delimited(self, value: bytes) -> bytes:
        """A value in braces with the entry's own delimiters."""
        if self.quotes and can_quote(value):
            return b'"' + value[1:-1] + b'"'
        return value


def can_quote(value: bytes) -> bool:
    """True for a value in braces without a quote at its outer level."""
    depth = 0
    for token in re.finditer(rb'[{}"]', value[1:-1]):
        if token[0] == b"{":
            depth += 1
        elif token[0] == b"}":
            depth -= 1
        elif depth == 0:
            return False
    return True


def layout_of(text: bytes, head: Head, scan: Scan, newline: bytes) -> Layout:
    """The layout of an entry's text; the usual one where it has no field."""
    fields = scan.fields
    if not fields:
        return Layout(lead=newline + b"  ", closing=newline + b"}")
    last = fields[-1]
    before = fields[-2][3] if len(fields) > 1 else head.key[1]
    gap = text[before : last[0]]
    if _SEPARATOR.match(gap):
        before_comma, _, lead = gap.partition(b",")
    else:
        before_comma, lead = b"", _trailing_blank(gap) or b" "
    column, pad_after, lead = _alignment(text, fields, lead)
    equals = text[last[1] : last[2]]
    if column:
        stripped = equals.rstrip(b" ") if pad_after else equals.lstrip(b" ")
        equals = b" " + stripped if equals.startswith(b" ") and not pad_after else stripped
        if pad_after and equals.endswith(b"="):
            equals += b" "
    elif not equals.strip() or b"\n" in equals or b"\r" in equals or b"%" in equals:
        equals = b" = "
    names = [text[place[0] : place[1]] for place in fields]
    return Layout(
        before_comma=before_comma,
        lead=lead,
        equals=equals,
        column=column,
        pad_after=pad_after,
        quotes=_quoted(text, fields),
        case=_case(names),
        trailing_comma=_AFTER_COMMA.match(text, last[3]) is not None,
        closing=_closing(text, last),
    )


def _closing(text: bytes, last: Place) -> bytes:
    tail = text[last[3] :].lstrip(b",")
    return tail if _BLANK.match(tail[:-1]) else b"\n}"


def _trailing_blank(gap: bytes) -> bytes:
    return gap[len(gap.rstrip()) :]


def _case(names: list[bytes]) -> str:
    if all(name.isupper() for name in names):
        return "upper"
    if all(name[:1].isupper() and name[1:].islower() for name in names if len(name) > 1):
        return "title" if any(len(name) > 1 for name in names) else "lower"
    return "lower"


def _quoted(text: bytes, fields: list[Place]) -> bool:
    quotes = braces = 0
    for place in fields:
        sign = text[place[2] : place[2] + 1]
        quotes += sign == b'"'
        braces += sign == b"{"
    return quotes > braces


def _alignment(text: bytes, fields: list[Place], lead: bytes) -> tuple[int, bool, bytes]:
    """Width from name to value (0: not aligned), side of the blanks, lead."""
    if len(fields) < 2:
        return 0, False, lead
    lengths = {place[1] - place[0] for place in fields}
    widths = {place[2] - place[0] for place in fields}
    if len(lengths) < 2 or len(widths) != 1:
        return 0, False, lead
    signs = {text.index(b"=", place[1]) - place[0] for place in fields}
    return widths.pop(), len(signs) > 1, lead


def trailing_comma_end(text: bytes, value_end: int) -> int | None:
    """Place after the comma that follows a value; None if there is none."""
    found = _AFTER_COMMA.match(text, value_end)
    return None if found is None else found.end()
