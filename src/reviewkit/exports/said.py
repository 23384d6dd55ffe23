"""What people said of a paper, as other programs can keep it."""

from __future__ import annotations

from typing import Any

from reviewkit.exports.plain import one_line, sound
from reviewkit.records import RATING_SCALE, Paper, Review


def opinions_json(paper: Paper) -> dict[str, Any]:
    """Score, tags and reviews as JSON values, without what is empty."""
    values = {
        "score": paper.score,
        "tags": list(paper.tags),
        "reviews": [review_json(review) for review in paper.reviews],
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def review_json(review: Review) -> dict[str, Any]:
    """One reviewer's opinion as JSON values, without what is empty."""
    values = {
        "reviewer": review.reviewer,
        "rating": review.rating,
        "criteria": dict(review.criteria),
        "status": review.status,
        "tags": list(review.tags),
        "notes": [note.text for note in review.notes],
        "anchors": anchors if any(anchors := [note.anchor for note in review.notes]) else [],
        "updated": review.updated,
    }
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def opinions_markdown(paper: Paper) -> str:
    """Everybody's opinion as Markdown, a paragraph a reviewer and their notes after it."""
    return "\n\n".join(_markdown(review) for review in paper.reviews)


def _markdown(review: Review) -> str:
    facts = [
        f"{review.rating:g}/{RATING_SCALE[1]}" if review.rating is not None else "",
        review.criteria_text,
        review.status or "",
        one_line(", ".join(review.tags)),
    ]
    told = "; ".join(fact for fact in facts if fact)
    head = f"**{review.reviewer}**: {told}" if told else f"**{review.reviewer}**"
    return "\n\n".join([head, *(sound(note.placed).strip() for note in review.notes)])
