"""How papers were found and chosen, in the boxes of a PRISMA 2020 flow diagram.

Page et al. (2021): The PRISMA 2020 statement. BMJ 372:n71, https://doi.org/10.1136/bmj.n71
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where records came from: a file's name or what it was, the day, and how many.

    `day` is ISO 8601 in UTC, empty if it is not known; `by` who imported them, empty for
    those that stood in the .bib.
    """

    name: str
    records: int
    day: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of records and papers, each after those before it.

    Attributes
    ----------
    sources
        All that were identified, by where they came from.
    known
        Records that were in the library already when they were imported.
    merged
        Papers that somebody merged into another one as its duplicate.
    removed
        Papers that somebody took out of the library.
    screened
        Papers in the library.
    excluded
        Of these, papers that somebody's decision excludes and nobody's includes.
    reasons
        What the decisions say after the word that excludes, the most frequent first.
    unread
        Of the others, papers that nobody has read: no reviewer says skimmed, read or done,
        or rated it.
    read
        Of the others, papers that somebody has read.
    included
        Papers in the survey; `included_read` are those of them that count in `read`.
    """

    sources: tuple[Source, ...]
    known: int
    merged: int
    removed: int
    screened: int
    excluded: int
    reasons: tuple[tuple[str, int], ...]
    unread: int
    read: int
    included: int
    included_read: int

    @property
    def identified(self) -> int:
        """Records of all sources."""
        return sum(source.records for source in self.sources)
