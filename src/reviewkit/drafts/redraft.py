"""Drafting again: what reviewkit made is renewed, what a person did stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from reviewkit.drafts.cells import (
    BIBLIOGRAPHY,
    METADATA,
    Cell,
    id_of,
    is_edited,
    memory_of,
    name_of,
    source_of,
)
from reviewkit.drafts.former import as_drafted_then
from reviewkit.errors import FormatError, NewerFormatError

#: Version of what a drafted notebook remembers; 1 had one cell for all papers of a section.
FORMAT = 2
# Where a section begins; a paper's cell belongs to the heading above it.
_BEGINNINGS = ("heading", "comparison", "questions", "references", BIBLIOGRAPHY)
BIBLIOGRAPHY_NAME = f"{BIBLIOGRAPHY}/"
# What the author of a notebook has said already, before anything was drafted into it.
_OWN = ("title", "authors", "abstract", "introduction")


@dataclass(frozen=True, slots=True)
class CellChange:
    """What drafting did to one cell.

    `kind` is added, changed, moved, removed, or kept: a person had edited it. `what` says
    what the cell is about. `before` is the text that was there; `after` what is there now,
    or for a cell that was kept, what the draft says today.
    """

    id: str
    what: str
    kind: str
    before: str = ""
    after: str = ""

    @property
    def diff(self) -> str:
        """The lines that differ, as a unified diff; empty if none do."""
        old, new = self.before.splitlines(), self.after.splitlines()
        names = ("yours", "draft") if self.kind == "kept" else ("before", "now")
        return "\n".join(unified_diff(old, new, *names, lineterm="", n=1))


@dataclass(frozen=True, slots=True)
class Redraft:
    """A notebook drafted again, and what became of its cells."""

    notebook: dict[str, Any]
    changes: tuple[CellChange, ...]
    deleted: int


def redraft(
    previous: Mapping[str, Any],
    cells: list[Cell],
    remember: Mapping[str, Any],
    *,
    new: bool = False,
    restore: bool = False,
) -> Redraft:
    """Notebook `previous` with the cells of a new draft; `previous` is not changed.

    The decision for each cell of ours is between three texts: that of the last draft (by
    its digest in the cell), that of the notebook, and that of the new draft. What a person
    changed stays; else the new draft's text counts. A cell that a person deleted is not made
    again unless it is to be restored.
    """
    known = memory(previous)
    foreign = known is None
    notebook, cells = deepcopy(dict(previous)), as_drafted_then(previous, known, cells)
    drafted = {cell.name: cell for cell in cells}
    made = set(map(str, known["made"])) if known is not None else set()
    theirs = _theirs(known)
    if foreign:
        made = theirs = {cell.name for cell in cells if cell.role in _OWN}
    merging = _Merging(notebook["cells"], drafted)
    present = merging.present
    if restore:
        made &= present | theirs
    added = [cell for cell in cells if cell.name not in made | present]
    notebook["cells"] = merging.merged(cells, {cell.name for cell in added})
    ids = _give_ids(notebook, {cell.name for cell in added})
    changes = [*merging.changes]
    changes += [CellChange(ids[c.name], said(c.name), "added", "", c.source) for c in added]
    names = (made | present | drafted.keys()) - merging.removed
    kept = dict(remember) | {"format": FORMAT, "made": sorted(names)}
    if theirs:
        kept["theirs"] = sorted(theirs)
    notebook["metadata"] = dict(notebook.get("metadata") or {}) | {METADATA: kept}
    gone = 0 if foreign or new else len((made - present) & drafted.keys())
    return Redraft(notebook, tuple(changes), gone)


#: A cell, and its name if it is ours.
_Named = tuple[str | None, dict[str, Any]]


class _Merging:
    """What becomes of the cells that a notebook has, one by one."""

    def __init__(self, cells: list[dict[str, Any]], drafted: Mapping[str, Cell]) -> None:
        self._drafted = drafted
        self._cells: list[_Named] = []
        self._outdated: set[str] = set()
        self._waiting: dict[str, dict[str, Any]] = {}
        self._anchors: set[str] = set()
        self.present: set[str] = set()
        self.removed: set[str] = set()
        self.changes: list[CellChange] = []
        section = ""
        ours = _originals(cells)
        for number, cell in enumerate(cells):
            name = name_of(cell)
            if name is not None and ours[name] != number:
                # A copy that somebody made of a cell of ours is theirs, from now on.
                name = None
                del cell["metadata"][METADATA]
            if name is not None:
                self.present.add(name)
                if memory_of(cell)["role"] in _BEGINNINGS:
                    section = str(memory_of(cell).get("section", ""))
            self._take(name, cell, section)
        self._cells = self._swept(self._cells)

    def _take(self, name: str | None, cell: dict[str, Any], section: str) -> None:
        fresh = self._drafted.get(name) if name is not None else None
        if name is None:
            self._cells.append((None, cell))
        elif name == BIBLIOGRAPHY_NAME:
            # Its text follows what the notebook cites, and is renewed when all else is done.
            self._cells.append((name, cell))
            self._anchors.add(name)
        elif is_edited(cell):
            self._keep(name, cell, fresh)
        elif fresh is None:
            # Whether an emptied section's heading may go is seen when all is looked at.
            self._cells.append((name, cell))
            self._outdated.add(name)
        else:
            renewed = fresh.refreshed(cell)
            group = memory_of(cell).get("group", "")
            in_place = not group or group == section
            if in_place and fresh.group != group:
                self._waiting[name] = renewed
                self._note("moved", name, cell, fresh)
            else:
                if fresh.group != group:
                    # A person put it where it is.
                    renewed = fresh.refreshed(cell)
                self._cells.append((name, renewed))
                self._anchors |= {name} if in_place else set()
                if renewed != cell:
                    self._note("changed", name, cell, fresh)

    def _keep(self, name: str, cell: dict[str, Any], fresh: Cell | None) -> None:
        self._cells.append((name, cell))
        self._anchors.add(name)
        news = fresh is not None and fresh.digest != memory_of(cell).get("hash")
        mine = source_of(cell)
        now = fresh.source if fresh is not None and news else mine
        self.changes.append(CellChange(str(cell.get("id", name)), said(name), "kept", mine, now))

    def _note(self, kind: str, name: str, cell: Mapping[str, Any], fresh: Cell) -> None:
        change = CellChange(
            str(cell.get("id", name)), said(name), kind, source_of(cell), fresh.source
        )
        self.changes.append(change)

    def _swept(self, cells: list[_Named]) -> list[_Named]:
        """Cells without what the draft has no more; a heading stays while a cell is under it."""
        kept: list[_Named] = []
        gone: list[CellChange] = []
        is_needed = False
        for name, cell in reversed(cells):
            is_beginning = (name or "").partition("/")[0] in _BEGINNINGS
            if name in self._outdated and not (is_beginning and is_needed):
                self.removed.add(name)
                gone.append(
                    CellChange(str(cell.get("id", name)), said(name), "removed", source_of(cell))
                )
            else:
                kept.append((name, cell))
                is_needed = True
            is_needed = is_needed and not is_beginning
        self.changes += reversed(gone)
        return kept[::-1]

    def merged(self, cells: list[Cell], added: set[str]) -> list[dict[str, Any]]:
        """All cells in their order, the new and moved ones before what follows them."""
        before: dict[str | None, list[_Named]] = {}
        anchor: str | None = None
        for drafted in reversed(cells):
            if drafted.name in self._anchors:
                anchor = drafted.name
            elif drafted.name in added:
                before.setdefault(anchor, []).append((drafted.name, drafted.as_notebook_cell()))
            elif drafted.name in self._waiting:
                before.setdefault(anchor, []).append((drafted.name, self._waiting[drafted.name]))
        found: list[_Named] = []
        for name, cell in self._cells:
            if name is not None:
                found += reversed(before.get(name, ()))
            found.append((name, cell))
        found += reversed(before.get(None, []))
        # A new heading may have come between an old one and what stood under it.
        return [cell for _, cell in self._swept(found)]


def _originals(cells: list[dict[str, Any]]) -> dict[str, int]:
    """For each name the number of the cell that is ours; the others are copies of it."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        name = name_of(cell)
        if name is not None and (name not in found or cell.get("id") == id_of(name)):
            # A copy gets another id.
            found[name] = number
    return found


def memory(notebook: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a notebook remembers of its drafting; None: nothing was drafted into it.

    Raises
    ------
    FormatError
        It is not a notebook of format 4.
    NewerFormatError
        A newer reviewkit drafted it.
    """
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
    found = metadata.get(METADATA) if isinstance(metadata, Mapping) else None
    if not isinstance(found, dict) or not isinstance(found.get("made"), list):
        return None
    if found.get("format") not in range(1, FORMAT + 1):
        raise NewerFormatError(
            "The notebook was drafted by a newer reviewkit. Update reviewkit, or name a new file."
        )
    return found


def _theirs(known: Mapping[str, Any] | None) -> set[str]:
    """Cells that were never made, as the notebook's author had said it before."""
    found = known.get("theirs") if known is not None else None
    return set(map(str, found)) if isinstance(found, list) else set()


def said(name: str) -> str:
    """A cell's name as people call it."""
    role, _, section = name.partition("/")
    # A group's name stands behind its kind; a citekey may have a colon of its own.
    about = section if role in ("paper", "question") else section.partition(":")[2] or section
    return f"{role} {about}" if about and role != "paper" else about or role


def _give_ids(notebook: dict[str, Any], added: set[str]) -> dict[str, str]:
    """Ids for the cells without one, which format 4.4 and before allow, and none twice.

    Returns
    -------
    dict
        The ids of the cells that were added, by their names.
    """
    notebook["nbformat_minor"] = max(notebook.get("nbformat_minor", 0), 5)
    fresh = {id(cell) for cell in notebook["cells"] if name_of(cell) in added}
    taken = {str(c["id"]) for c in notebook["cells"] if "id" in c and id(c) not in fresh}
    ids = {}
    for number, cell in enumerate(notebook["cells"], start=1):
        if "id" not in cell or id(cell) in fresh:
            wanted = str(cell.get("id", f"cell-{number}"))
            at = 1
            while (name := wanted if at == 1 else f"{wanted}-{at}") in taken:
                at += 1
            cell["id"] = name
            taken.add(name)
            if id(cell) in fresh:
                ids[str(name_of(cell))] = name
    return ids
