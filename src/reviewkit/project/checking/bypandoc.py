"""What only pandoc can say of a manuscript that is checked; nothing where it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.checks import Manuscript
from reviewkit.citations.found import Use
from reviewkit.citing import citations
from reviewkit.errors import MissingProgramError, PandocError, ReviewkitError
from reviewkit.project.manuscripts.cited import NOTHING

if TYPE_CHECKING:
    from reviewkit.project.manuscripts.citing import Citing


def bibliographies(project: Citing, manuscript: Manuscript) -> Mapping[int, str]:
    """What each bibliography cell should hold now, by its number.

    Only cells that name their style are told of: others are a draft's, or a person's own.
    """
    cells = [
        part.number
        for part in manuscript.parts
        if part.role == "bibliography" and part.memory.get("style") and part.number is not None
    ]
    if not cells:
        return {}
    try:
        text = project.bibliography(Path(manuscript.name)).markdown or NOTHING
    except ReviewkitError:
        # A style that is gone, or no pandoc: whether it is out of date cannot be known.
        return {}
    return dict.fromkeys(cells, text)


def unsure_keys(manuscript: Manuscript, unknown: frozenset[str]) -> frozenset[str]:
    """Those of the unknown keys that pandoc takes for no citation at all."""
    if not unknown:
        return frozenset()
    parts = [part for part in manuscript.parts if part.language == "markdown"]
    try:
        clusters = citations([part.text for part in parts])
    except (MissingProgramError, PandocError):
        return frozenset()
    found = {key for cluster in clusters for key in cluster.keys}
    # Other syntaxes are not pandoc's to judge.
    other = {
        use.key
        for part in manuscript.parts
        for use in part.uses
        if part.language != "markdown" or not _is_pandocs(part.text, use)
    }
    return unknown - found - other


def _is_pandocs(text: str, use: Use) -> bool:
    return text[max(0, use.at - 2) : use.at].endswith(("@", "@{"))
