"""Projects whose old logs are made one: what is shown, git, and when it is done."""

import math
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.project import Project
from reviewkit.store import folder as store
from reviewkit.store.logrules import Rules
from tests.store.oldlogs import logs, very_many

#: Whatever logs there are.
ANY = Rules(more_than=1, days=-math.inf, fewest=2, wait=0)


def rated(open_: Callable[..., Project], *ratings: int) -> None:
    for rating in ratings:
        with open_() as project:
            project.review("smith2021", rating=rating)
            project.review("zhang2020", add_tags=[f"tag{rating}"])


def yesterday(folder: Path) -> None:
    """The newly merged log has stood for a day."""
    then = time.time() - 90_000
    for log in logs(folder):
        if log.stat().st_mtime > then and log.read_bytes().count(b"\n") > 100:
            os.utime(log, (then, then))


def merge(project: Project, merged: int) -> None:
    project._sync.receive()
    assert project._store.merge_logs(project._sync.fold, ANY).merged == merged


def shown(project: Project) -> list[object]:
    return [project[key].reviews for key in ("smith2021", "zhang2020")]


def test_over_two_thousand_logs_become_one(open_: Callable[..., Project], folder: Path) -> None:
    with open_() as project:
        project.review("smith2021", rating=4)
        made = very_many(project, 2001)
        project.sync()
        before = shown(project)
        assert project.merge_logs(dry_run=True).merged == 2001
        result = project.merge_logs()
        assert (result.logs, result.merged, result.into, result.gone) == (2002, 2001, 1, 0)
        assert len(logs(folder)) == 2003
        yesterday(folder)
        assert project.merge_logs().gone == 2001
        # It knows by itself that nothing was taken away.
        assert not project._store.operations.lost
        assert shown(project) == before
        project.review("smith2021", rating=5)
    assert len(logs(folder)) == 2
    assert len(list((folder / ".reviewkit" / "trash").glob("*.jsonl"))) == 2001
    with open_() as again:
        assert {op.id for op in made} <= {op.id for op in again._sync.fold}
        assert again[("smith2021")].review_of("ana").rating == 5  # type: ignore[union-attr]
        assert again.missing_edits() == [] and not again.info().problems
        sync = again.sync()
        assert (sync.taken_in, sync.bib_written, sync.csv_written) == (0, False, False)


def test_everybody_who_has_it_open_goes_on(open_: Callable[..., Project], folder: Path) -> None:
    rated(open_, 1, 2, 3)
    one, other, ben = open_(), open_(), open_(reviewer="ben")
    other.review("smith2021", rating=4)
    ben.review("smith2021", rating=2)
    merge(one, 4)
    before = [shown(project) for project in (one, other, ben)]
    for project in (one, other, ben):
        project.sync()
    other.review("smith2021", rating=5)
    for project in (one, other, ben):
        project.sync()
        assert len(project["smith2021"].conflicts) == 0
        assert project["smith2021"].review_of("ana").rating == 5  # type: ignore[union-attr]
    assert before[0][1] == shown(one)[1]


@pytest.fixture
def from_ten_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "RULES", Rules(more_than=10, fewest=5))


def test_it_is_done_by_the_one_that_leads(
    open_: Callable[..., Project], folder: Path, from_ten_on: None
) -> None:
    with open_() as project:
        very_many(project, 11, 50)
    leader, follower = open_(watch=True), open_(watch=True)
    for project, left in ((follower, 11), (leader, 12), (leader, 1)):
        yesterday(folder)
        project._live._merge_due = 0.0
        project._live._step(project)
        assert len(logs(folder)) == left


def test_a_project_in_git_is_left_alone_unless_asked(
    open_: Callable[..., Project], folder: Path, from_ten_on: None
) -> None:
    git(folder, "init", "-q", "-b", "main")
    with open_() as project:
        very_many(project, 11, 50)
    with open_() as project:
        project.merge_old_logs()
        assert len(logs(folder)) == 11
        assert project.merge_logs().into == len(logs(folder)) == 1


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


@pytest.mark.parametrize("here", ["main", "side"])
def test_branches_with_old_and_with_merged_logs_meet(
    open_: Callable[..., Project], folder: Path, here: str
) -> None:
    (folder / ".gitattributes").write_text(
        ".reviewkit/ops/**/*.jsonl -text merge=union\n*.csv merge=union\n"
    )
    rated(open_, 1, 2, 3)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "begin")
    git(folder, "branch", "side")
    with open_() as project:
        merge(project, 3)
        project.sync()
        known = {op.id for op in project._sync.fold}
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "logs merged")
    git(folder, "checkout", "-q", "side")
    # An old branch brings the old logs: they say the same, and nobody is asked anything.
    with open_() as project:
        project.sync()
        assert {op.id for op in project._sync.fold} == known
        assert project.missing_edits() == []
        project.review("zhang2020", rating=4)
        known = {op.id for op in project._sync.fold}
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one more")
    git(folder, "checkout", "-q", here)
    git(folder, "merge", "-q", "--no-edit", "side" if here == "main" else "main")
    assert len(logs(folder)) == 2
    with open_() as project:
        project.sync()
        assert {op.id for op in project._sync.fold} == known
        assert project.missing_edits() == []
        assert project["zhang2020"].review_of("ana").rating == 4  # type: ignore[union-attr]
