"""Entries for a journal or a co-author: what a bibliography prints, and nothing private.

Out go opinions, what programs keep for themselves, places on somebody's disk, and the
abstract: no style prints it, it makes most of the file, and it is the publisher's text.
The authors' keywords stay, for biblatex filters bibliographies by them; so do `note`, `ids`
and every field that is not known here, for a style may print it.
"""

from __future__ import annotations

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.exports.fieldwork import drop

_PRIVATE_WORDS = """
    abstract added-at annotation annote bibsource biburl citationcount code comment creationdate
    file files groups groupstree interhash intrahash localfile modificationdate owner path pdf
    printed priority qualityassured ranking rating read readstatus relevance review reviewkit
    timestamp username __markedentry
"""
_PRIVATE = frozenset(_PRIVATE_WORDS.split())
_PRIVATE_STARTS = (
    "bdsk-",
    "citeulike-",
    "colrev_",
    "comment-",
    "date-",
    "local-",
    "mendeley-",
    "priority-",
    "ranking-",
    "readstatus-",
    "reviewkit-",
)


def is_private(name: str) -> bool:
    """Whether a field (its name in lower case) is none of a reader's business."""
    return name in _PRIVATE or name.startswith(_PRIVATE_STARTS)


def tidy(document: BibDocument, entry: Entry) -> None:
    """Take the private fields out of an entry; all others keep their bytes."""
    if any(is_private(name) for name in entry.fields):
        drop(document, entry, is_private)
