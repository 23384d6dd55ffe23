"""What every importer gives, and what an importer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from reviewkit.records import Problem


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper as a text describes it, not yet in any library.

    `line` counts from 1. `citekey` is None where the format has none. `fields` maps BibTeX
    names in lower case to Unicode text (authors as "First von Last, Jr and First Last", a
    corporation's name in braces). `raw` holds right-hand sides with their delimiters: all of
    them where the text was BibTeX, else those that text cannot say (names, months).
    """

    line: int
    type: str
    citekey: str | None
    fields: Mapping[str, str]
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What names a paper of which the text says nothing else: it must be looked up.

    `value` is normal: a DOI in lower case without resolver, an arXiv id without version, an
    ISBN without hyphens, an address as it stands. `line` counts from 1.
    """

    kind: Literal["doi", "arxiv", "pmid", "openreview", "acl", "isbn", "url"]
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What an importer made of a text.

    Every candidate is whole: a paper with a part missing is among `problems` instead, or
    among `identifiers` if only its name is there, each once, in the text's order. `ignored`
    is what belongs to the page or file and to no paper (its header, comments); `remarks` are
    sentences for the person on how the whole was read (which column was taken for what).
    `name` is what the text is called where it came from, a file's name; empty if it has none.
    """

    format: str
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Problem, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    remarks: tuple[str, ...] = ()
    name: str = ""


class Importer(Protocol):
    """One format, recognised by content.

    `name` is what people call it. `recognises` must answer for any text without an error,
    and `read` for any text that it recognises; neither depends on a file's name.
    """

    @property
    def name(self) -> str:
        """The format's name in messages."""

    def recognises(self, text: str) -> bool:
        """Whether the text is surely of this format, sound or not."""

    def read(self, text: str) -> Understood:
        """Whole papers as candidates, everything else as problems with their lines."""
