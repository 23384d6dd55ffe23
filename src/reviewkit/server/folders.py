"""From the path that a browser names to a project's folder, never out of the root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyter_core.paths import is_hidden

from reviewkit import places
from reviewkit.errors import ProjectError
from reviewkit.store.fs import FS
from reviewkit.store.layout import library_name

# What a project reads and writes: none of these may lead elsewhere by a link.
_PARTS = ("references.bib", "reviews.csv", "reviewkit.toml", ".reviewkit")


@dataclass(frozen=True, slots=True)
class Folders:
    """What a server shows: the folders below `root`.

    `linked` are further folders that a link below the root may lead to. Hidden folders
    count only if `allow_hidden`.
    """

    root: Path
    linked: Sequence[Path] = ()
    allow_hidden: bool = False

    def project(self, asked: str, *, new: bool = False) -> tuple[str, Path]:
        """Name and folder of the project that holds `asked`; if `new`, one may begin there.

        `asked` is a folder or file, relative to the root, with `/` between its parts. The
        name is the project's folder in the same form, empty for the root itself; a folder
        below the root has one name, by whichever link it is reached.

        Raises
        ------
        ProjectError
            No such path, a path out of the root, or no project there or above it.
        """
        root = self.root.resolve()
        path = self._path(root, asked)
        folder = places.project_folder(path, top=root)
        if folder is None and new:
            folder = path if path.is_dir() else path.parent
        if folder is None:
            raise ProjectError(
                f"There is no project at {asked or 'the top folder'!r}: neither it nor a folder"
                " above it holds a references.bib. Add papers to begin one there."
            )
        found = folder.resolve()
        library = library_name(found, FS())
        for part in (found, *(found / name for name in (*_PARTS, library))):
            if not self._allowed(root, part.resolve()):
                raise _outside(asked)
        named = found if found.is_relative_to(root) else folder
        name = named.relative_to(root).as_posix()
        return ("" if name == "." else name), found

    def _path(self, root: Path, asked: str) -> Path:
        parts = [part for part in asked.split("/") if part not in ("", ".")]
        if ".." in parts or any("\0" in part or "\\" in part for part in parts):
            raise _outside(asked)
        path = root.joinpath(*parts)
        # A drive or a surrogate in a part would have made another path of it.
        if path.parts[: len(root.parts)] != root.parts:
            raise _outside(asked)
        try:
            found = path.resolve(strict=True)
        except (OSError, RuntimeError, UnicodeError) as error:
            raise _missing(asked) from error
        if not self._allowed(root, found):
            raise _outside(asked)
        hidden = is_hidden(path, root) or (found.is_relative_to(root) and is_hidden(found, root))
        if hidden and not self.allow_hidden:
            raise _missing(asked)
        return path

    def _allowed(self, root: Path, path: Path) -> bool:
        places_allowed = (root, *(folder.resolve() for folder in self.linked))
        return any(path.is_relative_to(place) for place in places_allowed)


def _outside(asked: str) -> ProjectError:
    return ProjectError(
        f"{asked!r} leads out of the folder that this server shows. Move the project below"
        " it, or ask whoever runs the server to allow the folder in"
        " `ReviewkitApp.linked_folders`."
    )


def _missing(asked: str) -> ProjectError:
    return ProjectError(f"There is no file or folder {asked!r} below the server's root.")
