"""`Project`, the one object that a user opens."""

from reviewkit.project.adding import add_understood
from reviewkit.project.findings import Findings
from reviewkit.project.linking import Run
from reviewkit.project.matrix import Matrix
from reviewkit.project.paper import LibraryPaper
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
