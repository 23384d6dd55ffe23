"""The grammar of one block: its head, its fields and their exact places.

BibTeX's own rules (bibtex.web) with the leniency of its readers: a missing or doubled
comma, an empty value and a `%` line between fields are read and noted; anything else
stops the scan, and an entry whose scan stopped is never edited.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

TYPE = rb"[A-Za-z\x80-\xff_][^\s{}()\"#%',=@\\]*+"
NAME = rb"[^\s\"#%'(),={}]++"


#: Any sign but a brace. Said in ranges because `re` makes a bitmap of three and more, which
#: it searches twice as fast as `[^{}]`.
_PLAIN = rb"[\x00-z|~-\xff]"
_PLAIN_IN_QUOTES = rb"[\x00-!#-z|~-\xff]"


def many(text: bytes) -> bytes:
    """Expression for any number of `text` in a row, none of which is given back.

    `(?:...)*+` would say the same, but Python before 3.11.5 forgets to go back when the last
    one matched in part only (gh-106052).
    """
    return rb"(?>(?:" + text + rb")*)"


def nested(depth: int, plain: bytes = _PLAIN, besides: bytes = b"") -> bytes:
    """Expression for text whose braces balance, to this depth.

    `plain` is a sign that may stand anywhere, `besides` (begins with `|`) what else may.
    """
    body = plain + rb"*+"
    innermost = rb"\{" + body + rb"\}"
    for _ in range(depth):
        # Most groups hold no other, and are found sooner when that is tried first.
        groups = innermost + rb"|\{" + body + rb"\}" + besides
        body = plain + rb"*+" + many(rb"(?:" + groups + rb")" + plain + rb"*+")
    return body


_BALANCED = nested(6)
_GROUP = rb"\{" + _BALANCED + rb"\}"
_QUOTED = rb'"' + _PLAIN_IN_QUOTES + rb"*+" + many(_GROUP + _PLAIN_IN_QUOTES + rb"*+") + rb'"'
_PIECE = rb"(?:" + _GROUP + rb"|" + _QUOTED + rb"|" + NAME + rb")"
#: A right-hand side: pieces joined by `#`.
VALUE = _PIECE + many(rb"\s*+#\s*+" + _PIECE)
_FIELD_END = rb"\s*+(?:,|(?=[})]))"
#: One field with what ends it; groups: name, value.
FIELD = re.compile(rb"\s*+(" + NAME + rb")\s*+=\s*+(" + VALUE + rb")" + _FIELD_END)
#: The same with one group, the name.
FIELD_NAME = rb"\s*+(" + NAME + rb")\s*+=\s*+" + VALUE + _FIELD_END
#: The same without groups.
FIELD_TEXT = rb"\s*+" + NAME + rb"\s*+=\s*+" + VALUE + _FIELD_END
#: A line that begins like a block: where reading goes on after a missing brace.
CANDIDATE = re.compile(rb"[\r\n][ \t]*+(?=@[ \t]*+" + TYPE + rb"\s*+[{(])")

#: What may stand between the last field and the end of its entry.
TAIL = re.compile(rb"\s*+[})]\Z")
_SPACE = re.compile(rb"\s*+")
_NAME_EQUALS = re.compile(rb"(" + NAME + rb")\s*+=\s*+")
_ODD_NAME_EQUALS = re.compile(rb"[^\s#%,={}\"][^#%,={}\"\r\n]{0,300}+=")
#: A value, or a part of one, that is no text in delimiters: a number or a macro's name.
BARE = re.compile(NAME)
_BALANCED_GROUP = re.compile(_GROUP)
_BRACE = re.compile(rb"[{}]")
_QUOTE_TOKEN = re.compile(rb'[{}"]')
_LINE_END = re.compile(rb"[^\r\n]*+")

_HEAD = re.compile(rb"@\s*+(" + TYPE + rb")\s*+([{(])\s*+")
_KEY_COMMA = re.compile(rb"([^,{}=\r\n]*+)\s*+,")
#: Text may hold any number of `@a(`, each of which would be followed to the text's end.
_SHORT_KEY_COMMA = re.compile(rb"([^,{}=\r\n]{0,300}+)\s*+,")
_KEY_ONLY = re.compile(rb"([^,{}=()\s]++)\s*+[})]\Z")
_KEY_MISSING_COMMA = re.compile(rb"([^\s,{}=()]++)(?=\s++" + NAME + rb"\s*+=)")


@dataclass(frozen=True, slots=True)
class Head:
    """Places of an entry's type and key, where its fields begin, and what closes it."""

    kind: tuple[int, int]
    key: tuple[int, int]
    body: int
    comma: bool
    closing: bytes = b"}"


#: Start and end of the name, start and end of the value.
Place = tuple[int, int, int, int]


@dataclass(slots=True)
class Scan:
    """The fields of an entry's text.

    `stopped` is the end of the block, or where reading failed with `error`; `notes` are
    the places of what other programs do not accept.
    """

    fields: list[Place] = field(default_factory=list)
    stopped: int = 0
    error: str | None = None
    notes: list[tuple[int, str]] = field(default_factory=list)


def split_head(text: bytes, start: int = 0, stop: int = sys.maxsize) -> Head | None:
    """Type, key and begin of the fields; an empty key span where there is no key."""
    head = _HEAD.match(text, start, stop)
    if head is None:
        return None
    at = head.end()
    closing = b"}" if head[2] == b"{" else b")"
    comma = (_KEY_COMMA if closing == b"}" else _SHORT_KEY_COMMA).match(text, at, stop)
    if comma is not None:
        end = at + len(comma[1].rstrip())
        return Head(head.span(1), (at, end), comma.end(), True, closing)
    for expression in (_KEY_ONLY, _KEY_MISSING_COMMA):
        found = expression.match(text, at, stop)
        if found is not None:
            return Head(head.span(1), found.span(1), found.end(1), False, closing)
    return Head(head.span(1), (at, at), at, True, closing)


def places_of(text: bytes, body: int, stop: int) -> tuple[list[Place], int]:
    """The fields from `body` on that the one expression finds, and where it stopped."""
    places: list[Place] = []
    add = places.append
    match = FIELD.match
    position = body
    while (found := match(text, position, stop)) is not None:
        add(found.span(1) + found.span(2))
        position = found.end()
    return places, position


def scan_fields(text: bytes, head: Head, stop: int | None = None) -> Scan:
    """The fields of the entry that ends at `stop`, by the fast way where it fits."""
    stop = len(text) if stop is None else stop
    places, position = places_of(text, head.body, stop)
    if TAIL.match(text, position, stop):
        return Scan(places, stop)
    return scan_slowly(text, head, stop)


def scan_slowly(text: bytes, head: Head, stop: int | None = None) -> Scan:
    """The reference scanner: step by step, with leniency and a reason where it stops."""
    stop = len(text) if stop is None else stop
    scan = Scan()
    position = head.body
    # The head's comma, where there is one, lies before `body`.
    comma_due = text[position - 1 : position] not in (b",", b"{", b"(")
    while True:
        position = _space(text, position, stop)
        if position >= stop:
            return _stop(scan, position, "the entry does not close")
        sign = text[position : position + 1]
        if sign == head.closing:
            scan.stopped = position + 1
            if scan.stopped < stop and sign == b"}":
                return _stop(scan, scan.stopped, "the entry closes before its last brace")
            return scan
        if sign == b"%":
            line = _LINE_END.match(text, position, stop)
            scan.notes.append((position, "a % line inside an entry is no comment for BibTeX"))
            position = line.end() if line else stop
            continue
        if sign == b",":
            if not comma_due:
                scan.notes.append((position, "a comma without a field before it"))
            comma_due = False
            position += 1
            continue
        error, position = _slow_field(text, position, stop, head.closing, scan, comma_due)
        if error is not None:
            return _stop(scan, position, error)
        comma_due = True


def _slow_field(
    text: bytes, position: int, stop: int, closing: bytes, scan: Scan, comma_due: bool
) -> tuple[str | None, int]:
    """Read one field into the scan; what is wrong, if anything, and where reading stands."""
    named = _NAME_EQUALS.match(text, position, stop)
    if named is None:
        if _ODD_NAME_EQUALS.match(text, position, stop):
            return "a field name may hold no blank, quote or parenthesis", position
        return "neither a field nor the end of the entry", position
    if comma_due:
        scan.notes.append((position, "no comma before this field"))
    value_start = named.end()
    value_end, error = _value(text, value_start, stop, closing)
    if error is not None:
        return error, value_end
    if value_end == value_start:
        value_start = value_end = text.index(b"=", named.end(1)) + 1
        scan.notes.append((value_start, "a field without a value"))
    scan.fields.append((*named.span(1), value_start, value_end))
    return None, value_end


def _stop(scan: Scan, at: int, reason: str) -> Scan:
    scan.stopped = at
    scan.error = reason
    return scan


def _space(text: bytes, position: int, stop: int) -> int:
    found = _SPACE.match(text, position, stop)
    return found.end() if found else position


def _value(text: bytes, position: int, stop: int, closing: bytes) -> tuple[int, str | None]:
    start = position
    while True:
        sign = text[position : min(position + 1, stop)]
        if sign in (b",", closing) and position == start:
            return position, None
        end, error = _piece(text, position, stop)
        if end is None:
            return position, error
        position = _space(text, end, stop)
        if text[position : min(position + 1, stop)] != b"#":
            return end, None
        position = _space(text, position + 1, stop)


def _piece(text: bytes, position: int, stop: int) -> tuple[int | None, str]:
    """End of the piece of a value that begins here, or what is wrong with it."""
    sign = text[position : min(position + 1, stop)]
    if sign == b"{":
        return brace_end(text, position, stop), "a value's brace does not close"
    if sign == b'"':
        return _quote_end(text, position, stop), "a value's quote does not close"
    bare = BARE.match(text, position, stop)
    return bare and bare.end(), "a value is missing"


def brace_end(text: bytes, position: int, stop: int) -> int | None:
    """End of the group whose brace opens here; None if it does not close."""
    quickly = _BALANCED_GROUP.match(text, position, stop)
    if quickly is not None:
        return quickly.end()
    depth = 0
    for token in _BRACE.finditer(text, position, stop):
        depth += 1 if token[0] == b"{" else -1
        if depth == 0:
            return token.end()
    return None


def _quote_end(text: bytes, position: int, stop: int) -> int | None:
    depth = 0
    for token in _QUOTE_TOKEN.finditer(text, position + 1, stop):
        sign = token[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0:
            return token.end()
    return None


def pieces(value: bytes) -> list[bytes]:
    """The parts of a value that `#` joins, each with its delimiters."""
    parts: list[bytes] = []
    position, stop = 0, len(value)
    while position < stop:
        end, _ = _piece(value, position, stop)
        if end is None:
            return [value]
        parts.append(value[position:end])
        position = _space(value, end, stop)
        if value[position : position + 1] == b"#":
            position = _space(value, position + 1, stop)
        elif position < stop:
            return [value]
    return parts
