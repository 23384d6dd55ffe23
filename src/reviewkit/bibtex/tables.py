"""A few named fields of every entry at once, for lists and searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewkit.bibtex.grammar import scan_fields, split_head
from reviewkit.bibtex.values import resolve, tex_to_value
from reviewkit.bulk import no_collecting

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

Row = tuple[str | None, ...]


def read_table(document: Reading, names: Sequence[str], *, tex: bool) -> list[Row]:
    """A row per entry with the values (or the TeX) of the fields of these names."""
    with no_collecting():
        return _rows(document, names, tex)


def _rows(document: Reading, names: Sequence[str], tex: bool) -> list[Row]:
    columns = {name.encode("utf-8"): number for number, name in enumerate(names)}
    width = len(names)
    read = document.codec.read
    entries = document.index.entries
    touched = document.splices.touched
    data = document.splices.data
    rows: list[Row] = []
    for item in document.splices.order():
        if isinstance(item, int):
            start, end, _, _ = entries[item]
            edited = touched.get(start)
            text = data[start:end] if edited is None else edited.raw
        else:
            start, text = item.home[0], item.raw
        row: list[str | None] = [None] * width
        head = split_head(text)
        if head is not None:
            for place in scan_fields(text, head.body).fields:
                number = columns.get(text[place[0] : place[1]].lower())
                if number is not None and row[number] is None:
                    raw = text[place[2] : place[3]]
                    if raw[:1] == b"{" and raw.find(b"}") == len(raw) - 1:
                        plain = read(raw[1:-1])
                    else:
                        plain = resolve(read(raw), document.macros_at(start))
                    row[number] = plain if tex else tex_to_value(names[number], plain)
        rows.append(tuple(row))
    return rows
