"""What an entry has from its parents: `crossref` and `xdata`.

The rules are those of biblatex's manual (appendix B, "Default Inheritance Setup"), with
those of BibTeX where a parent has a `booktitle` of its own. Other than in biblatex, what
identifies or describes the parent alone (DOI, address, abstract, keywords) is not taken for
the child's.
"""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.exports.item import Fields

#: Type and fields of the entry with a key; None if there is none.
ParentOf = Callable[[str], tuple[str, Fields] | None]

_DEEPEST = 8
_OWN_WORDS = """
    abstract annotation annote comment crossref doi entryset entrysubtype eprint eprintclass
    eprinttype archiveprefix primaryclass execute file groups ids keywords label options owner
    presort ranking readstatus related relatedoptions relatedstring relatedtype review
    shorthand shorthandintro sortkey timestamp title subtitle titleaddon shorttitle sorttitle
    url urldate xdata xref
"""
_OWN = frozenset(_OWN_WORDS.split())
_OWN_STARTS = ("comment-", "reviewkit", "bdsk-", "mendeley-", "date-")
_DATES = frozenset({"date", "year", "month", "day"})

_PARTS = frozenset(
    "inproceedings conference incollection inbook inreference suppbook suppcollection bookinbook"
    .split()
)  # fmt: skip
_TITLES = ("title", "subtitle", "titleaddon")


def inherited(kind: str, fields: Fields, parent_of: ParentOf) -> Fields:
    """The entry's fields with those that it inherits; its own come first.

    `parent_of` gives the library's entries. Circles end where they close.
    """
    if "crossref" not in fields and "xdata" not in fields:
        return fields
    return _inherited(kind, fields, parent_of, frozenset())


def _inherited(kind: str, fields: Fields, parent_of: ParentOf, seen: frozenset[str]) -> Fields:
    found = dict(fields)
    for name in ("xdata", "crossref"):
        keys = fields[name][1].split(",") if name in fields else []
        for key in (key.strip() for key in keys):
            parent = parent_of(key) if key not in seen and len(seen) < _DEEPEST else None
            if parent is None:
                continue
            parent_kind, given = parent
            given = _inherited(parent_kind, given, parent_of, seen | {key})
            taken = dict(given) if name == "xdata" else _from_parent(kind, parent_kind, given)
            if _DATES & found.keys():
                taken = {name: value for name, value in taken.items() if name not in _DATES}
            found = taken | found
    return found


def _from_parent(kind: str, parent_kind: str, given: Fields) -> dict[str, tuple[str, str]]:
    taken = {
        name: value
        for name, value in given.items()
        if name not in _OWN and not name.startswith(_OWN_STARTS)
    }
    if kind in _PARTS:
        prefix = "book"
    elif parent_kind.startswith("mv"):
        prefix = "main"
    elif parent_kind == "periodical":
        prefix = "journal"
    else:
        prefix = None
    for name in _TITLES:
        if name in given:
            taken.setdefault(name if prefix is None else prefix + name, given[name])
    if kind in ("inbook", "bookinbook", "suppbook") and "author" in given:
        taken.setdefault("bookauthor", given["author"])
    return taken
