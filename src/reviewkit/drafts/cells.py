"""Cells of a drafted notebook, as reviewkit makes them and as it finds them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Where a notebook and its cells keep what reviewkit has to remember.
METADATA = "reviewkit"

#: The role of the cell that holds the references; other rooms renew its text, too.
BIBLIOGRAPHY = "bibliography"
#: The roles of cells that only say what a person is to write there.
PROMPTS = frozenset({"abstract", "introduction", "lead"})
#: The citation style of a new draft.
USUAL_STYLE = "apa"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be drafted; role and section together name it across drafts.

    `section` is what the cell is about, empty where the role says it. `group` is the key of
    the section in which a paper's cell stands. `outputs` are those of code, made from data
    with the digest `data`; both empty where nothing was computed.
    """

    role: str
    section: str
    kind: str
    source: str
    group: str = ""
    tags: tuple[str, ...] = ()
    outputs: tuple[Mapping[str, Any], ...] = ()
    data: str = ""

    @property
    def name(self) -> str:
        """Name of the cell across drafts: role and section."""
        return f"{self.role}/{self.section}"

    @property
    def digest(self) -> str:
        """What tells whether a person changed the source."""
        return digest_of(self.source)

    def as_notebook_cell(self) -> dict[str, Any]:
        """Cell in the notebook format 4.5."""
        metadata: dict[str, Any] = {METADATA: self._memory()}
        if self.tags:
            metadata["tags"] = list(self.tags)
        cell: dict[str, Any] = {
            "cell_type": self.kind,
            "id": id_of(self.name),
            "metadata": metadata,
            "source": self.source.splitlines(keepends=True),
        }
        return cell | self._results() if self.kind == "code" else cell

    def refreshed(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        """Notebook cell `cell` with this source and results; equal to it where it has them."""
        fresh = dict(cell)
        known = memory_of(cell)
        same = source_of(cell) == self.source
        if not same:
            fresh["source"] = self.source.splitlines(keepends=True)
        if self.kind == "code" and not (same and known.get("data", "") == self.data):
            fresh |= self._results()
        memory = self._memory()
        if memory != known:
            fresh["metadata"] = dict(cell["metadata"]) | {METADATA: memory}
        return fresh

    def _results(self) -> dict[str, Any]:
        return {"execution_count": None, "outputs": [dict(output) for output in self.outputs]}

    def _memory(self) -> dict[str, str]:
        if self.role == BIBLIOGRAPHY:
            # Not only a draft renews it, so nobody asks whether it was edited.
            return {"role": self.role, "style": USUAL_STYLE}
        memory = {"role": self.role, "section": self.section, "hash": self.digest}
        if self.group:
            memory["group"] = self.group
        if self.data:
            memory["data"] = self.data
        return memory


def id_of(name: str) -> str:
    """The id that a cell of this name is given."""
    role, _, section = name.partition("/")
    return f"rk-{role}-{_short(section)}" if section else f"rk-{role}"


def source_of(cell: Mapping[str, Any]) -> str:
    """Source of a notebook cell as one text."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def name_of(cell: Mapping[str, Any]) -> str | None:
    """Name of a cell of ours; None: a person made it."""
    memory = memory_of(cell)
    role, section = memory.get("role"), memory.get("section", "")
    return f"{role}/{section}" if isinstance(role, str) and isinstance(section, str) else None


def is_edited(cell: Mapping[str, Any]) -> bool:
    """Whether somebody changed the source of a cell of ours."""
    return memory_of(cell).get("hash") != digest_of(source_of(cell))


def memory_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """What reviewkit keeps in a cell's metadata; empty if there is nothing."""
    metadata = cell.get("metadata")
    memory = metadata.get(METADATA) if isinstance(metadata, Mapping) else None
    return memory if isinstance(memory, Mapping) else {}


def digest_of(text: str) -> str:
    """Name of a text by its content."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
