"""A manuscript's bytes with its citations in pandoc's way, and nothing else changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.citations.conversion import Change, Conversion, Known, Left, to_pandoc
from reviewkit.citations.manuscript import decoded, encoding_of, language_of
from reviewkit.citations.notebook import text_cells
from reviewkit.citations.renaming import line_ends
from reviewkit.citations.sources import source_places
from reviewkit.errors import FormatError

#: One character as JSON spells it.
_SPELLED = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A change or what is left, and where: the line in the file's text, or in a cell of it."""

    what: Change | Left
    line: int
    cell: int | None = None

    @property
    def where(self) -> str:
        """The place in words."""
        return f"line {self.line}" if self.cell is None else f"cell {self.cell}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Converted:
    """A manuscript's new bytes, what was changed in them and what was left."""

    data: bytes
    changes: tuple[Place, ...]
    left: tuple[Place, ...]


#: The key of a paper that CSL-JSON describes; None if the library lacks it.
FindItem = Callable[[Mapping[str, Any]], str | None]


def converted(
    name: str, data: bytes, doi: Callable[[str], str | None], item: FindItem
) -> Converted:
    """The manuscript with every citation of another syntax in pandoc's.

    Parameters
    ----------
    name
        A notebook or Markdown file; its suffix says which.
    doi, item
        The citekey of a DOI's paper, and of one that CSL-JSON describes: for citations that
        name no key.

    Raises
    ------
    FormatError
        It is LaTeX, whose citations are LaTeX's, or cannot be read.
    """
    language = language_of(name)
    if language == "latex":
        raise FormatError(f"{name} is LaTeX, where its way of citing belongs; it stays as it is.")
    encoding = encoding_of(name, data)
    raw = data.decode(encoding)
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw[len(mark) :]
    text = decoded(name, data)
    if language == "markdown":
        found = to_pandoc(text, opens_file=True, known=Known(doi))
        made, changes, left = _spliced(raw, [(found, line_ends(raw), text, None)], str)
    else:
        places = source_places(raw)
        notebook = json.loads(text)
        parts = []
        for cell in text_cells(name, text):
            at = places[cell.number - 1]
            if cell.language != "markdown" or len(at) != len(cell.text):
                continue
            known = Known(doi, _marked(notebook, cell.number, item))
            parts.append((to_pandoc(cell.text, known=known), at, cell.text, cell.number))
        ascii_only = raw.isascii()
        made, changes, left = _spliced(
            raw, parts, lambda new: json.dumps(new, ensure_ascii=ascii_only)[1:-1]
        )
    return Converted((mark + made).encode(encoding), changes, left)


def _spliced(
    raw: str,
    parts: Sequence[tuple[Conversion, Sequence[int], str, int | None]],
    spelled: Callable[[str], str],
) -> tuple[str, tuple[Place, ...], tuple[Place, ...]]:
    changes: list[Place] = []
    left: list[Place] = []
    spans: list[tuple[int, int, str]] = []
    for conversion, at, text, cell in parts:
        for change in conversion.changes:
            last = at[change.end - 1]
            character = _SPELLED.match(raw, last) if cell is not None else None
            end = character.end() if character else last + 1
            spans.append((at[change.start], end, spelled(change.after)))
            changes.append(Place(change, text.count("\n", 0, change.start) + 1, cell))
        left += (Place(one, one.line, cell) for one in conversion.left)
    for start, end, new in sorted(spans, reverse=True):
        raw = raw[:start] + new + raw[end:]
    return raw, tuple(changes), tuple(left)


def _marked(notebook: Any, number: int, item: FindItem) -> dict[str, tuple[str | None, ...]]:
    """What jupyterlab-citation-manager's marks in a cell stand for, by their ids."""
    cells = _get(notebook, "cells")
    cell = cells[number - 1] if isinstance(cells, list) else None
    citations = _get(cell, "metadata", "citation-manager", "citations")
    items = _get(notebook, "metadata", "citation-manager", "items")
    found: dict[str, tuple[str | None, ...]] = {}
    for mark, cited in citations.items() if isinstance(citations, dict) else ():
        several = cited if isinstance(cited, list) else []
        described = [_get(items, _get(one, "source"), _get(one, "id")) for one in several]
        found[mark] = tuple(item(one) if isinstance(one, dict) else None for one in described)
    return found


def _get(value: Any, *names: Any) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) and isinstance(name, str) else None
    return value
