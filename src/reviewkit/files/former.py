"""What a look at a changed file asks of the state that the file had before."""

from __future__ import annotations

from typing import Protocol

from reviewkit.bibtex import Entry


class Former(Protocol):
    """The papers and entries of a .bib as it was, beside those that are there now."""

    def paper_of(self, citekey: str) -> str | None:
        """The paper that had the key then, if it had a mark or operations."""

    def paper_in(self, entry: Entry) -> str | None:
        """The paper, be it gone, of an entry of the file as it is."""

    def speaks(self, entry: Entry, paper: str) -> bool:
        """Whether an entry of the file as it is says something of the paper."""

    def entry_before(self, entry: Entry, paper: str) -> Entry | None:
        """What the entry of the paper was, by whatever key; None: it is new."""
