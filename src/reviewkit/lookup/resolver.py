"""From identifiers to papers: which service knows which kind, and who is asked next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from reviewkit import matching
from reviewkit.errors import SourceError
from reviewkit.formats.importer import Candidate, Identifier
from reviewkit.lookup.settings import LookupSettings
from reviewkit.lookup.sources import arxiv, crossref, dblp, doi, openalex, semanticscholar
from reviewkit.lookup.stop import Stop
from reviewkit.lookup.web import Web

Ask = Callable[[Web, str], Candidate | None]

_ARXIV_DOI = "10.48550/arxiv."


def _arxiv(web: Web, name: str) -> Candidate | None:
    return arxiv.by_ids(web, [name]).get(name)


def _arxiv_by_doi(web: Web, name: str) -> Candidate | None:
    return doi.by_doi(web, _ARXIV_DOI + name)


def _acl_by_doi(web: Web, name: str) -> Candidate | None:
    return crossref.by_doi(web, f"10.18653/v1/{name.lower()}")


#: Who is asked for what, in this order, until one answers. arXiv is often too busy to
#: answer at all, so others follow; doi.org knows the DOIs that are not Crossref's.
ASKED: dict[str, tuple[Ask, ...]] = {
    "arxiv": (_arxiv, _arxiv_by_doi, semanticscholar.by_arxiv),
    "doi": (crossref.by_doi, doi.by_doi, openalex.by_doi),
    "pmid": (openalex.by_pmid, semanticscholar.by_pmid),
    "acl": (_acl_by_doi, semanticscholar.by_acl),
    "isbn": (crossref.by_isbn,),
}

SEARCHED = (crossref.by_title, openalex.by_title, dblp.by_title)


@contextmanager
def asking(settings: LookupSettings, stop: Stop | None = None) -> Iterator[Resolver]:
    """A resolver on the user's behalf, whose connections are closed at the end."""
    with Web(settings, stop=stop) as web:
        yield Resolver(web)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one identifier: a paper, or else the reason why there is none yet."""

    identifier: Identifier
    paper: Candidate | None
    reason: str = ""
    temporary: bool = False


class Resolver:
    """Finds papers by what names them, one after another, with one `Web`."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def find(self, identifiers: Iterable[Identifier]) -> Iterator[Outcome]:
        """What became of each, as soon as it is known; the order is not the given one.

        Nothing is raised for one identifier: the reason is in its outcome.
        """
        wanted = list(identifiers)
        preprints = [one for one in wanted if self._preprint(one)]
        for start in range(0, len(preprints), arxiv.AT_ONCE):
            yield from self._find_preprints(preprints[start : start + arxiv.AT_ONCE])
        for one in wanted:
            if not self._preprint(one):
                yield self._find(one, ASKED.get(one.kind, ()), one.value)

    def titled(self, title: str) -> Candidate:
        """The paper with this title, if one service is sure of it.

        Raises
        ------
        SourceError
            No paper has just this title, or several different ones have it.
        """
        failures: list[SourceError] = []
        for search in SEARCHED:
            try:
                found = _with_title(title, search(self._web, title))
            except SourceError as error:
                failures.append(error)
                continue
            if found is not None:
                return found
        if failures:
            raise failures[0]
        raise SourceError("no service knows a paper with just this title")

    def _preprint(self, one: Identifier) -> str | None:
        """The arXiv id, also of a DOI that stands for one."""
        if one.kind == "doi" and one.value.startswith(_ARXIV_DOI):
            return matching.normal_arxiv(one.value.removeprefix(_ARXIV_DOI))
        return one.value if one.kind == "arxiv" else None

    def _find_preprints(self, several: Sequence[Identifier]) -> Iterator[Outcome]:
        names = [self._preprint(one) or "" for one in several]
        try:
            found = arxiv.by_ids(self._web, names) if len(names) > 1 else {}
        except SourceError:
            # One by one, others are asked after arXiv.
            found = {}
        for one, name in zip(several, names, strict=True):
            if name in found:
                yield Outcome(one, _with_name(found[name], one))
            else:
                yield self._find(one, ASKED["arxiv"], name)

    def _find(self, one: Identifier, asked: Sequence[Ask], name: str) -> Outcome:
        if not asked:
            reason = f"no service is known that takes {one.kind} ids; add the paper's BibTeX"
            return Outcome(one, None, reason)
        failures: list[SourceError] = []
        for ask in asked:
            try:
                paper = ask(self._web, name)
            except SourceError as error:
                failures.append(error)
                continue
            if paper is not None:
                return Outcome(one, _with_name(paper, one))
        temporary = [failure for failure in failures if failure.temporary]
        if temporary:
            return Outcome(one, None, temporary[0].message, temporary=True)
        if failures:
            return Outcome(one, None, failures[0].message)
        return Outcome(one, None, "not found: is it right?")


def _with_name(paper: Candidate, one: Identifier) -> Candidate:
    """The paper with what it was asked by, so that it is known by that from now on."""
    names: dict[str, str] = {}
    if one.kind == "arxiv":
        names = {"eprint": one.value, "archiveprefix": "arXiv"}
    elif one.kind in ("doi", "pmid", "isbn") and not one.value.startswith(_ARXIV_DOI):
        names = {one.kind: one.value}
    new = {name: value for name, value in names.items() if name not in paper.fields}
    return replace(paper, fields={**paper.fields, **new}) if new else paper


def _with_title(title: str, found: Sequence[Candidate]) -> Candidate | None:
    """The one with just this title; None if none has it.

    Raises
    ------
    SourceError
        Papers that are not the same have it.
    """
    wanted = matching.normal_title(title)
    same = [paper for paper in found if matching.normal_title(paper.fields["title"]) == wanted]
    if not same or len(title.split()) < 3:
        return None
    index = matching.Index([("the first", matching.facts_of(same[0].fields))])
    if any(index.find(matching.facts_of(paper.fields)) is None for paper in same[1:]):
        raise SourceError(f"{len(same)} papers have this title; add the DOI of the right one")
    return same[0]
