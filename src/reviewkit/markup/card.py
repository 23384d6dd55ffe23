"""One paper with everybody's reviews."""

from __future__ import annotations

from reviewkit.markup import parts
from reviewkit.markup.links import links_html, links_text
from reviewkit.records import Conflict, Paper, Review


def paper_card_html(paper: Paper, me: str | None) -> str:
    """Card of a paper as HTML that needs no script, style sheet or network.

    Parameters
    ----------
    paper
        Its texts may hold anything; they are shown, never obeyed. Links lead to http
        and https only.
    me
        Slug of the reviewer whose review comes first (None: all by name).

    Notes
    -----
    Equal papers give equal HTML. Colours are those of the page around it.
    """
    pieces = [
        '<div style="max-width:60em;line-height:1.45">',
        f'<div style="font-weight:600;font-size:1.2em">{parts.escaped(_title(paper))}</div>',
    ]
    if paper.authors:
        pieces.append(f"<div>{parts.escaped(', '.join(paper.authors))}</div>")
    facts = [parts.escaped(fact) for fact in _facts(paper)]
    facts.append(f"<code>{parts.escaped(paper.citekey)}</code>")
    pieces.append(f'<div style="{parts.FAINT}">{" · ".join(facts)}</div>')
    links = [parts.link(url, label) for url, label in _links(paper)]
    if links:
        pieces.append(f"<div>{' · '.join(links)}</div>")
    abstract = paper.abstract_display or paper.abstract
    if abstract:
        pieces.append(
            '<details style="margin:.5em 0"><summary style="cursor:pointer">Abstract</summary>'
            f'<div style="margin:.3em 0 0 1em">{parts.escaped_lines(abstract)}</div></details>'
        )
    if paper.score is not None:
        pieces.append(
            f'<div style="margin:.5em 0">{parts.stars_html(paper.score)} '
            f"{parts.escaped(_summary(paper))}</div>"
        )
    pieces += [
        f'<div style="margin:.3em 0;padding-left:.6em;border-left:3px solid #d9822b">'
        f"<b>Conflict:</b> {parts.escaped(_conflict(conflict))}</div>"
        for conflict in paper.conflicts
    ]
    pieces.append(links_html(paper.cells))
    pieces += [_reviews(_ordered(paper, me), me), "</div>"]
    return "".join(pieces)


def paper_card_text(paper: Paper, me: str | None) -> str:
    """Card of a paper as plain text, without control characters; ends without a newline."""
    out = [parts.line(_title(paper))]
    if paper.authors:
        out.append(parts.line(", ".join(paper.authors)))
    out.append(parts.line(" · ".join([*_facts(paper), paper.citekey])))
    out += [parts.line(url) for url, _ in _links(paper)]
    if paper.score is not None:
        out.append(f"{parts.stars(paper.score)} {_summary(paper)}")
    out += [f"Conflict: {parts.line(_conflict(conflict))}" for conflict in paper.conflicts]
    out += links_text(paper.cells)
    for review in _ordered(paper, me):
        opinion = [parts.stars(review.rating)] if review.rating is not None else []
        opinion += [review.criteria_text] if review.criteria else []
        opinion += [review.status] if review.status else []
        opinion += [f"[{', '.join(review.tags)}]"] if review.tags else []
        out += ["", parts.line(f"{_name(review, me)}: {' '.join(opinion)}".rstrip(": "))]
        for note in review.notes:
            out += [f"    {text}".rstrip() for text in parts.lines(note.placed).split("\n")]
    return "\n".join(out)


def _reviews(reviews: list[Review], me: str | None) -> str:
    if not reviews:
        return f'<div style="{parts.FAINT};margin-top:.5em">No reviews yet.</div>'
    heads = ["Reviewer", "Rating", "Status", "Tags", "Notes"]
    rows = [parts.row(heads, head=True)]
    for review in reviews:
        notes = [parts.escaped_lines(note.placed) for note in review.notes]
        rows.append(
            parts.row(
                [
                    parts.escaped(_name(review, me)),
                    _rating(review),
                    parts.escaped(review.status or ""),
                    parts.chips(review.tags),
                    "".join(f'<div style="margin-bottom:.4em">{note}</div>' for note in notes),
                ]
            )
        )
    return (
        '<table style="border-collapse:collapse;margin:.6em 0 0">'
        f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table>"
    )


def _rating(review: Review) -> str:
    stars = parts.stars_html(review.rating) if review.rating is not None else ""
    small = parts.escaped(review.criteria_text)
    return stars + (f'<div style="{parts.FAINT}">{small}</div>' if small else "")


def _ordered(paper: Paper, me: str | None) -> list[Review]:
    judged = [
        review
        for review in paper.reviews
        if review.notes or review.tags or review.status or review.is_rated
    ]
    return sorted(judged, key=lambda review: (review.reviewer != me, review.reviewer))


def _name(review: Review, me: str | None) -> str:
    return f"{review.reviewer} (you)" if review.reviewer == me else review.reviewer


def _title(paper: Paper) -> str:
    return paper.title or "(no title)"


def _facts(paper: Paper) -> list[str]:
    return [str(fact) for fact in (paper.venue, paper.year) if fact]


def _links(paper: Paper) -> list[tuple[str, str]]:
    links = {link.url: link.label or link.url for link in paper.links}
    return list(({url: url for url in paper.urls} | links).items())


def _summary(paper: Paper) -> str:
    ratings = sum(review.rating is not None for review in paper.reviews)
    text = f"{parts.number(paper.score or 0)} from {ratings} rating{'s' * (ratings != 1)}"
    if paper.disagreement:
        text += f", {parts.number(paper.disagreement)} apart"
    return text


def _conflict(conflict: Conflict) -> str:
    whose = f" of {conflict.reviewer}" if conflict.reviewer else ""
    values = [
        f"{_value(value.value)} (by {value.by}{f', {value.at[:10]}' if value.at else ''})"
        for value in conflict.values
    ]
    return f"{conflict.field}{whose} is {' or '.join(values)}"


def _value(value: object) -> str:
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
