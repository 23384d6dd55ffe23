"""What is checked out, read from git's own files, as git says it."""

import os
import subprocess
from pathlib import Path

import pytest

from reviewkit.store.fs import FS
from reviewkit.store.git import head_of, is_busy
from reviewkit.store.machine import Machine


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def commit(folder: Path, name: str) -> None:
    (folder / name).write_text(name)
    git(folder, "add", name)
    git(folder, "commit", "-qm", name)


def agrees(folder: Path) -> bool:
    head = head_of(folder, FS())
    return head is not None and head.commit == git(folder, "rev-parse", "HEAD")


def test_the_head_is_what_git_says(repository: Path) -> None:
    before = head_of(repository, FS())
    assert before is not None and (before.branch, before.commit) == ("refs/heads/main", None)
    commit(repository, "a")
    assert agrees(repository)
    (repository / "papers").mkdir()
    assert agrees(repository / "papers")
    git(repository, "checkout", "-qb", "topic/one")
    commit(repository, "b")
    assert agrees(repository)
    git(repository, "pack-refs", "--all")
    assert agrees(repository)
    git(repository, "checkout", "-q", "main")
    assert agrees(repository)
    git(repository, "checkout", "-q", "--detach")
    detached = head_of(repository, FS())
    assert agrees(repository) and detached is not None and detached.branch is None


def test_a_linked_work_tree_has_a_head_of_its_own(repository: Path, tmp_path: Path) -> None:
    commit(repository, "a")
    other = tmp_path / "other"
    git(repository, "worktree", "add", "-q", "-b", "side", str(other))
    commit(other, "b")
    for _ in range(2):
        assert agrees(other) and agrees(repository)
        head = head_of(other, FS())
        assert head is not None and head.branch == "refs/heads/side"
        git(repository, "pack-refs", "--all")


def test_outside_of_git_there_is_none(tmp_path: Path) -> None:
    assert head_of(tmp_path, FS()) is None
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    assert head_of(tmp_path, FS()) is None


def test_git_is_busy_while_it_locks_the_index(repository: Path) -> None:
    machine = Machine()
    assert not is_busy(repository, machine)
    lock = repository / ".git" / "index.lock"
    lock.touch()
    assert is_busy(repository, machine)
    os.utime(lock, (1, 1))
    assert not is_busy(repository, machine)
