"""A disk that is full, or a crash, in the middle of taking in or writing a file."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from reviewkit.errors import NotDurableError
from reviewkit.files.sync import Sync
from reviewkit.project import Project
from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine
from tests.files.hands import bib, edit_bib, edit_row, settle, start


class Crash(BaseException):
    """The process ends here."""


class _Broken(FS):
    """Fails at calls of one kind while it is told to."""

    def __init__(self) -> None:
        self.failing = ""
        self.failed = threading.Event()

    def _maybe(self, call: str) -> None:
        if call == self.failing:
            self.failed.set()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(self, fd: int, data: bytes) -> int:
        self._maybe("write")
        return super().write(fd, data)

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        if path.suffix in (".csv", ".bib"):
            self._maybe("read")
        return super().read(path, offset, length)

    def sync_folder(self, path: Path) -> None:
        self._maybe("sync_folder")
        super().sync_folder(path)


def _open(folder: Path, fs: FS) -> Project:
    return Project(folder, reviewer="ana", watch=False, machine=Machine(fs))


@pytest.mark.parametrize("failing", ["write", "read"])
def test_what_was_typed_waits_until_it_can_be_recorded(tmp_path: Path, failing: str) -> None:
    fs = _Broken()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
        project.flush()
        edit_row(project, "smith2021", rating="5")
        edit_bib(project, "ana=4", "ana=4 read")
        fs.failing = failing
        with pytest.raises(OSError, match="No space") as caught:
            project.sync()
        assert failing == "read" or isinstance(caught.value, NotDurableError)
        fs.failing = ""
        project.sync()
        review = project["smith2021"].review_of("ana")
        assert (review.rating, review.status) == (5, "read")
        settle(project)


@pytest.mark.parametrize("crash", ["in the moment of writing", "before it is taken in"])
def test_a_save_that_met_a_crash_is_found_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    start(tmp_path).close()
    project = _open(tmp_path, FS())
    project.review("smith2021", rating=4)
    project.flush()
    exchange = FS.exchange

    def saved_meanwhile(self: FS, one: Path, other: Path) -> bool:
        if other.name == "references.bib":
            edit_bib(project, "ana=4", "ana=2")
            edit_bib(project, "{A Study}", "{Another Study}")
        done = exchange(self, one, other)
        if other.name == "references.bib" and crash == "in the moment of writing":
            raise Crash
        return done

    def stops(*_: object) -> None:
        raise Crash

    project.review("smith2021", note="New.")
    with monkeypatch.context() as patched:
        patched.setattr(FS, "exchange", saved_meanwhile)
        patched.setattr(Sync, "finish", stops)
        with pytest.raises(Crash):
            project.flush()
    project._closed = True
    assert "Another Study" not in bib(project)
    with _open(tmp_path, FS()) as again:
        assert again["smith2021"].review_of("ana").rating == 2
        settle(again)
        assert "Another Study" in bib(again)
        assert "New." in bib(again)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".references")] == []


def test_what_came_out_is_kept_where_the_folder_cannot_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fs = _Broken()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
        project.flush()
        exchange = FS.exchange

        def saved_meanwhile(self: FS, one: Path, other: Path) -> bool:
            if other.name == "references.bib":
                edit_bib(project, "ana=4", "ana=2")
                fs.failing = "sync_folder"
            return exchange(self, one, other)

        project.review("smith2021", note="New.")
        with monkeypatch.context() as patched:
            patched.setattr(FS, "exchange", saved_meanwhile)
            project._write()
        fs.failing = ""
        project.sync()
        assert project["smith2021"].review_of("ana").rating == 2
        settle(project)


def test_a_project_that_follows_the_folder_goes_on_after_a_full_disk(tmp_path: Path) -> None:
    fs = _Broken()
    start(tmp_path).close()
    with _open(tmp_path, fs) as project:
        project.review("smith2021", rating=4)
    with Project(tmp_path, reviewer="ana", machine=Machine(fs)) as project:
        rated = threading.Event()

        def look(_: object) -> None:
            if project["smith2021"].review_of("ana").rating == 5:
                rated.set()

        project.on_change(look)
        fs.failing = "write"
        edit_row(project, "smith2021", rating="5")
        assert fs.failed.wait(20)
        fs.failing = ""
        assert rated.wait(20)


def test_an_editor_that_wrote_on_into_what_came_out_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        project.flush()
        theirs = bib(project).replace("ana=4", "ana=2").encode()
        exchange = FS.exchange
        opened = []

        def truncated(self: FS, one: Path, other: Path) -> bool:
            if other.name == "references.bib" and not opened:
                opened.append(other.open("wb"))
            return exchange(self, one, other)

        project.review("smith2021", note="New.")
        with monkeypatch.context() as patched:
            patched.setattr(FS, "exchange", truncated)
            project.flush()
        assert "A Study" in bib(project)
        with opened[0] as file:
            file.write(theirs)
        assert project.look()
        project.sync()
        assert project["smith2021"].review_of("ana").rating == 2
        assert "New." in bib(project)
        settle(project)


def saved(project: Project, name: str, by: str) -> bytes:
    """The file as its author would save it with another rating, which `by` stands for."""
    return (project.root / name).read_bytes().replace(by.encode(), by.encode()[:-1] + b"2")


@pytest.mark.parametrize(
    ("name", "rating"), [("references.bib", "ana=4"), ("reviews.csv", "Things,ana,4")]
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_an_editor_writes_into_a_file_that_came_out_before_the_process_ended(
    tmp_path: Path, name: str, rating: str, whole: bool
) -> None:
    """It stands in the trash, where whoever opens the project next finds it, once."""
    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        project.flush()
        with (tmp_path / name).open("rb+") as editor:
            typed = saved(project, name, rating)
            assert typed != (tmp_path / name).read_bytes()
            project.review("smith2021", note="New.")
            project.edit("zhang2020", {"title": "Another"})
            project.flush()
            project.close()
            editor.truncate(0)
            editor.write(typed if whole else typed[:-30])
    with _open(tmp_path, FS()) as again:
        assert again["smith2021"].review_of("ana").rating == (2 if whole else 4)
        assert again["zhang2020"].title == "Another" and not again.conflicts()
        settle(again)
        again.review("smith2021", rating=5)
        since = len(again.log())
    with _open(tmp_path, FS()) as again:
        assert len(again.log()) == since
        assert again["smith2021"].review_of("ana").rating == 5
        settle(again)
