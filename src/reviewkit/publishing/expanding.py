"""Pieces as blocks of one tree: read by pandoc, and what pandoc left raw read once more."""

from __future__ import annotations

import threading
from typing import Any

from reviewkit.publishing.fragments import Fragment, read_fragments
from reviewkit.publishing.inline import without_tags
from reviewkit.publishing.piece import Flat, Piece, Told
from reviewkit.publishing.safe import is_break
from reviewkit.publishing.tree import Node, Nodes, attr, changed, figure, found, image, node, words

#: What is read again, by the format that pandoc gives it.
_AGAIN = {"html": "html", "tex": "latex", "latex": "latex"}
_MARKUP = ("markdown", "html", "latex")


class Expanding:
    """The blocks of all pieces, and what could not be shown of them.

    Parameters
    ----------
    flat
        The manuscript.
    stop
        Ends the work when it is set.
    """

    def __init__(self, flat: Flat, stop: threading.Event | None = None) -> None:
        self._flat = flat
        self._stop = stop
        self.told: list[Told] = []

    def parts(self) -> list[tuple[int | None, Nodes]]:
        """The blocks of each piece, with its cell."""
        pieces = self._flat.pieces
        texts = [self._fragment(piece) for piece in pieces]
        captions = [("markdown", piece.caption) for piece in pieces]
        blocks = self._read([*texts, *captions], [*pieces, *pieces])
        return self._grouped(blocks[: len(pieces)], blocks[len(pieces) :])

    def inlines(self, texts: list[str]) -> list[Nodes]:
        """Short texts in Markdown as inlines."""
        nobody = [Piece(None, "markdown", text) for text in texts]
        blocks = self._read([("markdown", text) for text in texts], nobody)
        # What begins like a list ("1. Start") is still a title.
        rows = zip(blocks, texts, strict=True)
        return [_as_inlines(each) or words(text) for each, text in rows]

    def blocks(self, text: str) -> Nodes:
        """One text in Markdown as blocks."""
        return self._read([("markdown", text)], [Piece(None, "markdown", text)])[0]

    def _fragment(self, piece: Piece) -> Fragment:
        markup = piece.syntax in _MARKUP or piece.syntax == "references"
        syntax = piece.syntax if piece.syntax in _MARKUP else "markdown"
        return (syntax, piece.text if markup else "")

    def _read(self, fragments: list[Fragment], pieces: list[Piece]) -> list[Nodes]:
        read = [_shown_cites(each) for each in read_fragments(fragments, self._stop)]
        blocks = [
            self._fallback(piece) if each is None else each
            for piece, each in zip(pieces, read, strict=True)
        ]
        raw = [
            each
            for each in [*found(blocks, "RawBlock"), *found(blocks, "RawInline")]
            if each["c"][0] in _AGAIN and not is_break(each["c"][1]) and not _is_tag(each)
        ]
        texts = list(dict.fromkeys((_AGAIN[each["c"][0]], each["c"][1]) for each in raw))
        read_again = [_shown_cites(each) for each in read_fragments(texts, self._stop)]
        again = dict(zip(texts, read_again, strict=True))

        def change(each: Node) -> Node | Nodes:
            if each["t"] not in ("RawBlock", "RawInline"):
                return each
            form, text = each["c"]
            made = again.get((_AGAIN.get(form, ""), text))
            if not made:
                return each
            return made if each["t"] == "RawBlock" else _as_inlines(made)

        result: list[Nodes] = [changed(changed(each, change), _same, without_tags)
                               for each in blocks]  # fmt: skip
        return result

    def _fallback(self, piece: Piece) -> Nodes:
        self._tell(piece, f"has {piece.syntax} that cannot be read; it is shown as text")
        return [_listing(piece.fallback or piece.text)]

    def _grouped(
        self, blocks: list[Nodes], captions: list[Nodes]
    ) -> list[tuple[int | None, Nodes]]:
        parts: list[tuple[int | None, Nodes]] = []
        group = 0
        rows = zip(self._flat.pieces, blocks, map(_as_inlines, captions), strict=True)
        for piece, read, caption in rows:
            if piece.group and piece.group == group and piece.syntax == "image":
                # One caption holds for all pictures of a cell.
                parts[-1][1][0]["c"][2].append(_picture(piece))
                continue
            group = piece.group
            parts.append((piece.cell, self._made(piece, read, caption)))
        return parts

    def _made(self, piece: Piece, read: Nodes, caption: Nodes) -> Nodes:
        if piece.syntax == "image":
            return [figure(piece.label, caption, [_picture(piece)])]
        if piece.syntax in ("text", "code"):
            return [_listing(piece.text, piece.language)]
        if piece.syntax == "references":
            return [*read, node("Div", [attr("refs"), []])]
        if not read and piece.fallback:
            return [_listing(piece.fallback)]
        if caption or piece.label:
            return _captioned(read, piece.label, caption)
        return read

    def _tell(self, piece: Piece, text: str) -> None:
        self.told.append(Told(piece.cell, text))


def _shown_cites(blocks: Nodes | None) -> Nodes | None:
    """The blocks whose citations are shown as text where they are no citations after all."""

    def change(each: Node) -> Node:
        if each["t"] != "Cite":
            return each
        cited, shown = each["c"]
        row = [words(x["c"][1])[0] if x["t"] == "RawInline" else x for x in shown]
        return node("Cite", [cited, row])

    return None if blocks is None else changed(blocks, change)


def _same(each: Node) -> Node:
    return each


def _is_tag(each: Node) -> bool:
    return bool(each["t"] == "RawInline" and each["c"][0] == "html")


def _listing(text: str, language: str = "output") -> Node:
    return node("CodeBlock", [attr(classes=[language] if language else []), text])


def _picture(piece: Piece) -> Node:
    return node("Plain", [image(piece.text, words(piece.alt), piece.width)])


def _captioned(blocks: Nodes, label: str, caption: Nodes) -> Nodes:
    """The blocks with the caption at their first table; without one, as a figure of text."""
    tables = list(found(blocks, "Table"))
    if not tables:
        return [figure(label, caption, blocks)] if caption else blocks
    content: list[Any] = tables[0]["c"]
    content[0] = [label or content[0][0], *content[0][1:]]
    if caption:
        content[1] = [None, [node("Plain", caption)]]
    return blocks


def _as_inlines(blocks: Nodes) -> Nodes:
    """The inlines of paragraphs, one after another."""
    made: Nodes = []
    for each in blocks:
        if each["t"] in ("Para", "Plain"):
            made += [node("Space"), *each["c"]] if made else each["c"]
        elif each["t"] == "Header":
            made += each["c"][2]
    return made
