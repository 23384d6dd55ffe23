"""The comparison matrix as views get it: columns, a page of rows, and one cell in full."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """An attribute by which papers are compared, with how far it is filled in.

    `type` is number, choice, text, yes/no, quote, rating or tag; the cells of the last two
    come from reviews. `about` says what is suggested for its cells ("speedup", "dataset"...),
    of a tag column the tag. `defined` is false for a column that nobody has made yet. The
    counts are of all papers of the query, whatever page is shown.
    """

    id: str
    name: str
    type: str
    unit: str
    choices: tuple[str, ...]
    about: str
    defined: bool
    filled: int
    empty: int
    differing: int


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value of a cell: of a person, or suggested from the paper's words (`reviewer` None).

    `text` is the value as people read it. `quote` are the words it rests on; `source` says
    where they stand ("abstract", "note:ID" or ""), `start` and `end` where the quantity is in
    the abstract as it is shown (None: not known). `at` is an ISO 8601 time in UTC. `id` names
    a suggestion. `rejected_by` found a suggestion unfit.
    """

    reviewer: str | None
    text: str
    quote: str
    source: str
    start: int | None
    end: int | None
    at: str | None
    id: str | None
    rejected_by: str | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell in a table.

    `state` is empty, suggested, filled, differing (people say unlike things) or conflict (one
    person's own values, given out of touch). `text` is what stands there; what is only
    suggested if `state` says so. `mine` is my own value as I would type it, "" without one.
    `fits` is false where a value is none that the column now takes.
    """

    state: str
    text: str
    mine: str
    people: tuple[str, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A paper and its cells in the order of the columns; `empty` counts those without value."""

    citekey: str
    title: str
    year: int | None
    empty: int
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """Some rows of the matrix.

    `total` is the number of papers that the query and the filter leave. `offered` are columns
    that the papers' own words could fill and nobody has made, the commonest first.
    """

    columns: tuple[MatrixColumn, ...]
    offered: tuple[str, ...]
    total: int
    offset: int
    rows: tuple[MatrixRow, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class CellDetail:
    """All that is known of one cell, with the abstract to judge it by."""

    citekey: str
    title: str
    column: MatrixColumn
    cell: MatrixCell
    said: tuple[CellValue, ...]
    suggestions: tuple[CellValue, ...]
    abstract: str | None


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A quantity that a paper states, as a view shows it.

    `start` and `end` say where the number stands in the text of `source`: the abstract as it
    is shown ("abstract"), or the quotes of a note ("note:ID"). `context` names data sets and
    hardware.
    """

    source: str
    start: int
    end: int
    text: str
    value: float
    unit: str
    kind: str
    direction: str
    qualifier: str
    baseline: str
    context: str
    quote: str


@dataclass(frozen=True, slots=True)
class FoundClaims:
    """The quantities that a paper states, in the order of its texts."""

    claims: tuple[FoundClaim, ...]
