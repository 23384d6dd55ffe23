"""The pytest plug-in, once somebody asks for it with `--reviewkit` or `--reviewkit-record`."""

from __future__ import annotations

from collections.abc import Generator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from reviewkit import checks
from reviewkit.citations import SUFFIXES
from reviewkit.errors import FormatError, ReviewerError, ReviewkitError
from reviewkit.project import Project, Run
from reviewkit.testing.cells import Outcomes, carried, carry
from reviewkit.testing.items import ManuscriptFile
from reviewkit.testing.projects import OpenProjects

_PROJECTS = pytest.StashKey[OpenProjects]()


def pytest_configure(config: pytest.Config) -> None:
    """Make ready for projects and outcomes."""
    given = str(config.getini("reviewkit_project"))
    folder = (config.rootpath / given).resolve() if given else None
    config.stash[_PROJECTS] = OpenProjects(folder, config.getoption("reviewkit_reviewer"))
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recording(config), "reviewkit-recording")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the projects."""
    projects = config.stash.get(_PROJECTS, None)
    if projects is not None:
        projects.close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ManuscriptFile | None:
    """Collect a manuscript that is to be checked."""
    config = parent.config
    if not config.getoption("reviewkit") or not _is_asked_for(config, file_path):
        return None
    projects = config.stash[_PROJECTS]
    project = projects.of(file_path)
    if project is None:
        raise parent.CollectError(
            f"{file_path} is in no project: there is no references.bib in its folder or above. "
            "Name one in pytest's settings: reviewkit_project = path/to/folder"
        )
    made = ManuscriptFile.from_parent(parent, path=file_path)
    made.projects, made.project = projects, project
    return made


def _is_asked_for(config: pytest.Config, path: Path) -> bool:
    if not path.name.lower().endswith(tuple(SUFFIXES)) or path.name.lower().endswith(".aux"):
        return False
    patterns = config.getini("reviewkit_manuscripts")
    if patterns:
        inside = path.is_relative_to(config.rootpath)
        name = path.relative_to(config.rootpath).as_posix() if inside else path.name
        return any(fnmatch(name, str(pattern)) for pattern in patterns)
    named = (Path(str(argument).split("::")[0]) for argument in config.args)
    if any(config.invocation_params.dir / one == path for one in named):
        return True
    try:
        return checks.read(path.name, path.read_bytes()).cites
    except (OSError, FormatError):
        # Nobody asked for this file by its name: that it cannot be read is not told here.
        return False


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, Any, None]:
    """Let the reports of notebook cells tell which cell it was."""
    report = (yield).get_result()
    if report.when == "call" or (report.when == "setup" and not report.passed):
        failure = str(call.excinfo.value) if call.excinfo is not None else None
        carry(item, report, failure)


class Recording:
    """Gathers what came of cells from all reports, and records it at the end.

    Only where all reports come together: not in the workers of a run in several processes.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._outcomes = Outcomes()
        self._told: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of what came of a cell."""
        outcome = carried(report)
        if outcome is not None:
            self._outcomes.take(outcome)

    def pytest_sessionfinish(self) -> None:
        """Record what came of linked cells, if that was asked for."""
        projects = self._config.stash[_PROJECTS]
        for path in self._outcomes.notebooks():
            projects.of(path)
        for project in projects.all():
            runs = self._outcomes.runs(project)
            if runs:
                failed = [f"{run.notebook} {run.cell}" for run in runs if not run.passed]
                self._told.append(
                    f"{_cells(len(runs))} of {project.root.name} ran: "
                    f"{len(runs) - len(failed)} passed, {len(failed)} failed; "
                    f"{self._record(project, runs)}"
                )
                if failed:
                    # Pytest may count fewer.
                    self._told.append(
                        f"failed, itself or by an error in a cell before it: {', '.join(failed)}"
                    )

    def _record(self, project: Project, runs: list[Run]) -> str:
        config = self._config
        if not (config.getoption("reviewkit_record") or config.getini("reviewkit_record")):
            return "not recorded (--reviewkit-record does)"
        try:
            changed = project.record_runs(runs, by=config.getoption("reviewkit_reviewer"))
        except ReviewerError:
            return "not recorded, as nobody is named who ran them: --reviewkit-reviewer NAME does"
        except ReviewkitError as error:
            return f"not recorded: {error.message}"
        return f"recorded, {changed} new"

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what came of linked cells."""
        if self._told:
            terminalreporter.section("reviewkit")
        for line in self._told:
            terminalreporter.write_line(line)


def _cells(number: int) -> str:
    return "1 linked cell" if number == 1 else f"{number} linked cells"
