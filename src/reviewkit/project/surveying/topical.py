"""Topics of an open project: shown as a table, and made tags where people want them kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviewkit import markup
from reviewkit.errors import ValueRefusedError
from reviewkit.topics import OTHER, Topics

if TYPE_CHECKING:
    from reviewkit.project.surveying.surveying import Surveying

#: A topic's papers that a table names.
_NAMED = 3


@dataclass(frozen=True, repr=False)
class LibraryTopics(Topics):
    """Topics of an open project. Changing them gives new ones; nothing is kept by itself.

    To keep them, draft a survey with them (``project.draft(path, by=topics)``), or make
    them tags.
    """

    project: Surveying | None = field(default=None, compare=False, kw_only=True)

    def __repr__(self) -> str:
        papers = sum(len(topic.papers) for topic in self.topics)
        return f"<{len(self)} topics of {papers} papers, {len(self.other)} in none>"

    def as_tags(
        self, *, prefix: str = "", reviewer: str | None = None, via: str = "kernel"
    ) -> int:
        """Give each paper its topic's label as a tag of the reviewer; how many got one.

        It is one action: `project.undo()` takes all of them back. Papers in no topic get
        no tag.

        Parameters
        ----------
        prefix
            What every tag begins with, as "topic: ".
        """
        if self.project is None:
            raise ValueRefusedError(
                "These topics belong to no open project.", field="topics", value=len(self)
            )
        tags = {key: prefix + tag_of(topic.label) for topic in self.topics for key in topic.papers}
        return self.project.tag_papers(tags, reviewer, via)

    def rows(self) -> list[tuple[str, int, str, list[str]]]:
        """Label, number of papers, further words and the first papers of each topic."""
        found = []
        for topic in self.topics:
            words = ", ".join(word for word in topic.terms if word not in topic.label)
            found.append((topic.label, len(topic.papers), words, self._titles(topic.papers)))
        if self.other:
            found.append((OTHER, len(self.other), "", self._titles(self.other)))
        return found

    def _titles(self, keys: tuple[str, ...]) -> list[str]:
        if self.project is None:
            return list(keys[:_NAMED])
        there = [key for key in keys if key in self.project][:_NAMED]
        return [self.project[key].title or key for key in there]

    def _repr_html_(self) -> str:
        return markup.topics_html(self.rows())

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(markup.topics_text(self.rows()))


def tag_of(label: str) -> str:
    """A topic's label as a tag: commas and semicolons part tags from each other."""
    return " / ".join(part.strip() for part in re.split("[,;]", label) if part.strip())
