"""Where a project keeps what: the two files, the log, and this machine's private copies."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewkit.errors import FormatError, NewerFormatError, ProjectError
from reviewkit.near import near
from reviewkit.ops.ids import base32
from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole

#: The BibTeX file of a project that does not say another.
LIBRARY = "references.bib"
#: Format of the log that this reviewkit reads and writes.
FORMAT = 1
#: The least reader that knows of operations outside of the folder.
OUTSIDE = 2


@dataclass(frozen=True)
class Layout:
    """The paths of one project; none of them need exist."""

    root: Path
    bib_name: str = LIBRARY

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
        """The project's name card, written once."""
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
        name = json.loads(fs.read(plain.library_json))["bib"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        # Whoever needs the card says what is wrong with it.
        return LIBRARY
    # The card comes from others: nothing but a file of this folder may be named by it.
    is_here = isinstance(name, str) and re.fullmatch(r"[^./\\:\0][^/\\:\0]*\.bib", name)
    return name if is_here else LIBRARY


@dataclass(frozen=True, slots=True)
class Card:
    """What `library.json` says: the project's id, and the database that has its operations."""

    id: str
    operations: str | None = None


def library_card(layout: Layout, fs: FS) -> Card | None:
    """The project's card; None before its first edit.

    Raises
    ------
    FormatError
        `library.json` cannot be read.
    NewerFormatError
        The project needs a newer reviewkit.
    """
    try:
        data = fs.read(layout.library_json)
    except FileNotFoundError:
        return None
    if b"\n<<<<<<< " in b"\n" + data:
        raise FormatError(
            f"git could not merge {layout.library_json}: the project was begun in two clones"
            " apart. Keep one of both, `git checkout --ours -- .reviewkit/library.json`,"
            " and commit; no review is in that file."
        )
    try:
        card = json.loads(data)
        name, needed, operations = str(card["id"]), int(card["min_reader"]), card.get("operations")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(
            f"{layout.library_json} cannot be read ({error}). Restore it from a copy of the "
            "project, or delete it: the next edit writes a new one."
        ) from error
    if needed > OUTSIDE or not isinstance(operations, str | None):
        raise NewerFormatError(
            f"{layout.root} needs a newer reviewkit (format {needed}, this one knows {OUTSIDE}). "
            "Upgrade with: pip install -U reviewkit"
        )
    return Card(name, operations)


def library_id(layout: Layout, fs: FS) -> str | None:
    """The project's id; see `library_card`."""
    card = library_card(layout, fs)
    return None if card is None else card.id


def write_card(layout: Layout, machine: Machine, card: Card) -> None:
    """Put another card in the place of the project's.

    Raises
    ------
    OSError
        It could not be written; the former one stands.
    """
    fs, path = machine.fs, layout.library_json
    temporary = path.with_name(f"{path.name}.{machine.name(12)}.tmp")
    try:
        write_whole(temporary, _bytes_of(layout, card), fs)
        fs.move(temporary, path)
    finally:
        fs.remove(temporary)
    fs.sync_folder(path.parent)


def _bytes_of(layout: Layout, card: Card) -> bytes:
    said: dict[str, Any] = {
        "id": card.id,
        "format": FORMAT,
        "min_reader": FORMAT if card.operations is None else OUTSIDE,
        "bib": layout.bib_name,
    }
    if card.operations is not None:
        said["operations"] = card.operations
    return json.dumps(said, indent=1).encode() + b"\n"


def ensure_library(layout: Layout, machine: Machine, had: Card | None = None) -> Card:
    """The project's card; made, with its folder, at the first edit.

    `had` is what it was, if it was taken away meanwhile.
    """
    fs = machine.fs
    known = library_card(layout, fs)
    if known is not None:
        return known
    fs.make_folder(layout.meta)
    fs.sync_folder(layout.root)
    card = had or Card(f"lib-{machine.name(16)}")
    _write_new(layout.meta / ".gitignore", b"/trash/\n", machine)
    _write_new(layout.library_json, _bytes_of(layout, card), machine)
    return library_card(layout, fs) or card


def _write_new(path: Path, data: bytes, machine: Machine) -> None:
    # Under another name first: a reader never sees half a file, and the first writer wins.
    fs = machine.fs
    temporary = path.with_name(f"{path.name}.{machine.name(12)}.tmp")
    write_whole(temporary, data, fs)
    try:
        fs.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        if not fs.exists(path):
            fs.move(temporary, path)
        return
    finally:
        fs.remove(temporary)
    fs.sync_folder(path.parent)


def place_of(layout: Layout, fs: FS) -> str:
    """A name for the folder of the project on this machine, other than those of its clones."""
    return base32(hashlib.sha256(os.fsencode(fs.resolve(layout.root))).digest(), 10)
