"""What a check knows of the library: gathered by whoever asks for the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewkit.checks.manuscript import Manuscript
from reviewkit.citations.found import Use, is_meant, readings
from reviewkit.records import Paper


@dataclass(frozen=True, slots=True)
class PrivateText:
    """A private note of who asks for the check, and the paper it is on."""

    citekey: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The library, as far as a manuscript can be checked against it.

    Attributes
    ----------
    known
        All citekeys.
    aliases
        Keys that papers once had, each with the citekey of today.
    papers
        The cited papers, and all with any opinion, by citekey.
    held
        Papers of which a change waits for a person, with the reason.
    remarks
        What the entry of a paper says of its standing (`note`, `pubstate` and the like).
    excluded
        Papers that the group decided to leave out.
    evidence
        Further texts of a paper in which a number may stand: the cells of a matrix, quotes.
    private
        Private notes of who asks; nobody else's are ever here.
    elsewhere
        Citekeys that other manuscripts cite, which are checked together with this one.
    bibliography
        The text that a bibliography cell should hold now, by the cell's number.
    stale
        Cells that drafting again would change, by number, and what of the group's is newer.
    unsure
        Keys that only look like citations: a stricter reader does not find them.
    """

    known: frozenset[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    private: tuple[PrivateText, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    bibliography: Mapping[int, str] = field(default_factory=dict)
    stale: Mapping[int, str] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def named(self, use: Use) -> tuple[str, str] | None:
        """The key as the library or an alias spells it, and the citekey; None: unknown."""
        for key in readings(use):
            if key in self.known:
                return key, key
            if key in self.aliases:
                return key, self.aliases[key]
        return None

    def unknown(self, manuscript: Manuscript) -> frozenset[str]:
        """The keys that a manuscript surely means and the library lacks."""
        return frozenset(
            use.key
            for part in manuscript.parts
            for use in part.uses
            if use.kind != "everything" and is_meant(use) and self.named(use) is None
        )

    def key_of(self, use: Use) -> str | None:
        """The citekey of the paper that is cited; None if the library has none."""
        found = self.named(use)
        return found[1] if found else None


def readers(paper: Paper) -> tuple[str, ...]:
    """Who has read the paper: rated it, noted something, or says so by the status."""
    return tuple(
        review.reviewer
        for review in paper.reviews
        if review.status in ("skimmed", "read", "done")
        or review.is_rated
        or (review.notes and review.status != "to-read")
    )
