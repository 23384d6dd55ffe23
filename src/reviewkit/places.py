"""Where a project is: the folder that holds the library, looked for upwards."""

from __future__ import annotations

from pathlib import Path

#: A folder that holds one of these is a project.
MARKS = ("references.bib", ".reviewkit")


def project_folder(start: Path, *, top: Path | None = None) -> Path | None:
    """The folder `start`, or the nearest one above it, that is a project.

    `start` may be a file; it must be absolute. The search ends at `top` (None: at the
    root of the disk); None is the answer if there is no project.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in MARKS):
            return candidate
        if candidate == top:
            return None
    return None
