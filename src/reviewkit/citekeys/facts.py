"""What a citekey is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor; a corporation has only `last`. Empty: there is none."""

    first: str = ""
    von: str = ""
    last: str = ""

    @property
    def family(self) -> str:
        """The family name with its von part."""
        return f"{self.von} {self.last}".strip()

    @property
    def display(self) -> str:
        """First von Last."""
        return f"{self.first} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A paper as the formulas of citekeys see it.

    `type` is the BibTeX entry type in lower case; `fields` maps BibTeX names in lower case
    to Unicode text. `year` is None where it is not known.
    """

    type: str = "misc"
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    title: str = ""
    year: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def named(self, field: str) -> str:
        """Text of the BibTeX field of this name, in any case; empty if there is none."""
        name = field.lower()
        return self.fields.get(name) or (self.title if name == "title" else "")

    @property
    def people(self) -> tuple[Person, ...]:
        """The authors; of a book without any, its editors."""
        return self.authors or self.editors
