"""Papers with everybody's opinions, and where these conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewkit.records.values import Piece


@dataclass(frozen=True, slots=True)
class Link:
    """A place on the web that belongs to a paper; `kind` is code, page, arxiv or doi."""

    url: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Note:
    """A reviewer's Markdown text on a paper, or on a place in it.

    `anchor` is that place, as it is kept: `p4`, `p4-6`, `§4.2` or `"words"`. `updated` is an ISO
    8601 time in UTC (None: not known). `seen` holds the ids of the operations whose value
    this is: an edit passes them back to say what its author saw.
    """

    id: str
    text: str
    updated: str | None = None
    seen: tuple[str, ...] = ()
    anchor: str | None = None

    @property
    def where(self) -> str:
        """The anchor as people write it: p. 4, pp. 4–6, §4.2, “words”; empty without one."""
        anchor = self.anchor or ""
        if anchor.startswith('"'):
            return f"“{anchor[1:-1]}”"
        if anchor.startswith("p"):
            pages = anchor[1:].replace("-", "–")
            return f"pp. {pages}" if "–" in pages else f"p. {pages}"
        return anchor

    @property
    def placed(self) -> str:
        """The text behind where it belongs."""
        return f"({self.where}) {self.text}" if self.anchor else self.text


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's judgement of one paper.

    `rating` lies in `RATING_SCALE`, without unit; None means not rated. `status` is one
    of `STATUSES`; None means not begun. `criteria` has ratings of single criteria by name, on
    the same scale.
    """

    reviewer: str
    status: str | None = None
    rating: float | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    updated: str | None = None
    criteria: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def is_rated(self) -> bool:
        """Whether the paper was rated, as a whole or by any criterion."""
        return self.rating is not None or bool(self.criteria)

    @property
    def criteria_text(self) -> str:
        """The ratings of single criteria in words: "novelty 4, soundness 2.5"."""
        return ", ".join(f"{name} {rating:g}" for name, rating in self.criteria.items())


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of several values of a field: who wrote it, when (ISO 8601, UTC) and where.

    `value` is kept as it stands in the log and the file. `text` is what it says where that is
    BibTeX; None: it is read as it is. `pieces` compares a text with the one that all authors
    had before; empty where there was none, or where the value is no text.
    """

    id: str
    value: Any
    by: str
    at: str | None
    via: str
    pieces: tuple[Piece, ...] = ()
    text: str | None = None

    @property
    def said(self) -> Any:
        """The value as people read it."""
        return self.value if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one field whose authors had not seen each other's, latest first.

    `reviewer` is None for a field of the paper itself.
    """

    citekey: str
    reviewer: str | None
    field: str
    values: tuple[ConflictValue, ...]

    def __repr__(self) -> str:
        of = f" of {self.reviewer}" if self.reviewer else ""
        values = " | ".join(f"{each.said!r} ({each.by})" for each in self.values)
        return f"<conflict {self.citekey} {self.field.removeprefix('bib:')}{of}: {values}>"


#: What a linked cell does to a claim, and what is known of it. A cell that is not there any
#: more is "gone", one whose code is not what was run "stale".
RELATIONS = ("reproduces", "refutes")
LINK_STATES = ("not run", "reproduced", "refuted", "failed", "stale", "gone")


@dataclass(frozen=True, slots=True)
class CellLink:
    """Words of a paper, and the notebook cell that reproduces or refutes what they say.

    Attributes
    ----------
    id
        Names the link within its paper.
    reviewer
        Who linked them.
    notebook, cell
        The notebook's path from the project's folder, with `/`, and the cell's id.
    relation
        One of `RELATIONS`.
    state
        One of `LINK_STATES`: what the last recorded run said.
    by, at
        Who ran it, and when the outcome was first recorded (ISO 8601, UTC); None: not run.
    code, before
        Hashes of the cell that was run and of the code cells before it; None: not run.
    """

    id: str
    reviewer: str
    quote: str
    notebook: str
    cell: str
    relation: str
    state: str
    by: str | None = None
    at: str | None = None
    code: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What is reviewed, with everybody's opinions.

    Absent facts are None or empty. `authors` are display names, "First von Last, Jr".
    `abstract` is the text exactly as given, `abstract_display` the same with the debris
    of a page's copy mended. `score` is the mean rating; `disagreement` the range of the
    ratings (None: fewer than one or two ratings). `keywords` are the authors', `tags`
    the union of the reviewers'. `private` holds what only who asked sees: their private
    tags and notes (None: there are none, or nobody in particular asked). `cells` are the
    links of its claims to notebook cells.
    """

    citekey: str
    id: str
    type: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    urls: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    abstract: str | None = None
    abstract_display: str | None = None
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    score: float | None = None
    disagreement: float | None = None
    reviews: tuple[Review, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    private: Review | None = None
    cells: tuple[CellLink, ...] = ()

    def review_of(self, reviewer: str) -> Review:
        """This reviewer's review; an empty one if there is none yet."""
        for review in self.reviews:
            if review.reviewer == reviewer:
                return review
        return Review(reviewer)
