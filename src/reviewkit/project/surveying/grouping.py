"""By what a draft's papers are grouped: tags, topics, or any column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewkit.drafts import Group, by_tag, by_topic, by_words
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.progress import Progress
from reviewkit.project.surveying.compared import column_values
from reviewkit.records import Paper
from reviewkit.topics import Topics

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing

#: What papers may always be grouped by; columns of the matrix come on top.
GROUPINGS = ("tag", "topic", "year", "venue")


@dataclass(frozen=True)
class Grouped:
    """Sections, and the topics of their papers if these were looked for."""

    groups: list[Group]
    topics: Topics | None


def grouped(
    project: Comparing,
    by: str,
    topics: Topics | None,
    papers: Sequence[Paper],
    every: bool,
    progress: Progress,
) -> Grouped:
    """The papers in sections by one of `GROUPINGS` or a column; `topics` if there are some.

    By tag, papers that nobody tagged or reviewed are left out unless `every` is wanted.

    Raises
    ------
    ValueRefusedError
        There is no such grouping.
    MissingDependencyError
        scikit-learn is not installed, and they are to be grouped by topic.
    """
    if by == "tag":
        return Grouped(by_tag(papers, every=every), None)
    if by == "topic":
        if topics is None:
            topics = load("reviewkit.topics.finding").find(papers, None, progress)
        else:
            topics = load("reviewkit.topics.placing").placed(papers, topics)
        return Grouped(by_topic(papers, topics), topics)
    if by == "year":
        years = {p.citekey: [str(p.year)] for p in papers if p.year}
        found = by_words(papers, years, "year")
        newest = sorted(found, key=lambda g: (g.key == "other", *(-ord(c) for c in g.name)))
        return Grouped(newest, None)
    if by == "venue":
        venues = {p.citekey: [p.venue] for p in papers if p.venue}
        return Grouped(by_words(papers, venues, "venue"), None)
    values = column_values(project, by, [paper.citekey for paper in papers])
    return Grouped(by_words(papers, values, f"column {by.casefold()}"), None)
