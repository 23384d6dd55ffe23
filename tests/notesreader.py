"""A second reader of the notes in `reviews.csv` and of its `rev`, from `docs/format.md` alone.

It imports nothing of reviewkit, as `reader` beside it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping

Note = tuple[str, str, str | None]

_MARK = re.compile(r"<{7}|={7}|>{7}|\|{7}")


def anchor_of(text: str) -> str | None:
    """'Anchors': the kept form of what stands behind an id; None if that is no anchor."""
    pages = re.fullmatch(r"pp?\.? ?(\d{1,6})(?: ?[-–—] ?(\d{1,6}))?", text, re.ASCII)
    if pages is not None:
        first, last = pages[1], pages[2] or pages[1]
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        low, high = sorted((int(first), int(last)))
        return f"p{low}" if low == high else f"p{low}-{high}"
    section = re.fullmatch(r"§ ?((?:\d{1,3}|[A-Z]{1,5})(?:\.\d{1,3}){0,5})", text, re.ASCII)
    if section is not None:
        return "§" + section[1]
    quoted = len(text) > 2 and text[0] in '"“”„' and text[-1] in '"“”„'
    words = text[1:-1]
    if not quoted or len(words) > 200 or re.search(r'["“”„\x00-\x1f\x7f\u2028\u2029]', words):
        return None
    return f'"{" ".join(words.split())}"' if words.split() else None


def _head(text: str) -> tuple[str, str | None, int] | None:
    """The id and anchor that a text begins with, and where what it says begins."""
    if not re.match(r"\[[a-z2-7]{6}[ \]]", text):
        return None
    name = text[1:7]
    if text[7] == "]":
        return name, None, 8
    line = text.split("\n", 1)[0]
    for end in (at for at in range(8, len(line)) if line[at] == "]"):
        anchor = anchor_of(line[8:end])
        if anchor is not None:
            return name, anchor, end + 1
    return None


def notes(cell: str) -> list[Note]:
    """The notes of a cell; of one without an id it is empty."""
    blocks: list[str] = []
    text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    start = at = 0
    while (at := text.find("\n\n", at)) >= 0:
        if _head(text[at + 2 :]) is not None:
            blocks.append(text[start:at])
            start = at + 2
            at = start
        else:
            at += 1
    blocks.append(text[start:])
    found = []
    for block in blocks:
        head = _head(block)
        name, anchor, begin = head if head is not None else ("", None, 0)
        lines = block[begin:].removeprefix(" " if head else "").split("\n")
        said = "\n".join(map(_unescaped, lines)).strip()
        if said:
            found.append((name, said, anchor))
    return found


def _unescaped(line: str) -> str:
    bare = line.lstrip("\\")
    ours = _head(bare) is not None or _MARK.match(bare) is not None
    return line[1:] if ours and line.startswith("\\") else line


def rev(cells: Mapping[str, str]) -> str:
    """'reviews.csv': the `rev` of a row that reviewkit wrote."""
    values = sorted([name, cells[name]] for name in cells if name != "notes" and cells[name])
    said = sorted(
        [name, text] if anchor is None else [name, text, anchor]
        for name, text, anchor in notes(cells.get("notes", ""))
    )
    data = json.dumps(["rev", [values, said]], separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(data.encode("ascii")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:10]
