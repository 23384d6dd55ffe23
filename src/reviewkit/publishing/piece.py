"""The pieces that a manuscript falls into, each with the cell that it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

#: How a piece's text is read. "text" and "code" are shown as they are; "image" is the name of
#: a file; "references" is the place of the bibliography, with its heading in `text`.
Syntax = Literal["markdown", "html", "latex", "text", "code", "image", "references"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to show, from one cell (None: the manuscript has no cells).

    `caption` is Markdown; `width` is in per cent of the line. `fallback` is shown where
    nothing comes of the text. Pieces of one `group` (not 0) that are images make one figure.
    """

    cell: int | None
    syntax: Syntax
    text: str
    label: str = ""
    caption: str = ""
    width: str = ""
    alt: str = ""
    language: str = ""
    fallback: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Author:
    """An author as the title block shows them; each text but the address is Markdown."""

    name: str
    affiliations: tuple[str, ...] = ()
    email: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What stands above the text; texts are Markdown, empty where nobody says it.

    `toc` and `numbered`: whether a table of contents and numbers of sections were asked for.
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    toc: bool | None = None
    numbered: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Something that could not be shown as it is; `cell` None: it is about no cell.

    `anywhere`: no program can show it, whatever the format.
    """

    cell: int | None
    text: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Flat:
    """A manuscript as pieces in their order.

    `images` are the pictures of outputs and attachments by file name; `attached` says for
    each cell which of them an attachment's name means. `style` is the one that the notebook's
    bibliography is in; empty: it has none. `unwritten` are
    cells in which a draft says what is to be written there, as nobody has; they are no pieces.
    """

    pieces: tuple[Piece, ...]
    matter: Matter = Matter()
    images: dict[str, bytes] = field(default_factory=dict)
    attached: dict[int, dict[str, str]] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    titles: dict[int, str] = field(default_factory=dict)
    style: str = ""
    unwritten: tuple[int, ...] = ()

    def where(self, cell: int | None) -> str:
        """The cell's name for people: its number and first words."""
        if cell is None:
            return "the text"
        title = self.titles.get(cell, "")
        return f"cell {cell} ({title!r})" if title else f"cell {cell}"
