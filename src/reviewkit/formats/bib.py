"""BibTeX and BibLaTeX: every sound entry is a paper, every broken one a problem."""

from __future__ import annotations

import re

from reviewkit.bibtex.document import BibDocument
from reviewkit.bibtex.entry import Entry, Field
from reviewkit.bibtex.grammar import pieces
from reviewkit.bibtex.names import display_names
from reviewkit.bibtex.problems import NO_KEY
from reviewkit.bibtex.values import MONTHS
from reviewkit.formats.importer import Candidate, Understood
from reviewkit.records import Problem

# At the beginning of a line the type is enough, elsewhere a key must follow.
_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*[A-Za-z]+[ \t\n]*[{(]|@[A-Za-z]+[ ]?\{[^\s{}(),=]+,", re.MULTILINE
)
_PEOPLE = frozenset({"author", "editor"})


class BibImporter:
    """Reads the entries of a .bib file."""

    name = "BibTeX"

    def recognises(self, text: str) -> bool:
        """Whether something begins as an entry does."""
        return _ENTRY.search(text) is not None

    def read(self, text: str) -> Understood:
        """Sound entries as candidates; what is broken or odd in the file as problems."""
        document = BibDocument(text.encode("utf-8", "surrogatepass"))
        candidates: list[Candidate] = []
        ignored: list[Problem] = []
        broken: list[Problem] = []
        # A paper that is added without a citekey is given one.
        known = [problem for problem in document.problems if problem.reason != NO_KEY]
        told = {problem.line for problem in known}
        for entry in document.entries:
            if entry.commented:
                ignored.append(Problem(entry.line, "inside @comment", entry.citekey))
            elif entry.problem is None:
                candidates.append(_candidate(entry))
            elif entry.line not in told:
                broken.append(Problem(entry.line, entry.problem, entry.citekey))
        problems = sorted((*known, *broken), key=lambda problem: problem.line or 0)
        return Understood("bibtex", tuple(candidates), tuple(problems), tuple(ignored))


def _candidate(entry: Entry) -> Candidate:
    fields = {name: entry.fields[name] for name in entry.fields}
    return Candidate(
        line=entry.line,
        type=entry.type,
        citekey=entry.citekey or None,
        fields={name: _text(name, field) for name, field in fields.items()},
        raw={name: _raw(field) for name, field in fields.items()},
    )


def _text(name: str, field: Field) -> str:
    return " and ".join(display_names(field.tex)) if name in _PEOPLE else field.value


def _raw(field: Field) -> str:
    """Right-hand side that means the same in a file without these @string definitions."""
    for part in pieces(field.raw.encode("utf-8", "surrogateescape")):
        text = part.decode("utf-8", "surrogateescape")
        if text[:1] not in {"{", '"'} and not text.isdigit() and text.lower() not in MONTHS:
            return f"{{{field.tex}}}"
    return field.raw
