"""The requests about citations in a style."""

from __future__ import annotations

from typing import Any

from reviewkit import parameters
from reviewkit.api.asked import Asked
from reviewkit.citing import STYLES
from reviewkit.errors import ValueRefusedError
from reviewkit.project import Project
from reviewkit.project.manuscripts.cited import USUAL_STYLE
from reviewkit.records import CitationStyle, CitationStyles, Me

#: Characters of all texts of one document together.
MOST_TEXT = 4_000_000
#: For so long, in seconds, a request may keep one of the server's threads.
MOST_SECONDS = 30.0


def _styles(project: Project, given: Asked, me: Me, via: str) -> Any:
    return CitationStyles(tuple(CitationStyle(*named) for named in STYLES.items()))


def _cite(project: Project, given: Asked, me: Me, via: str) -> Any:
    texts = given.texts("texts", most=parameters.TEXT_LENGTH)
    if sum(map(len, texts)) > MOST_TEXT:
        raise ValueRefusedError(
            f"The texts have more than {MOST_TEXT:,} characters. Part the document.",
            field="texts",
            value=len(texts),
        )
    style = project.allowed_style(given.text("style", default=USUAL_STYLE))
    return project.show_citations(texts, style, stop=given.stop, seconds=MOST_SECONDS)


KNOWN = {"styles": (), "cite": ("texts", "style")}
ANSWERS = {"styles": _styles, "cite": _cite}
