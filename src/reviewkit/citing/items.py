"""The papers that a text cites, as a citation processor takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from reviewkit.exports import csl_item, with_inherited
from reviewkit.exports.plain import sound_values
from reviewkit.library import Library


class HasLibrary(Protocol):
    """Whatever holds a library, such as a project's files."""

    @property
    def library(self) -> Library:
        """The library."""


def items(source: Library | HasLibrary, keys: Iterable[str]) -> list[dict[str, Any]]:
    """CSL-JSON of just these papers, each once; `id` is the key as given.

    A key that the library lacks is left out; a former key gives the paper that had it.
    Give a processor as few as can be: it takes more than twice the time for twice the papers.
    """
    library = source if isinstance(source, Library) else source.library
    found: list[dict[str, Any]] = []
    for key in dict.fromkeys(keys):
        current = library.resolve(key)
        if current is None:
            continue
        paper = library.paper(current)
        entry = library.entry_of(paper.id) or library.document.entry(current)
        fields = with_inherited(library.fields(current), library.document, entry)
        found.append({**sound_values(csl_item(current, paper.type, fields)), "id": key})
    return found
