"""What in a .bib file is broken, or would be lost by other programs: all of it, at once.

Sound entries pass two expressions; only what these do not fit is looked at closely. So a
file of 100,000 entries is searched in about the time that opening it takes, and nothing
of it is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from reviewkit.bibtex.closely import Fault, faults_of, swallowed_by
from reviewkit.bibtex.grammar import FIELD_NAME, FIELD_TEXT, TYPE, many
from reviewkit.bibtex.inheritance import parent_faults
from reviewkit.bibtex.values import MONTHS
from reviewkit.bulk import no_collecting
from reviewkit.records import Problem

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

_SHOWN = 80

_HEAD = re.compile(rb"@\s*+" + TYPE + rb"\s*+\{\s*+[^,{}=\r\n]*+,")
_SOUND = re.compile(many(FIELD_TEXT) + rb"\s*+\}")
_NAMES = re.compile(FIELD_NAME)
#: Bare words on a right-hand side: macros, and much else inside of texts; no numbers.
_BARE = re.compile(rb"[=#]\s*+(?![0-9]++[\s,}])([^\s\"#%'(),={}]++)")
_PARENTS = frozenset((b"crossref", b"xdata"))
_PLAIN_KEY = re.compile(rb"[!$&*+./0-9:;<>?A-Z\[\]^_`a-z|-]++\Z")
_ODD_KEY = re.compile(rb"[\s\"#%'()={}\\~,]")
_MONTHS = frozenset(name.encode() for name in MONTHS)


#: What is wrong with an entry that has no name.
NO_KEY = "an entry without a citekey cannot be cited"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem: its place in the document's bytes, its kind and what is wrong."""

    place: int
    kind: str
    reason: str


def find_problems(document: Reading) -> tuple[Problem, ...]:
    """Problems in the order of their lines."""
    found = findings(document)
    text = document.to_bytes()
    return tuple(
        Problem(line, finding.reason, _shown(document, text, finding.place))
        for finding, line in zip(found, lines_of(text, [f.place for f in found]), strict=True)
    )


def findings(document: Reading) -> list[Finding]:
    """Everything wrong with the document's text as it is now, in its order."""
    text = document.to_bytes()
    if text is not document.splices.data:
        # Places, and what is no entry, are known in bytes that were read only.
        document = type(document)(text)
    return findings_as_read(document)


def findings_as_read(document: Reading) -> list[Finding]:
    """Everything wrong with the bytes that were read, whatever was edited since."""
    if document.splices.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [Finding(0, "utf-16", "the file is UTF-16; save it as UTF-8")]
    with no_collecting():
        children: list[int] = []
        found = [*_of_file(document), *_of_entries(document, children), *_of_gaps(document)]
        found += parent_faults(document, children)
    return sorted((Finding(*fault) for fault in found), key=lambda finding: finding.place)


def moved_problems(document: Reading, found: Sequence[Finding]) -> tuple[Problem, ...]:
    """Findings in the bytes that were read, as problems at their lines of now.

    Edits of the document's own are no cause of problems, so nothing is looked for anew;
    what stood in an entry that was removed is left out.
    """
    spans = document.index.entries
    moved: list[tuple[int, Finding]] = []
    for finding in found:
        number = bisect_right(spans, finding.place, key=itemgetter(0)) - 1
        entry = document.made(number) if number >= 0 else None
        if entry is None:
            moved.append((finding.place, finding))
        elif not (entry.removed and finding.place < entry.home[1]):
            moved.append((document.place_of(entry) + finding.place - entry.home[0], finding))
    moved.sort(key=itemgetter(0))
    text, data = document.to_bytes(), document.splices.data
    lines = lines_of(text, [place for place, _ in moved])
    return tuple(
        Problem(line, finding.reason, _shown(document, data, finding.place))
        for line, (_, finding) in zip(lines, moved, strict=True)
    )


def lines_of(text: bytes, places: Iterable[int]) -> list[int]:
    """The lines, from 1, of places in ascending order; LF, CRLF and CR end lines."""
    lines: list[int] = []
    line, last = 1, 0
    returns = b"\r" in text
    for place in places:
        line += text.count(b"\n", last, place)
        if returns:
            line += text.count(b"\r", last, place) - text.count(b"\r\n", last, place)
            if text[last - 1 : last + 1] == b"\r\n":
                # Its CR was counted as an end of its own: the LF stood behind the place.
                line -= 1
        last = max(last, place)
        lines.append(line)
    return lines


def _of_file(document: Reading) -> Iterator[Fault]:
    data = document.splices.data
    if b"\r" in data and b"\n" not in data:
        yield data.index(b"\r"), "lone-cr", "the file's lines end with CR alone"
    if b"\x00" in data:
        yield data.index(b"\x00"), "nul", "a NUL character"
    if document.codec.declared is None:
        at = first_not_utf8(data)
        if at is not None:
            yield at, "not-utf-8", "bytes that are not UTF-8; they are read as Windows-1252"


def first_not_utf8(data: bytes) -> int | None:
    """The first byte that is not UTF-8; None if all are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _of_entries(document: Reading, children: list[int]) -> Iterator[Fault]:
    """Faults of entries; `children` takes the numbers of those that may have parents."""
    data, index = document.splices.data, document.index
    doubtful = _doubtful(document)
    macros = document.strings
    seen: dict[bytes, bytes] = {}
    others: set[bytes] = set()
    for number, (start, end, key) in enumerate(index.entries):
        if start in index.commented:
            reason = "inside @comment: BibTeX reads this entry, JabRef and biber do not"
            yield start, "commented", reason
        if key is None:
            yield start, "no-key", NO_KEY
        elif (lower := key.lower()) in seen or not _PLAIN_KEY.match(key):
            yield from _of_key(document, start, key, seen, others)
        else:
            seen[lower] = key
        text = data[start:end]
        head = _HEAD.match(text)
        sound = head and start not in index.broken and _SOUND.fullmatch(text, head.end())
        if head and sound and number not in doubtful and start not in index.odd:
            names = _NAMES.findall(text, head.end())
            different = {name.lower() for name in names}
            if not different.isdisjoint(_PARENTS):
                children.append(number)
            if len(different) == len(names):
                continue
        else:
            children.append(number)
        if start in index.odd:
            yield from (
                (start + place, kind, reason) for place, kind, reason in swallowed_by(text)
            )
        for place, kind, reason in faults_of(text, index.broken.get(start), macros, start):
            yield start + place, kind, reason


def _of_key(
    document: Reading, start: int, key: bytes, seen: dict[bytes, bytes], others: set[bytes]
) -> Iterator[Fault]:
    if _ODD_KEY.search(key):
        shown = document.codec.read(key)
        reason = f"the citekey {shown!r} holds signs that other programs do not take"
        yield start, "odd-key", reason
    lower = key.lower() if key.isascii() else document.codec.read(key).lower().encode()
    if lower not in seen:
        seen[lower] = key
        return
    first = seen[lower]
    shown = document.codec.read(key)
    if first == key or key in others:
        reason = f"the citekey {shown!r} is there already; BibTeX takes the first entry"
        yield start, "repeated-key", reason
    else:
        others.add(key)
        other = document.codec.read(first)
        yield start, "key-case", f"the citekey {shown!r} differs from {other!r} only in its case"


def _doubtful(document: Reading) -> set[int]:
    """Numbers of the entries in which a bare word may be no macro that holds there."""
    data, spans = document.splices.data, document.index.entries
    strings = document.strings
    first = spans[0][0] if spans else 0
    known = _MONTHS | {n.encode() for n, places in strings.spans.items() if places[0][0] < first}
    doubtful: set[int] = set()
    after = -1
    for found in _BARE.finditer(data):
        word = found[1]
        if word.lower() in known or found.start() < after:
            continue
        number = bisect_right(spans, found.start(), key=itemgetter(0)) - 1
        if number >= 0:
            doubtful.add(number)
            after = spans[number][1]
    return doubtful


def _of_gaps(document: Reading) -> Iterator[Fault]:
    """What stands between the blocks, and entries in lines that begin with %."""
    data, index = document.splices.data, document.index
    for place, reason in index.loose:
        yield place, "broken-block", reason
    for place in document.strings.unreadable:
        yield place, "broken-block", "this @string cannot be read"
    for place in document.strings.too_long:
        yield place, "broken-block", "the text of this @string is too long; macros stay names"
    for kind, start, end in index.others:
        if kind != "comment":
            for place, fault, reason in swallowed_by(data[start:end]):
                yield start + place, fault, reason
    known = {place for place, _ in index.loose}
    others = sorted((start, end) for _, start, end in index.others)
    blocks = iter([*others, (len(data), len(data))])
    other = next(blocks)
    last = 0
    for start, end in (*((s, e) for s, e, _ in index.entries), (len(data), len(data))):
        while other[0] < start:
            yield from _stray(data, last, other[0], known)
            last = max(last, other[1])
            other = next(blocks)
        if start > last:
            yield from _stray(data, last, start, known)
            if data[start - 1] not in b"\r\n" and start < len(data):
                line = max(
                    data.rfind(b"\n", last, start), data.rfind(b"\r", last, start), last - 1
                )
                if data[line + 1 : start].lstrip().startswith(b"%"):
                    yield start, "percent-entry", "this entry stands in a line that begins with %"
        last = max(last, end)


def _stray(data: bytes, start: int, end: int, known: set[int]) -> Iterator[Fault]:
    place = data.find(b"@", start, end)
    while place >= 0:
        comment = data[place + 1 : place + 20].lstrip()[:7].lower() == b"comment"
        if place not in known and not comment:
            yield place, "stray-at", "an @ in text between entries"
        place = data.find(b"@", place + 1, end)


def _shown(document: Reading, text: bytes, at: int) -> str:
    line = text[at : at + _SHOWN].lstrip().splitlines()
    return document.codec.read(line[0]) if line else ""
