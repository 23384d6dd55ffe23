from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import LIBRARY


@pytest.fixture(autouse=True)
def own_home(private_home: Path) -> Path:
    return private_home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "group"
    place.mkdir()
    (place / "references.bib").write_text(LIBRARY, encoding="utf-8")
    return place


@pytest.fixture
def open_(folder: Path) -> Iterator[Callable[..., Project]]:
    """Open the folder's project; all are closed at the end."""
    opened: list[Project] = []

    def _open(place: Path = folder, reviewer: str | None = "ana", watch: bool = False) -> Project:
        opened.append(Project(place, reviewer=reviewer, watch=watch))
        return opened[-1]

    yield _open
    for project in opened:
        project.close()


@pytest.fixture
def project(open_: Callable[..., Project]) -> Project:
    return open_()
