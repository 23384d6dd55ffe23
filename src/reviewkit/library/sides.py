"""Two papers side by side, field by field, before they are merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit import matching
from reviewkit.records import FieldChoice

#: Fields in the order in which people compare them; all others follow by name.
_FIRST = ("title", "author", "editor", "year", "date", "month", "journal", "journaltitle",
          "booktitle", "volume", "number", "pages", "publisher", "doi", "eprint",
          "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "url")  # fmt: skip
_ORDER = {name: number for number, name in enumerate(_FIRST)}


@dataclass(frozen=True)
class Side:
    """One of two papers: its fields as Unicode text, and how many people said something."""

    citekey: str
    fields: Mapping[str, str]
    reviewers: tuple[str, ...] = ()

    @property
    def facts(self) -> matching.Facts:
        """What tells it from others."""
        return matching.facts_of(self.fields)

    @property
    def published(self) -> bool:
        """Whether it names a publisher's DOI, or a place other than arXiv that it came out in."""
        if self.facts.doi and not matching.is_preprint_doi(self.facts.doi):
            return True
        places = (self.fields.get(n, "") for n in ("journal", "journaltitle", "booktitle"))
        return any(place and "arxiv" not in place.casefold() for place in places)


def in_order(one: Side, other: Side) -> tuple[Side, Side]:
    """Which paper is proposed to stay, and the other.

    The published one before its preprint, then that of which more people said something,
    then that of which more is known, then the first.
    """

    def worth(side: Side) -> tuple[bool, int, int]:
        return side.published, len(side.reviewers), sum(map(bool, side.fields.values()))

    return (other, one) if worth(other) > worth(one) else (one, other)


def choices(keep: Side, other: Side) -> tuple[FieldChoice, ...]:
    """Every field of both with the proposed one: the kept paper's, else the other's.

    A publisher's DOI is proposed before that of a preprint, whichever paper has it.
    """
    names = sorted(keep.fields.keys() | other.fields.keys(), key=lambda n: (_ORDER.get(n, 99), n))
    return tuple(_choice(name, keep.fields.get(name), other.fields.get(name)) for name in names)


def _choice(name: str, mine: str | None, theirs: str | None) -> FieldChoice:
    take = "keep" if mine and mine.strip() else "other"
    if name == "doi" and mine and theirs:
        one, two = matching.normal_doi(mine) or mine, matching.normal_doi(theirs) or theirs
        if matching.is_preprint_doi(one) and not matching.is_preprint_doi(two):
            take = "other"
    return FieldChoice(name, mine, theirs, take if theirs else "keep")


def arxiv_fields(keep: Side, other: Side, merged: Mapping[str, str]) -> dict[str, str]:
    """Fields that keep an arXiv id which would be lost with the preprint's other ones.

    `merged` are the fields that the paper will have.
    """
    arxiv = keep.facts.arxiv or other.facts.arxiv
    if arxiv is None or matching.facts_of(merged).arxiv is not None or merged.get("eprint"):
        return {}
    return {"eprint": arxiv, "archiveprefix": "arXiv"}
