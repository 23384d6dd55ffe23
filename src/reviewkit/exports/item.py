"""A paper as it leaves the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.exports.plain import one_line, sound
from reviewkit.records import Paper

#: TeX (macros resolved) and Unicode text of each field, by its name in lower case.
Fields = Mapping[str, tuple[str, str]]

_DATES = frozenset({"date", "year", "month", "day"})
_NOT_INHERITED_WORDS = """
    abstract annotation annote archiveprefix comment doi eprint eprintclass eprinttype file groups
    keywords note owner primaryclass ranking rating read readstatus review shorttitle timestamp
    url urldate
"""
_NOT_INHERITED = frozenset(_NOT_INHERITED_WORDS.split())
_NOT_INHERITED_STARTS = ("comment-", "reviewkit", "bdsk-", "mendeley-", "date-")


def with_inherited(fields: Fields, document: BibDocument, entry: Entry | None) -> Fields:
    """A paper's fields and those that its entry has by `crossref` and `xdata`.

    Other than in biblatex, what identifies or describes a parent alone (DOI, address,
    abstract, keywords) is not taken for the child's: it would make the chapter the book.
    """
    if entry is None or not ("crossref" in entry.fields or "xdata" in entry.fields):
        return fields
    dated = bool(_DATES & entry.fields.keys())
    given = {
        name: (item.tex, item.value)
        for name, item in document.resolved(entry).items()
        if name not in _NOT_INHERITED
        and not name.startswith(_NOT_INHERITED_STARTS)
        and not (dated and name in _DATES)
    }
    own = {name: value for name, value in fields.items() if name not in _DATES or not dated
           or name in entry.fields}  # fmt: skip
    return given | own


@dataclass(frozen=True, slots=True)
class Texts:
    """An entry's fields as texts that are safe in any file."""

    fields: Fields

    def line(self, *names: str) -> str:
        """The first of these fields that is not empty, on one line; empty if there is none."""
        for name in names:
            if name in self.fields and (text := one_line(self.fields[name][1])):
                return text
        return ""

    def prose(self, name: str) -> str:
        """The field's text with its paragraphs; empty if it is not there."""
        return sound(self.fields[name][1]).strip() if name in self.fields else ""

    def tex(self, name: str) -> str:
        """The field's TeX; empty if it is not there."""
        return self.fields[name][0] if name in self.fields else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper, all fields that its entry has or inherits, and what its group decided.

    `decisions` are the group's words as they were typed, one a reviewer.
    """

    paper: Paper
    fields: Fields
    decisions: tuple[str, ...] = ()

    @property
    def texts(self) -> Texts:
        """The fields as safe texts."""
        return Texts(self.fields)

    def keywords(self, opinions: bool) -> list[str]:
        """The authors' keywords; with `opinions` the reviewers' tags after them."""
        tags = self.paper.tags if opinions else ()
        words = (one_line(word) for word in (*self.paper.keywords, *tags))
        return list(dict.fromkeys(word for word in words if word))
