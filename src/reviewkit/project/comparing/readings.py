"""The texts of a paper that are read for claims, and the project's own names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewkit import abstracts
from reviewkit.errors import FormatError
from reviewkit.library import Library
from reviewkit.matrix.suggestions import Reading, quoted, read
from reviewkit.records import Paper, Review
from reviewkit.store.settings import Settings, read_settings


def readings(paper: Paper, settings: Settings) -> Iterator[Reading]:
    """What the abstract, as it is shown, and the quotes in the reviewers' notes say."""
    return _read(paper.abstract_display or paper.abstract, paper.reviews, settings)


def readings_of(library: Library, citekey: str, settings: Settings) -> Iterator[Reading]:
    """The same of a library's paper, without all else that is known of it."""
    abstract = library.field(citekey, "abstract")
    shown = abstracts.display(abstract) if abstract else None
    return _read(shown or abstract, library.reviews(citekey), settings)


def _read(
    abstract: str | None, reviews: Iterable[Review], settings: Settings
) -> Iterator[Reading]:
    if abstract:
        yield read(abstract, settings.datasets, settings.hardware, "abstract")
    for review in reviews:
        for note in review.notes:
            words = quoted(note.text)
            if words:
                yield read(words, settings.datasets, settings.hardware, f"note:{note.id}")


def names_of(root: Path) -> Settings:
    """The project's own names of data sets and hardware; none where the file is broken.

    What is wrong with `reviewkit.toml` is told where a name is given; nothing is lost here.
    """
    try:
        return read_settings(root)
    except FormatError:
        return Settings()
