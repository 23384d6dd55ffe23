"""Files put in their places together: all of them, or none."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reviewkit.errors import ProjectError
from reviewkit.files.replace import replace
from reviewkit.files.sync import Sync

#: The oldest time that a zip can tell: equal files give equal bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def place_all(files: Mapping[Path, bytes], sync: Sync) -> None:
    """Write the files; those that are there go to the trash.

    Raises
    ------
    ProjectError
        A folder is missing or a file cannot be written; the others hold what they held.
    """
    trash, machine = sync.store.layout.trash, sync.store.machine
    done: list[tuple[Path, bytes | None]] = []
    made: list[Path] = []
    for path, data in files.items():
        try:
            if path.is_dir():
                raise ProjectError(f"{path} is a folder; name a file in it.")
            made += _folders(path.parent)
            done.append((path, replace(path, data, trash, machine).came_out))
        except (OSError, ProjectError) as error:
            for other, before in reversed(done):
                with suppress(OSError):
                    if before is None:
                        os.unlink(other)
                    else:
                        replace(other, before, trash, machine)
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            if isinstance(error, ProjectError):
                raise
            raise ProjectError(
                f"{path} cannot be written ({error.strerror or error}); nothing was exported. "
                "Close what holds it, or make it writable, and try again."
            ) from error


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, with equal bytes for equal files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def _folders(folder: Path) -> list[Path]:
    """Make what is missing of a folder; what was made, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
    return missing[::-1]
