"""pandas data frames of papers and reviews."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviewkit.records import Paper

_PAPER_COLUMNS = (
    "citekey", "type", "title", "authors", "year", "venue", "doi", "arxiv", "tags", "score",
    "disagreement", "readers",
)  # fmt: skip
_REVIEW_COLUMNS = (
    "citekey", "title", "reviewer", "status", "rating", "tags", "notes", "anchors", "updated"
)  # fmt: skip


def papers_frame(papers: Iterable[Paper]) -> pd.DataFrame:
    """One row a paper; `authors` and `tags` are lists, absent years `<NA>`, scores NaN."""
    rows = [
        (
            p.citekey, p.type, p.title, list(p.authors), p.year, p.venue, p.doi, p.arxiv,
            list(p.tags), p.score, p.disagreement, len(p.reviews),
        )
        for p in papers
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_PAPER_COLUMNS))
    return frame.astype({"year": "Int64", "score": "float64", "disagreement": "float64"})


def reviews_frame(papers: Iterable[Paper]) -> pd.DataFrame:
    """One row a paper and reviewer; `tags` and `notes` are lists of text, no rating is NaN.

    `anchors` says where in the paper each of the notes belongs; None: it does not say. `updated`
    is a time in UTC. Each criterion that anybody rated has a column behind `rating`, called
    as in reviews.csv (`rating:novelty`).
    """
    reviews = [(p, r) for p in papers for r in p.reviews]
    rows = [
        (
            p.citekey, p.title, r.reviewer, r.status, r.rating, list(r.tags),
            [note.text for note in r.notes], [note.anchor for note in r.notes], r.updated,
        )
        for p, r in reviews
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_REVIEW_COLUMNS)).astype({"rating": "float64"})
    frame["updated"] = pd.to_datetime(frame["updated"], utc=True)
    names = sorted({name for _, review in reviews for name in review.criteria})
    place = _REVIEW_COLUMNS.index("rating") + 1
    for number, name in enumerate(names):
        given = pd.Series([r.criteria.get(name) for _, r in reviews], dtype="float64")
        frame.insert(place + number, f"rating:{name}", given)
    return frame
