"""scores: numbers computed from the ratings of one paper."""

import pytest

from reviewkit.records import Review
from reviewkit.scores import disagreement, score


def rated(*ratings: float | None) -> list[Review]:
    return [Review(f"r{n}", rating=rating) for n, rating in enumerate(ratings)]


@pytest.mark.parametrize(
    ("ratings", "mean", "spread"),
    [
        ((), None, None),
        ((None, None), None, None),
        ((4,), 4, None),
        ((4, None), 4, None),
        ((4, 3), 3.5, 1),
        ((3, 3, 3), 3, 0),
        ((1, 5, 5, None), pytest.approx(11 / 3), 4),
        ((2.5, 4.0), 3.25, 1.5),
    ],
)
def test_mean_and_range_of_the_ratings_given(
    ratings: tuple[float | None, ...], mean: float | None, spread: float | None
) -> None:
    assert score(rated(*ratings)) == mean
    assert disagreement(rated(*ratings)) == spread


def test_the_order_of_reviews_does_not_change_the_mean() -> None:
    ratings = (0.1, 0.2, 0.3, 5.0, 4.7)
    assert score(rated(*ratings)) == score(rated(*reversed(ratings)))
