"""A manuscript as one document: its parts, what stands above them, and what it needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.errors import UnknownCitationError
from reviewkit.near import near
from reviewkit.publishing.anchors import Anchors
from reviewkit.publishing.breaks import ended
from reviewkit.publishing.captions import labels_of
from reviewkit.publishing.equations import labelled
from reviewkit.publishing.expanding import Expanding
from reviewkit.publishing.heads import is_references, lifted
from reviewkit.publishing.landmarks import landmarked
from reviewkit.publishing.piece import Flat, Matter, Told
from reviewkit.publishing.safe import safe
from reviewkit.publishing.showing import Read, Showing
from reviewkit.publishing.tables import tidied
from reviewkit.publishing.tree import Node, Nodes, attr, found, node, words
from reviewkit.publishing.uses import Uses

Part = tuple[int | None, Nodes]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be written in any format.

    `parts` are blocks, each with the cell that they come from; `meta` is pandoc's metadata.
    `images` are the pictures that the parts name. `keys` are the cited citekeys in the order
    of first use. `told` is what could not be shown.
    """

    parts: tuple[Part, ...]
    meta: dict[str, Any]
    images: dict[str, bytes]
    keys: tuple[str, ...]
    told: tuple[Told, ...]
    toc: bool = False
    numbered: bool = True

    def cell_of(self, picture: str) -> int | None:
        """The first cell that shows the picture, by its file's name."""
        for cell, blocks in self.parts:
            if any(each["c"][2][0] == picture for each in found(blocks, "Image")):
                return cell
        return None


def build(
    name: str,
    flat: Flat,
    keys: Mapping[str, str],
    read: Read,
    stop: threading.Event | None = None,
) -> Document:
    """The document of a manuscript.

    Parameters
    ----------
    name
        The manuscript's name, for messages and as a title where there is none.
    flat
        Its pieces.
    keys
        The library's citekeys, and former keys with the citekey that they mean now.
    read
        Gives the bytes of a picture by its path; see `Showing`.
    stop
        Ends the work when it is set.

    Raises
    ------
    UnknownCitationError
        It cites what the library lacks; the message names the cells.
    """
    expanding = Expanding(flat, stop)
    told: list[Told] = list(flat.told)
    showing = Showing(flat.images, read)

    def clean(blocks: Nodes, cell: int | None) -> Nodes:
        attached = flat.attached.get(cell, {}) if cell is not None else {}
        tell = _teller(told, cell)
        return labelled(tidied(ended(safe(showing.shown(blocks, attached, tell), tell))))

    parts = [(cell, clean(blocks, cell)) for cell, blocks in expanding.parts()]
    above = {field: clean(blocks, None) for field, blocks in _above(expanding, flat).items()}
    parts, above = lifted(landmarked(parts), above)
    anchors = Anchors()
    parts = [(cell, anchors.named(blocks)) for cell, blocks in parts]
    numbered = flat.matter.numbered is not False
    labels = labels_of([each for _, blocks in parts for each in blocks], sections=numbered)
    uses = Uses(keys, labels)
    parts = [(cell, uses.resolve(blocks, cell)) for cell, blocks in parts]
    above = {field: uses.resolve(blocks, None) for field, blocks in above.items()}
    if uses.unknown:
        unknown = {key: near(key, list(keys)) for key in uses.unknown}
        places = {key: flat.where(cell) for key, cell in uses.unknown.items() if cell}
        raise UnknownCitationError(unknown, name, places)
    for cell, label in uses.dangling:
        told.append(Told(cell, f"refers to {label!r}, which nothing has for a label"))
    parts = [
        (cell, anchors.linked(blocks, _nowhere(told, cell)))
        for cell, blocks in _with_references(parts, anchors, bool(uses.cited))
    ]
    above = {
        field: anchors.linked(blocks, _nowhere(told, None)) for field, blocks in above.items()
    }
    told += expanding.told
    return Document(
        tuple(parts),
        _meta(flat.matter, above, name),
        showing.images,
        tuple(uses.cited),
        tuple(dict.fromkeys(told)),
        toc=bool(flat.matter.toc),
        numbered=numbered,
    )


def _teller(told: list[Told], cell: int | None) -> Callable[..., None]:
    return lambda text, anywhere=False: told.append(Told(cell, text, anywhere))


def _nowhere(told: list[Told], cell: int | None) -> Callable[[str], None]:
    return lambda place: told.append(
        Told(cell, f"links to {place!r}, which is nowhere in the document")
    )


def _with_references(parts: list[Part], anchors: Anchors, cited: bool) -> list[Part]:
    """The parts with one place for the bibliography, at the end if nobody made one.

    A place whose heading nobody wrote gets none; a second one goes.
    """
    kept: list[Part] = []
    there = False
    for cell, blocks in parts:
        row = [each for each in blocks if not (is_references(each) and (there or not cited))]
        there = there or any(map(is_references, row))
        kept.append((cell, row))
    if cited and not there:
        heading = node("Header", [1, attr("references", ["unnumbered"]), words("References")])
        kept.append((None, [*anchors.named([heading]), node("Div", [attr("refs"), []])]))
    return kept


def _above(expanding: Expanding, flat: Flat) -> dict[str, Nodes]:
    """All texts of the front matter as blocks, authors and keywords by their numbers."""
    matter = flat.matter
    short = {"title": matter.title, "subtitle": matter.subtitle, "date": matter.date}
    short |= {f"keyword {number}": word for number, word in enumerate(matter.keywords)}
    for number, author in enumerate(matter.authors):
        short[f"author {number}"] = author.name
        for place, name in enumerate(author.affiliations):
            short[f"affiliation {number} {place}"] = name
    named = {field: text for field, text in short.items() if text}
    read = expanding.inlines(list(named.values()))
    found = {field: [node("Plain", each)] for field, each in zip(named, read, strict=True)}
    return found | ({"abstract": expanding.blocks(matter.abstract)} if matter.abstract else {})


def _meta(matter: Matter, above: Mapping[str, Nodes], name: str) -> dict[str, Any]:
    """Pandoc's metadata: `author` holds names for every writer, `authors` all for templates."""
    meta: dict[str, Any] = {
        field: _inlines(above[field]) for field in ("subtitle", "date") if field in above
    }
    title = above.get("title") or [node("Plain", words(name.rpartition(".")[0] or name))]
    meta["title"] = _inlines(title)
    if abstract := above.get("abstract"):
        meta["abstract"] = node("MetaBlocks", abstract)
    keywords = [_inlines(blocks) for field, blocks in above.items() if field[:8] == "keyword "]
    if keywords:
        meta["keywords"] = node("MetaList", keywords)
    if matter.authors:
        names = [_inlines(above[f"author {n}"]) for n in range(len(matter.authors))]
        meta["author"] = node("MetaList", names)
        full = [_author(matter, above, n) for n in range(len(matter.authors))]
        meta["authors"] = node("MetaList", full)
    if matter.language:
        meta["lang"] = node("MetaString", matter.language)
    return meta


def _author(matter: Matter, above: Mapping[str, Nodes], number: int) -> Node:
    author = matter.authors[number]
    fields: dict[str, Any] = {"name": _inlines(above[f"author {number}"])}
    places = [
        _inlines(above[f"affiliation {number} {place}"])
        for place in range(len(author.affiliations))
    ]
    if places:
        fields["affiliations"] = node("MetaList", places)
    for name, text in (("email", author.email), ("orcid", author.orcid)):
        if text:
            fields[name] = node("MetaString", text)
    return node("MetaMap", fields)


def _inlines(blocks: Nodes) -> Node:
    return node("MetaInlines", blocks[0]["c"] if blocks else [])
