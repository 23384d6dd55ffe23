"""Entries for JabRef: its own words for stars and having read, one comment a reviewer."""

from __future__ import annotations

import re

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.records import Paper

#: JabRef's first line of a library.
ENCODING = b"% Encoding: UTF-8\n\n"

_OWN_BLOCK = re.compile(rb"(?i)@comment\s*\{\s*jabref-")


def mark(document: BibDocument, entry: Entry, paper: Paper, opinions: bool) -> None:
    """Say in `readstatus` how far the group got, unless the entry says so itself.

    Stars (`ranking`), comments and keywords are in the library's own entries already.
    JabRef knows one status a paper: the furthest that anybody got.
    """
    if not opinions or "readstatus" in entry.fields:
        return
    statuses = {review.status for review in paper.reviews}
    if statuses & {"read", "done"}:
        document.set_field(entry, "readstatus", "read")
    elif "skimmed" in statuses:
        document.set_field(entry, "readstatus", "skimmed")


def own_blocks(library: BibDocument) -> bytes:
    """The library's groups and settings for JabRef, as they stand in its @comment blocks."""
    data = library.splices.data
    blocks = [data[start:end] for kind, start, end in library.index.others if kind == "comment"]
    texts = (library.codec.read(block) for block in blocks if _OWN_BLOCK.match(block))
    return b"".join(b"\n" + text.encode("utf-8", "replace") + b"\n" for text in texts)
