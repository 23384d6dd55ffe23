"""What was said of each paper in short, and which edits have not arrived: kept up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reviewkit.ops import opinions
from reviewkit.ops.fold import Fold
from reviewkit.records import Review


@dataclass(frozen=True, slots=True)
class Said:
    """What counts of one paper; `rated` are the reviews with ratings of single criteria."""

    is_gone: bool = False
    reviewers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rated: tuple[Review, ...] = ()
    in_conflict: bool = False


class Tally:
    """Looks at a paper again only when something was said of it since; one for a fold."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._said: dict[str, tuple[tuple[int, ...], Said]] = {}
        self._counted = 0
        #: By person and writer: how many of its operations are there, and the latest number.
        self._numbers: dict[tuple[str, str], tuple[int, int]] = {}

    def of(self, paper: str) -> Said:
        """What is said of the paper now."""
        stamp = self._fold.stamp(paper)
        known = self._said.get(paper)
        if known is None or known[0] != stamp:
            known = self._said[paper] = (stamp, _said(self._fold, paper))
        return known[1]

    def papers(self) -> Iterator[tuple[str, Said]]:
        """All papers of the log that are there, with what is said of them."""
        for paper in list(self._fold.papers()):
            said = self.of(paper)
            if not said.is_gone:
                yield paper, said

    def missing(self) -> Counter[str]:
        """By person: edits that others have seen and we have not."""
        # Operations never leave a fold, and new ones come last.
        for op in islice(self._fold, self._counted, None):
            writer, _, number = op.id.partition(".")
            if writer != "x" and number.isdigit():
                count, latest = self._numbers.get((op.by, writer), (0, 0))
                self._numbers[op.by, writer] = count + 1, max(latest, int(number))
        self._counted = len(self._fold)
        missing: Counter[str] = Counter()
        for (by, _), (count, latest) in self._numbers.items():
            missing[by] += latest - count
        return missing


def _said(fold: Fold, paper: str) -> Said:
    if fold.root(paper) != paper or fold.is_deleted(paper):
        return Said(is_gone=True)
    reviews = opinions.reviews(fold, paper)
    return Said(
        reviewers=tuple(review.reviewer for review in reviews),
        tags=tuple(sorted({tag for review in reviews for tag in review.tags})),
        rated=tuple(review for review in reviews if review.criteria),
        in_conflict=bool(opinions.conflicts(fold, paper, "")),
    )
