"""The smallest change that mends one fault of an entry; each says so if there is none.

Every function gives what is done in words, the changed parts of the file and whether it
is safe, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewkit.bibtex import edits
from reviewkit.bibtex.entry import Parsed, parse
from reviewkit.bibtex.grammar import Place, pieces
from reviewkit.errors import BibtexError

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

#: Start, end and new bytes of a part of the file.
Edit = tuple[int, int, bytes]
Made = tuple[str, tuple[Edit, ...], bool]

_LINE = re.compile(rb"[^\r\n]*+")
_LINE_END = re.compile(rb"\r\n|\r|\n|\Z")
_HOLDS_FIELD = re.compile(rb"[}\"\d]\s*+,\s*+[A-Za-z][\w-]*+\s*+=\s*+[{\"\d]")
_FORBIDDEN = re.compile(rb"[\"#%'()={}\\~,]+")
_BLANKS = re.compile(rb"\s+")
#: Long texts of which an entry may well have several; their texts can stand in one field.
_JOINABLE = {b"annote", b"annotation", b"note", b"notes", b"comment", b"review"}
_SUFFIXES = [bytes([sign]) for sign in range(ord("a"), ord("z") + 1)]


class Keys:
    """The keys of a document, and those that repairs give."""

    def __init__(self, document: Reading) -> None:
        self.first: dict[bytes, tuple[int, int]] = {}
        for start, end, key in document.index.entries:
            self.first.setdefault(key or b"", (start, end))
        self._taken = {key.lower() for key in self.first}

    def free(self, key: bytes, suffixes: Sequence[bytes]) -> bytes | None:
        """The key with the first suffix that makes it free, which it then is no more."""
        for suffix in suffixes:
            if (key + suffix).lower() not in self._taken:
                self._taken.add((key + suffix).lower())
                return key + suffix
        return None


@dataclass(frozen=True, slots=True)
class Mend:
    """A fault: its document, where its entry starts, the entry's text, the place in it."""

    document: Reading
    keys: Keys
    start: int
    text: bytes
    at: int

    @property
    def parsed(self) -> Parsed:
        """The entry's head and fields."""
        return parse(self.text)

    def put(self, start: int, end: int, new: bytes) -> Edit:
        """A replacement within the entry, as one of the file."""
        return self.start + start, self.start + end, new

    def whole(self, new: bytes) -> Edit:
        """The replacement that turns the entry's text into the new one."""
        old = self.text
        limit = min(len(old), len(new))
        head = next((n for n in range(limit) if old[n] != new[n]), limit)
        tail = next(
            (n for n in range(limit - head) if old[len(old) - 1 - n] != new[len(new) - 1 - n]),
            limit - head,
        )
        return self.put(head, len(old) - tail, new[head : len(new) - tail])


def missing_comma(mend: Mend) -> Made | None:
    """A comma after the key or after the field before."""
    parsed = mend.parsed
    if mend.at == parsed.head.key[0] and not parsed.head.comma:
        at = parsed.head.key[1]
    else:
        before = [place[3] for place in parsed.scan.fields if place[0] < mend.at]
        at = before[-1] if before else parsed.head.key[1]
    return "put the comma in", (mend.put(at, at, b","),), True


def extra_comma(mend: Mend) -> Made | None:
    """One comma less."""
    return "take the comma out", (mend.put(mend.at, mend.at + 1, b""),), True


def empty_value(mend: Mend) -> Made | None:
    """Empty braces for a value."""
    return "write an empty value", (mend.put(mend.at, mend.at, b"{}"),), True


def bare_value(mend: Mend) -> Made | None:
    """Braces around a text that has none."""
    edit = _braced(mend)
    return edit and ("put the value in braces", (edit,), True)


def unknown_macro(mend: Mend) -> Made | None:
    """Braces around a macro's name; BibTeX then prints the name instead of nothing."""
    edit = _braced(mend)
    return edit and ("put the name in braces, as a text", (edit,), False)


def _braced(mend: Mend) -> Edit | None:
    for place in mend.parsed.scan.fields:
        value = mend.text[place[2] : place[3]]
        if place[2] == mend.at and len(pieces(value)) == 1 and b"{" not in value:
            return mend.put(place[2], place[3], b"{" + value + b"}")
    return None


def percent_line(mend: Mend) -> Made | None:
    """The comment before the entry, where BibTeX takes it for one."""
    text = mend.text
    found = _LINE.match(text, mend.at)
    if found is None or b"@" in found[0]:
        return None
    begin = max(text.rfind(b"\n", 0, mend.at), text.rfind(b"\r", 0, mend.at)) + 1
    end = found.end()
    if not text[begin : mend.at].strip():
        line_end = _LINE_END.match(text, end)
        end = line_end.end() if line_end else end
    else:
        begin = mend.at - (len(text[: mend.at]) - len(text[: mend.at].rstrip(b" \t")))
    data, newline = mend.document.splices.data, mend.document.newline
    if b"\n" not in data and b"\r" in data:
        newline = b"\r"
    moved = found[0].rstrip() + newline
    if mend.start and data[mend.start - 1] not in b"\r\n":
        moved = newline + moved
    edits = (mend.put(0, 0, moved), mend.put(begin, end, b""))
    return "move the line before the entry", edits, True


def unclosed(mend: Mend) -> Made | None:
    """The last brace, where all fields are whole and nothing else is missing."""
    scan, head = mend.parsed.scan, mend.parsed.head
    text = mend.text.rstrip()
    if scan.error != "the entry does not close" or scan.stopped < len(text) or not scan.fields:
        return None
    if any(_HOLDS_FIELD.search(text, place[2], place[3]) for place in scan.fields):
        # A brace is missing further up: the value holds the fields that follow it.
        return None
    newline = mend.document.newline if b"\n" in text else b""
    edit = mend.put(len(text), len(text), newline + head.closing)
    return "close the entry", (edit,), True


def repeated_field(mend: Mend) -> Made | None:
    """An equal field once; of notes one field with both texts."""
    parsed, text = mend.parsed, mend.text
    number = next((n for n, p in enumerate(parsed.scan.fields) if p[0] == mend.at), None)
    if number is None or parsed.scan.error is not None:
        return None
    place = parsed.scan.fields[number]
    name = text[place[0] : place[1]].lower()
    first = next(p for p in parsed.scan.fields if text[p[0] : p[1]].lower() == name)
    try:
        gone = mend.whole(edits.remove(text, parsed, number).text)
    except BibtexError:
        return None
    value, known = _value(text, place), _value(text, first)
    if value == known:
        return "take the second, equal field out", (gone,), True
    braced = all(part[:1] == b"{" and len(pieces(part)) == 1 for part in (value, known))
    if name not in _JOINABLE or not braced:
        return None
    joined = mend.document.newline * 2 + value[1:-1]
    edit = mend.put(first[3] - 1, first[3] - 1, joined)
    return "put both texts into one field", (edit, gone), False


def _value(text: bytes, place: Place) -> bytes:
    return text[place[2] : place[3]]


def repeated_key(mend: Mend) -> Made | None:
    """Another key for the second entry, or one entry less where both are equal."""
    data = mend.document.splices.data
    key = mend.text[slice(*mend.parsed.head.key)]
    start, end = mend.keys.first.get(key, (mend.start, mend.start))
    if start < mend.start and data[start:end] == mend.text:
        stop = mend.start + len(mend.text)
        blank = _BLANKS.match(data, stop)
        edit = (mend.start, blank.end() if blank else stop, b"")
        return "take the second, equal entry out", (edit,), False
    return _renamed(mend, mend.keys.free(key, _SUFFIXES))


def odd_key(mend: Mend) -> Made | None:
    """A key of signs that all programs take."""
    key = mend.text[slice(*mend.parsed.head.key)]
    plain = _BLANKS.sub(b"_", _FORBIDDEN.sub(b"", key).strip())
    return _renamed(mend, mend.keys.free(plain, [b"", *_SUFFIXES]) if plain else None)


def _renamed(mend: Mend, key: bytes | None) -> Made | None:
    if key is None:
        return None
    what = f"give the entry the key {mend.document.codec.read(key)!r}"
    return what, (mend.put(*mend.parsed.head.key, key),), False
