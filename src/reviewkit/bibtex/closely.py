"""The faults of one entry, found by reading it step by step."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.bibtex.entry import Parsed, parse
from reviewkit.bibtex.grammar import (
    BARE,
    CANDIDATE,
    brace_end,
    pieces,
    scan_fields,
    scan_slowly,
    split_head,
)
from reviewkit.bibtex.strings import Strings

#: Place in the entry's bytes, kind of problem, and what is wrong.
Fault = tuple[int, str, str]


def faults_of(text: bytes, broken: str | None, strings: Strings, start: int) -> Iterator[Fault]:
    """What is wrong with an entry's head and fields.

    Parameters
    ----------
    broken
        Why the entry is no whole block; None if it is one.
    start
        Where the entry stands in its file: macros hold from their definition on.
    """
    parsed = parse(text)
    scan, head = parsed.scan, parsed.head
    if broken is not None:
        at = scan.stopped if scan.error else 0
        yield at, "broken-entry", f"{broken}; the entry cannot be edited"
    elif scan.error is not None:
        yield scan.stopped, "broken-entry", f"{scan.error}; the entry cannot be edited"
    if not head.comma and text[head.body :].strip(b" \t\r\n})"):
        yield head.key[0], "missing-comma", "no comma after the citekey"
    for at, reason in scan.notes:
        yield at, _KINDS[reason], reason
    yield from _repeated(text, parsed)
    for place in scan.fields:
        yield from _bare(text[place[2] : place[3]], place[2], strings, start)


def swallowed_by(text: bytes) -> Iterator[Fault]:
    """Whole entries inside an entry's values: perhaps quoted, perhaps a brace is missing."""
    for line in CANDIDATE.finditer(text, 1):
        at = line.end()
        head = split_head(text, at)
        if head is None or not head.comma or head.key[0] == head.key[1]:
            continue
        # In parentheses an entry ends with its last field, whatever braces stand around it.
        in_braces = head.closing == b"}"
        end = brace_end(text, text.index(b"{", at), len(text)) if in_braces else len(text)
        if end is None:
            continue
        scan = scan_fields(text, head, end) if in_braces else scan_slowly(text, head)
        if scan.error is None and scan.fields:
            key = text[slice(*head.key)].decode("utf-8", "replace")
            yield (
                at,
                "swallowed-entry",
                (
                    f"the whole entry {key!r} stands inside a value of another one: "
                    "a brace may be missing before it"
                ),
            )


_KINDS = {
    "a % line inside an entry is no comment for BibTeX": "percent-line",
    "a comma without a field before it": "extra-comma",
    "no comma before this field": "missing-comma",
    "a field without a value": "empty-value",
}


def _repeated(text: bytes, parsed: Parsed) -> Iterator[Fault]:
    first: set[str] = set()
    for start, end, _, _ in parsed.scan.fields:
        name = text[start:end].decode("utf-8", "replace").lower()
        if name in first:
            reason = f"the field {name!r} is there already; its first value counts"
            yield start, "repeated-field", reason
        first.add(name)


def _bare(value: bytes, place: int, strings: Strings, start: int) -> Iterator[Fault]:
    for piece in pieces(value) if value[:1] not in b'{"' or b"#" in value else ():
        if not BARE.fullmatch(piece) or piece.isdigit():
            continue
        shown = piece.decode("utf-8", "replace")
        if piece[:1].isdigit():
            yield place, "bare-value", f"the value {shown!r} needs braces"
            continue
        known = strings.first_place(shown.lower())
        if known is None:
            yield place, "unknown-macro", f"nothing says what the macro {shown!r} is"
        elif known > start:
            yield place, "late-macro", f"the macro {shown!r} is defined further down only"
