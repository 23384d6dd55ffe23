"""A manuscript as a file of tests, one test a rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewkit.checks import CODES, RULES, Rule, settings_of
from reviewkit.errors import ReviewkitError
from reviewkit.project import Findings, Project
from reviewkit.store.settings import read_settings
from reviewkit.testing.projects import OpenProjects


class RuleFailedError(Exception):
    """A rule found something; carries the findings."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class ManuscriptFile(pytest.File):
    """A manuscript; `project` is the one it is checked against."""

    projects: OpenProjects
    project: Project

    def collect(self) -> Iterator[RuleItem]:
        """A test for each rule that the project uses."""
        try:
            settings = settings_of(read_settings(self.project.root).check, CODES)
        except ReviewkitError as error:
            raise self.CollectError(error.message) from None
        for rule in sorted(RULES.values(), key=lambda rule: rule.code):
            if rule.name not in settings.off:
                yield RuleItem.from_parent(self, name=rule.name, rule=rule)


class RuleItem(pytest.Item):
    """One rule, looked for in one manuscript."""

    def __init__(self, *, rule: Rule, **options: Any) -> None:
        super().__init__(**options)
        self.rule = rule

    def runtest(self) -> None:
        """Fail if the rule finds anything that counts."""
        manuscript = self.getparent(ManuscriptFile)
        assert manuscript is not None
        found = manuscript.projects.findings(self.path, manuscript.project).of(self.rule.name)
        hints = [one for one in found if one not in found.failures]
        if hints:
            self.add_report_section("call", "hints", _told(Findings(hints), self.path))
        if found.failed:
            raise RuleFailedError(found.failures)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings, as a person reads them; the traceback of anything else."""
        error = excinfo.value
        if isinstance(error, RuleFailedError):
            number = len(error.findings)
            head = f"{self.rule.code} {self.rule.name}: {self.rule.what}"
            times = "1 finding" if number == 1 else f"{number} findings"
            return f"{head} ({times})\n{_told(error.findings, self.path)}"
        if isinstance(error, ReviewkitError):
            return error.message
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where and what, for the report."""
        return self.path, None, f"{self.path.name}: {self.rule.name}"


def _told(findings: Findings, path: Path) -> str:
    lines = []
    for finding in findings:
        where = finding.where.removeprefix(str(path)).lstrip(", ") or path.name
        lines.append(f"  {where}: {finding.severity}: {finding.message}")
        if finding.quote:
            lines.append(f"    > {finding.quote}")
    return "\n".join(lines)
