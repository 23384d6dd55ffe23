"""The citations of a notebook as a style shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """One citation.

    `text` counts (from 0) the given text that it is in, `written` is its source on one line
    and without marks of emphasis. `html` is what to show; `note` the HTML of its footnote, empty
    in styles without. `unknown` are those of `citekeys` that the library lacks.
    """

    text: int
    written: str
    citekeys: tuple[str, ...]
    html: str
    note: str
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedTexts:
    """All citations of some texts in their order, and their bibliography.

    `bibliography` is Markdown, which says so where nothing is cited; `unknown` are the keys that
    the library lacks; `message` says in words what there is.
    """

    style: str
    citations: tuple[ShownCitation, ...]
    bibliography: str
    unknown: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A citation style that can be asked for by its name, and what it is."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class CitationStyles:
    """The styles that are shipped, those of authors and years first."""

    styles: tuple[CitationStyle, ...]
