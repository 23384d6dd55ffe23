"""The sections of a draft: which papers stand in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.records import Paper
from reviewkit.topics import Topics

OTHER = "Other papers"


@dataclass(frozen=True, slots=True)
class Group:
    """Papers under one heading, the best rated first.

    `key` names the section across drafts, `name` is its heading as plain text. A paper that
    stands in several groups is told in full in the first of them only.
    """

    key: str
    name: str
    papers: tuple[Paper, ...]


def by_tag(papers: Sequence[Paper], *, every: bool = False) -> list[Group]:
    """A group a tag, the largest first; last the reviewed papers without one, or `every` such."""
    values = {paper.citekey: [tag for tag in paper.tags if tag.strip()] for paper in papers}
    reviewed = [paper for paper in papers if every or values[paper.citekey] or is_judged(paper)]
    return by_words(reviewed, values, "tag")


def by_words(
    papers: Sequence[Paper], values: Mapping[str, Sequence[str]], what: str
) -> list[Group]:
    """A group a value (without regard to case), the largest first; last those without one."""
    members: dict[str, list[Paper]] = {}
    spellings: dict[str, Counter[str]] = {}
    others = []
    for paper in sorted(papers, key=best_first):
        words = {word.casefold(): word for word in values.get(paper.citekey, ())}
        for key, word in words.items():
            members.setdefault(key, []).append(paper)
            spellings.setdefault(key, Counter())[word] += 1
        if not words:
            others.append(paper)
    groups = []
    for key in sorted(members, key=lambda key: (-len(members[key]), key)):
        word = min(spellings[key], key=lambda word: (-spellings[key][word], word))
        name = word[:1].upper() + word[1:]
        groups.append(Group(f"{what}:{key}", name, tuple(members[key])))
    if others:
        groups.append(Group("other", OTHER, tuple(others)))
    return groups


def by_topic(papers: Sequence[Paper], topics: Topics) -> list[Group]:
    """A group a topic, in the topics' order; last the papers of none."""
    known = {paper.citekey: paper for paper in papers}
    groups = []
    placed: set[str] = set()
    for topic in topics.topics:
        members = [known[key] for key in topic.papers if key in known]
        placed.update(topic.papers)
        if members:
            name = topic.label[:1].upper() + topic.label[1:]
            members.sort(key=best_first)
            groups.append(Group(f"topic:{topic.label.casefold()}", name, tuple(members)))
    others = sorted((p for p in papers if p.citekey not in placed), key=best_first)
    if others:
        groups.append(Group("other", OTHER, tuple(others)))
    return groups


def best_first(paper: Paper) -> tuple[float, int, str]:
    """Papers in the order in which a section tells of them: by rating, then the newest."""
    return -(paper.score or 0), -(paper.year or 0), paper.citekey


def is_judged(paper: Paper) -> bool:
    """Whether anybody said what they think of the paper."""
    return any(bool(r.notes or r.status or r.is_rated) for r in paper.reviews)
