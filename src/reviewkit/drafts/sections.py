"""The text of a section: its heading, what is counted in it, its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import fmean

from reviewkit.drafts import markdown
from reviewkit.drafts.cells import Cell
from reviewkit.drafts.groups import Group
from reviewkit.drafts.paragraph import DISSENT, paragraph
from reviewkit.records import RATING_SCALE, Paper

_LEAD = "*Write here what these papers have in common, and where they differ.*"

#: Of a section's best papers so many are named at its beginning.
_BEST = 3


def section_cells(group: Group, home: Mapping[str, Group], keys: Mapping[str, str]) -> list[Cell]:
    """Cells of a section; `home` says in which group each paper is told in full.

    `keys` are those that a note may cite, each with the citekey that it means.
    """
    own = [paper for paper in group.papers if home[paper.citekey] is group]
    away = [paper for paper in group.papers if home[paper.citekey] is not group]
    cells = [
        Cell("heading", group.key, "markdown", f"## {markdown.line(group.name) or 'Untitled'}"),
        Cell("lead", group.key, "markdown", _LEAD),
        Cell("facts", group.key, "markdown", facts(group)),
    ]
    cells += [
        Cell("paper", paper.citekey, "markdown", paragraph(paper, keys), group=group.key)
        for paper in own
    ]
    if away:
        cells.append(Cell("elsewhere", group.key, "markdown", _elsewhere(away, home)))
    return cells


def facts(group: Group) -> str:
    """What can be counted of a section's papers, in a sentence or three."""
    papers = group.papers
    years = [paper.year for paper in papers if paper.year]
    text = counted(len(papers), "paper")
    if years:
        first, last = min(years), max(years)
        text += f" of {first}" if first == last else f" of the years {first} to {last}"
    scores = [paper.score for paper in papers if paper.score is not None]
    if not scores:
        return f"{text}; nobody has rated {'any of them' if len(papers) > 1 else 'it'} yet."
    mean = f"{fmean(scores):.1f} of {RATING_SCALE[1]}"
    rated = "all" if len(scores) == len(papers) > 1 else len(scores)
    text += f"; {rated} rated, {mean} on average."
    if len(scores) > _BEST:
        top = [paper for paper in papers if paper.score is not None][:_BEST]
        best = ", ".join(f"{markdown.named(p.citekey)} ({p.score:.1f})" for p in top)
        text += f" Rated highest: {best}."
    apart = [p for p in papers if p.disagreement is not None and p.disagreement >= DISSENT]
    if apart:
        some = ", ".join(markdown.named(paper.citekey) for paper in apart[:_BEST])
        more = f" and {len(apart) - _BEST} more" if len(apart) > _BEST else ""
        text += f" The readers disagree on {some}{more}."
    return text


def references(papers: Iterable[Paper]) -> str:
    """The papers as a plain list by citekey, for where no citation style can be applied."""
    cited = sorted(papers, key=lambda paper: paper.citekey)
    return "\n".join(f"- {_reference(paper)}" for paper in cited)


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'s' * (number != 1)}"


def _elsewhere(papers: list[Paper], home: Mapping[str, Group]) -> str:
    places: dict[str, list[str]] = {}
    for paper in papers:
        name = markdown.line(home[paper.citekey].name)
        places.setdefault(name, []).append(paper.citekey)
    told = [f"{markdown.citation(*keys)} under *{name}*" for name, keys in places.items()]
    return f"Also here, but told elsewhere: {'; '.join(told)}."


def _reference(paper: Paper) -> str:
    parts = [", ".join(paper.authors), paper.title, paper.venue, str(paper.year or "")]
    text = " ".join(f"{markdown.line(part).rstrip('.')}." for part in parts if part)
    if paper.doi:
        text += f" {markdown.address(f'https://doi.org/{paper.doi}')}"
    elif paper.arxiv:
        text += f" {markdown.address(f'https://arxiv.org/abs/{paper.arxiv}')}"
    elif paper.urls:
        text += f" {markdown.address(paper.urls[0])}"
    return f"**{markdown.line(paper.citekey)}** {text}".rstrip()
