"""Writing a survey's notebook: gathering what it tells of, and putting it into the file."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit import drafts
from reviewkit.citations import cited_keys
from reviewkit.citing.bibliography import Bibliography
from reviewkit.citing.notebook import bibliography_cells, with_bibliography
from reviewkit.drafts import CellChange, Survey
from reviewkit.errors import FormatError, MissingProgramError, PandocError, ProjectError
from reviewkit.files.sync import Sync
from reviewkit.project.manuscripts.cited import USUAL_STYLE, with_cell
from reviewkit.project.manuscripts.output import write_new
from reviewkit.project.opening.progress import Progress, silent
from reviewkit.project.surveying.compared import comparison
from reviewkit.project.surveying.drawn import Drawn
from reviewkit.project.surveying.flowing import flow, is_excluded
from reviewkit.project.surveying.grouping import Grouped, grouped
from reviewkit.records import RATING_SCALE, Paper
from reviewkit.topics import Topics

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing

#: Gives the bibliography of a notebook's bytes in the notebook's own style.
Styled = Callable[[Path, bytes], Bibliography]

#: How often we draft around a save that meets our writing before we give up.
_ROUNDS = 5
# More papers than these are listed without a style: pandoc takes minutes for a thousand.
_STYLED = 400


@dataclass(frozen=True)
class DraftRequest:
    """What is to be drafted; see `Project.draft`."""

    path: Path
    by: str | Topics | None = None
    title: str | None = None
    papers: tuple[str, ...] | None = None
    min_rating: float | None = None
    restore: bool = False


@dataclass(frozen=True)
class DraftResult:
    """The notebook written, what was done to it in words, and cell by cell."""

    path: Path
    message: str = ""
    changes: tuple[CellChange, ...] = ()

    @property
    def kept(self) -> tuple[CellChange, ...]:
        """Cells that a person edited; `diff` compares them with what the draft says now."""
        return tuple(change for change in self.changes if change.kind == "kept")


@dataclass(frozen=True)
class _Choice:
    """How a notebook is drafted: what was asked for now, else what it remembers."""

    by: str
    topics: Topics | None
    title: str
    papers: tuple[str, ...] | None
    min_rating: float | None

    def in_words(self) -> str:
        """How its papers were chosen, as the end of a sentence."""
        if self.papers is not None:
            told = "those that were named for it"
        elif self.by == "tag":
            told = "those that have a tag or a review"
        else:
            told = "all that are not excluded"
        if self.min_rating is not None:
            told += f", with a mean rating of at least {self.min_rating:g} of {RATING_SCALE[1]}"
        return told


class Drafting:
    """One run of drafting a notebook."""

    def __init__(
        self,
        project: Comparing,
        sync: Sync,
        request: DraftRequest,
        styled: Styled | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._project = project
        self._sync = sync
        self._request = request
        self._styled = styled
        self._told = progress or silent
        self._target = request.path.expanduser().absolute()

    def run(self) -> DraftResult:
        """Draft, write, and draft again around what somebody saves meanwhile."""
        target = self._target
        if not target.parent.is_dir():
            raise ProjectError(f"There is no folder {target.parent}; make it first.")
        if target.is_dir():
            raise ProjectError(f"{target} is a folder; name a file in it.")
        for _ in range(_ROUNDS):
            data = target.read_bytes() if target.exists() else None
            previous = self._read(data) if data is not None else None
            made, after = self._drafted(previous, data)
            if after == data or write_new(target, after, self._sync) in (None, data):
                break
        self._told(1, 1, "")
        return made

    def compare(self, data: bytes) -> tuple[CellChange, ...]:
        """What drafting these bytes again would change; draws nothing, and lists no references.

        Raises
        ------
        FormatError
            They are no notebook.
        """
        return self._build(self._read(data), drawing=False)[0].changes

    def _read(self, data: bytes) -> dict[str, Any]:
        try:
            read = json.loads(data)
        except ValueError as error:
            raise FormatError(
                f"{self._request.path} is there and is no notebook ({error}). Give the draft "
                "another name."
            ) from error
        # It says which format it has, or that it is none.
        drafts.memory(read)
        found: dict[str, Any] = read
        return found

    def _drafted(
        self, previous: dict[str, Any] | None, data: bytes | None
    ) -> tuple[DraftResult, bytes]:
        draft, remarks = self._build(previous, drawing=True)
        self._told(0, 1, "references")
        written, changes = self._with_references(draft.notebook, previous, data)
        message = "\n".join([draft.message, *remarks])
        return DraftResult(self._target, message, (*draft.changes, *changes)), written

    def _build(
        self, previous: dict[str, Any] | None, *, drawing: bool
    ) -> tuple[drafts.Draft, list[str]]:
        choice = self._choice(previous)
        self._told(0, 1, "papers")
        papers, named = self._papers(choice), choice.papers is not None
        groups = grouped(self._project, choice.by, choice.topics, papers, named, self._told)
        drawn = Drawn(previous, self._target.name, choice.by == "topic", drawing=drawing)
        survey = self._survey(choice, groups, drawn)
        draft = drafts.build(
            groups.groups,
            survey,
            previous=previous,
            remember=_memory(choice, groups.topics),
            restore=self._request.restore,
            progress=self._told,
        )
        return draft, drawn.remarks

    def _choice(self, previous: Mapping[str, Any] | None) -> _Choice:
        known = (drafts.memory(previous) if previous is not None else None) or {}
        request = self._request
        by = request.by
        topics = by if isinstance(by, Topics) else None
        named = "topic" if topics is not None else str(by or known.get("by") or "tag")
        if topics is None and named == "topic":
            topics = topics_of(known)
        papers = request.papers
        if papers is None and isinstance(known.get("papers"), list):
            papers = tuple(map(str, known["papers"]))
        least = request.min_rating
        if least is None and isinstance(known.get("min_rating"), int | float):
            least = known["min_rating"]
        title = request.title or str(known.get("title") or "Survey")
        return _Choice(named, topics, title, papers, least or None)

    def _papers(self, choice: _Choice) -> list[Paper]:
        project = self._project
        if choice.papers is not None:
            found = [project[key] for key in choice.papers if key in project]
            papers: list[Paper] = list(dict.fromkeys(found))
        else:
            papers = [p for p in project.papers() if not is_excluded(self._sync, p.id)]
        if choice.min_rating is not None:
            least = choice.min_rating
            papers = [p for p in papers if p.score is not None and p.score >= least]
        return papers

    def _survey(self, choice: _Choice, groups: Grouped, drawn: Drawn) -> Survey:
        shown = list({p.citekey: p for group in groups.groups for p in group.papers}.values())
        counts = flow(self._sync, self._project.papers(), [paper.citekey for paper in shown])
        self._told(0, 1, "figures")
        figures = drawn.figures(shown, groups.topics, counts)
        people = Counter(review.reviewer for paper in shown for review in paper.reviews)
        root, folder = self._project.root, self._target.parent
        return Survey(
            title=choice.title,
            authors=tuple(sorted(people, key=lambda who: (-people[who], who))),
            project=os.path.relpath(root, folder).replace(os.sep, "/"),
            file=self._target.name,
            choice=choice.in_words(),
            grouped=_GROUPED.get(choice.by, f"“{choice.by}”"),
            flow=counts,
            flow_figure=next((each for each in figures if each.name == "flow"), None),
            overview=tuple(each for each in figures if each.name != "flow"),
            comparison=comparison(self._project, shown),
            keys=self._sync.library.meanings(),
        )

    def _with_references(
        self, notebook: dict[str, Any], previous: Mapping[str, Any] | None, data: bytes | None
    ) -> tuple[bytes, tuple[CellChange, ...]]:
        """The notebook's bytes with the references of what it cites, in its style."""
        before = bibliography_cells(previous)
        if not bibliography_cells(notebook):
            return _bytes(notebook, previous, data), ()
        written = _bytes(notebook, None, data)
        name, library = self._target.name, self._sync.library
        keys = cited_keys(name, written, library.citekeys(), library.aliases()).keys
        cited = [self._project[key] for key in dict.fromkeys(keys)]
        made = self._in_style(written) if len(cited) <= _STYLED else None
        if made is None:
            text = drafts.references(cited) or "*Nothing is cited yet.*"
            style = bibliography_cells(notebook)[0].style or USUAL_STYLE
            made = with_bibliography(name, written.decode(), text, style, "").encode()
        after = json.loads(made)
        now = bibliography_cells(after)
        changes = [
            CellChange("rk-bibliography", "bibliography", "changed", old.source, new.source)
            for old, new in zip(before, now, strict=False)
            if old.source != new.source
        ]
        return _bytes(after, previous, data), tuple(changes)

    def _in_style(self, data: bytes) -> bytes | None:
        if self._styled is None:
            return None
        try:
            found = self._styled(self._target, data)
        except (MissingProgramError, PandocError):
            return None
        return with_cell(self._target, data, found, "")


def _bytes(
    notebook: dict[str, Any], previous: Mapping[str, Any] | None, data: bytes | None
) -> bytes:
    """The notebook as a file, laid out as it was; `data` itself if it says the same."""
    if data is not None and notebook == previous:
        return data
    blanks = re.match(rb"\s*\{\r?\n([ \t]+)", data) if data is not None else None
    indent = blanks[1].decode() if blanks else 1
    text = json.dumps(notebook, ensure_ascii=False, indent=indent) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Half a letter that somebody's output holds; JSON can only spell it out.
        return (json.dumps(notebook, indent=indent) + "\n").encode()


def topics_of(known: Mapping[str, Any]) -> Topics | None:
    """The topics that a notebook remembers; None if it has none."""
    told = known.get("topics")
    return drafts.topics_from(told) if isinstance(told, list) and told else None


def _memory(choice: _Choice, topics: Topics | None) -> dict[str, Any]:
    kept: dict[str, Any] = {"by": choice.by, "title": choice.title}
    if choice.papers is not None:
        kept["papers"] = list(choice.papers)
    if choice.min_rating is not None:
        kept["min_rating"] = choice.min_rating
    if choice.by == "topic" and topics is not None:
        kept["topics"] = drafts.topics_as_json(topics)
    return kept


_GROUPED = {
    "tag": "tag",
    "topic": "topics that were suggested from the words of their titles and abstracts",
    "year": "year",
    "venue": "venue",
}
