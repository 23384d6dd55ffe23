"""Open questions about papers: what notes ask, ratings far apart, values not settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from reviewkit.claims.sentences import sentences
from reviewkit.drafts.paragraph import DISSENT
from reviewkit.ops.anchors import is_anchor
from reviewkit.records import Paper

_PRE = re.compile(r"`[^`]*`|https?://\S+")
_FENCED = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)
# What makes a line a heading, a quotation, or an item of a list.
_MARKS = re.compile(r"^[ \t]*(?:(?:[#>]+|[-*+]|\d{1,9}[.)]|\[[ xX]\])[ \t]+)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """One open question about a paper.

    `kind` is "ratings" (they are far apart), "asked" (a sentence of a note that ends in a
    question mark) or "versions" (a value that people changed without having seen each
    other's). `by` are the people concerned. `text` is the sentence in Markdown, the ratings
    by person, or the name of the value.
    """

    citekey: str
    kind: Literal["ratings", "asked", "versions"]
    by: tuple[str, ...]
    text: str


def questions(papers: Iterable[Paper]) -> tuple[Question, ...]:
    """All open questions, paper by paper.

    First come papers whose ratings are `paragraph.DISSENT` or more apart, the farthest
    first; then those of which most is asked; then those rated best.
    """
    found = [(paper, tuple(_of(paper))) for paper in papers]
    found.sort(key=lambda pair: _rank(*pair))
    return tuple(question for _, asked in found for question in asked)


def _rank(paper: Paper, asked: tuple[Question, ...]) -> tuple[float, int, float]:
    apart = (paper.disagreement or 0) if any(q.kind == "ratings" for q in asked) else 0
    return (-apart, -len(asked), -(paper.score or 0))


def _of(paper: Paper) -> Iterator[Question]:
    if paper.disagreement is not None and paper.disagreement >= DISSENT:
        rated = [review for review in paper.reviews if review.rating is not None]
        told = ", ".join(f"{review.reviewer} {review.rating:g}" for review in rated)
        yield Question(paper.citekey, "ratings", tuple(r.reviewer for r in rated), told)
    for review in paper.reviews:
        for note in review.notes:
            for said in asking(note.text):
                yield Question(paper.citekey, "asked", (review.reviewer,), said)
    for conflict in paper.conflicts:
        people = tuple(sorted({value.by for value in conflict.values}))
        field = "note" if conflict.field.startswith("note:") else conflict.field
        field = "page of a note" if is_anchor(conflict.field) else field
        yield Question(paper.citekey, "versions", people, field.removeprefix("bib:"))


def asking(text: str) -> list[str]:
    """The sentences of a note that ask something."""
    found = []
    prose = _PRE.sub(lambda m: m[0].replace("?", "\ufffc"), _FENCED.sub("", text))
    for line in _MARKS.sub("", prose).splitlines():
        for start, end in sentences(line):
            said = line[start:end].strip()
            if said.rstrip("*_\"')”’ ").endswith("?"):
                found.append(said.replace("\ufffc", "?"))
    return found
