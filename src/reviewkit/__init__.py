"""reviewkit: annotate, rate and tag papers in Jupyter, in step with BibTeX and CSV."""

from reviewkit.errors import (
    BibtexError,
    DatabaseOffError,
    FormatError,
    LookupOffError,
    MissingDependencyError,
    NewerFormatError,
    NotDurableError,
    ProjectError,
    ReviewerError,
    ReviewkitError,
    SourceError,
    StaleError,
    UnknownCitationError,
    UnknownPaperError,
    ValueRefusedError,
)
from reviewkit.identity import remember
from reviewkit.lookup.settings import switch as switch_lookups
from reviewkit.project import LibraryPaper, Project
from reviewkit.project import open_project as open  # noqa: A004, read as rk.open
from reviewkit.project.opening.moving import connect
from reviewkit.records import Conflict, Note, Paper, Query, Review

__version__ = "0.1.0"

__all__ = [
    "BibtexError",
    "Conflict",
    "DatabaseOffError",
    "FormatError",
    "LibraryPaper",
    "LookupOffError",
    "MissingDependencyError",
    "NewerFormatError",
    "NotDurableError",
    "Note",
    "Paper",
    "Project",
    "ProjectError",
    "Query",
    "Review",
    "ReviewerError",
    "ReviewkitError",
    "SourceError",
    "StaleError",
    "UnknownCitationError",
    "UnknownPaperError",
    "ValueRefusedError",
    "connect",
    "open",
    "remember",
    "switch_lookups",
]


def __dir__() -> list[str]:
    # What the tab key offers: what people use, not every module that was imported.
    return [*__all__, "__version__"]
