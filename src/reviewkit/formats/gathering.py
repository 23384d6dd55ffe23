"""What the drafts of one text come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewkit.formats.cleaning import cut
from reviewkit.formats.draft import Draft
from reviewkit.formats.finishing import candidate
from reviewkit.formats.identifiers import identified
from reviewkit.formats.importer import Candidate, Identifier, Understood
from reviewkit.matching import normal_arxiv, normal_doi
from reviewkit.records import Problem


@dataclass(slots=True)
class Gathering:
    """What the drafts of one text come to, in the text's order."""

    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Problem] = field(default_factory=list)
    identifiers: dict[tuple[str, str], Identifier] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def take(self, draft: Draft) -> None:
        """A draft with a title is a candidate; one with an identifier must be looked up."""
        made = candidate(draft)
        if made is not None:
            self.candidates.append(made)
            return
        named = next(_named(draft), None)
        if named is not None:
            self.identifiers.setdefault((named.kind, named.value), named)
        else:
            self.problem(draft.line, "the record has neither a title nor an identifier")

    def problem(self, line: int | None, reason: str, text: str = "") -> None:
        """Note what could not be taken."""
        self.problems.append(Problem(line, reason, cut(text)))

    def understood(self, name: str) -> Understood:
        """All of it, problems in the order of their lines."""
        return Understood(
            name,
            tuple(self.candidates),
            tuple(sorted(self.problems, key=lambda problem: problem.line or 0)),
            tuple(self.ignored),
            tuple(self.identifiers.values()),
            tuple(self.remarks),
        )


def _named(draft: Draft) -> Iterator[Identifier]:
    values = draft.values
    doi = normal_doi(values.get("doi"))
    if doi:
        yield Identifier("doi", doi, draft.line)
    arxiv = normal_arxiv(values.get("arxiv"))
    if arxiv:
        yield Identifier("arxiv", arxiv, draft.line)
    if values.get("pmid", "").strip().isdigit():
        yield Identifier("pmid", values["pmid"].strip(), draft.line)
    for url in draft.urls:
        kind, value = identified(url.strip())
        if kind != "url" or "://" in value:
            yield Identifier(kind, value, draft.line)
