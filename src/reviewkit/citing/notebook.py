"""The bibliography cell of a notebook: found, renewed and inserted, all other bytes kept.

It is a Markdown cell whose metadata say ``{"reviewkit": {"role": "bibliography", "style": NAME}}``
and whose source is the rendered text, so that it is readable wherever the notebook is opened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from reviewkit.errors import FormatError

#: What the metadata of the bibliography's cell call it.
ROLE = "bibliography"
#: The first version of the format whose cells have ids.
_WITH_IDS = (4, 5)
_DECODER = json.JSONDecoder()
_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class BibliographyCell:
    """A bibliography cell: its number among all cells (from 1), its style and its text."""

    number: int
    style: str
    source: str


def bibliography_cells(notebook: Any) -> list[BibliographyCell]:
    """The bibliography cells of a notebook's JSON value, in their order."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    found = []
    for number, cell in enumerate(cells if isinstance(cells, list) else (), 1):
        ours = _ours(cell)
        if ours is not None and ours.get("role") == ROLE:
            source = cell.get("source", "")
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            style = ours.get("style")
            found.append(BibliographyCell(number, style if isinstance(style, str) else "", text))
    return found


def _ours(cell: Any) -> dict[str, Any] | None:
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    ours = metadata.get("reviewkit") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) and cell.get("cell_type") == "markdown" else None


def with_bibliography(name: str, text: str, source: str, style: str, cell_id: str) -> str:
    """The notebook's text with this bibliography in its cell, a new last one if there is none.

    Parameters
    ----------
    name
        What errors call the notebook.
    text
        The notebook's JSON, known to be sound.
    cell_id
        The id of a new cell, in a notebook whose cells have ids.

    Returns
    -------
    str
        `text` itself if the cell says this already. Outside of the cell's source and metadata
        nothing is changed, not even a blank.

    Raises
    ------
    FormatError
        It is of a format before 4, or no notebook.
    """
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise FormatError(
            f"{name} has no list of cells that a bibliography could be put into. Open it in "
            "JupyterLab and save it again, which gives it the notebook format of today."
        )
    layout = _Layout.of(text)
    spans = _spans(text)
    existing = bibliography_cells(notebook)
    value: Any
    changes: list[tuple[int, int, str]] = []
    for cell in existing:
        at, old = spans.cells[cell.number - 1], notebook["cells"][cell.number - 1]
        if cell.source != source:
            value = _lines(source) if isinstance(old["source"], list) else source
            changes.append((*at["source"], layout.dumped(value, 3)))
        if cell.style != style:
            ours = {**old["metadata"]["reviewkit"], "style": style}
            value = {**old["metadata"], "reviewkit": ours}
            changes.append((*at["metadata"], layout.dumped(value, 3)))
    for start, end, written in sorted(changes, reverse=True):
        text = text[:start] + written + text[end:]
    if existing:
        return text
    cell_value: dict[str, Any] = {
        "cell_type": "markdown",
        "metadata": {"reviewkit": {"role": ROLE, "style": style}},
        "source": _lines(source),
    }
    if (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) >= _WITH_IDS:
        cell_value = {"cell_type": "markdown", "id": cell_id, **cell_value}
    written = layout.dumped(cell_value, 2)
    before, between = spans.last, "," if notebook["cells"] else ""
    after = text[before:]
    if not notebook["cells"]:
        after = (layout.line(1) if layout.unit else "") + after.lstrip(_BLANKS)
    return f"{text[:before]}{between}{layout.line(2)}{written}{after}"


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a notebook's JSON is laid out: a level's blanks, none if it is all on one line."""

    unit: str
    end: str
    ascii_only: bool

    @classmethod
    def of(cls, text: str) -> _Layout:
        end = "\r\n" if "\r\n" in text else "\n"
        inside = text[text.index("{") + 1 :]
        blanks = inside[: len(inside) - len(inside.lstrip(_BLANKS))]
        unit = blanks.rpartition("\n")[2] if "\n" in blanks else ""
        return cls(unit, end, text.isascii() and "\\u" in text)

    def line(self, level: int) -> str:
        """What begins a line of this level."""
        return f"{self.end}{self.unit * level}" if self.unit else " "

    def dumped(self, value: Any, level: int) -> str:
        """A value's JSON that begins on a line of this level."""
        indent = self.unit or None
        made = json.dumps(value, ensure_ascii=self.ascii_only, indent=indent)
        return made.replace("\n", self.line(level))


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where each cell's members stand, and where the last cell ends."""

    cells: list[dict[str, tuple[int, int]]]
    last: int


def _spans(text: str) -> _Spans:
    start, _ = dict(_members(text, _skip(text, 0)))["cells"]
    cells: list[dict[str, tuple[int, int]]] = []
    at = last = start + 1
    while text[at := _skip(text, at)] != "]":
        if text[at] == ",":
            at += 1
            continue
        cells.append(dict(_members(text, at)))
        _, at = _DECODER.raw_decode(text, at)
        last = at
    return _Spans(cells, last)


def _members(text: str, at: int) -> list[tuple[str, tuple[int, int]]]:
    """The members of the object that begins at `at`: name and place of the value."""
    found = []
    at += 1
    while text[at := _skip(text, at)] != "}":
        if text[at] == ",":
            at += 1
            continue
        name, at = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        _, at = _DECODER.raw_decode(text, start)
        found.append((name, (start, at)))
    return found


def _skip(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at
