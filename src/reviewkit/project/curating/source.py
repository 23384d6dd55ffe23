"""What `Project.add` was given: a path or the text itself."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from reviewkit import formats
from reviewkit.errors import FormatError
from reviewkit.formats.importer import Understood
from reviewkit.formats.named import NamedImporter


def read_source(source: str | os.PathLike[str] | bytes, name: str) -> Understood:
    """What the file or text says.

    Raises
    ------
    FormatError
        There is no such file, or nothing of it was understood.
    """
    if isinstance(source, bytes):
        return replace(formats.read(source, name), name=name)
    if isinstance(source, str) and not _is_path(source):
        text = source.encode("utf-8", "replace")
        return replace(formats.read(text, name or "the pasted text"), name=name)
    path = Path(source).expanduser()
    try:
        return replace(formats.read(path.read_bytes(), path.name), name=name or path.name)
    except OSError as error:
        understood = named(source) if isinstance(source, str) else None
        if understood is not None:
            return understood
        raise FormatError(
            f"{path} cannot be read ({error.strerror or error}). Give a file's path or paste "
            "the text itself."
        ) from error


def named(text: str) -> Understood | None:
    """What a line says that is no file's name but a paper's: a DOI, an arXiv id, an address.

    None if it names no paper.
    """
    importer = NamedImporter()
    understood = importer.read(text) if importer.recognises(text) else None
    return understood if understood is not None and understood.identifiers else None


def _is_path(text: str) -> bool:
    # A pasted text has several lines or at least a BibTeX entry; a path has neither.
    return bool(text.strip()) and "\n" not in text and "@" not in text[:1] and len(text) < 4096
