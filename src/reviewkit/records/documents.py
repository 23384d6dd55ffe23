"""What a request for a notebook or a document came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: `path` is from the project's folder, with /.

    `message` says in words what was done, `notes` what a person should know of it.
    """

    path: str
    message: str
    notes: tuple[str, ...]
