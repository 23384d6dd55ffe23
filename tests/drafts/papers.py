"""Papers to draft from."""

from reviewkit.records import Note, Paper, Review


def paper(
    citekey: str,
    *tags: str,
    title: str = "A title",
    notes: tuple[str, ...] = (),
    rating: float | None = 4,
    abstract: str | None = None,
) -> Paper:
    """A paper that ana has read."""
    texts = tuple(Note(str(number), text) for number, text in enumerate(notes))
    review = Review("ana", "read", rating, tags, texts)
    return Paper(citekey, citekey, "article", title, ("Ana Ochoa",), 2020, tags=tags, score=rating,
                 reviews=(review,), abstract=abstract, abstract_display=abstract)  # fmt: skip


def unread(citekey: str, title: str = "Nobody read it") -> Paper:
    """A paper that nobody said anything of."""
    return Paper(citekey, citekey, "article", title)
