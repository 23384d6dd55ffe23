"""The figures of a draft, drawn when it is drafted; those that still fit are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit.drafts import Illustration, literal
from reviewkit.drafts.cells import memory_of
from reviewkit.errors import MissingDependencyError
from reviewkit.figures import FIGURES, Chart, chart
from reviewkit.flow import Flow
from reviewkit.project.opening.optional import load
from reviewkit.project.surveying.picture import Picture
from reviewkit.records import Paper
from reviewkit.topics import Topics
from reviewkit.topics.topic import FEWEST


class Drawn:
    """Draws what a notebook does not have yet.

    `remarks` tells what could not be drawn, and why.
    """

    def __init__(
        self,
        previous: Mapping[str, Any] | None,
        file: str,
        remembers_topics: bool,
        *,
        drawing: bool,
    ) -> None:
        self._there: dict[str, tuple[str, tuple[Any, ...]]] = {}
        for cell in previous["cells"] if previous is not None else ():
            memory = memory_of(cell)
            if memory.get("role") == "figure" and "data" in memory:
                name, outputs = str(memory.get("section")), tuple(cell.get("outputs", ()))
                self._there.setdefault(name, (str(memory["data"]), outputs))
        self._file = file
        self._remembers_topics = remembers_topics
        self._draws = drawing
        self.remarks: list[str] = []

    def figures(
        self, papers: Sequence[Paper], topics: Topics | None, flow: Flow
    ) -> list[Illustration]:
        """All figures that these papers have something to show in."""
        drawing = None
        try:
            drawing = load("reviewkit.figures.drawing") if self._draws else None
        except MissingDependencyError as error:
            self.remarks.append(f"The figures are not drawn: {error}")
        if topics is None and len(papers) >= FEWEST:
            try:
                topics = load("reviewkit.topics.finding").find(papers)
            except MissingDependencyError as error:
                self.remarks.append(f"There is no map of topics: {error}")
        found = []
        for name in FIGURES:
            made = chart(name, papers, topics, flow)
            if made is not None:
                found.append(self._illustration(made, drawing))
        return found

    def _illustration(self, made: Chart, drawing: Any) -> Illustration:
        code = f'project.figure("{made.name}", papers)'
        if made.name == "topics" and self._remembers_topics:
            file = literal(self._file)
            code = f'project.figure("topics", papers, topics=project.topics_in({file}))'
        digest, outputs = self._there.get(made.name, ("", ()))
        if digest == made.digest:
            return Illustration(made.name, made.caption, code, digest, outputs)
        if drawing is None:
            return Illustration(made.name, made.caption, code)
        output = Picture(made, drawing.draw(made)).output()
        return Illustration(made.name, made.caption, code, made.digest, (output,))
