"""Drafts of before texts were cells of their own: what a person wrote into one is not doubled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit.drafts.cells import Cell, digest_of, is_edited, memory_of, name_of
from reviewkit.drafts.questioncells import NOTHING_OPEN

#: Roles of cells that one cell had the text of, by that cell's role.
_PARTS = {"papers": ("paper",), "questions": ("questions", "question", "further")}


def as_drafted_then(
    previous: Mapping[str, Any], known: Mapping[str, Any] | None, cells: Sequence[Cell]
) -> list[Cell]:
    """The new draft's cells, those as one that a person edited when they were one.

    That cell stays, with the difference to today's text; new cells beside it would say all
    once more.
    """
    made = set(map(str, known["made"])) if known is not None else set()
    found = list(cells)
    for cell in previous["cells"]:
        role, _, section = (name_of(cell) or "").partition("/")
        nothing = memory_of(cell).get("hash") == digest_of(NOTHING_OPEN)
        if role in _PARTS and is_edited(cell) and not nothing:
            found = _joined(found, role, section, made)
    return found


def _joined(cells: list[Cell], role: str, section: str, made: set[str]) -> list[Cell]:
    if role == "questions":
        parts = [cell for cell in cells if cell.role in _PARTS[role]]
        were_parts = any(name.startswith("question/") for name in made)
    else:
        parts = [cell for cell in cells if cell.role in _PARTS[role] and cell.group == section]
        were_parts = any(cell.name in made for cell in parts)
    if not parts or were_parts:
        return cells
    source = "\n\n".join(cell.source for cell in parts)
    at = cells.index(parts[0])
    one = Cell(role, section, "markdown", source)
    return [*cells[:at], one, *(cell for cell in cells[at:] if cell not in parts)]
