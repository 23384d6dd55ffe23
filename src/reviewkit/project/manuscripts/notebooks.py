"""The notebooks of a project whose cells are linked to claims."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from reviewkit.checks.code import CellCode, cell_codes
from reviewkit.citations.manuscript import decoded
from reviewkit.citations.notebook import notebook_cells
from reviewkit.errors import FormatError, ProjectError
from reviewkit.records import CellLink, Paper

_Seen = tuple[int, int, int]


class Notebooks:
    """Reads notebooks below a folder; one that has not changed is not read again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[_Seen, dict[str, CellCode]]] = {}

    def codes(self, notebook: str) -> dict[str, CellCode]:
        """The code of each cell by its id; empty where there is no such notebook."""
        path = self._root / notebook
        try:
            stat = path.stat()
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            known = self._known.get(notebook)
            if known is None or known[0] != seen:
                found = cell_codes(path.name, decoded(path.name, path.read_bytes()))
                known = self._known[notebook] = (seen, found)
        except (OSError, FormatError):
            return {}
        return known[1]

    def id_at(self, notebook: str, number: int) -> str | None:
        """The id of a code cell by its number among all cells from 1; None if it has none."""
        path = self._root / notebook
        cells = notebook_cells(path.name, decoded(path.name, path.read_bytes()))
        cell = cells[number - 1] if 1 <= number <= len(cells) else {}
        name = cell.get("id") if cell.get("cell_type") == "code" else None
        return name if isinstance(name, str) else None

    def fresh(self, paper: Paper) -> Paper:
        """The paper with its links as the notebooks are now: stale where the code is another."""
        if not paper.cells:
            return paper
        return replace(paper, cells=tuple(map(self._fresh, paper.cells)))

    def _fresh(self, link: CellLink) -> CellLink:
        now = self.codes(link.notebook).get(link.cell)
        if now is None:
            return replace(link, state="gone")
        if link.code is not None and (link.code, link.before) != (now.code, now.before):
            return replace(link, state="stale")
        return link

    def name(self, path: str | os.PathLike[str]) -> str:
        """The notebook's path from the project's folder, with `/`.

        Raises
        ------
        ProjectError
            It is no notebook, or not below the folder.
        """
        given = Path(path).expanduser()
        # As people name it from where they are; else from the project's folder.
        whole = given if given.is_absolute() or given.exists() else self._root / given
        try:
            name = whole.resolve().relative_to(self._root.resolve()).as_posix()
        except ValueError:
            raise ProjectError(
                f"{path} is not in the project's folder {self._root}. Only notebooks in it can "
                "be linked: move it there, or open the project that it belongs to."
            ) from None
        if not name.lower().endswith(".ipynb") or not whole.is_file():
            raise ProjectError(f"{path} is no notebook. Name one, saved in the project's folder.")
        return name
