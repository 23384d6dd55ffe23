"""Where a project keeps what: the two files, the log, and this machine's private copies."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from reviewkit.errors import FormatError, NewerFormatError, ProjectError
from reviewkit.ops.ids import base32
from reviewkit.store.fs import FS

#: Format of the log that this reviewkit reads and writes.
FORMAT = 1


@dataclass(frozen=True)
class Layout:
    """The paths of one project; none of them need exist."""

    root: Path
    bib_name: str = "references.bib"

    @property
    def bib(self) -> Path:
        """The BibTeX file."""
        return self.root / self.bib_name

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


def find(path: str | os.PathLike[str]) -> Layout:
    """The layout of the project that a folder or .bib file names.

    Raises
    ------
    ProjectError
        There is no such folder, or the file is no .bib file.
    """
    place = Path(path).expanduser().absolute()
    if place.is_dir():
        return Layout(place)
    if place.suffix == ".bib" and place.parent.is_dir():
        return Layout(place.parent, place.name)
    what = "is not a folder or .bib file" if place.exists() else "does not exist"
    raise ProjectError(
        f"{place} {what}. Give the folder that holds (or shall hold) references.bib."
    )


def library_id(layout: Layout) -> str | None:
    """The project's id; None before its first edit.

    Raises
    ------
    FormatError
        `library.json` cannot be read.
    NewerFormatError
        The project needs a newer reviewkit.
    """
    try:
        card = json.loads(layout.library_json.read_bytes())
        name, needed = str(card["id"]), int(card["min_reader"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(
            f"{layout.library_json} cannot be read ({error}). Restore it from a copy of the "
            "project, or delete it: the next edit writes a new one."
        ) from error
    if needed > FORMAT:
        raise NewerFormatError(
            f"{layout.root} needs a newer reviewkit (format {needed}, this one knows {FORMAT}). "
            "Upgrade with: pip install -U reviewkit"
        )
    return name


def ensure_library(layout: Layout, fs: FS) -> str:
    """The project's id; made, with its folder, at the first edit."""
    known = library_id(layout)
    if known is not None:
        return known
    layout.meta.mkdir(exist_ok=True)
    fs.sync_folder(layout.root)
    card = {
        "id": f"lib-{base32(secrets.token_bytes(10), 16)}",
        "format": FORMAT,
        "min_reader": FORMAT,
        "bib": layout.bib_name,
    }
    _write_new(layout.meta / ".gitignore", b"/trash/\n", fs)
    _write_new(layout.library_json, json.dumps(card, indent=1).encode() + b"\n", fs)
    return library_id(layout) or card["id"]  # type: ignore[return-value]


def _write_new(path: Path, data: bytes, fs: FS) -> None:
    # Under another name first: a reader never sees half a file, and the first writer wins.
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}.tmp")
    temporary.write_bytes(data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            temporary.replace(path)
        return
    finally:
        temporary.unlink(missing_ok=True)
    fs.sync_folder(path.parent)


def private_folder(library: str) -> Path:
    """The user's private folder for the project's journal; never synchronised."""
    return platformdirs.user_state_path("reviewkit") / library


def cache_folder(layout: Layout, library: str) -> Path:
    """The user's disposable copies for the project in this very folder, not its clones."""
    place = base32(hashlib.sha256(os.fsencode(layout.root.resolve())).digest(), 10)
    return platformdirs.user_cache_path("reviewkit") / library / place
