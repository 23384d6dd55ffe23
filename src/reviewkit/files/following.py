"""Papers whose citekey another program changed, recognised by what else says who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from reviewkit import matching
from reviewkit.bibtex import BibDocument, Entry
from reviewkit.library import Library
from reviewkit.matching import Facts
from reviewkit.ops.fold import Fold
from reviewkit.records import Problem
from reviewkit.store.recorder import Edit

#: Shorter titles, without blanks, are not certain enough.
_SHORTEST_TITLE = 13
_Fields = Mapping[str, str]
#: Gives the fields of a paper's entry, by its id, where a copy of it is kept.
Kept = Callable[[str], _Fields | None]


class Following:
    """Finds the new entries of papers that have opinions but no entry any more.

    Only what is certain counts: one DOI or one arXiv id, or one title, year and author, and
    nobody else of the same. The rest is told and stays as it is.
    """

    def __init__(self, fold: Fold, file: str) -> None:
        self._fold = fold
        self._file = file
        #: Papers of which several entries (or one entry of which several papers) may be it.
        self.unclear: list[Problem] = []

    def edits(
        self,
        library: Library,
        before: BibDocument | None,
        kept: Kept,
    ) -> list[Edit]:
        """The edits that give papers the citekeys that their entries have now.

        Parameters
        ----------
        before
            The file as it was; None if that is not known.
        kept
            Gives what is kept of an entry that is not there.
        """
        self.unclear = []
        lost = {paper: library.key_of(paper) or "" for paper in self._lost(library)}
        if not lost:
            return []
        facts = {paper: _facts(library, before, key, kept(paper)) for paper, key in lost.items()}
        claims: defaultdict[str, list[str]] = defaultdict(list)
        matches: dict[str, list[str]] = {}
        index = _Certain(self._new(library, before, facts.values()))
        for paper, known in facts.items():
            matches[paper] = index.find(known)
            for key in matches[paper]:
                claims[key].append(paper)
        edits = []
        for paper, keys in matches.items():
            if len(keys) == 1 and len(claims[keys[0]]) == 1:
                seen = tuple(op.id for op in self._fold.current(paper, None, "citekey"))
                origin = f"{self._file} {keys[0]}, was {lost[paper]}"
                edits.append(Edit(paper, None, "citekey", keys[0], seen, True, origin))
            elif keys:
                reason = (
                    f"{lost[paper]} is not in the file any more and may be "
                    f"{' or '.join(keys)}: its opinions stay with {lost[paper]}"
                )
                self.unclear.append(Problem(None, reason, lost[paper], self._file))
        return edits

    def _lost(self, library: Library) -> Iterator[str]:
        for paper in self._fold.papers():
            if (
                library.key_of(paper) is not None
                and library.entry_of(paper) is None
                and library.says_something(paper)
                and not library.is_deleted(paper)
            ):
                yield paper

    def _new(
        self, library: Library, before: BibDocument | None, lost: Iterable[Facts]
    ) -> Iterator[tuple[str, Facts]]:
        """Entries that may be a lost paper's: nobody has said anything of them."""
        document = library.document
        if before is not None:
            known = set(before.citekeys)
            entries = [document.entry(key) for key in document.citekeys if key not in known]
        else:
            # A whole library is not read for this: what has the same identifier is sought.
            needles = {name for facts in lost for name in (facts.doi, facts.arxiv) if name}
            entries = [e for n in sorted(needles) for e in document.holding(n.encode())]
        for entry in dict.fromkeys(entry for entry in entries if entry is not None):
            paper = library.id_of(entry.citekey)
            free = paper is not None and not library.says_something(paper)
            if free and document.entry(entry.citekey) is entry:
                yield entry.citekey, matching.facts_of(fields_of(entry))


def fields_of(entry: Entry) -> dict[str, str]:
    """The fields of an entry as texts."""
    return {name: field.value for name, field in entry.fields.items()}


def _facts(library: Library, before: BibDocument | None, key: str, kept: _Fields | None) -> Facts:
    entry = before.entry(key) if before is not None else None
    there = fields_of(entry) if entry is not None else {}
    said = {name: value for name, (_, value) in library.fields(key).items()}
    return matching.facts_of({**(kept or {}), **there, **said})


class _Certain:
    """Entries by DOI, arXiv id, and title with year."""

    def __init__(self, entries: Iterable[tuple[str, Facts]]) -> None:
        self._by: defaultdict[object, list[tuple[str, Facts]]] = defaultdict(list)
        for key, facts in entries:
            for name in _names(facts):
                self._by[name].append((key, facts))

    def find(self, facts: Facts) -> list[str]:
        """Citekeys of the entries that are this paper, by the strongest sign that any has."""
        for name in _names(facts):
            found = [
                key for key, other in self._by.get(name, ())
                if name[0] != "title" or matching.Index([(key, other)]).find(facts)
            ]  # fmt: skip
            if found:
                return found
        return []


def _names(facts: Facts) -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = []
    if facts.doi:
        names.append(("doi", facts.doi))
    if facts.arxiv:
        names.append(("arxiv", facts.arxiv))
    title = matching.normal_title(facts.title)
    if len(title) >= _SHORTEST_TITLE and facts.year is not None and facts.authors:
        names.append(("title", title, str(facts.year)))
    return names
