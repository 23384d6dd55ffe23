"""The notes of one person on one paper as one text, in either file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reviewkit.ops import anchors

_HEAD = rf"\[[a-z2-7]{{6}}(?: {anchors.PATTERN})?\]"
_NOTE_HEAD = re.compile(rf"\[([a-z2-7]{{6}})(?: ({anchors.PATTERN}))?\] ?")
_NEXT = re.compile(rf"\n\n(?={_HEAD})")
# What a note's line must not begin with, as it would be read as a note's id or as the
# mark of a merge conflict: a backslash is put before it.
_LIKE_OURS = rf"\\*(?:{_HEAD}|<{{7}}|={{7}}|>{{7}}|\|{{7}})"
_LIKE_HEAD = re.compile(f"^({_LIKE_OURS})", re.MULTILINE)
_ESCAPED_HEAD = re.compile(rf"^\\({_LIKE_OURS})", re.MULTILINE)


class WrittenNote(NamedTuple):
    """A note as a file has it; `id` is None where somebody typed it without one.

    `anchor` says where in the paper it belongs, None if it does not say.
    """

    id: str | None
    text: str
    anchor: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What a `rev` is made of; without an anchor as it was before there were any."""
        said = (self.id or "", self.text)
        return said if self.anchor is None else (*said, self.anchor)


def join_notes(notes: Mapping[str, str], places: Mapping[str, str] | None = None) -> str:
    """Notes as one text: each begins with its id in brackets, a blank line between.

    `places` says where those belong that have an anchor; it stands behind the id.
    """
    places = places or {}
    return "\n\n".join(
        f"[{name}{f' {places[name]}' if name in places else ''}] "
        f"{_LIKE_HEAD.sub(lambda m: chr(92) + m[1], text)}"
        for name, text in notes.items()
    )


def split_notes(text: str) -> list[WrittenNote]:
    """The notes of one text, with their ids."""
    notes: list[WrittenNote] = []
    if not text:
        return notes
    for block in _NEXT.split(normal_text(text)):
        head = _NOTE_HEAD.match(block)
        body = block[head.end() :] if head else block
        body = _ESCAPED_HEAD.sub(r"\1", body).strip()
        if body and head:
            notes.append(WrittenNote(head[1], body, anchors.parse(head[2] or "")))
        elif body:
            notes.append(WrittenNote(None, body))
    return notes


def normal_text(text: str) -> str:
    """Text up to line ends and outer blanks, as `rev` sees it."""
    return line_feeds(text).strip()


def line_feeds(text: str) -> str:
    """Text with line feeds only."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
