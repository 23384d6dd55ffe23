"""What a check of a manuscript found, and how it can be put right."""

from __future__ import annotations

from dataclasses import dataclass

#: How bad a finding is, worst first.
SEVERITIES = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A part of a cell's source (or of the file's text) and what is to stand there instead.

    `cell` counts all cells of the notebook from 1 (None: not a notebook); `start` and `end`
    are offsets in characters, end exclusive, in the text with one sign a line end.
    """

    cell: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe way to put a finding right: what it does in words, and its edits."""

    label: str
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a manuscript that a person should look at.

    Attributes
    ----------
    rule, code
        The rule's name and its stable code, as `unread` and `RK102`.
    severity
        One of `SEVERITIES`.
    message
        What is wrong and what to do, in words.
    path
        The manuscript, as who asked named it.
    cell, cell_id
        The cell's number among all cells from 1, and its id; None: not in a cell.
    line
        From 1, within the cell if there is one; None: of the whole manuscript.
    start, end
        Where in the cell's source or the file's text, in characters; None: nowhere there.
    quote
        The text that is meant, shortened; "" if none is.
    private
        Whether it tells of something that only who asked may see.
    """

    rule: str
    code: str
    severity: str
    message: str
    path: str
    cell: int | None = None
    cell_id: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    citekey: str | None = None
    fix: Fix | None = None
    private: bool = False

    @property
    def where(self) -> str:
        """The place in words: "survey.ipynb, cell 3, line 2"."""
        parts = [self.path]
        parts += [f"cell {self.cell}"] if self.cell is not None else []
        parts += [f"line {self.line}"] if self.line is not None else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings of one manuscript, in its order; `path` is as who asked named it."""

    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Words of a paper that can be linked to a cell: first sentences with quantities."""

    citekey: str
    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of some papers, of those cited nearest first."""

    papers: tuple[Claimed, ...]
