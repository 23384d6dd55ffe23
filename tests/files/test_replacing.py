"""Replacing a file where the system cannot exchange two, or will not now."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.project import Project
from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine
from tests.files.hands import bib, edit_bib, edit_row, row, settle, start


class Elsewhere(FS):
    """Another system's file system: which calls it has, and what somebody does before one."""

    def __init__(self, refuses: dict[str, int] | None = None, *, windows: bool = False) -> None:
        self.refuses = {"exchange": 0, **(refuses or {})}
        self.windows = windows
        self.calls: list[str] = []
        self.before: Callable[[], None] = lambda: None
        self.locked: set[str] = set()

    def _call(self, name: str, path: Path) -> None:
        self.calls.append(name)
        if name in ("link", "move", "replace_keeping"):
            act, self.before = self.before, lambda: None
            act()
        code = self.refuses.get(name, 0)
        if code and (path.suffix in (".bib", ".csv") or name == "link"):
            raise OSError(code, os.strerror(code), str(path))

    def exchange(self, one: Path, other: Path) -> bool:
        self._call("exchange", other)
        return False

    def replace_keeping(self, new: Path, target: Path, old: Path) -> bool:
        if not self.windows:
            return False
        self._call("replace_keeping", target)
        if target.name in self.locked:
            raise PermissionError(errno.EACCES, "another program keeps it open", str(target))
        target.rename(old)
        new.rename(target)
        return True

    def link(self, path: Path, name: Path) -> None:
        if path.suffix in (".bib", ".csv"):
            self._call("link", path)
        super().link(path, name)

    def move(self, path: Path, name: Path) -> None:
        if name.suffix in (".bib", ".csv") and name.parent.name != "trash":
            self._call("move", name)
            if name.name in self.locked:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
        super().move(path, name)


def _open(folder: Path, fs: FS) -> Project:
    return Project(folder, reviewer="ana", watch=False, machine=Machine(fs))


WAYS = {
    "links": Elsewhere,
    "no links": lambda: Elsewhere({"link": errno.EPERM}),
    "no links on a network": lambda: Elsewhere({"link": errno.EOPNOTSUPP}),
    "windows": lambda: Elsewhere(windows=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_files_are_written_and_edits_taken_in(tmp_path: Path, way: str) -> None:
    fs = WAYS[way]()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4, note="One.")
        project.flush()
        edit_row(project, "smith2021", rating="5")
        edit_bib(project, "{A Study}", "{Another Study}")
        project.sync()
        assert project["smith2021"].review_of("ana").rating == 5
        assert project["zhang2020"].title == "Another Study"
        assert "ana=5" in bib(project) and row(project, "smith2021")["rating"] == "5"
        settle(project)
        assert not [p.name for p in tmp_path.iterdir() if p.name.startswith((".ref", ".reviews"))]
    assert ("replace_keeping" in fs.calls) == (way == "windows")
    assert ("link" in fs.calls) == (way != "windows")


@pytest.mark.parametrize("way", ["links", "windows"])
def test_a_save_just_before_is_taken_in(tmp_path: Path, way: str) -> None:
    fs = WAYS[way]()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
        project.flush()

        def save() -> None:
            edit_bib(project, "ana=4", "ana=2")

        project.review("smith2021", note="New.")
        fs.before = save
        project.flush()
        project.sync()
        assert project["smith2021"].review_of("ana").rating == 2
        assert "New." in bib(project)
        settle(project)


def test_what_another_machine_saved_over_ours_is_read_back(tmp_path: Path) -> None:
    fs = Elsewhere()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
        project.flush()
        # A network's cache tells of neither another size nor another time.
        known = project.bib_path.stat()
        text = bib(project).replace("ana=4", "ana=1")
        with project.bib_path.open("r+b") as file:
            file.write(text.encode())
        os.utime(project.bib_path, ns=(known.st_atime_ns, known.st_mtime_ns))
        project.take_in()
        assert project["smith2021"].review_of("ana").rating == 4
        project.take_in(again=True)
        assert project["smith2021"].review_of("ana").rating == 1
        settle(project)


@pytest.mark.parametrize("way", ["links", "windows"])
def test_a_table_that_excel_has_open_is_waited_for(tmp_path: Path, way: str) -> None:
    fs = WAYS[way]()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
        project.flush()
        fs.locked = {"reviews.csv"}
        project.review("smith2021", rating=5)
        project.flush()
        (waiting,) = project.info().waiting
        assert waiting.startswith("waiting for reviews.csv (")
        assert row(project, "smith2021")["rating"] == "4" and "ana=5" in bib(project)
        assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".reviews")]
        # What is typed into it meanwhile counts, and it is written once it is closed.
        edit_row(project, "smith2021", status="read")
        project.sync()
        assert project["smith2021"].review_of("ana").status == "read"
        fs.locked = set()
        project.sync()
        assert project.info().waiting == ()
        assert (row(project, "smith2021")["rating"], row(project, "smith2021")["status"]) == (
            "5", "read",
        )  # fmt: skip
        settle(project)


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EROFS, errno.EBUSY])
def test_where_nothing_works_the_file_stays_and_that_is_told(tmp_path: Path, code: int) -> None:
    fs = Elsewhere({"link": code})
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        before = bib(project)
        project.review("smith2021", rating=4)
        project.flush()
        assert bib(project) == before
        assert "waiting for references.bib" in project.info().waiting[0]
        assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".ref")]
        fs.refuses = {}
        project.sync()
        assert "ana=4" in bib(project)
        settle(project)


def test_a_file_marked_read_only_stays_as_it_is_until_it_is_not(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        before = bib(project)
        project.bib_path.chmod(0o444)
        project.review("smith2021", rating=4)
        project.flush()
        assert bib(project) == before
        assert project.info_waiting() == ("waiting for references.bib (it is marked read-only)",)
        assert row(project, "smith2021")["rating"] == "4"
        project.bib_path.chmod(0o644)
        project.flush()
        assert "ana=4" in bib(project)
        assert project.info_waiting() == ()


def test_who_may_only_read_is_told_before_typing(tmp_path: Path) -> None:
    class Elses(FS):
        def may_write(self, folder: Path) -> bool:
            return folder.name != "ops"

    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        assert project.info(me=None, path="p").waiting == ()
    with Project(tmp_path, watch=False, machine=Machine(fs=Elses())) as project:
        (told,) = project.info(me=None, path="p").waiting
        assert told == f"only to read: you may not write in {tmp_path / '.reviewkit' / 'ops'}"
