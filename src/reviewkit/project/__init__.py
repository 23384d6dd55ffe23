"""`Project`, the one object that a user opens."""

from reviewkit.project.checking.findings import Findings
from reviewkit.project.checking.linking import Run
from reviewkit.project.comparing.matrix import Matrix
from reviewkit.project.curating.adding import add_understood
from reviewkit.project.opening.paper import LibraryPaper
from reviewkit.project.project import Project, open_project

__all__ = [
    "Findings",
    "LibraryPaper",
    "Matrix",
    "Project",
    "Run",
    "add_understood",
    "open_project",
]
