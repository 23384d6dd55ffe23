"""What is to be written and what comes of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reviewkit.publishing.document import Document
from reviewkit.publishing.piece import Told

#: Called with how many steps are done, of how many, and the one that begins.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Citing:
    """What citations are made of: CSL-JSON of the cited papers, a CSL style, a .bib of them."""

    items: list[dict[str, Any]] = field(default_factory=list)
    style: bytes = b""
    bib: bytes = b""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be written.

    `name` is the main file's name without its end; `template` None: the one that is shipped.
    `citations` is about LaTeX alone. `manuscript` is the name and the bytes of what it is made
    of, and `beside` the pictures that it names by path, for formats that keep its text.
    """

    document: Document
    citing: Citing
    name: str
    template: bytes | None = None
    toc: bool = False
    citations: Literal["biblatex", "natbib"] = "biblatex"
    manuscript: tuple[str, bytes] = ("", b"")
    beside: Mapping[str, bytes] = field(default_factory=dict)
    stop: threading.Event | None = None

    def place(self, picture: str) -> str:
        """Where a picture is put, from the main file."""
        return f"{self.name}-figures/{picture}"


@dataclass(frozen=True, slots=True)
class Published:
    """The files that came of it by name; `main` is the one to open."""

    main: str
    files: Mapping[str, bytes]
    told: tuple[Told, ...] = ()

    @property
    def data(self) -> bytes:
        """The main file's bytes."""
        return self.files[self.main]
