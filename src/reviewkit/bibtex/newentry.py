"""The bytes of a new entry in the style of its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewkit.bibtex.edits import ENTRY_TYPE, FIELD_NAME
from reviewkit.bibtex.layout import Layout, layout_of
from reviewkit.errors import BibtexError

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

#: So many of the last entries are asked for their style.
_NEIGHBOURS = 5
#: The neighbours align their values, but each at its own column.
_AS_WIDE_AS_NEEDED = -1


class Raw(str):
    """A right-hand side as it is to be written, delimiters included."""

    __slots__ = ()


def build_entry(
    document: Reading, kind: str, citekey: str, fields: Mapping[str, str | Raw]
) -> bytes:
    """The entry's text.

    Raises
    ------
    BibtexError
        The type, a name or a text cannot be written.
    """
    if not ENTRY_TYPE.match(kind) or kind.lower() in ("comment", "string", "preamble"):
        raise BibtexError(f"{kind[:40]!r} cannot be an entry type.", text=kind[:80])
    layout, written_kind = _style(document, kind)
    if layout.column == _AS_WIDE_AS_NEEDED:
        width = max(map(len, fields), default=0) + len(layout.equals)
        layout = replace(layout, column=width)
    codec = document.codec
    parts: list[bytes] = []
    for name, value in fields.items():
        if not FIELD_NAME.match(name):
            raise BibtexError(f"{name[:40]!r} cannot be a field's name.", text=name[:80])
        if isinstance(value, Raw):
            data = codec.write(value, f"The value of {name!r}")
        else:
            data = codec.write_value(name.lower(), value)
            if document.newline != b"\n":
                data = data.replace(b"\n", document.newline)
            data = layout.delimited(data)
        parts.append(layout.lead + layout.field(name.lower().encode("utf-8"), data))
    head = b"@" + written_kind.encode("ascii") + b"{" + codec.write(citekey, "The citekey") + b","
    body = (layout.before_comma + b",").join(parts)
    end = layout.before_comma + b"," if layout.trailing_comma and parts else b""
    return head + body + end + layout.closing


def _style(document: Reading, kind: str) -> tuple[Layout, str]:
    """Layout of most of the last entries, and the type in their case."""
    layouts: Counter[Layout] = Counter()
    columns: set[int] = set()
    kinds: list[str] = []
    entries = document.entries
    for number in range(len(entries) - 1, -1, -1):
        entry = entries[number]
        if entry.problem is None and not entry.commented and len(entry.parsed.scan.fields) > 1:
            head = entry.parsed.head
            layout = layout_of(entry.raw, head, entry.parsed.scan, document.newline)
            if layout.column:
                columns.add(layout.column)
                layout = replace(layout, column=_AS_WIDE_AS_NEEDED)
            layouts[layout] += 1
            start, end = head.kind
            kinds.append(entry.raw[start:end].decode("utf-8", "replace"))
        if sum(layouts.values()) >= _NEIGHBOURS or len(entries) - number > 50:
            break
    if not layouts:
        newline = document.newline
        return Layout(lead=newline + b"  ", trailing_comma=True, closing=newline + b"}"), kind
    kind = kind.lower()
    if kinds and all(word.isupper() for word in kinds):
        kind = kind.upper()
    elif kinds and all(word[:1].isupper() for word in kinds):
        kind = kind[:1].upper() + kind[1:]
    layout = max(layouts, key=lambda item: (layouts[item], -list(layouts).index(item)))
    if not layout.closing.rstrip().endswith(b"}"):
        layout = Layout(lead=layout.lead, trailing_comma=layout.trailing_comma)
    if layout.column and len(columns) == 1:
        layout = replace(layout, column=columns.pop())
    return layout, kind
