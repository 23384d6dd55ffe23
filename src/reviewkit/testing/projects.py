"""The projects that one run of pytest needs, each opened once."""

from __future__ import annotations

from pathlib import Path

from reviewkit import places
from reviewkit.project import Findings, Project, open_project


class OpenProjects:
    """Projects by folder, and what was found in their manuscripts.

    Parameters
    ----------
    given
        The folder of the project, if the settings name it.
    reviewer
        On whose behalf; None: whoever runs this.
    """

    def __init__(self, given: Path | None, reviewer: str | None) -> None:
        self._given = given
        self._reviewer = reviewer
        self._open: dict[Path, Project] = {}
        self._found: dict[Path, Findings] = {}

    def of(self, path: Path) -> Project | None:
        """The project that a file belongs to; None if it belongs to none."""
        folder = self._given or places.project_folder(path.parent)
        if folder is None:
            return None
        if folder not in self._open:
            self._open[folder] = open_project(folder, reviewer=self._reviewer, watch=False)
        return self._open[folder]

    def findings(self, path: Path, project: Project) -> Findings:
        """What is to be looked at in a manuscript; it is checked once."""
        if path not in self._found:
            self._found[path] = project.check(path)
        return self._found[path]

    def all(self) -> list[Project]:
        """The projects that are open."""
        return list(self._open.values())

    def close(self) -> None:
        """Close all of them."""
        for project in self._open.values():
            project.close()
        self._open.clear()
