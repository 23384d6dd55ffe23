"""Open questions of a group: what its notes ask, its conflicts, its ratings far apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewkit.claims.sentences import sentences
from reviewkit.drafts import markdown
from reviewkit.drafts.paragraph import DISSENT
from reviewkit.ops.anchors import is_anchor
from reviewkit.records import Paper

#: More lines than these are counted, not told.
MOST = 200
_PRE = re.compile(r"`[^`]*`|https?://\S+")


def questions(papers: Iterable[Paper]) -> tuple[str, ...]:
    """Lines of a Markdown list, paper by paper.

    A question is a sentence of a note that ends in a question mark; a conflict is a value
    that two people changed without having seen each other's; ratings are far apart from
    a difference of `paragraph.DISSENT` on.
    """
    lines = [line for paper in papers for line in _of(paper)]
    if len(lines) > MOST:
        more = len(lines) - MOST
        lines = [*lines[:MOST], f"- … and {more} more."]
    return tuple(lines)


def _of(paper: Paper) -> Iterable[str]:
    cited = markdown.named(paper.citekey)
    for review in paper.reviews:
        for note in review.notes:
            for asked in asking(note.text):
                who, what = markdown.line(review.reviewer), markdown.line(asked)
                yield f"- {who} asks of {cited}: “{what}”"
    for conflict in paper.conflicts:
        people = sorted({value.by for value in conflict.values})
        field = "note" if conflict.field.startswith("note:") else conflict.field
        field = "page of a note" if is_anchor(conflict.field) else field
        field = markdown.line(field.removeprefix("bib:"))
        yield (
            f"- Two versions of the {field} of {cited} are not settled "
            f"({markdown.line(', '.join(people))})."
        )
    if paper.disagreement is not None and paper.disagreement >= DISSENT:
        given = [
            f"{markdown.line(review.reviewer)} {review.rating:g}"
            for review in paper.reviews
            if review.rating is not None
        ]
        yield f"- How good is {cited}? Its ratings are far apart: {', '.join(given)}."


def asking(text: str) -> list[str]:
    """The sentences of a note that ask something."""
    found = []
    for line in _PRE.sub(lambda m: m[0].replace("?", "\ufffc"), text).splitlines():
        for start, end in sentences(line):
            said = line[start:end].strip()
            if said.rstrip("*_\"')”’ ").endswith("?"):
                found.append(said.replace("\ufffc", "?"))
    return found
