"""What in a .bib file is broken, or would be lost by other programs: all of it, at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewkit.bibtex.entry import Entry
from reviewkit.records import Problem

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

_SHOWN = 80


def find_problems(document: Reading) -> tuple[Problem, ...]:
    """Problems in the order of their lines."""
    text = document.to_bytes()
    places: list[tuple[int, str]] = []
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        places.append((0, "the file is UTF-16; save it as UTF-8"))
    seen: dict[str, str] = {}
    for entry in document.entries:
        found = [*_of_key(entry, seen), *_of_text(entry), *_of_fields(document, entry)]
        if found:
            start = document.place_of(entry)
            places += [(start + offset, reason) for offset, reason in found]
    if not document.splices.touched:
        # Places of these are known in the bytes that were read only.
        places += document.index.loose
        places += [(at, "this @string cannot be read") for at in document.strings.unreadable]
    line_at = document.splices.line_at
    return tuple(
        Problem(line_at(at), reason, _shown(document, text, at)) for at, reason in sorted(places)
    )


def _of_key(entry: Entry, seen: dict[str, str]) -> Iterator[tuple[int, str]]:
    key = entry.citekey
    lower = key.lower()
    if entry.commented:
        yield 0, "inside @comment: BibTeX reads this entry, JabRef and biber do not"
    if not key:
        yield 0, "an entry without a citekey cannot be cited"
    elif key in seen:
        yield 0, f"the citekey {key!r} is there already; BibTeX takes the first entry"
    elif lower in seen:
        yield 0, f"the citekey {key!r} differs from {seen[lower]!r} only in its case"
    seen.setdefault(key, key)
    seen.setdefault(lower, key)


def _of_text(entry: Entry) -> Iterator[tuple[int, str]]:
    scan = entry.parsed.scan
    if entry.broken is not None:
        yield scan.stopped if scan.error else 0, f"{entry.broken}; the entry cannot be edited"
    elif scan.error is not None:
        yield scan.stopped, f"{scan.error}; the entry cannot be edited"
    head = entry.parsed.head
    if not head.comma and entry.raw[head.body :].strip(b" \t\r\n})"):
        yield head.key[0], "no comma after the citekey"
    yield from scan.notes


def _of_fields(document: Reading, entry: Entry) -> Iterator[tuple[int, str]]:
    fields = entry.parsed.scan.fields
    if len(fields) == len(entry.parsed.first):
        return
    first: set[str] = set()
    for start, end, _, _ in fields:
        name = document.codec.read(entry.raw[start:end]).lower()
        if name in first:
            yield start, f"the field {name!r} is there already; its first value counts"
        first.add(name)


def _shown(document: Reading, text: bytes, at: int) -> str:
    line = text[at : at + _SHOWN].lstrip().splitlines()
    return document.codec.read(line[0]) if line else ""
