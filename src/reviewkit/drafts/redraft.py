"""Drafting again: what reviewkit made is refreshed, what a person did stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from reviewkit.drafts.cells import METADATA, Cell, is_edited, name_of
from reviewkit.drafts.sections import EMPTY
from reviewkit.errors import FormatError, NewerFormatError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Redraft:
    """A notebook drafted again, with the ids of the cells concerned."""

    notebook: dict[str, Any]
    added: tuple[str, ...]
    refreshed: tuple[str, ...]
    edited: tuple[str, ...]
    deleted: int


def redraft(previous: Mapping[str, Any], cells: list[Cell]) -> Redraft:
    """Notebook `previous` with the cells of a new draft; `previous` is not changed."""
    made = _made(previous)
    notebook = deepcopy(dict(previous))
    drafted = {cell.name: cell for cell in cells}
    if made is None:
        # Its author has said already what it is about.
        made = {cell.name for cell in cells if cell.role in ("title", "introduction")}
    kept: list[dict[str, Any]] = []
    refreshed, edited = [], []
    present: set[str] = set()
    for cell in notebook["cells"]:
        name, renewed = name_of(cell), cell
        # A copy that somebody made of a cell of ours is theirs.
        if name is not None and name not in present:
            present.add(name)
            fresh = drafted.get(name) or _emptied(name)
            if is_edited(cell):
                edited.append(str(cell.get("id", name)))
            elif fresh is not None:
                renewed = fresh.refreshed(cell)
                if renewed != cell:
                    refreshed.append(str(cell.get("id", name)))
        kept.append(renewed)
    known = made | present
    new = [cell for cell in cells if cell.name not in known]
    inserted = _insert(kept, new)
    notebook["cells"] = kept
    _give_ids(notebook)
    memory = {"format": _FORMAT, "made": sorted(known | set(drafted))}
    notebook["metadata"] = dict(notebook.get("metadata") or {}) | {METADATA: memory}
    deleted = len([name for name in made - present if name in drafted])
    return Redraft(
        notebook,
        added=tuple(cell["id"] for cell in inserted),
        refreshed=tuple(refreshed),
        edited=tuple(edited),
        deleted=deleted,
    )


def _made(notebook: Mapping[str, Any]) -> set[str] | None:
    """Names of all cells that were ever drafted into the notebook; None: it is not ours."""
    cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    if (
        not isinstance(notebook, Mapping)
        or notebook.get("nbformat") != 4
        or not isinstance(cells, list)
        or not all(isinstance(cell, dict) for cell in cells)
    ):
        raise FormatError(
            "The notebook to draft into is not in the notebook format 4. Open it in JupyterLab "
            "and save it again, or name a new file."
        )
    metadata = notebook.get("metadata")
    memory = metadata.get(METADATA) if isinstance(metadata, Mapping) else None
    if not isinstance(memory, dict) or not isinstance(memory.get("made"), list):
        return None
    if memory.get("format") != _FORMAT:
        raise NewerFormatError(
            "The notebook was drafted by a newer reviewkit. Update reviewkit, or name a new file."
        )
    return set(map(str, memory["made"]))


def _emptied(name: str) -> Cell | None:
    """Papers cell of a section that has no papers now; other cells of it stay."""
    role, _, section = name.partition("/")
    return Cell(role, section, "markdown", EMPTY) if role == "papers" else None


def _insert(kept: list[dict[str, Any]], new: list[Cell]) -> list[dict[str, Any]]:
    """Put new cells before the cells that close the draft; the last ones at the end."""
    inserted = []
    for cell in new:
        closing = ["bibliography/"] if cell.role != "bibliography" else []
        if cell.section != "other":
            closing.append("heading/other")
        at = next((n for n, old in enumerate(kept) if name_of(old) in closing), len(kept))
        made = cell.as_notebook_cell()
        kept.insert(at, made)
        inserted.append(made)
    return inserted


def _give_ids(notebook: dict[str, Any]) -> None:
    """Ids for the cells without one, which format 4.4 and before allow."""
    notebook["nbformat_minor"] = max(notebook.get("nbformat_minor", 0), 5)
    taken = {cell["id"] for cell in notebook["cells"] if "id" in cell}
    for number, cell in enumerate(notebook["cells"], start=1):
        if "id" not in cell:
            at = number
            while f"cell-{at}" in taken:
                at += 1
            cell["id"] = f"cell-{at}"
            taken.add(cell["id"])
