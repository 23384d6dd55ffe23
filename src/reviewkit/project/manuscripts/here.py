"""The notebook cell in which the code that asks is running."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from reviewkit.citations.manuscript import decoded
from reviewkit.citations.notebook import notebook_cells, source_of
from reviewkit.errors import FormatError, ProjectError
from reviewkit.project.manuscripts.manuscripts import manuscripts


def here(root: Path) -> tuple[str, str]:
    """The path of the running cell's notebook and the cell's id.

    JupyterLab tells both. Where it does not (another front end, a test of the notebook), the
    cell is the one among the project's notebooks whose text is what is running.

    Raises
    ------
    ProjectError
        This is no notebook, or it cannot be said which.
    """
    shell = _shell()
    if shell is None:
        raise ProjectError(
            "Only in a notebook is there a cell to link. Name one: notebook='x.ipynb', cell=3."
        )
    cell, source = _told(shell)
    path = os.environ.get("JPY_SESSION_NAME", "")
    given = Path(path)
    if cell is not None and path.endswith(".ipynb"):
        known = given if given.is_absolute() and given.exists() else Path.cwd() / given.name
        if known.exists():
            return str(known), cell
    found = _alike(root, cell, source)
    if len(found) != 1:
        raise ProjectError(
            f"{'No cell' if not found else 'More than one cell'} of the project's notebooks is "
            "the one that runs. Save the notebook in the project's folder and run the cell "
            "again, or name it: notebook='x.ipynb', cell=3."
        )
    return found[0]


def _shell() -> Any:
    # What runs in a notebook has imported it; nothing else needs it.
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    return shell if hasattr(shell, "kernel") else None


def _told(shell: Any) -> tuple[str | None, str]:
    """The id of the cell, as some front ends send it with the code, and the code."""
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = (parent.get("metadata") or {}).get("cellId")
    source = (parent.get("content") or {}).get("code")
    return cell if isinstance(cell, str) else None, source if isinstance(source, str) else ""


def _alike(root: Path, cell: str | None, source: str) -> list[tuple[str, str]]:
    """The project's cells with this id, or if none is known, with this text."""
    found = []
    for path in manuscripts(root):
        if path.suffix.lower() != ".ipynb":
            continue
        try:
            cells = notebook_cells(path.name, decoded(path.name, path.read_bytes()))
            for number, one in enumerate(cells, start=1):
                name = one.get("id")
                text = source_of(path.name, number, one).strip()
                same = name == cell if cell is not None else text == source.strip()
                if isinstance(name, str) and one.get("cell_type") == "code" and same:
                    found.append((str(path), name))
        except (OSError, FormatError):
            continue
    return found
