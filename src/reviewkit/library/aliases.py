"""Keys that a paper once had, by which manuscripts may still cite it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from reviewkit.bibtex import BibDocument, decode_value
from reviewkit.ops.fold import Fold

#: biblatex's field for an entry's further keys.
FIELD = "ids"

_HAS_FIELD = re.compile(rb"[\s,]ids\s*=", re.IGNORECASE)


def split_keys(text: str) -> list[str]:
    """The keys that the field's text lists, each once."""
    return list(dict.fromkeys(key for key in re.split(r"[,\s]+", text) if key))


class Aliases:
    """Further keys of the papers of one state of the file and of the log."""

    def __init__(self, document: BibDocument, fold: Fold) -> None:
        self._document = document
        self._fold = fold
        self._listed: dict[str, list[str]] | None = None
        self._known: dict[str, str] | None = None

    def changed(self) -> None:
        """Take note that the log says something new."""
        self._known = None

    def known(self, papers: Mapping[str, str], library: Container[str]) -> dict[str, str]:
        """Each further key with the citekey of its paper; no key in use is one.

        `papers` maps ids to citekeys, `library` has the citekeys in use.
        """
        if self._known is None:
            if self._listed is None:
                self._listed = _listed(self._document)
            keys = dict(self._listed)
            for paper, citekey in papers.items():
                said = _edited(self._fold, paper)
                keys |= {} if said is None else {citekey: said}
            for paper, citekey in papers.items():
                merged = self._fold.members(paper)
                further = [key for member in merged for key in self._ever(member)]
                keys |= {citekey: [*keys.get(citekey, ()), *further]} if further else {}
            found: dict[str, str] = {}
            for citekey, further in keys.items():
                if citekey in library:
                    for key in further:
                        found.setdefault(key, citekey)
            self._known = {key: found[key] for key in found if key not in library}
        return self._known

    def _ever(self, paper: str) -> list[str]:
        """All keys of a paper that was merged into another."""
        had = [op.value for op in self._fold.history(paper, None, "citekey")]
        return [*had, *(_edited(self._fold, paper) or ())]


def _listed(document: BibDocument) -> dict[str, list[str]]:
    """Per citekey of the file as it was read: the further keys that its entry lists."""
    found: dict[str, list[str]] = {}
    # Many entries have these letters, few have the field.
    for needle in {spelling[0] for spelling in _HAS_FIELD.finditer(document.splices.data)}:
        for entry in document.holding(needle):
            if not entry.commented and FIELD in entry.fields:
                found[entry.citekey] = split_keys(entry.fields[FIELD].value)
    return found


def _edited(fold: Fold, paper: str) -> list[str] | None:
    """The further keys as the log has them; None if it says nothing of them."""
    current = fold.current(paper, None, f"bib:{FIELD}")
    if not current:
        return None
    raw = current[-1].value
    return split_keys(decode_value(FIELD, raw)) if isinstance(raw, str) else []
