"""The cells of a notebook in which a person writes: Markdown and raw ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.errors import FormatError


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell's text, its number among all cells (from 1) and the language it is in."""

    number: int
    text: str
    language: str


#: Kinds of cells that hold text.
_OF_TEXT = ("markdown", "raw", "heading")

# The formats that JupyterLab offers for raw cells, by what reads them.
_RAW = {"text/latex": "latex", "latex": "latex", "text/x-python": "code", "text/x-sh": "code"}


def text_cells(name: str, text: str) -> Iterator[TextCell]:
    """Markdown and raw cells in their order; `language` is markdown, latex or code.

    Raises
    ------
    FormatError
        The text is not a notebook; the message says why and what to do.
    """
    for number, cell in enumerate(notebook_cells(name, text), start=1):
        if cell.get("cell_type") in _OF_TEXT:
            yield TextCell(number, source_of(name, number, cell), written_in(cell))


def written_in(cell: Mapping[str, Any]) -> str:
    """The language of a cell's source: markdown, latex or code."""
    kind = cell.get("cell_type")
    if kind not in _OF_TEXT:
        return "code"
    metadata = cell.get("metadata")
    raw = metadata if kind == "raw" and isinstance(metadata, Mapping) else {}
    asked = raw.get("raw_mimetype") or raw.get("format")
    return _RAW.get(asked, "markdown") if isinstance(asked, str) else "markdown"


def notebook_cells(name: str, text: str) -> list[Mapping[str, Any]]:
    """All cells of a notebook in their order.

    Raises
    ------
    FormatError
        The text is not a notebook; the message says why and what to do.
    """
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"{name} is not a notebook: its JSON breaks off at line {error.lineno}, column "
            f"{error.colno} ({error.msg}). Mend it there, or restore it from a checkpoint or "
            "from version control.",
            [{"line": error.lineno, "reason": error.msg, "text": _line(text, error.lineno)}],
        ) from None
    except RecursionError:
        raise _not_a_notebook(name, "its JSON is nested too deeply") from None
    # Format 3, of 2013 and before, has its cells in sheets.
    sheets = _get(notebook, "worksheets")
    if isinstance(sheets, list) and all(isinstance(_get(s, "cells"), list) for s in sheets):
        cells: Any = [cell for sheet in sheets for cell in sheet["cells"]]
    else:
        cells = _get(notebook, "cells")
    if not isinstance(cells, list):
        raise _not_a_notebook(name, "it is JSON without a list of cells")
    if not all(isinstance(cell, dict) for cell in cells):
        raise _not_a_notebook(name, "one of its cells is not an object")
    return cells


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def source_of(name: str, number: int, cell: Mapping[str, Any]) -> str:
    """The source of the cell of this number as one text.

    Raises
    ------
    FormatError
        It is no text.
    """
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    if isinstance(source, str):
        return source
    raise _not_a_notebook(name, f"the source of cell {number} is neither text nor lines of text")


def _not_a_notebook(name: str, why: str) -> FormatError:
    return FormatError(
        f"{name} is not a notebook: {why}. Open it in JupyterLab and save it again, or name "
        "another file.",
        [{"line": None, "reason": why, "text": ""}],
    )


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1][:80] if number <= len(lines) else ""
