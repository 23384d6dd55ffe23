"""An entry's text and place in its file, so that it can come back to just where it was."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter

from reviewkit.bibtex.document import BibDocument
from reviewkit.bibtex.encoding import Codec
from reviewkit.bibtex.entry import Entry
from reviewkit.errors import BibtexError

_BLANK = b" \t\r\n"
#: What stands between two entries is kept up to so many bytes.
_MOST_BETWEEN = 4000


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's whole text and where it stands.

    `after` is the citekey of the entry before it (None: it is the first, or new), `lead` the
    text between both (None: too long to keep, or not known), `gap` the blanks behind it.
    """

    text: str
    after: str | None
    lead: str | None
    gap: str


def placed(document: BibDocument, entry: Entry) -> Placed | None:
    """The entry as it stands in the document now; None if its bytes are no sound text."""
    codec = document.codec
    text = _text(codec, entry.raw)
    if text is None:
        return None
    if entry.is_new:
        return Placed(text, None, None, "")
    data = document.to_bytes()
    start = document.place_of(entry)
    end = start + len(entry.raw)
    gap_end = end
    while gap_end < len(data) and data[gap_end] in _BLANK:
        gap_end += 1
    before = _before(document, entry)
    base = 0 if before is None else document.place_of(before) + len(before.raw)
    lead = _text(codec, data[base:start]) if start - base <= _MOST_BETWEEN else None
    return Placed(
        text,
        None if before is None else before.citekey,
        lead,
        _text(codec, data[end:gap_end]) or "",
    )


def put_back(document: BibDocument, was: Placed) -> bytes | None:
    """The document's bytes with the entry where it was; None if its place is not to be found.

    Raises
    ------
    BibtexError
        The text does not fit into the file's encoding.
    """
    codec = document.codec
    data = document.to_bytes()
    before = None if was.after is None else document.entry(was.after)
    if (was.after is not None and (before is None or before.commented)) or (
        was.after is None and was.lead is None
    ):
        return None
    base = 0 if before is None else document.place_of(before) + len(before.raw)
    text = codec.write(was.text, "The entry")
    lead = None if was.lead is None else codec.write(was.lead, "The text before the entry")
    if lead is not None and data.startswith(lead, base):
        at = base + len(lead)
        return data[:at] + text + codec.write(was.gap, "The blanks") + data[at:]
    if before is None:
        return None
    # Somebody wrote something else in between: behind its former neighbour it is at home.
    return data[:base] + document.newline * 2 + text + data[base:]


def _before(document: BibDocument, entry: Entry) -> Entry | None:
    spans = document.index.entries
    number = bisect_left(spans, entry.home[0], key=itemgetter(0)) - 1
    while number >= 0:
        before = document.made(number)
        if not before.removed and not before.commented and before.citekey:
            return before
        number -= 1
    return None


def _text(codec: Codec, data: bytes) -> str | None:
    text = codec.read(data)
    try:
        return text if codec.write(text, "") == data else None
    except BibtexError:
        return None
