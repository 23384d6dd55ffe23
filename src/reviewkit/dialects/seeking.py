"""Which entries of a large file may hold what other programs say, without parsing all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.dialects.metadata import Metadata, metadata_of
from reviewkit.dialects.profile import FLAGS, NOTES, Profile, profile_of

#: Names of fields; `comment` is also the beginning of everybody's own comment. A literal
#: first, so that the search runs at the speed of a plain one.
_FIELDS = tuple(
    re.compile(
        name.encode("ascii") + (rb"(?:-[^\s=,{}\"]*)?" if name == "comment" else b"") + rb"\s*="
    )
    for name in (
        *("ranking", "readstatus", "priority", "rating", "read", "colrev_status"),
        *("mendeley-tags", *FLAGS, *NOTES),
    )
)
_KEYWORDS = re.compile(rb"keywords\s*=")
_BEFORE = frozenset(b" \t\r\n,{")
#: Words that JabRef once put among the keywords.
_WORDS = (*(f"rank{n}" for n in range(1, 6)), *(f"prio{n}" for n in range(1, 4)), *FLAGS.values())


def profiles(
    document: BibDocument, metadata: Metadata | None = None, *, keywords: bool = False
) -> Iterator[tuple[Entry, Profile]]:
    """Each entry of the file, as it was read, that holds somebody's opinion, in its order.

    With `keywords`, those with nothing but keywords count too.
    """
    known = metadata if metadata is not None else metadata_of(document)
    for entry in _likely(document, keywords):
        if not (entry.commented or entry.removed) and entry.citekey and entry.problem is None:
            profile = profile_of(entry, known)
            if profile.is_opinion or (keywords and profile.keywords):
                yield entry, profile


def _likely(document: BibDocument, keywords: bool) -> Iterator[Entry]:
    data = document.splices.data.lower()
    spans = document.index.entries
    found: set[int] = set()
    places: list[int] = []
    for field in (*_FIELDS, *([_KEYWORDS] if keywords else [])):
        # A field begins after a blank, a comma or the entry's brace.
        found_here = (match.start() for match in field.finditer(data))
        places += [place for place in found_here if place and data[place - 1] in _BEFORE]
    for word in _WORDS:
        places += _all(data, word.lower().encode("ascii"))
    for place in places:
        number = bisect_right(spans, place, key=itemgetter(0)) - 1
        if number >= 0 and place < spans[number][1]:
            found.add(number)
    return (document.made(number) for number in sorted(found))


def _all(data: bytes, needle: bytes) -> Iterator[int]:
    place = data.find(needle)
    while place >= 0:
        yield place
        place = data.find(needle, place + 1)
