"""What came of the cells of notebooks under nbval, for the claims that are linked to them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewkit.checks.code import CellCode, cell_codes
from reviewkit.project import Project, Run

#: Under which name a report carries what came of a cell, from process to process.
_CARRIED = "reviewkit_cell"
_PASSED, _DIFFERS, _FAILED, _SKIPPED = "passed", "differs", "failed", "skipped"


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """What came of one code cell; `index` counts the code cells of its notebook from 0."""

    notebook: str
    index: int
    cell: str | None
    outcome: str
    code: str
    before: str


def carry(item: pytest.Item, report: pytest.TestReport, failure: str | None) -> None:
    """Let the report of a cell of nbval tell what came of it; others are left alone."""
    notebook = getattr(item.parent, "nb", None)
    index, cell = getattr(item, "cell_num", None), getattr(item, "cell", None)
    if notebook is None or cell is None or not isinstance(index, int):
        return
    name = cell.get("id")
    codes = cell_codes(item.path.name, json.dumps(notebook))
    code = codes.get(name, CellCode("", "")) if isinstance(name, str) else CellCode("", "")
    outcome = _outcome(report, failure, getattr(item, "test_outputs", None))
    values = (str(item.path), index, name, outcome, code.code, code.before)
    setattr(report, _CARRIED, list(values))


def carried(report: pytest.TestReport) -> CellOutcome | None:
    """What the report of a cell tells; None if it is another test's."""
    values = getattr(report, _CARRIED, None)
    return CellOutcome(*values) if values else None


def _outcome(report: pytest.TestReport, failure: str | None, outputs: Any) -> str:
    if report.failed or hasattr(report, "wasxfail"):
        # A cell whose output is another has run: those after it stand on firm ground.
        return _DIFFERS if failure == "Cell outputs differ" else _FAILED
    if report.skipped:
        return _SKIPPED
    for output in outputs or ():
        # IPython tells of a magic that it does not know, and the rest of the cell never ran.
        if output.get("name") == "stderr" and "UsageError:" in str(output.get("text", "")):
            return _FAILED
    return _PASSED


class Outcomes:
    """What came of all cells of one run of pytest."""

    def __init__(self) -> None:
        self._cells: defaultdict[str, dict[int, CellOutcome]] = defaultdict(dict)

    def take(self, outcome: CellOutcome) -> None:
        """Take note of one; a worse one of the same cell stays."""
        known = self._cells[outcome.notebook].get(outcome.index)
        if known is None or known.outcome == _PASSED:
            self._cells[outcome.notebook][outcome.index] = outcome

    def notebooks(self) -> list[Path]:
        """The notebooks of which cells ran."""
        return [Path(name) for name in self._cells]

    def runs(self, project: Project) -> list[Run]:
        """What is known of the project's linked cells.

        A cell counts as failed if one before it did, and as not run if one before it was left
        out of this run: then it does not stand on what the notebook says.
        """
        linked = project.linked_cells()
        found = []
        for name, cells in self._cells.items():
            try:
                notebook = Path(name).resolve().relative_to(project.root.resolve()).as_posix()
            except ValueError:
                continue
            sound, whole = True, True
            for index in range(max(cells) + 1):
                one = cells.get(index)
                whole = whole and one is not None
                if one is None:
                    continue
                if (notebook, one.cell) in linked and one.outcome != _SKIPPED and one.cell:
                    passed = sound and one.outcome == _PASSED
                    if whole:
                        code = CellCode(one.code, one.before)
                        found.append(Run(notebook, one.cell, passed, code))
                sound = sound and one.outcome != _FAILED
        return found
