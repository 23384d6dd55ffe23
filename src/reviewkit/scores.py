"""Numbers computed from the ratings of one paper; who may see them is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from reviewkit.records import Review


def score(reviews: Iterable[Review]) -> float | None:
    """Arithmetic mean of the ratings that were given.

    Every reviewer who rated counts once. The result lies within `records.RATING_SCALE`
    and has no unit; None means that nobody rated the paper.

    Examples
    --------
    >>> score([Review("ana", rating=4), Review("ben", rating=3), Review("cleo")])
    3.5
    """
    ratings = _ratings(reviews)
    return fsum(ratings) / len(ratings) if ratings else None


def disagreement(reviews: Iterable[Review]) -> float | None:
    """Range of the ratings: the highest less the lowest.

    0 means that all who rated gave the same; at most the width of
    `records.RATING_SCALE`. None means fewer than two ratings. The range is taken, not
    the deviation: a meeting opens with the papers whose readers are furthest apart,
    however many agree with either.

    Examples
    --------
    >>> disagreement([Review("ana", rating=5), Review("ben", rating=2)])
    3
    """
    ratings = _ratings(reviews)
    return max(ratings) - min(ratings) if len(ratings) > 1 else None


def mean_criteria(reviews: Iterable[Review]) -> dict[str, float]:
    """Arithmetic mean of the ratings of each single criterion, by name in alphabetical order.

    Examples
    --------
    >>> mean_criteria([Review("ana", criteria={"novelty": 4}), Review("ben")])
    {'novelty': 4.0}
    """
    given: dict[str, list[float]] = {}
    for review in reviews:
        for name, rating in review.criteria.items():
            given.setdefault(name, []).append(rating)
    return {name: fsum(given[name]) / len(given[name]) for name in sorted(given)}


def _ratings(reviews: Iterable[Review]) -> list[float]:
    return [review.rating for review in reviews if review.rating is not None]
