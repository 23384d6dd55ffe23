"""New bytes of one entry after one change, and the proof that nothing else changed.

Each function takes an entry's bytes and gives new ones, or refuses. Fields that the
change does not concern keep their bytes; `checked` reads the result again to make sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.bibtex.entry import Parsed, parse
from reviewkit.bibtex.grammar import Place, brace_end
from reviewkit.bibtex.layout import Layout, layout_of, trailing_comma_end
from reviewkit.bibtex.scan import index
from reviewkit.errors import BibtexError

FIELD_NAME = re.compile(r"[^\s\"#%'(),={}\\@0-9][^\s\"#%'(),={}\\@]*\Z")
CITEKEY = re.compile(r"[^\s\"#%'(),={}\\~@]+\Z")
ENTRY_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_.:+/-]*\Z")


@dataclass(frozen=True, slots=True)
class Change:
    """An entry's new bytes, and what reading them must give: key, names and values."""

    text: bytes
    parsed: Parsed
    key: bytes
    fields: tuple[tuple[bytes, bytes], ...]

    def stands_in(self, data: bytes, start: int, end: int) -> bool:
        """Whether the bytes there are this one whole entry."""
        text = data[start:end]
        found = index(text)
        parsed = parse(text)
        return (
            [entry[:2] for entry in found.entries] == [(0, len(text))]
            and not found.broken
            and _promise(text, parsed) == (self.key, self.fields)
        )


def change_of(text: bytes, parsed: Parsed) -> Change:
    """The change that gives an entry this text as it is."""
    return Change(text, parsed, *_promise(text, parsed))


def _promise(text: bytes, parsed: Parsed) -> tuple[bytes, tuple[tuple[bytes, bytes], ...]]:
    key = text[slice(*parsed.head.key)]
    return key, tuple(_field(text, place) for place in parsed.scan.fields)


def set_value(
    text: bytes, parsed: Parsed, name: str, value: bytes, newline: bytes, *, restyle: bool
) -> Change:
    """The entry's bytes with this right-hand side for the field, added where new."""
    number = parsed.first.get(name)
    if number is None:
        return _insert(text, parsed, name, value, newline, restyle)
    place = parsed.scan.fields[number]
    if restyle:
        value = _like(text[place[2] : place[3]], value)
    if place[2] == place[3]:
        value = b" " + value
    new = text[: place[2]] + value + text[place[3] :]
    return checked(text, new, parsed, number, value.strip())


def _like(old: bytes, new: bytes) -> bytes:
    """A value in braces with the delimiters of the one it replaces."""
    if old.isdigit() and new[1:-1].isdigit():
        return new[1:-1]
    quotes = old[:1] == b'"' and old[-1:] == b'"'
    return Layout(quotes=quotes).delimited(new)


def _insert(
    text: bytes, parsed: Parsed, name: str, value: bytes, newline: bytes, restyle: bool
) -> Change:
    layout = layout_of(text, parsed.head, parsed.scan, newline)
    body = layout.field(name.encode("utf-8"), layout.delimited(value) if restyle else value)
    fields = parsed.scan.fields
    written = body[body.index(b"=") + 1 :].strip()
    if not fields:
        at = parsed.head.body
        has_comma = text[at - 1 : at] == b","
        lead = layout.lead if b"\n" in text[at:] else b" "
        keyless = parsed.head.key[0] == parsed.head.key[1]
        added = (b"" if has_comma or keyless else b",") + lead + body
        return checked(text, text[:at] + added + text[at:], parsed, 0, written, name)
    end = fields[-1][3]
    after = trailing_comma_end(text, end)
    if after is not None:
        added = layout.lead + body + layout.before_comma + b","
        return checked(
            text, text[:after] + added + text[after:], parsed, len(fields), written, name
        )
    added = layout.before_comma + b"," + layout.lead + body
    return checked(text, text[:end] + added + text[end:], parsed, len(fields), written, name)


def remove(text: bytes, parsed: Parsed, number: int) -> Change:
    """The entry's bytes without the n-th field and one separator."""
    fields = parsed.scan.fields
    place = fields[number]
    before = fields[number - 1][3] if number else parsed.head.key[1]
    own_comma = trailing_comma_end(text, place[3])
    gap = text[before : place[0]]
    comma = gap.rfind(b",")
    if own_comma is not None:
        start = before + comma + 1 if comma >= 0 else before
        kept = text[start : place[0]].rstrip()
        new = text[: start + len(kept)] + text[own_comma:]
    elif comma >= 0 and b"%" not in gap:
        # The key keeps its comma: an entry without fields is `@misc{key,}` everywhere.
        start = before if number else before + comma + 1
        new = text[:start] + text[place[3] :]
    else:
        new = text[: place[0]].rstrip() + text[place[3] :]
    return checked(text, new, parsed, number, None)


def rename(text: bytes, parsed: Parsed, citekey: bytes) -> Change:
    """The entry's bytes with another key."""
    start, end = parsed.head.key
    key = citekey
    if start == end and text[start : start + 1] != b",":
        citekey += b","
    new = text[:start] + citekey + text[end:]
    return checked(text, new, parsed, None, None, key=key)


def checked(
    old: bytes,
    new: bytes,
    before: Parsed,
    number: int | None,
    value: bytes | None,
    name: str = "",
    key: bytes | None = None,
) -> Change:
    """The new bytes, if they say what was asked for and all else is as it was.

    `number` is the field concerned (None: none) and `value` its new right-hand side
    (None: it is gone); with `name` it is a new field. `key` is the new key, if that is new.

    Raises
    ------
    BibtexError
        Reading the new bytes gives anything else.
    """
    after = parse(new)
    expected = [_field(old, place) for place in before.scan.fields]
    if number is not None:
        if value is None:
            del expected[number]
        elif name:
            expected.insert(number, (name.encode("utf-8"), value))
        else:
            expected[number] = (expected[number][0], value)
    wanted_key = old[slice(*before.head.key)] if key is None else key
    found_key, found_fields = _promise(new, after)
    found = list(found_fields)
    if number is not None and name and number < len(found):
        found[number] = (found[number][0].lower(), found[number][1])
    sound = (
        after.scan.error is None
        and after.scan.stopped == len(new)
        and found == expected
        and found_key == wanted_key
    )
    if new[:1] == b"@" and b"{" in new[: after.head.body] and sound:
        sound = brace_end(new, new.index(b"{"), len(new)) == len(new)
    if not sound:
        raise BibtexError(
            "The entry is written in a way that this change could damage; "
            "tidy it up in an editor first.",
            text=old[:80].decode("utf-8", "replace"),
        )
    return Change(new, after, found_key, found_fields)


def _field(text: bytes, place: Place) -> tuple[bytes, bytes]:
    return text[place[0] : place[1]], text[place[2] : place[3]]
