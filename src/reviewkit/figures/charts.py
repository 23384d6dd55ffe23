"""The figures of a survey: years, venues, ratings, disagreement, tags, topics, flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from reviewkit.figures.chart import Chart
from reviewkit.figures.flowtext import flow_chart
from reviewkit.flow import Flow
from reviewkit.records import RATING_SCALE, Paper
from reviewkit.topics import Topics

#: Names of the figures, as `Project.figure` takes them.
FIGURES = ("flow", "years", "venues", "ratings", "disagreement", "tags", "topics")

_MOST_ROWS = 12
_MOST_YEARS = 40
_MOST_REVIEWERS = 8
_SPREADS = 15
_TAGS = 12
_TAG_YEARS = 15
_DOTS = 3000


def chart(
    name: str, papers: Sequence[Paper], topics: Topics | None = None, flow: Flow | None = None
) -> Chart | None:
    """What the figure shows; None if these papers have nothing to show in it."""
    if name == "flow":
        return flow_chart(flow) if flow is not None else None
    if name == "topics":
        return _topics(topics, papers) if topics is not None else None
    return _OF_PAPERS[name](papers)


def _years(papers: Sequence[Paper]) -> Chart | None:
    found = Counter(paper.year for paper in papers if paper.year)
    if not found:
        return None
    first, last = min(found), max(found)
    width = -(-(last - first + 1) // _MOST_YEARS)
    begins = range(first, last + 1, width)
    labels = [str(y) if width == 1 else f"{y}\u2013{min(y + width - 1, last)}" for y in begins]
    values = [sum(found[y] for y in range(begin, begin + width)) for begin in begins]
    caption = f"Papers by year of publication{_without(len(papers) - found.total(), 'a year')}."
    return Chart("years", "columns", caption, tuple(labels), ("papers",), (tuple(values),))


def _venues(papers: Sequence[Paper]) -> Chart | None:
    found = Counter(paper.venue for paper in papers if paper.venue)
    if not found:
        return None
    frequent = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    shown, left = frequent[:_MOST_ROWS], frequent[_MOST_ROWS:]
    caption = "Papers by venue"
    if left:
        rest = sum(number for _, number in left)
        caption += f"; {len(left)} further venues have {rest} papers"
    caption += f"{_without(len(papers) - found.total(), 'a venue')}."
    labels, values = zip(*shown, strict=True)
    return Chart("venues", "rows", caption, labels, ("papers",), (values,))


def _ratings(papers: Sequence[Paper]) -> Chart | None:
    given: dict[str, Counter[int]] = {}
    for paper in papers:
        for review in paper.reviews:
            if review.rating is not None:
                given.setdefault(review.reviewer, Counter())[round(review.rating)] += 1
    if not given:
        return None
    order = sorted(given, key=lambda who: (-given[who].total(), who))
    shown, left = order[:_MOST_REVIEWERS], order[_MOST_REVIEWERS:]
    rows = {who: given[who] for who in shown}
    if left:
        rows[f"{len(left)} others"] = sum((given[who] for who in left), Counter())
    scale = range(RATING_SCALE[0], RATING_SCALE[1] + 1)
    total = sum(row.total() for row in rows.values())
    rated = sum(paper.score is not None for paper in papers)
    caption = f"Ratings by reviewer: {total} {'ratings' if total != 1 else 'rating'} of "
    caption += f"{rated} {'papers' if rated != 1 else 'paper'}, "
    caption += f"from {RATING_SCALE[0]} (worst) to {RATING_SCALE[1]} (best)."
    values = tuple(tuple(row[value] for value in scale) for row in rows.values())
    return Chart("ratings", "columns", caption, tuple(map(str, scale)), tuple(rows), values)


def _disagreement(papers: Sequence[Paper]) -> Chart | None:
    several = [paper for paper in papers if paper.disagreement is not None]
    apart = [paper for paper in several if paper.disagreement]
    if not apart:
        return None
    apart.sort(key=lambda paper: (-(paper.disagreement or 0), paper.citekey))
    shown = apart[:_SPREADS]
    people = sorted({r.reviewer for p in shown for r in p.reviews if r.rating is not None})
    values = []
    for who in people:
        row: list[float] = []
        for at, paper in enumerate(shown):
            rating = paper.review_of(who).rating
            row += [at, rating] if rating is not None else []
        values.append(tuple(row))
    share = f"{len(apart)} of the {len(several)}" if len(apart) < len(several) else "all"
    caption = "The papers whose readers are furthest apart; ratings differ on "
    caption += f"{share} papers that several people rated."
    labels = tuple(paper.citekey for paper in shown)
    return Chart("disagreement", "spread", caption, labels, tuple(people), tuple(values))


def _tags(papers: Sequence[Paper]) -> Chart | None:
    found: dict[str, Counter[int]] = {}
    spellings: dict[str, Counter[str]] = {}
    for paper in papers:
        for key, tag in {tag.casefold(): tag for tag in paper.tags}.items() if paper.year else ():
            found.setdefault(key, Counter())[paper.year or 0] += 1
            spellings.setdefault(key, Counter())[tag] += 1
    if not found:
        return None
    usual = {key: min(each, key=lambda tag: (-each[tag], tag)) for key, each in spellings.items()}
    by_year = {usual[key]: years for key, years in found.items()}
    order = sorted(by_year, key=lambda tag: (-by_year[tag].total(), tag))[:_TAGS]
    last = max(year for row in by_year.values() for year in row)
    first = min(year for tag in order for year in by_year[tag])
    begin = max(first, last - _TAG_YEARS + 1)
    years = range(begin, last + 1)
    caption = f"Papers by tag and year: the {len(order)} most frequent of {len(by_year)} tags"
    early = sum(n for tag in order for year, n in by_year[tag].items() if year < begin)
    caption += f"; {early} before {begin} are not shown." if early else "."
    values = tuple(tuple(by_year[tag][year] for year in years) for tag in order)
    return Chart("tags", "heat", caption, tuple(map(str, years)), tuple(order), values)


def _topics(topics: Topics, papers: Sequence[Paper]) -> Chart | None:
    there = {paper.citekey for paper in papers}
    sized = [(topic, sum(key in there for key in topic.papers)) for topic in topics.topics]
    sized = [(topic, size) for topic, size in sized if size]
    if not sized:
        return None
    other = sum(key in there for key in topics.other)
    told = sum(size for _, size in sized)
    each = -(-told // _DOTS)
    dots = "a paper" if each == 1 else f"{each} papers"
    caption = f"Topics suggested from the words of {told} papers: each dot is {dots}, topics "
    caption += "that share words stand close together"
    caption += f"; {other} papers belong to none." if other else "."
    labels = tuple(topic.label for topic, _ in sized)
    dots_of = tuple(float(-(-size // each)) for _, size in sized)
    places = tuple(topic.place for topic, _ in sized)
    return Chart("topics", "map", caption, labels, ("papers",), (dots_of, *places))


def _without(number: int, what: str) -> str:
    return f" ({number} without {what})" if number else ""


_OF_PAPERS: dict[str, Callable[[Sequence[Paper]], Chart | None]] = {
    "years": _years,
    "venues": _venues,
    "ratings": _ratings,
    "disagreement": _disagreement,
    "tags": _tags,
}
