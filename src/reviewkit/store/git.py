"""A folder's git work tree as its files tell of it; git itself need not be installed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine

_MOST_LINKS = 5
_LOCKED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Head:
    """What is checked out: the branch's full name (None: no branch) and the commit.

    `commit` is whatever changes with it: the object id, or, where references are kept in a
    reftable, the list of its files; None before the first commit.
    """

    branch: str | None
    commit: str | None

    @property
    def place(self) -> str:
        """The branch; without one, the commit."""
        return self.branch or self.commit or ""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """The folder with `.git` in it, git's own folder for it, and the one all work trees share."""

    root: Path
    own: Path
    common: Path


def work_tree(folder: Path, fs: FS) -> WorkTree | None:
    """The work tree that the folder is in; None if it is in none.

    Linked work trees and submodules have a file `.git` that names git's folder for them.
    """
    for root in (folder, *folder.parents):
        dot = root / ".git"
        own: Path | None = dot if fs.is_folder(dot) else None
        if own is None and fs.exists(dot):
            line = _line(dot, fs) or ""
            if line.startswith("gitdir: "):
                own = Path(os.path.normpath(root / line.removeprefix("gitdir: ")))
        if own is not None and fs.exists(own / "HEAD"):
            common = _line(own / "commondir", fs)
            return WorkTree(root, own, Path(os.path.normpath(own / common)) if common else own)
    return None


def head_of(folder: Path, fs: FS) -> Head | None:
    """What is checked out where the folder is; None outside of git, or if it cannot be read."""
    tree = work_tree(folder, fs)
    if tree is None:
        return None
    line = _line(tree.own / "HEAD", fs)
    if line is None:
        return None
    table = _line(tree.common / "reftable" / "tables.list", fs, whole=True)
    if not line.startswith("ref: "):
        return Head(None, line)
    branch = line.removeprefix("ref: ").strip()
    if table is not None:
        return Head(None if branch == "refs/heads/.invalid" else branch, table)
    return Head(branch, _commit(tree, branch, fs))


def is_busy(folder: Path, machine: Machine) -> bool:
    """Whether git is changing the work tree right now; a lock that a crash left ages."""
    tree = work_tree(folder, machine.fs)
    lock = None if tree is None else machine.fs.signature(tree.own / "index.lock")
    return lock is not None and machine.seconds - lock.mtime_ns / 1e9 < _LOCKED_SECONDS


def _commit(tree: WorkTree, name: str, fs: FS) -> str | None:
    for _ in range(_MOST_LINKS):
        line = next(filter(None, (_line(d / name, fs) for d in (tree.own, tree.common))), None)
        if line is None:
            return _packed(tree.common / "packed-refs", name, fs)
        if not line.startswith("ref: "):
            return line
        name = line.removeprefix("ref: ").strip()
    return None


def _packed(path: Path, name: str, fs: FS) -> str | None:
    for line in (_line(path, fs, whole=True) or "").splitlines():
        commit, _, found = line.partition(" ")
        if found == name:
            return commit
    return None


def _line(path: Path, fs: FS, *, whole: bool = False) -> str | None:
    """The file's first line, or all of it; None if there is no such file or it is empty."""
    try:
        text = fs.read(path).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return None
    return text if whole or not text else text.splitlines()[0]
