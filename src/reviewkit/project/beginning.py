"""Beginning a project: which .bib file of a folder is its library."""

from __future__ import annotations

from pathlib import Path

from reviewkit.errors import ProjectError
from reviewkit.store.card import ensure_library
from reviewkit.store.fs import FS
from reviewkit.store.layout import LIBRARY, Layout, library_name
from reviewkit.store.machine import Machine


def begin(place: Path) -> tuple[Path, bool]:
    """Make a folder a project, or a .bib file the library of its folder.

    Returns
    -------
    tuple
        The library, and whether it was made just now, empty.

    Raises
    ------
    ProjectError
        `place` is another file, the folder has another library already, or it has several
        .bib files of which each could be it.
    """
    if place.suffix.lower() == ".bib" and not place.is_dir():
        folder, asked = place.parent, place.name
    elif place.is_dir() or not place.exists():
        folder, asked = place, None
    else:
        raise ProjectError(f"{place} is neither a folder nor a .bib file.")
    folder.mkdir(parents=True, exist_ok=True)
    known = library_name(folder, FS())
    is_project = (folder / known).exists() or (folder / ".reviewkit").exists()
    name = asked or (known if is_project else _only_one(folder))
    if is_project and name != known:
        raise ProjectError(
            f"The library of this folder is {folder / known} already."
            f" `reviewkit add {place}` adds the papers of {place} to it."
        )
    library = folder / name
    is_new = not library.exists()
    if is_new:
        library.open("x").close()
    # At once: only the card tells the next one that the library has another name.
    ensure_library(Layout(folder, name), Machine())
    return library, is_new


def _only_one(folder: Path) -> str:
    found = sorted(path.name for path in folder.glob("*.bib") if not path.name.startswith("."))
    if len(found) > 1:
        raise ProjectError(
            f"Which file is the library: {', '.join(found)}? Say `reviewkit init"
            f" {folder / found[0]}`, or begin an empty one: `reviewkit init {folder / LIBRARY}`."
        )
    return found[0] if found else LIBRARY
