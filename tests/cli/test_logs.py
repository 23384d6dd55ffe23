"""The command merge-logs."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewkit.cli import logs as cli
from reviewkit.project import Project
from reviewkit.store import folder
from reviewkit.store.logrules import Rules
from tests.store.oldlogs import logs, very_many

Run = Callable[..., Any]


def test_few_logs_are_left_alone(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    answer = run("merge-logs")
    assert answer.code == 0
    assert answer.out == "There is 1 log; over 2,000, old ones are merged.\n"


def test_it_is_said_first_and_done_then(
    library: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (folder, cli):
        monkeypatch.setattr(module, "RULES", Rules(more_than=10, fewest=5))
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    with Project(library, reviewer="ana", watch=False) as project:
        very_many(project, 11)
    assert "12 of them; old ones can be made few: reviewkit merge-logs" in run("doctor").out
    answer = run("merge-logs", "--dry-run")
    assert "11 of 12 logs would stand in 1 new ones." in answer.out
    assert "1 stay: younger than 30 days" in answer.out
    assert run("merge-logs", "--dry-run", "--json").json == {
        "logs": 12, "merged": 11, "into": 1, "gone": 0,
        "kept": [["younger than 30 days", 1]], "done": False,
    }  # fmt: skip
    assert len(logs(library)) == 12
    answer = run("merge-logs")
    assert "11 of 12 logs now stand in 1 new ones.\nThe old ones go in a day" in answer.out
    assert len(logs(library)) == 13
    assert "11 stay: in a new log, too, and gone in a day" in run("merge-logs").out
    then = time.time() - 90_000
    os.utime(max(logs(library), key=lambda log: log.stat().st_size), (then, then))
    assert "11 old ones went to .reviewkit/trash" in run("merge-logs").out
    assert len(logs(library)) == 2
    assert "There are 2 logs" in run("merge-logs").out
