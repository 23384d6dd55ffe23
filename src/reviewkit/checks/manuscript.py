"""A manuscript as the checks read it: its parts with their prose, citations and outputs."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reviewkit.citations import latex
from reviewkit.citations.blocks import front_matter, prose
from reviewkit.citations.found import Use
from reviewkit.citations.manuscript import decoded, language_of, uses_in
from reviewkit.citations.notebook import notebook_cells, source_of, written_in

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^<>]*>", re.DOTALL | re.I)
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "image/gif")


@dataclass(frozen=True)
class Part:
    """A cell, or the whole of a file that has no cells.

    Attributes
    ----------
    number, id
        The cell's number among all cells from 1, and its id; None: the file.
    language
        `markdown`, `latex` or `code`.
    role
        What the cell is in a draft, as its metadata says; "" if a person made it.
    outputs
        The texts that the cell shows below it.
    pictures
        How many pictures it shows below it.
    """

    number: int | None
    id: str | None
    language: str
    text: str
    first: bool
    role: str = ""
    outputs: tuple[str, ...] = ()
    pictures: int = 0
    memory: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The citations in the text, in its order."""
        found = uses_in(self.text, self.language, opens_file=self.first)
        return tuple(sorted(found, key=lambda use: use.at))

    @cached_property
    def prose(self) -> str:
        """The text with code, comments and front matter as blanks, of equal length."""
        if self.language == "latex":
            return latex.blank(self.text)
        if self.language != "markdown":
            return re.sub(r"[^\n]", " ", self.text)
        front = front_matter(self.text) if self.first else 0
        return re.sub(r"[^\n]", " ", self.text[:front]) + prose(self.text[front:])

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(at + 1 for at, sign in enumerate(self.text) if sign == "\n")]

    def line(self, at: int) -> int:
        """Number of the line, from 1, in which a character stands."""
        return bisect_right(self._lines, at)

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """Go through the paragraphs of the prose as (start, end), blank ones left out."""
        start = 0
        for gap in _BLANK_LINES.finditer(self.prose + "\n\n"):
            if self.prose[start : gap.start()].strip():
                yield start, gap.start()
            start = gap.end()


@dataclass(frozen=True)
class Manuscript:
    """A file by its name, with its parts in their order."""

    name: str
    parts: tuple[Part, ...]

    @cached_property
    def cites(self) -> bool:
        """Whether it surely cites anything: if not, it may be no manuscript at all."""
        return any(use.kind == "certain" for part in self.parts for use in part.uses)


def read(name: str, data: bytes) -> Manuscript:
    """Read a manuscript: a notebook, Markdown, Quarto or LaTeX.

    Raises
    ------
    FormatError
        The file is of another kind, binary, or no notebook.
    """
    language = language_of(name)
    text = decoded(name, data)
    if language != "notebook":
        return Manuscript(name, (Part(None, None, language, text, True),))
    cells = enumerate(notebook_cells(name, text), start=1)
    return Manuscript(name, tuple(_part(name, number, cell) for number, cell in cells))


def _part(name: str, number: int, cell: Mapping[str, Any]) -> Part:
    metadata = cell.get("metadata")
    memory = metadata.get("reviewkit") if isinstance(metadata, Mapping) else None
    memory = memory if isinstance(memory, Mapping) else {}
    role = memory.get("role")
    outputs = cell.get("outputs")
    shown = [o for o in outputs if isinstance(o, Mapping)] if isinstance(outputs, list) else []
    identifier = cell.get("id")
    return Part(
        number,
        identifier if isinstance(identifier, str) else None,
        written_in(cell),
        source_of(name, number, cell),
        number == 1,
        role if isinstance(role, str) else "",
        tuple(text for output in shown for text in _texts(output)),
        sum(any(kind in _data(output) for kind in _PICTURES) for output in shown),
        memory,
    )


def _data(output: Mapping[str, Any]) -> Mapping[str, Any]:
    data = output.get("data")
    return data if isinstance(data, Mapping) else {}


def _texts(output: Mapping[str, Any]) -> Iterator[str]:
    data = _data(output)
    for found in (output.get("text"), data.get("text/plain"), data.get("text/markdown")):
        yield _joined(found)
    yield html.unescape(_MARKUP.sub(" ", _joined(data.get("text/html"))))


def _joined(text: object) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, Sequence):
        return "".join(line for line in text if isinstance(line, str))
    return ""
