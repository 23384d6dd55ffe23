"""What an entry has from others: crossref after BibTeX's and biblatex's rules, and xdata.

The rules for titles are those of biblatex's manual (3.19, appendix B); what a parent says
under the very name goes before them, as in BibTeX.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewkit.bibtex.closely import Fault
from reviewkit.bibtex.entry import Entry, parse
from reviewkit.bibtex.values import resolve

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading

#: So many generations, and so many xdata of one entry, are followed.
_DEEPEST = 8
_MOST = 50
_OWN_WORDS = """
    crossref entryset entrysubtype execute ids label options presort related relatedoptions
    relatedstring relatedtype shorthand shorthandintro sortkey xdata xref
"""
_OWN = frozenset(_OWN_WORDS.split())
_TITLES = ("title", "subtitle", "titleaddon")
#: A child's own business, where a title of its parent has another name.
_SHORT = frozenset(("shorttitle", "sorttitle", "indextitle", "indexsorttitle"))
_ALIASES = {"conference": "inproceedings"}


def _renamed(parents: str, children: str, prefix: str) -> dict[tuple[str, str], dict[str, str]]:
    names = {name: prefix + name for name in _TITLES}
    return {(p, c): names for p in parents.split() for c in children.split()}


_RULES = (
    _renamed("mvbook", "book inbook bookinbook suppbook", "main")
    | _renamed(
        "mvcollection mvreference",
        "collection reference incollection inreference suppcollection",
        "main",
    )
    | _renamed("mvproceedings", "proceedings inproceedings", "main")
    | _renamed("book", "inbook bookinbook suppbook", "book")
    | _renamed("collection reference", "incollection inreference suppcollection", "book")
    | _renamed("book", "incollection inproceedings", "book")
    | _renamed("proceedings", "inproceedings", "book")
    | _renamed("periodical", "article suppperiodical", "journal")
)
_BOOKS = ("mvbook", "book")
_IN_BOOKS = ("inbook", "bookinbook", "suppbook")


@dataclass(frozen=True, slots=True)
class Inherited:
    """A field as it counts: its TeX and Unicode text, and the citekey of the entry it is from."""

    name: str
    tex: str
    value: str
    source: str


def resolved(document: Reading, entry: Entry) -> dict[str, Inherited]:
    """The entry's fields and those it has from others, by lower-case name.

    Its own ones come first, in their order; of each name the nearest counts: the entry's
    own, then xdata in their order, then crossref. Entries that are not there, or that
    refer to each other in a circle, give nothing.
    """
    return _resolved(document, entry, {id(entry)}, 0)


def _resolved(
    document: Reading, entry: Entry, seen: set[int], generation: int
) -> dict[str, Inherited]:
    # Each parent is asked once, or entries with many parents in common would take for ever.
    key = entry.citekey
    found = {
        name: Inherited(name, field.tex, field.value, key) for name, field in entry.fields.items()
    }
    if generation > _DEEPEST:
        return found
    for name in ("xdata", "crossref"):
        for parent_key in _keys(found[name].value if name in entry.fields else "", name):
            parent = document.entry(parent_key)
            if parent is None or id(parent) in seen:
                continue
            seen.add(id(parent))
            given = _resolved(document, parent, seen, generation + 1)
            for field, item in _handed_down(parent.type, entry.type, given, name):
                found.setdefault(field, item)
    return found


def _keys(value: str, name: str) -> list[str]:
    keys = value.split(",") if name == "xdata" else [value]
    return [key.strip() for key in keys if key.strip()][:_MOST]


def _handed_down(
    parent: str, child: str, given: dict[str, Inherited], how: str
) -> Iterator[tuple[str, Inherited]]:
    """Names and fields that a child of this type takes from a parent."""
    child = _ALIASES.get(child, child)
    names = _RULES.get((parent, child), {}) if how == "crossref" else {}
    for name, item in given.items():
        if name not in _OWN and name not in names and not (names and name in _SHORT):
            yield name, item
    for name, new in names.items():
        if name in given:
            yield new, given[name]
    if parent in _BOOKS and child in _IN_BOOKS and how == "crossref" and "author" in given:
        yield "bookauthor", given["author"]


def aliases(entry: Entry) -> tuple[str, ...]:
    """Other keys under which the entry may be cited (biblatex's `ids`), in their order."""
    value = entry.value_of("ids") or ""
    return tuple(dict.fromkeys(key.strip() for key in value.split(",") if key.strip()))


def parent_faults(document: Reading, children: Iterable[int]) -> Iterator[Fault]:
    """References to entries that are not there, come too early, or go round in a circle.

    `children` are the numbers of the entries that may refer to others.
    """
    found = ((document.index.entries[n][0], _references(document, n)) for n in children)
    parents = {start: references for start, references in found if references}
    if not parents:
        return
    starts: dict[str, int] = {}
    for start, _, known in document.index.entries:
        starts.setdefault(document.codec.read(known or b""), start)
    crossrefs = {
        child: key
        for child, refs in parents.items()
        for _, name, key in refs
        if name == "crossref"
    }
    for child, references in parents.items():
        for place, name, key in references:
            if key not in starts:
                yield place, "missing-parent", f"the {name} {key!r} is no entry of this file"
            elif name == "crossref" and _in_circle(child, crossrefs, starts):
                yield place, "parent-cycle", f"the crossref {key!r} leads back to this entry"
            elif name == "crossref" and starts[key] < child:
                yield place, "early-parent", f"the crossref {key!r} stands before this entry"


def _in_circle(child: int, crossrefs: dict[int, str], starts: dict[str, int]) -> bool:
    at = child
    for _ in range(_DEEPEST):
        if at not in crossrefs or crossrefs[at] not in starts:
            return False
        at = starts[crossrefs[at]]
        if at == child:
            return True
    return False


def _references(document: Reading, number: int) -> list[tuple[int, str, str]]:
    """Place, field and key of each reference of an entry."""
    start, end, _ = document.index.entries[number]
    parsed = parse(document.splices.data[start:end])
    found: list[tuple[int, str, str]] = []
    for name in ("crossref", "xdata"):
        if name in parsed.first:
            place = parsed.scan.fields[parsed.first[name]]
            raw = document.codec.read(document.splices.data[start + place[2] : start + place[3]])
            value = resolve(raw, document.macros_at(start))
            found += [(start + place[0], name, key) for key in _keys(value, name)]
    return found
