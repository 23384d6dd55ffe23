"""A .bib that changed, parsed and compared while nobody need be kept from editing."""

from __future__ import annotations

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.files import bibentry


class Ahead:
    """What a look at these bytes needs to know of them and of the document before.

    Attributes
    ----------
    document : BibDocument
        The bytes, parsed.
    unlike : list of Entry or None
        Its entries that the document before did not have as they are; None if there was none.
    changed : set of str or None
        Citekeys whose papers say something else than before; None: it may be any.
    """

    def __init__(self, data: bytes, before: BibDocument | None) -> None:
        self.document = BibDocument.from_bytes(data)
        self.unlike: list[Entry] | None = None
        self.changed: set[str] | None = set()
        self._data = data
        self._before = before
        if before is not None:
            self.unlike = self.document.unlike(before)
            keys = self.document.keys_unlike(before, self.unlike)
            self.changed = None if keys is None else set(keys)
        if (
            before is not None
            and self.changed is not None
            and all(_own(e) == _own(before.entry(e.citekey)) for e in self.unlike or ())
        ):
            # What people said of the papers is no other wording of theirs.
            self.document.words = before.words
        for entry in self.document.holding(bibentry.MARK.encode()):
            # Their fields are asked for next; they are found once, here.
            _ = entry.parsed

    def is_of(self, data: bytes, before: BibDocument | None) -> bool:
        """Whether this is what the look at these bytes needs."""
        return self._before is before and self._data == data


def _own(entry: Entry | None) -> object:
    """What an entry says itself, without our fields."""
    if entry is None or entry.commented:
        return entry
    own = {n: f.value for n, f in entry.fields.items() if not bibentry.is_ours(n)}
    return entry.type, own
