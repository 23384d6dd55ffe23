"""Edits that were safe come back when the folder loses them, or are asked about."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reviewkit.ops.op import encode
from reviewkit.project import Project
from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine
from tests.files.hands import bib, start


@pytest.fixture(autouse=True)
def somebody(private_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def again(folder: Path) -> Project:
    return Project(folder, reviewer="ana", watch=False)


def logs(folder: Path) -> list[Path]:
    return sorted(folder.glob(".reviewkit/ops/*/*.jsonl"))


def rated(folder: Path, rating: int = 4) -> Path:
    """A project in which a process that has ended rated a paper."""
    with start(folder) as project:
        project.review("smith2021", rating=rating, note="Läuft.")
    return folder


def ratings(project: Project) -> list[object]:
    return [review.rating for review in project["smith2021"].reviews]


def branches(folder: Path) -> Path:
    """A repository whose branch `side` has a rating that `main` has not."""
    with start(folder) as project:
        project.review("zhang2020", rating=1)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "begin")
    git(folder, "checkout", "-qb", "side")
    with again(folder) as project:
        project.review("smith2021", rating=4, note="Läuft.")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "side")
    return folder


def test_a_log_that_vanished_comes_back_with_the_next_opening(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    for log in logs(folder):
        log.unlink()
    with again(folder) as project:
        assert ratings(project) == [4]
        assert project.missing_edits() == []
        assert project.heal().brought_back == 2
    with again(folder) as project:
        assert ratings(project) == [4]
        assert project.heal().brought_back == 0


def test_a_folder_restored_from_a_backup(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    shutil.copytree(folder, tmp_path / "backup")
    with again(folder) as project:
        project.review("smith2021", rating=2)
    shutil.rmtree(folder)
    (tmp_path / "backup").rename(folder)
    with again(folder) as project:
        assert ratings(project) == [2]
        assert project.sync().held == 0


def test_a_rolled_back_log_comes_back_under_an_open_project(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    project = again(folder)
    project.review("zhang2020", rating=1)
    old = logs(folder)
    for log in old:
        log.write_bytes(log.read_bytes()[:-200])
    project.sync()
    with again(folder) as other:
        assert ratings(other) == [4]
        assert other["zhang2020"].reviews[0].rating == 1
    assert ratings(project) == [4]


def test_two_clones_of_one_user_have_their_own_edits(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    shutil.copytree(folder, tmp_path / "clone")
    with again(folder) as project:
        project.review("smith2021", rating=2)
    with again(tmp_path / "clone") as clone:
        assert ratings(clone) == [4]


def test_another_branch_asks_and_what_is_brought_back_is_there(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    git(folder, "checkout", "-q", "main")
    with again(folder) as project:
        missing = project.missing_edits()
        assert {change.citekey for change in missing} == {"smith2021"}
        assert missing[0].field == "rating"
        assert ratings(project) == []
        assert project.info().missing == len(missing)
    with again(folder) as project:
        assert project.bring_back() == len(missing)
        assert ratings(project) == [4]
        assert project.missing_edits() == [] and project.info().missing == 0
        project.sync()
        assert "ana=4" in bib(project)
    with again(folder) as project:
        assert ratings(project) == [4]


def test_what_is_left_is_not_asked_about_again_on_that_branch(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    git(folder, "checkout", "-q", "main")
    with again(folder) as project:
        assert project.leave() == 2 and project.missing_edits() == []
    with again(folder) as project:
        assert project.missing_edits() == [] and ratings(project) == []
    git(folder, "checkout", "-q", "side")
    with again(folder) as project:
        assert ratings(project) == [4] and project.missing_edits() == []
        for log in logs(folder):
            log.unlink()
    with again(folder) as project:
        assert ratings(project) == [4]
    git(folder, "checkout", "-qf", "main")


def test_an_open_project_shows_what_is_checked_out(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    one, two = again(folder), again(folder)
    git(folder, "checkout", "-q", "main")
    for _ in range(2):
        for project in (one, two, again(folder)):
            project.sync()
            assert ratings(project) == []
            assert len(project.missing_edits()) == 2
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "checkout", "-q", "side")
    for project in (one, two):
        project.sync()
        assert ratings(project) == [4] and project.missing_edits() == []
    assert git(folder, "status", "--porcelain") == ""


def test_what_git_takes_away_without_moving_comes_back_at_once(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    with again(folder) as project:
        project.review("smith2021", rating=2)
    git(folder, "stash", "-q", "--include-untracked")
    with again(folder) as project:
        assert ratings(project) == [2]


def test_a_reset_to_an_older_commit_asks(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    project = again(folder)
    git(folder, "reset", "-q", "--hard", "HEAD~1")
    project.sync()
    assert len(project.missing_edits()) == 2
    assert project.bring_back() == 2 and ratings(project) == [4]


def test_the_edits_of_the_open_process_itself_always_stay(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    project = again(folder)
    project.review("zhang2020", status="done")
    project.sync()
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "status")
    git(folder, "checkout", "-q", "main")
    project.sync()
    assert project["zhang2020"].reviews[0].status == "done"
    assert ratings(project) == []


def test_nothing_is_written_while_git_is_at_work(tmp_path: Path) -> None:
    folder = branches(tmp_path / "group")
    project = again(folder)
    lock = folder / ".git" / "index.lock"
    lock.touch()
    before = bib(project)
    for log in logs(folder):
        log.unlink()
    project.look()
    project.flush()
    assert bib(project) == before and logs(folder) == []
    lock.unlink()
    project.sync()
    assert ratings(project) == [4] and bib(project) == before


def test_the_project_keeps_its_id_where_a_branch_has_none(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    project = again(folder)
    project.review("smith2021", status="read")
    card = folder / ".reviewkit" / "library.json"
    before = json.loads(card.read_bytes())
    shutil.rmtree(folder / ".reviewkit")
    project.review("smith2021", rating=5)
    assert json.loads(card.read_bytes()) == before
    project.sync()
    with again(folder) as other:
        assert ratings(other) == [5] and other["smith2021"].reviews[0].notes


def test_a_damaged_line_is_written_again_and_told(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    (log,) = logs(folder)
    lines = log.read_bytes().split(b"\n")
    place = len(lines[0]) + 1
    lines[1] = lines[1].replace(b"rating", b"sating").replace(b"note", b"nota")
    log.write_bytes(b"\n".join(lines))
    with again(folder) as project:
        assert ratings(project) == [4] and project["smith2021"].reviews[0].notes
        result = project.heal()
        assert result.brought_back == 1
        (problem,) = result.damage
        assert problem.line == 2 and problem.path and problem.path.endswith(log.name)
        assert f"at byte {place}: its edit is kept in another log" in problem.reason


def test_a_damaged_line_of_somebody_else_is_told_as_lost(
    tmp_path: Path, private_home: Path
) -> None:
    folder = rated(tmp_path / "group")
    shutil.rmtree(private_home / "reviewkit")
    (log,) = logs(folder)
    log.write_bytes(log.read_bytes().replace(b'"rating"', b'"sating"'))
    with again(folder) as project:
        (problem,) = project.heal().damage
        assert "its edit is lost here" in problem.reason


def test_a_torn_journal_gives_what_is_whole(tmp_path: Path, private_home: Path) -> None:
    folder = rated(tmp_path / "group")
    (kept,) = private_home.glob("reviewkit/lib-*/*/journal/*.jsonl")
    whole = kept.read_bytes()
    first = whole.split(b"\n")[0] + b"\n"
    kept.write_bytes(b"\0" * 50 + b"\n" + first + whole[len(first) : -30])
    (log,) = logs(folder)
    log.write_bytes(b"")
    with again(folder) as project:
        assert project.heal().brought_back == whole.count(b"\n") - 2


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    folder = rated(tmp_path / "group")
    for log in logs(folder):
        log.unlink()

    class Full(FS):
        def create(self, path: Path) -> int:
            raise OSError(28, os.strerror(28), str(path))

    project = Project(folder, reviewer="ana", watch=False, machine=Machine(Full()))
    assert len(project.missing_edits()) == 2
    with again(folder) as other:
        assert ratings(other) == [4]


def test_a_journal_of_many_edits_is_not_read_where_nothing_is_missing(
    tmp_path: Path, private_home: Path
) -> None:
    folder = rated(tmp_path / "group")
    read: list[tuple[Path, int]] = []

    class Counting(FS):
        def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
            data = super().read(path, offset, length)
            read.append((path, len(data)))
            return data

    with Project(folder, reviewer="ana", watch=False, machine=Machine(Counting())) as project:
        assert max(len(encode(op)) for op in project._sync.fold) > 128
    of_journal = [size for path, size in read if "journal" in path.parts]
    assert of_journal == [128]
