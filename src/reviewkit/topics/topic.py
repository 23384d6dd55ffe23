"""A topic, and a grouping of papers into topics that people change as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from reviewkit.errors import UnknownPaperError, ValueRefusedError

#: What the papers are called that belong to no topic.
OTHER = "other"
#: Fewer papers are not worth grouping.
FEWEST = 6


@dataclass(frozen=True, slots=True)
class Topic:
    """Papers that share words.

    `label` is what people call it, `terms` the words that set it apart, the strongest
    first; `papers` are citekeys, those that have most of the words first. `place` is where
    it stands on a map on which topics that share words are close, from -1 to 1 each way.
    """

    label: str
    terms: tuple[str, ...]
    papers: tuple[str, ...]
    place: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Topics:
    """A grouping of papers; a suggestion to be changed, never the truth.

    Each change gives new topics and leaves these as they are. `other` are the papers that
    belong to none, or whose words say too little.
    """

    topics: tuple[Topic, ...]
    other: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The topics' labels, in their order."""
        return tuple(topic.label for topic in self.topics)

    def __len__(self) -> int:
        return len(self.topics)

    def __getitem__(self, label: str | int) -> Topic:
        return self.topics[self._at(label)]

    def of(self, citekey: str) -> str:
        """The label of the paper's topic, `OTHER` if it has none.

        Raises
        ------
        UnknownPaperError
            The paper is not among these.
        """
        found = next((t.label for t in self.topics if citekey in t.papers), None)
        if found is None and citekey not in self.other:
            raise UnknownPaperError(citekey)
        return found or OTHER

    def rename(self, topic: str | int, label: str) -> Self:
        """The topics with another label for one; its own label or number (from 0) names it."""
        at = self._at(topic)
        words = " ".join(label.split())
        taken = {other.label.casefold() for n, other in enumerate(self.topics) if n != at}
        if not words or words.casefold() in taken | {OTHER}:
            raise ValueRefusedError(
                f"A topic cannot be called {label!r}: the name is "
                f"{'taken' if words else 'empty'}. To make two topics one, use merge.",
                field="label",
                value=label,
            )
        return self._with({at: replace(self.topics[at], label=words)})

    def merge(self, topic: str | int, other: str | int) -> Self:
        """The topics with `other`'s papers in `topic`, which keeps its label."""
        at, gone = self._at(topic), self._at(other)
        if at == gone:
            raise ValueRefusedError("Name two topics to merge.", field="topic", value=str(other))
        one, two = self.topics[at], self.topics[gone]
        terms = tuple(dict.fromkeys((*one.terms, *two.terms)))
        one = replace(one, terms=terms, papers=(*one.papers, *two.papers))
        return self._with({at: one, gone: None})

    def move(self, papers: str | Iterable[str], topic: str | int) -> Self:
        """The topics with these papers in another one, or in `OTHER`."""
        keys = [papers] if isinstance(papers, str) else list(dict.fromkeys(papers))
        for key in keys:
            self.of(key)
        at = None if topic == OTHER else self._at(topic)
        changed: dict[int, Topic | None] = {}
        for number, each in enumerate(self.topics):
            left = tuple(key for key in each.papers if key not in keys)
            if number == at:
                left = (*each.papers, *(key for key in keys if key not in each.papers))
            if left != each.papers:
                changed[number] = replace(each, papers=left) if left else None
        done = self._with(changed)
        rest = tuple(key for key in self.other if key not in keys)
        return replace(done, other=(*rest, *keys) if at is None else rest)

    def remove(self, topic: str | int) -> Self:
        """The topics without one; its papers are among the others."""
        at = self._at(topic)
        done = self._with({at: None})
        return replace(done, other=(*self.other, *self.topics[at].papers))

    def _with(self, changed: dict[int, Topic | None]) -> Self:
        found = (changed.get(number, topic) for number, topic in enumerate(self.topics))
        return replace(self, topics=tuple(topic for topic in found if topic is not None))

    def _at(self, topic: str | int) -> int:
        if isinstance(topic, int):
            if 0 <= topic < len(self.topics):
                return topic
        else:
            wanted = topic.casefold()
            for number, each in enumerate(self.topics):
                if each.label.casefold() == wanted:
                    return number
        raise ValueRefusedError(
            f"There is no topic {topic!r}. The topics are: {'; '.join(self.labels)}.",
            field="topic",
            value=str(topic),
        )
