"""What in a .bib file is broken, or would be lost by other programs: all of it, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.records import Problem

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

_SHOWN = 80


def find_problems(document: Reading) -> tuple[Problem, ...]:
    """Problems in the order of their lines."""
    found: list[Problem] = []
    text = document.to_bytes()
    line_at = document.splices.line_at
    seen: dict[str, str] = {}
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found.append(Problem(1, "the file is UTF-16; save it as UTF-8"))
    for entry in document.entries:
        place = document.place_of(entry)
        key = entry.citekey

        def add(offset: int, reason: str, place: int = place) -> None:
            at = place + offset
            found.append(Problem(line_at(at), reason, _shown(document, text, at)))

        if entry.commented:
            add(0, "inside @comment: BibTeX reads this entry, JabRef and biber do not")
        if not key:
            add(0, "an entry without a citekey cannot be cited")
        elif key in seen:
            add(0, f"the citekey {key!r} is there already; BibTeX takes the first entry")
        elif key.lower() in seen:
            add(0, f"the citekey {key!r} differs from {seen[key.lower()]!r} only in its case")
        seen.setdefault(key, key)
        seen.setdefault(key.lower(), key)
        scan = entry.parsed.scan
        if entry.broken is not None:
            add(scan.stopped if scan.error else 0, f"{entry.broken}; the entry cannot be edited")
        elif scan.error is not None:
            add(scan.stopped, f"{scan.error}; the entry cannot be edited")
        head = entry.parsed.head
        if not head.comma and entry.raw[head.body :].strip(b" \t\r\n})"):
            add(head.key[0], "no comma after the citekey")
        for at, reason in scan.notes:
            add(at, reason)
        first: set[str] = set()
        for start, end, _, _ in scan.fields:
            name = document.codec.read(entry.raw[start:end]).lower()
            if name in first:
                add(start, f"the field {name!r} is there already; its first value counts")
            first.add(name)
    if not document.splices.touched:
        # Places of these are known in the bytes that were read only.
        for at, reason in document.index.loose:
            found.append(Problem(line_at(at), reason, _shown(document, text, at)))
        for at in document.strings.unreadable:
            found.append(
                Problem(line_at(at), "this @string cannot be read", _shown(document, text, at))
            )
    return tuple(sorted(found, key=lambda problem: problem.line or 0))


def _shown(document: Reading, text: bytes, at: int) -> str:
    line = text[at : at + _SHOWN].lstrip().splitlines()
    return document.codec.read(line[0]) if line else ""
