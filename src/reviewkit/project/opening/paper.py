"""A paper of an open project: the values, and what one can do with them in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from reviewkit import markup
from reviewkit.project.opening.opinion import Opinion
from reviewkit.project.opening.optional import load
from reviewkit.records import Paper, Review

if TYPE_CHECKING:
    from reviewkit.project.opening.saying import Saying


@dataclass(frozen=True, repr=False)
class LibraryPaper(Paper):
    """A paper as it was when it was asked for; `project[citekey]` gives it anew."""

    project: Saying | None = field(default=None, compare=False, kw_only=True)

    def __repr__(self) -> str:
        return f"<paper {self.citekey}: {self.title}>"

    def form(self) -> Any:
        """A widget to rate, tag and note the paper; saved as you type."""
        return load("reviewkit.kit").form(self)

    def review(self, **opinion: Any) -> Review:
        """Say something of the paper: see `Project.review`."""
        if self.project is None:
            raise ValueError(f"{self!r} belongs to no open project.")
        reviewer, via = opinion.pop("reviewer", None), opinion.pop("via", "kernel")
        return self.project.say(self, Opinion(**opinion), reviewer, via)

    def _repr_html_(self) -> str:
        me = self.project.reviewer if self.project is not None else None
        return markup.paper_card_html(self, me)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        if len(printer.stack) > 1:
            # One of many, in a list or a dictionary: a line each.
            printer.text(repr(self))
            return
        me = self.project.reviewer if self.project is not None else None
        printer.text(markup.paper_card_text(self, me))


def bound(paper: Paper, project: Saying) -> LibraryPaper:
    """The paper, tied to its project."""
    values = {f.name: getattr(paper, f.name) for f in fields(Paper)}
    return LibraryPaper(**values, project=project)
