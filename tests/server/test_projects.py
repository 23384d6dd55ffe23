import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import pytest

from reviewkit.errors import ReviewkitError
from reviewkit.records import ChangedEvent
from reviewkit.server.projects import OpenProjects


@pytest.fixture
def told() -> "Queue[ChangedEvent]":
    return Queue()


@pytest.fixture
def projects(told: "Queue[ChangedEvent]") -> Iterator[OpenProjects]:
    held = OpenProjects(told.put)
    yield held
    held.close_all()


def test_a_folder_is_opened_once(projects: OpenProjects, library: Path) -> None:
    together = threading.Barrier(6)

    def used() -> int:
        together.wait(20)
        with projects.use("group", library) as project:
            return id(project)

    with ThreadPoolExecutor(6) as pool:
        found = {future.result() for future in [pool.submit(used) for _ in range(6)]}
    assert len(found) == 1


def test_changes_are_told_under_the_browsers_name(
    projects: OpenProjects, library: Path, told: "Queue[ChangedEvent]"
) -> None:
    with projects.use("my/group", library) as project:
        project.review("smith2021", rating=4, reviewer="ana")
    event = told.get(timeout=20)
    assert (event.project, event.citekeys) == ("my/group", ("smith2021",))


def test_a_new_folder_of_the_same_name_is_another_project(
    projects: OpenProjects, library: Path, tmp_path: Path
) -> None:
    with projects.use("group", library) as project:
        assert len(project) == 2
    shutil.move(library, tmp_path / "moved")
    library.mkdir()
    (library / "references.bib").write_text("@misc{one, title = {One}}", encoding="utf-8")
    with projects.use("group", library) as project:
        assert list(project) == ["one"]


def test_what_is_used_is_neither_idle_nor_closed(projects: OpenProjects, library: Path) -> None:
    with projects.use("group", library) as project:
        assert projects.idle(0) == []
        projects.close("group")
        assert len(project.papers()) == 2
        assert projects.revision("group") == project.revision
    assert projects.idle(3600) == []
    assert projects.idle(0) == ["group"]
    projects.close("group")
    assert projects.idle(0) == []
    assert projects.revision("group") is None
    with projects.use("group", library) as again:
        assert again is not project


def test_a_folder_that_cannot_be_opened_is_tried_again(
    projects: OpenProjects, library: Path
) -> None:
    (library / "references.bib").rename(library / "saved")
    (library / "references.bib").mkdir()
    with pytest.raises((ReviewkitError, OSError)), projects.use("group", library):
        pass
    (library / "references.bib").rmdir()
    (library / "saved").rename(library / "references.bib")
    with projects.use("group", library) as project:
        assert len(project) == 2
