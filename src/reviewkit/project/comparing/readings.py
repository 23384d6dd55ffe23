"""The texts of a paper that are read for claims, and the project's own names in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviewkit.errors import FormatError
from reviewkit.matrix.suggestions import Reading, quoted, read
from reviewkit.records import Paper
from reviewkit.store.settings import Settings, read_settings


def readings(paper: Paper, settings: Settings) -> Iterator[Reading]:
    """What the abstract, as it is shown, and the quotes in the reviewers' notes say."""
    abstract = paper.abstract_display or paper.abstract
    if abstract:
        yield read(abstract, settings.datasets, settings.hardware, "abstract")
    for review in paper.reviews:
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
