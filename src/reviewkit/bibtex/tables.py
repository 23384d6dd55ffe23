"""Fields of every entry at once, for lists and searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reviewkit.bibtex.grammar import Place
from reviewkit.bibtex.values import resolve, tex_to_value
from reviewkit.bulk import no_collecting

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

Row = tuple[str | None, ...]


def read_places(document: Reading) -> Iterator[tuple[int, bytes, list[Place]]]:
    """Of each entry: its place as it was read, a text and where its fields are in it."""
    found = document.index
    touched = document.splices.touched
    data = document.splices.data
    for item in document.splices.order():
        if isinstance(item, int):
            start = found.entries[item][0]
            if start not in touched:
                yield start, data, found.fields_of(data, item)
                continue
        entry = document.made(item)
        yield entry.home[0], entry.raw, entry.parsed.scan.fields


def read_table(document: Reading, names: Sequence[str], *, tex: bool) -> list[Row]:
    """A row per entry with the values (or the TeX) of the fields of these names."""
    with no_collecting():
        return _rows(document, names, tex)


def _rows(document: Reading, names: Sequence[str], tex: bool) -> list[Row]:
    columns = {name.encode("utf-8"): number for number, name in enumerate(names)}
    width = len(names)
    read = document.codec.read
    rows: list[Row] = []
    for start, text, places in read_places(document):
        row: list[str | None] = [None] * width
        for name_start, name_end, value_start, value_end in places:
            number = columns.get(text[name_start:name_end].lower())
            if number is not None and row[number] is None:
                raw = text[value_start:value_end]
                if raw[:1] == b"{" and raw.find(b"}") == len(raw) - 1:
                    plain = read(raw[1:-1])
                else:
                    plain = resolve(read(raw), document.macros_at(start))
                row[number] = plain if tex else tex_to_value(names[number], plain)
        rows.append(tuple(row))
    return rows
