"""Where the blocks of a .bib file begin and end.

One possessive expression finds a balanced block at about 200 MB/s; whatever it does not
fit (parentheses, deep nesting, no key, unbalanced text) goes to bounded slower code.
Everything works on bytes with ASCII classes: text classes would eat the bytes 85 and A0,
which are halves of letters in UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewkit.bibtex.grammar import CANDIDATE, TYPE, close_of, nested, scan_fields, split_head

#: start, end, type, key (None: the block has none that can be read), of one entry.
Span = tuple[int, int, bytes, bytes | None]

_BLOCK = re.compile(
    rb"@\s*+(" + TYPE + rb")\s*+\{(?:\s*+([^,{}=\r\n]*+)\s*+,)?+" + nested(7) + rb"\}"
)
_HEAD = re.compile(rb"@\s*+(" + TYPE + rb")\s*+([{(])")
_PAREN_TOKEN = re.compile(rb'[{}")]')
_OTHER_KINDS = {b"comment", b"string", b"preamble"}

#: Beyond this a block goes to the slow code, so that unbalanced text stays cheap.
_FAST_LIMIT = 1 << 16


@dataclass(slots=True)
class Index:
    """Blocks of a file in its order, and what is wrong with some of them.

    `others` holds kind, start and end of each @string, @preamble and @comment; `broken`
    the reason why an entry (by its start) cannot be edited; `commented` the starts of
    entries inside @comment; `loose` place and reason of text that is no block.
    """

    entries: list[Span] = field(default_factory=list)
    others: list[tuple[str, int, int]] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    commented: set[int] = field(default_factory=set)
    loose: list[tuple[int, str]] = field(default_factory=list)


def index(data: bytes) -> Index:
    """Every block of the bytes; never raises, whatever they are."""
    found = Index()
    _scan(data, 0, len(data), found)
    return found


def _scan(data: bytes, position: int, stop: int, found: Index) -> None:
    find = data.find
    match = _BLOCK.match
    add = found.entries.append
    plain: dict[bytes, bool] = {}
    position = find(b"@", position, stop)
    while position >= 0:
        block = match(data, position, min(position + _FAST_LIMIT, stop))
        if block is not None:
            kind, key = block.groups()
            end = block.end()
            ordinary = plain.get(kind)
            if ordinary is None:
                ordinary = plain[kind] = kind.lower() not in _OTHER_KINDS
            if ordinary and key and find(b"\n@", position, end) < 0:
                add((position, end, kind, key.rstrip()))
                position = find(b"@", end, stop)
                continue
        position = find(b"@", _odd_block(data, position, stop, found), stop)


def _odd_block(data: bytes, start: int, stop: int, found: Index) -> int:
    """Take in the block that begins here by the slow way; where to look on."""
    head = _HEAD.match(data, start, stop)
    if head is None:
        return start + 1
    kind = head[1].lower()
    opened = head.end() - 1
    if kind == b"comment":
        return _comment(data, start, opened, stop, found)
    if kind in _OTHER_KINDS:
        return _definition(data, start, opened, stop, found, kind.decode("ascii"))
    if head[2] == b"(":
        return _paren_entry(data, start, stop, found, head[1])
    end, candidate = close_of(data, opened, stop)
    if end is None:
        end = candidate if candidate is not None else stop
        return _broken_entry(data, start, end, found, head[1], "the entry's braces do not close")
    text = data[start:end]
    parts = split_head(text)
    if parts is None:
        return _broken_entry(data, start, end, found, head[1], "no citekey can be read here")
    if candidate is not None:
        scan = scan_fields(text, parts.body)
        if scan.error is not None:
            # A brace is missing: the entry would swallow its neighbour.
            for at in CANDIDATE.finditer(text, max(scan.stopped - 1, 1)):
                return _broken_entry(
                    data, start, start + at.start() + 1, found, head[1], scan.error
                )
    found.entries.append((start, end, head[1], text[parts.key[0] : parts.key[1]] or None))
    return end


def _paren_entry(data: bytes, start: int, stop: int, found: Index, kind: bytes) -> int:
    _, candidate = close_of(data, start, min(stop, start + _FAST_LIMIT))
    end = stop if candidate is None else candidate
    text = data[start : min(end, start + (1 << 20))]
    parts = split_head(text)
    if parts is None or not parts.comma:
        # "mail @ home (office)" in free text; an entry without fields cannot be told from it.
        return start + 1
    scan = scan_fields(text, parts.body)
    if scan.error is not None:
        if not scan.fields:
            return start + 1
        return _broken_entry(data, start, start + len(text), found, kind, scan.error)
    key = text[parts.key[0] : parts.key[1]]
    found.entries.append((start, start + scan.stopped, kind, key or None))
    return start + scan.stopped


def _broken_entry(
    data: bytes, start: int, end: int, found: Index, kind: bytes, reason: str
) -> int:
    text = data[start:end].rstrip()
    parts = split_head(text)
    if parts is None:
        found.loose.append((start, reason))
        return start + 1
    key = text[parts.key[0] : parts.key[1]]
    found.entries.append((start, start + len(text), kind, key or None))
    found.broken[start] = reason
    return start + len(text)


def _comment(data: bytes, start: int, opened: int, stop: int, found: Index) -> int:
    if data[opened : opened + 1] != b"{":
        return opened + 1
    end, candidate = close_of(data, opened, stop)
    if end is None:
        found.loose.append((start, "the comment's braces do not close"))
        return candidate if candidate is not None else opened + 1
    found.others.append(("comment", start, end))
    if data.find(b"@", opened, end) >= 0:
        # BibTeX and bibtexparser read entries inside a comment, JabRef and biber do not:
        # only what is sound there is taken for an entry.
        position = data.find(b"@", opened, end)
        while position >= 0:
            block = _BLOCK.match(data, position, min(position + _FAST_LIMIT, end))
            if block and block[2] and block[1].lower() not in _OTHER_KINDS:
                text = block[0]
                parts = split_head(text)
                if parts is not None and scan_fields(text, parts.body).error is None:
                    found.entries.append((position, block.end(), block[1], block[2].rstrip()))
                    found.commented.add(position)
                    position = block.end() - 1
            position = data.find(b"@", position + 1, end)
    return end


def _definition(data: bytes, start: int, opened: int, stop: int, found: Index, kind: str) -> int:
    end, candidate = _definition_end(data, opened, stop)
    if end is None:
        found.loose.append((start, f"the @{kind} does not close"))
        return candidate if candidate is not None else opened + 1
    found.others.append((kind, start, end))
    return end


def _definition_end(data: bytes, opened: int, stop: int) -> tuple[int | None, int | None]:
    end, candidate = close_of(data, opened, stop)
    if data[opened : opened + 1] == b"{":
        return end, candidate
    depth = 0
    quoted = False
    for token in _PAREN_TOKEN.finditer(data, opened, min(stop, opened + (1 << 20))):
        sign = token[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
        elif depth == 0 and sign == b'"':
            quoted = not quoted
        elif depth == 0 and not quoted and sign == b")":
            return token.end(), candidate
    return None, candidate
