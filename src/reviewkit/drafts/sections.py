"""The sections of a draft and the text of their cells."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviewkit.drafts import markdown
from reviewkit.drafts.cells import Cell
from reviewkit.records import RATING_SCALE, Paper, Review

OTHER = "Other papers"

_INTRODUCTION = """## Introduction

*Write here what this survey is about. A cell that you change, and one that you add, stays
as it is when the survey is drafted again; one that you delete does not come back.*"""

_HEADING = """## {name}

*Write here what these papers have in common, and where they differ.*"""

_SETUP = '''import pandas as pd

import reviewkit as rk

project = rk.open({project})


def comparison(papers):
    """A table of papers and of what their readers think of them."""
    columns = ["citekey", "title", "venue", "year", "score", "disagreement"]
    rows = [[getattr(paper, name) for name in columns] for paper in papers]
    return pd.DataFrame(rows, columns=columns).convert_dtypes().set_index("citekey")'''

_TABLE = 'comparison(project.find(tag={tag}, sort="score"))'
_OTHER_TABLE = (
    "comparison(paper for paper in project.papers() if paper.reviews and not paper.tags)"
)

#: What the papers cell of a section says when its last paper has gone.
EMPTY = "*No paper belongs here any more.*"


@dataclass(frozen=True, slots=True)
class Section:
    """Papers under one heading; `tag` is None for the papers without one.

    `key` names the section across drafts: the tag without regard to case.
    """

    key: str
    name: str
    tag: str | None
    papers: tuple[Paper, ...]


def by_tag(papers: Sequence[Paper]) -> list[Section]:
    """Sections by tag, the largest first; last the reviewed papers without a tag.

    A paper with several tags stands in each of their sections.
    """
    members: dict[str, list[Paper]] = {}
    spellings: dict[str, Counter[str]] = {}
    others = []
    for paper in sorted(papers, key=_best_first):
        tags = {tag.casefold(): tag for tag in paper.tags if tag.strip()}
        for key, tag in tags.items():
            members.setdefault(key, []).append(paper)
            spellings.setdefault(key, Counter())[tag] += 1
        if not tags and any(map(_judged, paper.reviews)):
            others.append(paper)
    sections = []
    for key in sorted(members, key=lambda key: (-len(members[key]), key)):
        tag = min(spellings[key], key=lambda tag: (-spellings[key][tag], tag))
        name = markdown.line(tag[:1].upper() + tag[1:])
        sections.append(Section(f"tag:{key}", name, tag, tuple(members[key])))
    if others:
        sections.append(Section("other", OTHER, None, tuple(others)))
    return sections


def front_cells(title: str, project: str) -> list[Cell]:
    """Cells before the first section: title, introduction, and what the tables need."""
    setup = _SETUP.format(project=_literal(project))
    return [
        Cell("title", "", "markdown", f"# {markdown.line(title)}"),
        Cell("introduction", "", "markdown", _INTRODUCTION),
        Cell("setup", "", "code", setup),
    ]


def section_cells(section: Section) -> list[Cell]:
    """Cells of a section: its heading, its papers, and a live table of them."""
    table = _OTHER_TABLE if section.tag is None else _TABLE.format(tag=_literal(section.tag))
    papers = "\n\n".join(map(_paper, section.papers))
    return [
        Cell("heading", section.key, "markdown", _HEADING.format(name=section.name)),
        Cell("papers", section.key, "markdown", papers),
        Cell("table", section.key, "code", table),
    ]


def bibliography(papers: Collection[Paper]) -> Cell:
    """Cell with the references of these papers, by citekey."""
    cited = sorted({paper.citekey: paper for paper in papers}.values(), key=lambda p: p.citekey)
    lines = ["## References", *(f"- {_reference(paper)}" for paper in cited)]
    if not cited:
        lines.append("*Nothing is cited yet.*")
    return Cell("bibliography", "", "markdown", "\n\n".join([lines[0], "\n".join(lines[1:])]))


def _best_first(paper: Paper) -> tuple[float, str]:
    return -(paper.score or 0), paper.citekey


def _paper(paper: Paper) -> str:
    facts = [fact for fact in (_short_authors(paper), paper.venue, str(paper.year or "")) if fact]
    text = f"**{markdown.line(paper.title) or 'Without a title'}** "
    text += markdown.citation(paper.citekey)
    if facts:
        text += f"\\\n{markdown.line(', '.join(facts))}."
    if paper.score is not None:
        text += f" Score {paper.score:.2g} of {RATING_SCALE[1]}."
    quotes = [
        markdown.quote(note.text, _speaker(review))
        for review in sorted(paper.reviews, key=lambda review: review.reviewer)
        for note in review.notes
        if note.text.strip()
    ]
    return "\n\n".join([text, *quotes])


def _speaker(review: Review) -> str:
    if review.rating is None:
        return review.reviewer
    return f"{review.reviewer}, {review.rating:g} of {RATING_SCALE[1]}"


def _short_authors(paper: Paper) -> str:
    authors = paper.authors
    if len(authors) > 3:
        return f"{authors[0]} et al."
    return (
        " and ".join([", ".join(authors[:-1]), authors[-1]]) if authors[1:] else "".join(authors)
    )


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


def _judged(review: Review) -> bool:
    return bool(review.notes or review.status or review.rating is not None)


def _literal(text: str) -> str:
    """Text as a Python string in double quotes."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)
