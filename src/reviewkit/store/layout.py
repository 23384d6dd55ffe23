"""Where a project keeps what: the two files, the log, and this machine's private copies."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from reviewkit.errors import ProjectError
from reviewkit.near import near
from reviewkit.ops.ids import base32
from reviewkit.store.cardtext import said_by
from reviewkit.store.fs import FS

#: The BibTeX file of a project that does not say another.
LIBRARY = "references.bib"


@dataclass(frozen=True)
class Layout:
    """The paths of one project; none of them need exist."""

    root: Path
    bib_name: str = LIBRARY

    def is_gone(self, fs: FS) -> bool:
        """Whether the folder is not there: moved, renamed, deleted, or on a drive that is off."""
        return not fs.is_folder(self.root)

    @property
    def bib(self) -> Path:
        """The BibTeX file."""
        return self.root / self.bib_name

    @property
    def generated(self) -> Path:
        """The BibTeX file beside one that another program generates."""
        return self.bib.with_suffix(".reviewkit.bib")

    @property
    def csv(self) -> Path:
        """The table of reviews."""
        return self.root / "reviews.csv"

    @property
    def meta(self) -> Path:
        """The folder of all that is ours alone."""
        return self.root / ".reviewkit"

    @property
    def ops(self) -> Path:
        """The folder of the logs."""
        return self.meta / "ops"

    @property
    def trash(self) -> Path:
        """Where files go that were replaced; kept seven days."""
        return self.meta / "trash"

    @property
    def library_json(self) -> Path:
        """The project's name card; see `Card`."""
        return self.meta / "library.json"


def find(path: str | os.PathLike[str], fs: FS) -> Layout:
    """The layout of the project that a folder or .bib file names.

    A folder's library is its references.bib; where there is none, the .bib file that its
    project began with.

    Raises
    ------
    ProjectError
        There is no such folder, or the file is no .bib file, or there are only others.
    """
    place = Path(path).expanduser().absolute()
    if fs.is_folder(place):
        return Layout(place, library_name(place, fs))
    if place.suffix == ".bib" and fs.is_folder(place.parent):
        layout = Layout(place.parent, place.name)
        if not fs.exists(place) and library_name(place.parent, fs) != place.name:
            _refuse_typo(layout, fs)
        return layout
    what = "is not a folder or .bib file" if fs.exists(place) else "does not exist"
    raise ProjectError(
        f"{place} {what}. Give the folder that holds (or shall hold) references.bib."
    )


def _refuse_typo(layout: Layout, fs: FS) -> None:
    """Begin no library beside those of a folder because a name was mistyped."""
    there = [n for n, is_folder in fs.scan(layout.root) if n.endswith(".bib") and not is_folder]
    if there:
        likely = near(layout.bib_name, there) or sorted(there)[:3]
        raise ProjectError(
            f"There is no {layout.bib_name} in {layout.root}, but {' and '.join(likely)}. Give "
            "the name of one that is there; for a new library, make the file first."
        )


def library_name(folder: Path, fs: FS) -> str:
    """The name of the folder's BibTeX file; see `find`."""
    plain = Layout(folder)
    if fs.exists(plain.bib):
        return LIBRARY
    try:
        name = min(said_by(fs.read(plain.library_json))["bib"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        # Whoever needs the card says what is wrong with it.
        return LIBRARY
    # The card comes from others: nothing but a file of this folder may be named by it.
    is_here = isinstance(name, str) and re.fullmatch(r"[^./\\:\0][^/\\:\0]*\.bib", name)
    return name if is_here else LIBRARY


def place_of(layout: Layout, fs: FS) -> str:
    """A name for the folder of the project on this machine, other than those of its clones."""
    return base32(hashlib.sha256(os.fsencode(fs.resolve(layout.root))).digest(), 10)
