"""Where the blocks of a .bib file begin and end.

One possessive expression finds a balanced block at about 400 MB/s; whatever it does not
fit (parentheses, deep nesting, no key, unbalanced text) goes to slower code. Both take
time in proportion to the file, whatever is in it. Everything works on bytes with ASCII
classes: text classes would eat the bytes 85 and A0, which are halves of letters in UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewkit.bibtex.braces import Braces
from reviewkit.bibtex.grammar import (
    CANDIDATE,
    NAME,
    TAIL,
    TYPE,
    VALUE,
    Place,
    nested,
    places_of,
    scan_fields,
    split_head,
)

#: start, end, key (None: the block has none that can be read) of one entry.
Span = tuple[int, int, bytes | None]

_NO_ENTRY = rb"(?!(?i:comment|string|preamble)\b)"
_OPENED = rb"@\s*+" + _NO_ENTRY + TYPE + rb"\s*+\{([^,{}=\r\n]*+),"
#: An entry in braces with a key and no line inside that begins with `@`.
_ENTRY = re.compile(_OPENED + nested(7, rb"[\x00-?A-z|~-\xff]", rb"|(?<![\r\n])@") + rb"\}")
_ENTRY_IN_COMMENT = re.compile(_OPENED + nested(7) + rb"\}")
_HEAD = re.compile(rb"@\s*+(" + TYPE + rb")\s*+([{(])")
_OTHER_VALUE = rb"\s*+(?>(?:" + NAME + rb"\s*+=\s*+)?)" + VALUE + rb"\s*+,?+\s*+"
_IN_PARENTHESES = re.compile(rb"@\s*+" + TYPE + rb"\s*+\(" + _OTHER_VALUE + rb"\)")
_IN_BRACES = re.compile(rb"@\s*+" + TYPE + rb"\s*+\{" + _OTHER_VALUE + rb"\}")
_CLOSED = re.compile(rb"\s*+\)")
_OTHER_KINDS = {b"comment", b"string", b"preamble"}

#: Text in parentheses that would be longer is no entry.
_LONGEST_IN_PARENTHESES = 1 << 20


@dataclass(slots=True)
class Index:
    """Blocks of a file in its order, and what is wrong with some of them.

    `others` holds kind, start and end of each @string, @preamble and @comment; `odd` the
    starts of entries that the slower code found; `broken` the reason why an entry (by its
    start) cannot be edited; `commented` the starts of entries inside @comment; `loose`
    place and reason of text that is no block.
    """

    entries: list[Span] = field(default_factory=list)
    others: list[tuple[str, int, int]] = field(default_factory=list)
    odd: set[int] = field(default_factory=set)
    broken: dict[int, str] = field(default_factory=dict)
    commented: set[int] = field(default_factory=set)
    loose: list[tuple[int, str]] = field(default_factory=list)

    def fields_of(self, data: bytes, number: int) -> list[Place]:
        """Places of the n-th entry's fields in the bytes."""
        start, end, _ = self.entries[number]
        if start not in self.odd:
            # No comma can stand in the type or the key of these.
            places, at = places_of(data, data.find(b",", start) + 1, end)
            if TAIL.match(data, at, end):
                return places
        head = split_head(data, start, end)
        return [] if head is None else scan_fields(data, head, end).fields


def index(data: bytes) -> Index:
    """Every block of the bytes; never raises, whatever they are."""
    return _Scanner(data).found


class _Scanner:
    """Goes through the bytes once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._braces = Braces(data, len(data))
        self.found = Index()
        self._scan()

    def _scan(self) -> None:
        data = self._data
        find = data.find
        match = _ENTRY.match
        add = self.found.entries.append
        looked_at = 0
        position = find(b"@")
        while position >= 0:
            # Where the slower code has been, the quick look would only cost time again.
            entry = match(data, position) if position >= looked_at else None
            if entry is not None and (key := entry[1].strip()):
                end = entry.end()
                add((position, end, key))
                position = find(b"@", end)
            else:
                position = find(b"@", self._odd_block(position))
                looked_at = self._braces.reached

    def _odd_block(self, start: int) -> int:
        """Take in the block that begins here by the slow way; where to look on."""
        data = self._data
        head = _HEAD.match(data, start)
        if head is None:
            return start + 1
        kind = head[1].lower()
        if kind in _OTHER_KINDS:
            return self._other(start, head.end(), kind.decode("ascii"), in_braces=head[2] == b"{")
        if head[2] == b"(":
            return self._in_parentheses(start)
        end, line = self._braces.close_of(start)
        if end is None:
            end = len(data) if line is None else line
            return self._broken(start, end, "the entry's braces do not close")
        parts = split_head(data, start, end)
        if parts is None:
            return self._broken(start, end, "no citekey can be read here")
        if line is not None:
            scan = scan_fields(data, parts, end)
            if scan.error is not None:
                # A brace is missing: the entry would swallow its neighbour.
                at = CANDIDATE.search(data, max(scan.stopped - 1, start + 1), end)
                if at is not None:
                    return self._broken(start, at.start() + 1, scan.error)
        self._add(start, end, parts.key)
        return end

    def _add(self, start: int, end: int, key: tuple[int, int]) -> None:
        self.found.entries.append((start, end, self._data[slice(*key)] or None))
        self.found.odd.add(start)

    def _in_parentheses(self, start: int) -> int:
        data = self._data
        far = min(len(data), start + _LONGEST_IN_PARENTHESES)
        parts = split_head(data, start, far)
        if parts is None or not parts.comma:
            # "mail @ home (office)" in free text; an entry without fields cannot be told from it.
            return start + 1
        closed = _CLOSED.match(data, places_of(data, parts.body, far)[1], far)
        if closed is not None:
            self._add(start, closed.end(), parts.key)
            return closed.end()
        line = self._braces.line_after(start)
        stop = far if line is None else min(far, line)
        scan = scan_fields(data, parts, stop)
        if scan.error is None:
            self._add(start, scan.stopped, parts.key)
            return scan.stopped
        if data.find(b"=", parts.body, scan.stopped) < 0:
            return start + 1
        return self._broken(start, stop, scan.error)

    def _broken(self, start: int, end: int, reason: str) -> int:
        end = start + len(self._data[start:end].rstrip())
        parts = split_head(self._data, start, end)
        if parts is None:
            self.found.loose.append((start, reason))
            return start + 1
        self._add(start, end, parts.key)
        self.found.broken[start] = reason
        return end

    def _other(self, start: int, inside: int, kind: str, *, in_braces: bool) -> int:
        if kind == "comment" and not in_braces:
            return inside
        if in_braces:
            end, line = self._braces.close_of(start)
            if end is not None and line is not None and kind != "comment":
                # Does it swallow what comes after a brace that is missing?
                whole = _IN_BRACES.fullmatch(self._data, start, end)
                end = whole and whole.end()
        else:
            whole = _IN_PARENTHESES.match(self._data, start)
            end = whole and whole.end()
        if end is None:
            self.found.loose.append((start, f"the @{kind} does not close"))
            return inside
        self.found.others.append((kind, start, end))
        if kind == "comment":
            self._inside_comment(inside, end)
        return end

    def _inside_comment(self, position: int, end: int) -> None:
        """Take in the sound entries there.

        BibTeX and bibtexparser read entries inside a comment, JabRef and biber do not.
        """
        data = self._data
        while (position := data.find(b"@", position, end)) >= 0:
            entry = _ENTRY_IN_COMMENT.match(data, position, end)
            stop = entry.end() if entry and entry[1].strip() else self._paren_end(position, end)
            if stop is not None:
                parts = split_head(data, position, stop)
                if parts is not None and scan_fields(data, parts, stop).error is None:
                    self._add(position, stop, parts.key)
                    self.found.commented.add(position)
                    position = stop - 1
            position += 1

    def _paren_end(self, start: int, end: int) -> int | None:
        """End of an entry in parentheses that begins here and ends before the next block."""
        line = self._braces.line_after(start)
        stop = end if line is None else min(end, line)
        parts = split_head(self._data, start, stop)
        if parts is None or parts.closing != b")" or not parts.comma:
            return None
        closed = _CLOSED.match(self._data, places_of(self._data, parts.body, stop)[1], stop)
        return closed and closed.end()
