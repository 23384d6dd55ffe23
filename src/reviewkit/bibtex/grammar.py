"""The grammar of one block: its head, its fields and their exact places.

BibTeX's own rules (bibtex.web) with the leniency of its readers: a missing or doubled
comma, an empty value and a `%` line between fields are read and noted; anything else
stops the scan, and an entry whose scan stopped is never edited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TYPE = rb"[A-Za-z\x80-\xff_][^\s{}()\"#%',=@\\]*+"
NAME = rb"[^\s\"#%'(),={}]++"


def nested(depth: int) -> bytes:
    """Expression for text whose braces balance, to this depth."""
    body = rb"[^{}]*+"
    for _ in range(depth):
        body = rb"(?:[^{}]++|\{" + body + rb"\})*+"
    return body


_BALANCED = nested(6)
_PIECE = (
    rb"(?:\{" + _BALANCED + rb"\}"
    rb'|"(?:[^{}"]++|\{' + _BALANCED + rb'\})*+"'
    rb"|" + NAME + rb")"
)
#: One field with what ends it; groups: name, value.
FIELD = re.compile(
    rb"\s*+(" + NAME + rb")\s*+=\s*+(" + _PIECE + rb"(?:\s*+#\s*+" + _PIECE + rb")*+)"
    rb"\s*+(?:,|(?=[})]))"
)
#: A line that begins like a block: where reading goes on after a missing brace.
CANDIDATE = re.compile(rb"[\r\n][ \t]*+(?=@[ \t]*+" + TYPE + rb"\s*+[{(])")

_TAIL = re.compile(rb"\s*+[})]\Z")
_SPACE = re.compile(rb"\s*+")
_NAME_EQUALS = re.compile(rb"(" + NAME + rb")\s*+=\s*+")
_ODD_NAME_EQUALS = re.compile(rb"([^\s#%,={}\"][^#%,={}\"\r\n]*?)\s*+=\s*+")
_BARE = re.compile(NAME)
_BRACE = re.compile(rb"[{}]")
_BRACE_OR_LINE = re.compile(rb"[{}]|[\r\n][ \t]*+(?=@[ \t]*+" + TYPE + rb"\s*+[{(])")
_QUOTE_TOKEN = re.compile(rb'[{}"]')
_LINE_END = re.compile(rb"[^\r\n]*+")

_HEAD = re.compile(rb"@\s*+(" + TYPE + rb")\s*+([{(])\s*+")
_KEY_COMMA = re.compile(rb"([^,{}=\r\n]*+)\s*+,")
_KEY_ONLY = re.compile(rb"([^,{}=()\s]++)\s*+[})]\Z")
_KEY_MISSING_COMMA = re.compile(rb"([^\s,{}=()]++)(?=\s++" + NAME + rb"\s*+=)")

#: How far past the first line that looks like a new block an open brace is followed.
_PATIENCE = 8
_PATIENCE_BYTES = 1 << 15


@dataclass(frozen=True, slots=True)
class Head:
    """Places of an entry's type and key, and where its fields begin."""

    kind: tuple[int, int]
    key: tuple[int, int]
    body: int
    comma: bool


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


def split_head(text: bytes) -> Head | None:
    """Type, key and begin of the fields; an empty key span where there is no key."""
    head = _HEAD.match(text)
    if head is None:
        return None
    at = head.end()
    comma = _KEY_COMMA.match(text, at)
    if comma is not None:
        end = at + len(comma[1].rstrip())
        return Head(head.span(1), (at, end), comma.end(), True)
    for expression in (_KEY_ONLY, _KEY_MISSING_COMMA):
        found = expression.match(text, at)
        if found is not None:
            return Head(head.span(1), found.span(1), found.end(1), False)
    return Head(head.span(1), (at, at), at, True)


def close_of(data: bytes, opened: int, stop: int) -> tuple[int | None, int | None]:
    """End of the block whose brace opens here (None: open) and its first suspicious line.

    Suspicious is a line inside that looks like the begin of a new block.
    """
    depth = 0
    candidate: int | None = None
    seen = 0
    for token in _BRACE_OR_LINE.finditer(data, opened, stop):
        sign = token[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
            if depth <= 0:
                return token.end(), candidate
        else:
            seen += 1
            if candidate is None:
                candidate = token.end()
            elif seen > _PATIENCE and token.start() - candidate > _PATIENCE_BYTES:
                break
    return None, candidate


def scan_fields(text: bytes, body: int) -> Scan:
    """The fields of an entry's text from `body` on, by the fast way where it fits."""
    scan = Scan()
    fields = scan.fields
    position = body
    for found in FIELD.finditer(text, body):
        if found.start() != position:
            break
        name_start, name_end = found.span(1)
        fields.append((name_start, name_end, *found.span(2)))
        position = found.end()
    if _TAIL.match(text, position):
        scan.stopped = len(text)
        return scan
    return scan_slowly(text, body)


def scan_slowly(text: bytes, body: int) -> Scan:
    """The reference scanner: step by step, with leniency and a reason where it stops."""
    scan = Scan()
    head = _HEAD.match(text)
    closing = b")" if head is not None and head[2] == b"(" else b"}"
    position = body
    # The head's comma, where there is one, lies before `body`.
    comma_due = text[body - 1 : body] not in (b",", b"{", b"(")
    while True:
        position = _space(text, position)
        sign = text[position : position + 1]
        if not sign:
            return _stop(scan, position, "the entry does not close")
        if sign == closing:
            scan.stopped = position + 1
            if scan.stopped < len(text) and closing == b"}":
                return _stop(scan, scan.stopped, "the entry closes before its last brace")
            return scan
        if sign == b"%":
            line = _LINE_END.match(text, position)
            scan.notes.append((position, "a % line inside an entry is no comment for BibTeX"))
            position = line.end() if line else len(text)
            continue
        if sign == b",":
            if not comma_due:
                scan.notes.append((position, "a comma without a field before it"))
            comma_due = False
            position += 1
            continue
        error, position = _slow_field(text, position, closing, scan, comma_due)
        if error is not None:
            return _stop(scan, position, error)
        comma_due = True


def _slow_field(
    text: bytes, position: int, closing: bytes, scan: Scan, comma_due: bool
) -> tuple[str | None, int]:
    """Read one field into the scan; what is wrong, if anything, and where reading stands."""
    named = _NAME_EQUALS.match(text, position)
    if named is None:
        if _ODD_NAME_EQUALS.match(text, position):
            return "a field name may hold no blank, quote or parenthesis", position
        return "neither a field nor the end of the entry", position
    if comma_due:
        scan.notes.append((position, "no comma before this field"))
    value_start = named.end()
    value_end, error = _value(text, value_start, closing)
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


def _space(text: bytes, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _value(text: bytes, position: int, closing: bytes) -> tuple[int, str | None]:
    start = position
    while True:
        sign = text[position : position + 1]
        if sign in (b",", closing) and position == start:
            return position, None
        if sign == b"{":
            end = _brace_end(text, position)
            if end is None:
                return position, "a value's brace does not close"
        elif sign == b'"':
            end = _quote_end(text, position)
            if end is None:
                return position, "a value's quote does not close"
        else:
            bare = _BARE.match(text, position)
            if bare is None:
                return position, "a value is missing"
            end = bare.end()
        position = _space(text, end)
        if text[position : position + 1] != b"#":
            return end, None
        position = _space(text, position + 1)


def _brace_end(text: bytes, position: int) -> int | None:
    depth = 0
    for token in _BRACE.finditer(text, position):
        depth += 1 if token[0] == b"{" else -1
        if depth == 0:
            return token.end()
    return None


def _quote_end(text: bytes, position: int) -> int | None:
    depth = 0
    for token in _QUOTE_TOKEN.finditer(text, position + 1):
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
    position = 0
    while position < len(value):
        sign = value[position : position + 1]
        if sign == b"{":
            end = _brace_end(value, position)
        elif sign == b'"':
            end = _quote_end(value, position)
        else:
            bare = _BARE.match(value, position)
            end = bare.end() if bare else None
        if end is None:
            return [value]
        parts.append(value[position:end])
        position = _space(value, end)
        if value[position : position + 1] == b"#":
            position = _space(value, position + 1)
        elif position < len(value):
            return [value]
    return parts
