"""What a survey is to be made of, besides its papers' groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewkit.flow import Flow
from reviewkit.topics import OTHER, Topic, Topics


@dataclass(frozen=True, slots=True)
class Illustration:
    """A figure or table as a live cell: its code, and what the code gave when it was drafted.

    `name` tells it from the others; `data` is a digest of what it shows. Without `outputs`
    the cell is drafted as it is before it is run.
    """

    name: str
    caption: str
    code: str
    data: str = ""
    outputs: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """Facts that stand around the sections.

    Attributes
    ----------
    title
        Plain text.
    authors
        Names of the people who reviewed, as they are called in the project.
    project
        Path of the project's folder as seen from the notebook's.
    file
        The notebook's own name.
    choice
        How the papers of the survey were chosen from the library, as the end of a sentence.
    grouped
        By what they are grouped, in words.
    flow
        How the papers were found; None: not known.
    overview
        Figures about all papers.
    comparison
        A table that compares them, in Markdown.
    keys
        The library's citekeys, and former keys with the citekey that they mean now: what a
        note may cite.
    """

    title: str = "Survey"
    authors: tuple[str, ...] = ()
    project: str = "."
    file: str = "survey.ipynb"
    choice: str = ""
    grouped: str = "tag"
    flow: Flow | None = None
    flow_figure: Illustration | None = None
    overview: tuple[Illustration, ...] = ()
    comparison: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def topics_as_json(topics: Topics) -> list[dict[str, Any]]:
    """Topics as a notebook remembers them."""
    return [
        {
            "label": topic.label,
            "terms": list(topic.terms),
            "papers": list(topic.papers),
            "place": list(topic.place),
        }
        for topic in (*topics.topics, Topic(OTHER, (), topics.other))
    ]


def topics_from(told: Iterable[Any]) -> Topics:
    """Topics that a notebook remembers; what is not whole is passed over."""
    found = []
    for each in told:
        if not isinstance(each, Mapping) or not isinstance(each.get("label"), str):
            continue
        terms, papers, place = (each.get(name, []) for name in ("terms", "papers", "place"))
        if all(isinstance(part, list) for part in (terms, papers, place)):
            numbers = [part for part in place if isinstance(part, int | float)]
            x, y = numbers if len(numbers) == 2 else (0.0, 0.0)
            found.append(
                Topic(
                    each["label"],
                    tuple(map(str, terms)),
                    tuple(map(str, papers)),
                    (float(x), float(y)),
                )
            )
    other = tuple(key for topic in found if topic.label == OTHER for key in topic.papers)
    return Topics(tuple(topic for topic in found if topic.label != OTHER), other)
