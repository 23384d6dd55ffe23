"""How new papers of a project are named: by its settings, else as its .bib says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reviewkit import citekeys, matching
from reviewkit.bibtex import BibDocument, Name, split_authors
from reviewkit.citekeys import Citekeys, Formula, KeyFacts, Person
from reviewkit.errors import ValueRefusedError
from reviewkit.store.settings import NAME, read_settings

# JabRef keeps its patterns in comments: of all types, and of one.
_JABREF = re.compile(
    rb"@comment\s*\{\s*jabref-meta:\s*keypattern(?:default|_(?P<type>\w{1,40}))"
    rb":(?P<pattern>(?>(?:[^;\\]|\\.){1,500}));\s*\}",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIX = re.compile(r"(?<=\S),?\s+(?:[JS]r\.?|I{2,3}|IV)\Z")


class Naming:
    """Gives new papers citekeys that nothing else has.

    Parameters
    ----------
    root
        The project's folder.
    document
        The library's text: JabRef's own pattern in it counts where no setting does.
    taken
        Keys that no new paper may have.

    Raises
    ------
    FormatError
        The settings cannot be read.
    ValueRefusedError
        The formula in them cannot be used.
    """

    def __init__(self, root: Path, document: BibDocument, taken: Citekeys) -> None:
        self.taken = taken
        self._of_type: dict[str, Formula] = {}
        chosen = read_settings(root).citekey
        if chosen is not None:
            try:
                self._usual = citekeys.formula(chosen)
            except ValueRefusedError as error:
                raise ValueRefusedError(
                    f"{root / NAME}: {error.message}", field=error.field, value=error.value
                ) from None
        else:
            self._of_type = _jabref_patterns(document)
            self._usual = self._of_type.pop("", citekeys.formula())

    def key(self, kind: str, fields: Mapping[str, str], author_tex: str | None = None) -> str:
        """A key for a paper of this type and these fields (lower-case names, Unicode text).

        `author_tex` is the author field's TeX where it is known: names are split in it.
        """
        formula = self._of_type.get(kind.lower(), self._usual)
        facts = KeyFacts(
            kind.lower(),
            _people(author_tex) if author_tex else _shown(fields.get("author", "")),
            _shown(fields.get("editor", "")),
            " ".join(fields.get("title", "").split()),
            matching.facts_of(fields).year,
            fields,
        )
        key = formula.key(facts, self.taken)
        self.taken.add(key)
        return key


def _jabref_patterns(document: BibDocument) -> dict[str, Formula]:
    """The file's patterns by entry type, that for all types under the empty one."""
    found: dict[str, Formula] = {}
    for match in _JABREF.finditer(document.to_bytes()):
        text = re.sub(r"\\(.)", r"\1", document.codec.read(match["pattern"]))
        kind = document.codec.read(match["type"] or b"").lower()
        try:
            found[kind] = citekeys.formula(text if "[" in text else "")
        except ValueRefusedError:
            # JabRef has formatters that are not known here: such a pattern is passed over.
            continue
    return found


def _people(tex: str) -> tuple[Person, ...]:
    return tuple(map(_person, split_authors(tex)))


def _person(name: Name) -> Person:
    return Person(name.first, name.von, name.last)


def _shown(authors: str) -> tuple[Person, ...]:
    """People of "First von Last, Jr and ...": the suffix would be taken for a first name."""
    names = (_SUFFIX.sub("", name) for name in re.split(r"\s+and\s+", authors) if name.strip())
    people = (split_authors(name) for name in names)
    return tuple(_person(found[0]) for found in people if found and found[0].last != "others")
