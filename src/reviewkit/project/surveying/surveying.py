"""What a project does towards a survey: topics, figures, and the draft itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from reviewkit.citing.bibliography import Bibliography
from reviewkit.drafts import Question, memory, questions
from reviewkit.errors import FormatError, UnknownPaperError, UnknownPapersError, ValueRefusedError
from reviewkit.figures import FIGURES, chart
from reviewkit.flow import Flow
from reviewkit.near import near
from reviewkit.project.comparing.comparing import Comparing
from reviewkit.project.curating.editing import opinion_edits
from reviewkit.project.manuscripts.citing import Citing
from reviewkit.project.manuscripts.output import Manuscripts, used_keys
from reviewkit.project.opening.opinion import Opinion
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.paper import LibraryPaper
from reviewkit.project.opening.progress import Progress
from reviewkit.project.surveying.drafting import Drafting, DraftRequest, DraftResult, topics_of
from reviewkit.project.surveying.flowing import flow
from reviewkit.project.surveying.picture import Picture
from reviewkit.project.surveying.topical import LibraryTopics
from reviewkit.records import Paper
from reviewkit.topics import Topics

#: Papers of the project: one, several, or what a manuscript cites.
Chosen = str | Paper | Iterable[str | Paper]


class Surveying(Citing, Comparing):
    """The part of a project that turns what was read into what is written."""

    def topics(
        self,
        k: int | None = None,
        *,
        papers: Chosen | None = None,
        progress: Progress | None = None,
    ) -> LibraryTopics:
        """Topics suggested from the words of titles, abstracts and keywords.

        They are a value: `rename`, `merge`, `move` and `remove` give new ones, and nothing
        is kept until you draft with them or make them tags. Equal papers give equal topics.

        Parameters
        ----------
        k
            How many; None: as many as the papers suggest.
        papers
            Of these; None: of all.
        progress
            Told of each step.

        Raises
        ------
        MissingDependencyError
            scikit-learn is not installed; the message says how to install it.
        ValueRefusedError
            So few papers cannot have `k` topics.
        """
        finding = load("reviewkit.topics.finding")
        return self.bound_topics(finding.find(self.chosen(papers), k, progress))

    def bound_topics(self, topics: Topics) -> LibraryTopics:
        """The topics, tied to this project."""
        values = {f.name: getattr(topics, f.name) for f in fields(Topics)}
        return LibraryTopics(**values, project=self)

    def tag_papers(
        self, tags: Mapping[str, str], reviewer: str | None = None, via: str = "kernel"
    ) -> int:
        """Give each paper (a citekey) one more tag, all in one action; how many got one."""
        with self._lock:
            who = self._who(reviewer)
            edits = []
            tagged = 0
            for citekey, tag in tags.items():
                key, identifier = self._identify(citekey)
                opinion = Opinion(add_tags=(tag,))
                made = opinion_edits(self._sync, key, identifier, who, opinion)
                tagged += bool(made)
                edits += made
            self._record(edits, who, via)
            return tagged

    def cited(self, manuscripts: Manuscripts) -> list[LibraryPaper]:
        """The papers that these notebooks, Markdown or LaTeX files cite, in their order.

        Keys that the library lacks are passed over; `bibliography` and `check` name them.

        Raises
        ------
        FormatError
            A file cannot be read.
        """
        with self._lock:
            keys, _ = used_keys(self._sync.library, manuscripts)
            return [self[key] for key in keys]

    def chosen(self, papers: Chosen | None) -> list[Paper]:
        """The papers that are meant, in their order; None: all.

        Raises
        ------
        UnknownPaperError, UnknownPapersError
            Keys that the library lacks, with the near ones.
        """
        with self._lock:
            if papers is None:
                return list(self.papers())
            several = [papers] if isinstance(papers, str | Paper) else papers
            asked = [one.citekey if isinstance(one, Paper) else str(one) for one in several]
            known = self._sync.library.citekeys()
            unknown = {key: near(key, known) for key in asked if key not in self}
            if len(unknown) == 1:
                raise UnknownPaperError(*unknown.popitem())
            if unknown:
                raise UnknownPapersError(unknown)
            return [self[key] for key in dict.fromkeys(asked)]

    def flow(self, papers: Chosen | None = None) -> Flow:
        """How papers were found and chosen, in counts; `papers` are those of the survey.

        See `reviewkit.flow.Flow` for what each counts. None: the survey has them all.
        """
        survey = self.chosen(papers)
        with self._lock:
            return flow(self._sync, self.papers(), [paper.citekey for paper in survey])

    def figure(
        self, name: str, papers: Chosen | None = None, *, topics: Topics | None = None
    ) -> Picture:
        """A figure about papers; in a notebook it shows itself, `save` writes it to a file.

        Parameters
        ----------
        name
            flow, years, venues, ratings, disagreement, tags or topics.
        papers
            About these; None: about all.
        topics
            Those of the map; None: as `topics` suggests them for these papers.

        Raises
        ------
        ValueRefusedError
            There is no such figure, or these papers have nothing to show in it.
        MissingDependencyError
            matplotlib (for topics also scikit-learn) is not installed.
        """
        if name not in FIGURES:
            close = near(name, FIGURES)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise ValueRefusedError(
                f"There is no figure {name!r}.{hint} Use one of {', '.join(FIGURES)}.",
                field="name",
                value=name,
            )
        drawing = load("reviewkit.figures.drawing")
        chosen = self.chosen(papers)
        if name == "topics" and topics is None:
            topics = load("reviewkit.topics.finding").find(chosen)
        counts = self.flow(chosen) if name == "flow" else None
        made = chart(name, chosen, topics, counts)
        if made is None:
            raise ValueRefusedError(
                f"These {len(chosen)} papers have nothing to show in {name!r}: {_NEEDS[name]}.",
                field="name",
                value=name,
            )
        return Picture(made, drawing.draw(made))

    def topics_in(self, notebook: str | os.PathLike[str]) -> LibraryTopics:
        """The topics that a survey was drafted by, to look at, or to change and draft with.

        Raises
        ------
        FormatError
            It is no notebook, or was not drafted by topic.
        """
        path = Path(notebook).expanduser()
        try:
            known = memory(json.loads(path.read_bytes())) or {}
        except (OSError, ValueError) as error:
            raise FormatError(f"{path} cannot be read as a notebook ({error}).") from error
        topics = topics_of(known)
        if topics is None:
            raise FormatError(f"{path} was not drafted by topic: draft it with by='topic'.")
        return self.bound_topics(topics)

    def questions(self, papers: Chosen | None = None) -> list[Question]:
        """What is open about papers: asked in notes, rated far apart, not settled; None: all.

        In the order of a draft's section: papers first whose ratings are farthest apart, then
        those of which most is asked. Nobody's private notes are among them.
        """
        return list(questions(self.chosen(papers)))

    def _of_notebook(self, path: Path, data: bytes) -> Bibliography:
        """The bibliography of a notebook that is not written yet, in its own style."""
        return self._of_file(path, data, None, None)

    def draft(
        self,
        path: str | os.PathLike[str],
        *,
        by: str | Topics | None = None,
        title: str | None = None,
        papers: Chosen | None = None,
        min_rating: float | None = None,
        restore: bool = False,
        progress: Progress | None = None,
    ) -> DraftResult:
        """Write or renew a survey notebook; what a person did to it stays.

        Parameters
        ----------
        path
            The notebook. One that is there is drafted again: only cells of ours that nobody
            edited change. What is replaced goes to the project's trash.
        by
            What makes a section: "tag", "topic", "year", "venue", the name of a column of
            the comparison matrix, or topics that you changed. None: as the notebook was
            drafted before, at first "tag". Of topics, a draft remembers which paper was
            where, so that drafting again does not shuffle them.
        title
            None: as before, at first "Survey".
        papers
            Just these. None: as before; at first, by tag those that have a tag or a review,
            else all that no reviewer's decision excludes.
        min_rating
            Only papers with at least this mean rating. None: as before; 0: all.
        restore
            Make cells of an earlier draft that were deleted again. Without it they stay away.
        progress
            Told of each step.

        Returns
        -------
        DraftResult
            With each cell that was added, changed, moved or taken out, and those that were
            kept because a person had edited them, with what the draft would say now.

        Raises
        ------
        FormatError
            There is a file of that name that is no notebook; it is left as it is.
        ValueRefusedError, UnknownPaperError, MissingDependencyError
            No such grouping or paper; a package that the grouping needs is not installed.
        """
        if Path(path).suffix.lower() != ".ipynb":
            raise ValueRefusedError(
                f"A draft is a notebook: end its name in .ipynb, not {Path(path).name!r}.",
                field="path",
                value=str(path),
            )
        keys = None
        if papers is not None:
            keys = tuple(paper.citekey for paper in self.chosen(papers))
        request = DraftRequest(Path(path), by, title, keys, min_rating, restore)
        return Drafting(self, self._sync, request, self._of_notebook, progress).run()


_NEEDS = {
    "flow": "there is no library",
    "years": "none has a year",
    "venues": "none has a venue",
    "ratings": "nobody rated any of them",
    "disagreement": "nobody differs about any of them",
    "tags": "none has a tag and a year",
    "topics": "too few of them share words",
}
