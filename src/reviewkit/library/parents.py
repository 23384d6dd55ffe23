"""What a paper shows of the entries that its own refers to."""

from __future__ import annotations

from reviewkit.bibtex import BibDocument, Entry

VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished")
#: Identifiers, links and abstracts are each entry's own, whatever biblatex hands down.
_SHOWN = frozenset((*VENUES, "title", "author", "editor", "year", "date", "month"))


def add_inherited(
    fields: dict[str, tuple[str, str]], document: BibDocument, entry: Entry | None
) -> None:
    """Add what the entry has by crossref and xdata to a paper's fields."""
    if entry is not None and ("crossref" in fields or "xdata" in fields):
        inherited = document.resolved(entry)
        for name in inherited.keys() & _SHOWN:
            fields.setdefault(name, (inherited[name].tex, inherited[name].value))
