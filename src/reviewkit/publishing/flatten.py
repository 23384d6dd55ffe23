"""A notebook or Markdown text as pieces in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reviewkit.citations.manuscript import decoded, language_of
from reviewkit.drafts.cells import PROMPTS, is_edited
from reviewkit.errors import FormatError
from reviewkit.publishing.cells import Cell, Notebook, read_notebook
from reviewkit.publishing.fences import for_pandoc
from reviewkit.publishing.matter import matter_of, merged, split_front
from reviewkit.publishing.options import options_of
from reviewkit.publishing.outputs import Outputs, base64_bytes
from reviewkit.publishing.pictures import name_of
from reviewkit.publishing.piece import Flat, Matter, Piece, Told

#: The role of the cell that holds the bibliography, in its metadata.
BIBLIOGRAPHY = "bibliography"

_RAW = {
    "text/latex": "latex",
    "latex": "latex",
    "text/html": "html",
    "html": "html",
    "text/markdown": "markdown",
    "markdown": "markdown",
}
_HEADING = re.compile(r"#{1,6}[ \t]+[^\n]*")
_WORDS = 48


def flatten(name: str, data: bytes, *, code: bool = False) -> Flat:
    """The pieces of a manuscript.

    Parameters
    ----------
    name
        The file's name: `.ipynb`, or one of Markdown.
    data
        Its bytes.
    code
        Whether the source of code cells is shown where the cell does not say.

    Raises
    ------
    FormatError
        It is neither a notebook nor Markdown, or broken; the message says what to do.
    """
    language = language_of(name)
    if language == "latex":
        raise FormatError(
            f"{name} is LaTeX already: compile it with LaTeX. From it a .bib of what it cites can "
            "be made; documents are made of notebooks and Markdown."
        )
    text = decoded(name, data)
    if language == "notebook":
        return _notebook(read_notebook(name, text), code)
    matter, body = split_front(text)
    return Flat((Piece(None, "markdown", for_pandoc(body)),), matter or Matter())


def _notebook(notebook: Notebook, code: bool) -> Flat:
    cells = list(notebook.cells)
    matter = matter_of(notebook.metadata)
    pieces: list[Piece] = []
    outputs = Outputs()
    attached: dict[int, dict[str, str]] = {}
    told: list[Told] = []
    first = next((cell for cell in cells if cell.source.strip()), None)
    unwritten = tuple(cell.number for cell in cells if _is_prompt(cell))
    for cell in cells:
        source = cell.source
        if cell.number in unwritten:
            continue
        if cell is first and cell.kind in ("markdown", "raw"):
            front, source = split_front(source.lstrip("\ufeff"))
            matter = matter if front is None else merged(front, matter)
        attached[cell.number] = dict(attachments(cell, outputs.images))
        pieces += _pieces(cell, source, outputs, code, told)
    titles = {cell.number: title_of(cell) for cell in cells}
    told += outputs.told
    style = next((cell.style for cell in cells if cell.role == BIBLIOGRAPHY), "")
    return Flat(
        tuple(pieces), matter, outputs.images, attached, tuple(told), titles, style, unwritten
    )


def _is_prompt(cell: Cell) -> bool:
    """Whether a draft asks a person here to write something, and nobody has."""
    made = {"metadata": cell.metadata, "source": cell.source}
    return cell.role in PROMPTS and not is_edited(made)


def _pieces(
    cell: Cell, source: str, outputs: Outputs, code: bool, told: list[Told]
) -> Iterator[Piece]:
    if cell.role == BIBLIOGRAPHY:
        heading = _HEADING.match(source.lstrip())
        yield Piece(cell.number, "references", heading[0] if heading else "")
    elif cell.kind == "code":
        options, shown = options_of(cell)
        if (code if options.code is None else options.code) and shown.strip():
            yield Piece(cell.number, "code", shown.rstrip(), language="python")
        if options.output:
            yield from outputs.pieces(cell, options)
    elif cell.tags & {"remove-cell", "hide-cell"} or not source.strip():
        return
    elif cell.kind == "raw":
        asked = cell.metadata.get("raw_mimetype") or cell.metadata.get("format")
        syntax = _RAW.get(asked, "") if isinstance(asked, str) else ""
        if syntax == "latex":
            yield Piece(cell.number, "latex", source)
        elif syntax == "html":
            yield Piece(cell.number, "html", source)
        elif syntax or not asked:
            yield Piece(cell.number, "markdown", source)
        else:
            told.append(Told(cell.number, f"is raw text for {asked} and was left out"))
    else:
        yield Piece(cell.number, "markdown", for_pandoc(source))


def attachments(cell: Cell, images: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The attachments' own names with those of their files, which join the images."""
    for name, bundle in cell.attachments.items():
        for value in (bundle if isinstance(bundle, Mapping) else {}).values():
            data = _data(value)
            file = name_of(data)
            if file is not None:
                images[file] = data
                yield name, file
                break


def _data(value: Any) -> bytes:
    text = "".join(value) if isinstance(value, list) and _all_text(value) else value
    if not isinstance(text, str):
        return b""
    # SVG may be there as text.
    return text.encode("utf-8", "replace") if text.lstrip().startswith("<") else base64_bytes(text)


def _all_text(value: list[Any]) -> bool:
    return all(isinstance(each, str) for each in value)


def title_of(cell: Cell) -> str:
    """The first words of a cell, or the caption of its figure, to name it by."""
    source = cell.source
    if cell.kind == "code":
        options, source = options_of(cell)
        source = options.table_caption or "".join(options.captions[:1]) or source
    words = re.sub(r"^[#>*\-\s|]+", "", source.strip()).split("\n")[0].strip("#*_ ")
    words = "".join(sign for sign in words if sign.isprintable())
    return words if len(words) <= _WORDS else words[:_WORDS].rsplit(" ", 1)[0] + "…"
