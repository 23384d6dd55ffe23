"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?][\"')\]]{0,2}\s+(?=[\"'(\[]?[A-Z0-9])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|etc|al|Fig|Figs|Eq|Sec|Tab|Dr|Prof|No|Nos|resp|approx|ca|"
    r"w\.r\.t|a\.k\.a|St|"
    r"(?<!\d )[A-Z]))\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Go through the sentences as (start, end); together they are the whole text."""
    start = 0
    for match in _END.finditer(text):
        stop = match.start() + 1
        if _ABBREVIATION.search(text, max(start, stop - 12), stop):
            continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)
