"""Papers to export, made of BibTeX text, and what was said of them."""

from collections.abc import Sequence
from typing import Any

from reviewkit.bibtex import BibDocument
from reviewkit.exports import ITEM_WRITERS, Item, with_inherited
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.records import Note, Paper, Review
from reviewkit.scores import disagreement, score

REVIEWS = (
    Review("ana", "done", 5, ("core", "edge"), (Note("abcdef", "First.\n\nTable *3* & 50%."),)),
    Review("bob", "reading", 4),
)


def library_of(text: str | bytes) -> Library:
    data = text if isinstance(text, bytes) else text.encode()
    return Library(BibDocument.from_bytes(data), Fold())


def items_of(text: str) -> list[Item]:
    """The entries as items, with what they inherit; nobody has said anything."""
    library = library_of(text)
    document = library.document
    return [
        Item(
            library.paper(key),
            with_inherited(library.fields(key), document, document.entry(key)),
        )
        for key in library.citekeys()
    ]


def paper_with(reviews: Sequence[Review], **values: Any) -> Paper:
    tags = tuple(sorted({tag for review in reviews for tag in review.tags}))
    given = {
        "citekey": "smith2021",
        "id": "p.aaaaaaaaaa",
        "type": "article",
        "title": "T",
    } | values
    return Paper(
        **given,
        tags=tags,
        reviews=tuple(reviews),
        score=score(reviews),
        disagreement=disagreement(reviews),
    )


def written(form: str, text: str, opinions: bool = False) -> str:
    """The file that a format makes of these entries."""
    return ITEM_WRITERS[form](items_of(text), opinions).decode("utf-8-sig")
