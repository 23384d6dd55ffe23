"""Cells of a drafted notebook, as reviewkit makes them and as it finds them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Where a notebook and its cells keep what reviewkit has to remember.
METADATA = "reviewkit"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be drafted; role and section together name it across drafts.

    `section` is empty for cells that belong to no section.
    """

    role: str
    section: str
    kind: str
    source: str

    @property
    def name(self) -> str:
        """Name of the cell across drafts: role and section."""
        return f"{self.role}/{self.section}"

    def as_notebook_cell(self) -> dict[str, Any]:
        """Cell in the notebook format 4.5."""
        cell: dict[str, Any] = {
            "cell_type": self.kind,
            "id": f"rk-{self.role}" + (f"-{_digest(self.section, 12)}" if self.section else ""),
            "metadata": {METADATA: self._metadata()},
            "source": self.source.splitlines(keepends=True),
        }
        if self.kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        return cell

    def refreshed(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        """Notebook cell `cell` with this source; equal to it where it has it already."""
        if source_of(cell) == self.source:
            return dict(cell)
        fresh = dict(cell) | {"source": self.source.splitlines(keepends=True)}
        fresh["metadata"] = dict(cell["metadata"]) | {METADATA: self._metadata()}
        if self.kind == "code":
            fresh |= {"execution_count": None, "outputs": []}
        return fresh

    def _metadata(self) -> dict[str, str]:
        return {"role": self.role, "section": self.section, "hash": _digest(self.source, 16)}


def source_of(cell: Mapping[str, Any]) -> str:
    """Source of a notebook cell as one text."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def name_of(cell: Mapping[str, Any]) -> str | None:
    """Name of a cell of ours; None: a person made it."""
    memory = _memory(cell)
    role, section = memory.get("role"), memory.get("section", "")
    return f"{role}/{section}" if isinstance(role, str) and isinstance(section, str) else None


def is_edited(cell: Mapping[str, Any]) -> bool:
    """Whether somebody changed the source of a cell of ours."""
    return _memory(cell).get("hash") != _digest(source_of(cell), 16)


def _memory(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = cell.get("metadata")
    memory = metadata.get(METADATA) if isinstance(metadata, Mapping) else None
    return memory if isinstance(memory, Mapping) else {}


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
