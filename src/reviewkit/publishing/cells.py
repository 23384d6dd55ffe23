"""All cells of a notebook, with outputs and attachments, whatever state they are in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewkit.citations.notebook import notebook_cells, source_of

#: Where a cell keeps what reviewkit has to remember of it.
_OURS = "reviewkit"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `number` counts from 1, `kind` is markdown, code or raw."""

    number: int
    kind: str
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[Mapping[str, Any], ...] = ()
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """What the cell is to reviewkit ("bibliography"...); empty: nothing of its own."""
        return self._said("role")

    @property
    def style(self) -> str:
        """The style of a bibliography, as a name or a .csl file; empty: it does not say."""
        return self._said("style")

    def _said(self, name: str) -> str:
        value = _mapping(self.metadata.get(_OURS)).get(name)
        return value if isinstance(value, str) else ""

    @property
    def tags(self) -> frozenset[str]:
        """The tags that people give cells, with `-` between words."""
        tags = self.metadata.get("tags")
        found = tags if isinstance(tags, list) else []
        return frozenset(tag.replace("_", "-") for tag in found if isinstance(tag, str))


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook's cells and what it says of itself."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]


def read_notebook(name: str, text: str) -> Notebook:
    """The notebook of a file.

    Raises
    ------
    FormatError
        The text is not a notebook; the message says why and what to do.
    """
    cells = tuple(
        _cell(name, number, raw) for number, raw in enumerate(notebook_cells(name, text), 1)
    )
    return Notebook(cells, _mapping(_mapping(json.loads(text)).get("metadata")))


def _cell(name: str, number: int, raw: Mapping[str, Any]) -> Cell:
    kind = raw.get("cell_type")
    source = source_of(name, number, raw if "source" in raw else {"source": raw.get("input", "")})
    if kind == "heading":
        # Format 3 has headings as cells of their own.
        level = raw.get("level")
        source = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + f" {source}"
    outputs = raw.get("outputs")
    return Cell(
        number,
        kind if kind in ("code", "raw") else "markdown",
        source,
        _mapping(raw.get("metadata")),
        tuple(map(_mapping, outputs)) if isinstance(outputs, list) else (),
        _mapping(raw.get("attachments")),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
