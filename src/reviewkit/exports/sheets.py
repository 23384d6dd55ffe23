"""Tables of papers: for spreadsheets and pandas, and for ASReview.

Both have the columns by which ASReview, pandas users and reviewkit itself know a paper.
UTF-8 with a byte order mark, so that Excel shows accents; a cell that a spreadsheet would
run as a formula gets a `'` before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from reviewkit.exports import facts
from reviewkit.exports.item import Item
from reviewkit.exports.people import inverted_names
from reviewkit.exports.plain import sound
from reviewkit.records import RATING_SCALE
from reviewkit.scores import mean_criteria
from reviewkit.spreadsheet import guard

_PAPER = ("key", "type", "title", "authors", "year", "venue", "doi", "arxiv", "url", "abstract",
          "keywords")  # fmt: skip
_SAID = ("tags", "score", "disagreement", "readers")
_SCREENING = ("key", "title", "abstract", "authors", "keywords", "year", "doi", "url")
_LABELS = ("asreview_label", "asreview_note", "tags", "score")

# Only a word that begins the decision counts: people go on with reasons after it.
_INCLUDED = re.compile(r"(?:included?|accept(?:ed)?|keep|yes|in)\b(?!\s+the\b)", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"(?:excluded?|reject(?:ed)?|drop(?:ped)?|out|not? (?:include|accept|relevant)\w*)\b|no\Z",
    re.IGNORECASE,
)


def write_csv(items: Iterable[Item], opinions: bool) -> bytes:
    """A row a paper; with `opinions` the group's tags, mean rating, range and readers.

    Each criterion that somebody rated has a column with its mean: `score:novelty`.
    """
    rows = list(items)
    rated = (
        {name for item in rows for name in mean_criteria(item.paper.reviews)}
        if opinions
        else set()
    )
    said = [*_SAID, *(f"score:{name}" for name in sorted(rated))] if opinions else []
    return _table([*_PAPER, *said], map(_cells, rows))


def write_asreview(items: Iterable[Item], opinions: bool) -> bytes:
    """A data set for ASReview; with `opinions` it is labelled as `label` says."""
    return _table([*_SCREENING, *(_LABELS if opinions else ())], map(_cells, items))


def label(item: Item) -> str:
    """ASReview's label: 1 relevant, 0 irrelevant, empty not decided.

    What the group decided in words counts first: all for it, all against it, else nothing.
    Without such a decision the mean rating does: above the middle of the scale it is
    relevant, below it is not. Having read a paper, or a rating in the middle, says nothing.
    """
    voted = votes(item.decisions)
    if voted:
        return ("1" if voted == {True} else "0") if len(voted) == 1 else ""
    score, middle = item.paper.score, sum(RATING_SCALE) / 2
    if score is None or score == middle:
        return ""
    return "1" if score > middle else "0"


def votes(decisions: Iterable[str]) -> set[bool]:
    """What decisions in words say: True to include the paper, False to exclude it, or both."""
    words = [words.strip() for words in decisions]
    included = {True for word in words if _INCLUDED.match(word)}
    return included | {False for word in words if _EXCLUDED.match(word)}


def excluding(decision: str) -> str:
    """What a decision says after the word that excludes; empty if it does not exclude."""
    match = _EXCLUDED.match(decision.strip())
    return decision.strip()[match.end() :] if match else ""


def _cells(item: Item) -> Mapping[str, str]:
    paper, texts = item.paper, item.texts
    notes = (f"{review.reviewer}: {n.placed}" for review in paper.reviews for n in review.notes)
    return {
        "key": paper.citekey,
        "type": paper.type,
        "title": facts.title(texts),
        "authors": "; ".join(inverted_names(texts.tex("author"))),
        "year": "" if paper.year is None else str(paper.year),
        "venue": facts.container(paper.type, texts) or facts.publisher(texts),
        "doi": facts.doi(texts),
        "arxiv": facts.arxiv(texts),
        "url": next(iter(facts.addresses(texts)), ""),
        "abstract": texts.prose("abstract"),
        "keywords": "; ".join(item.keywords(opinions=False)),
        "tags": "; ".join(paper.tags),
        "score": _number(paper.score),
        "disagreement": _number(paper.disagreement),
        "readers": str(len(paper.reviews)),
        **{f"score:{name}": _number(mean) for name, mean in mean_criteria(paper.reviews).items()},
        "asreview_label": label(item),
        "asreview_note": "\n\n".join(notes),
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _table(columns: list[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for cells in rows:
        writer.writerow([guard(sound(cells.get(column, ""))) for column in columns])
    return out.getvalue().encode("utf-8-sig")
