"""Pairs of papers that are or may be one, and what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One BibTeX field of two papers side by side.

    `keep` and `other` are Unicode texts (None: that paper lacks the field); `take` says
    whose is proposed, "keep" or "other".
    """

    name: str
    keep: str | None
    other: str | None
    take: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two papers of the library that are, or may be, one.

    `keep` and `other` are citekeys: which of both is proposed to stay. `probability` of
    being one paper lies between 0 and 1; a pair that is not `sure` is for a person to look
    at. `versions` says that one is a preprint of the other. `reasons` are words for people.
    `keep_type` and `other_type` are entry types; `keep_reviewers` and `other_reviewers` those
    with an opinion.
    """

    keep: str
    other: str
    probability: float
    sure: bool
    versions: bool
    reasons: tuple[str, ...]
    keep_type: str
    other_type: str
    keep_reviewers: tuple[str, ...]
    other_reviewers: tuple[str, ...]
    fields: tuple[FieldChoice, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Pairs `offset` to `offset + len(pairs)` of all, the sure ones first.

    `sure` and `maybe` count all pairs. While `searching`, they are those found before the
    library's last change. `revision` is the project's.
    """

    sure: int
    maybe: int
    offset: int
    pairs: tuple[Duplicate, ...]
    searching: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided of two papers.

    `keep` is the paper that is left and `other` the key that leads to it now; `conflicts`
    counts the values of the paper that wait for a person. Where both stay, `other` is a
    paper of its own.
    """

    keep: str
    other: str
    message: str
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper that was added (`citekey`) and may be the one that was there (`other`).

    `reasons` are words for people.
    """

    citekey: str
    other: str
    reasons: tuple[str, ...]
