"""What a group rates papers by, besides the overall rating."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewkit.errors import FormatError
from reviewkit.records import Review
from reviewkit.store.settings import read_settings


def criteria_of(root: Path, reviews: Iterable[Review]) -> tuple[str, ...]:
    """The criteria that `reviewkit.toml` names, in its order; else those of these reviews.

    What is wrong with that file is told where papers get their names; nothing is lost here.
    """
    try:
        settled = read_settings(root).criteria
    except FormatError:
        settled = ()
    used = (name for review in reviews for name in review.criteria)
    return tuple(dict.fromkeys(settled)) or tuple(sorted(set(used)))
