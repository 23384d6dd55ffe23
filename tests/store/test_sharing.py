"""A folder that a group shares, where the umask lets only its owner write what is new."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import NotDurableError
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from reviewkit.store.refusal import not_saved
from tests.files.hands import start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of groups are POSIX's")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _made(folder: Path) -> list[Path]:
    return [folder / ".reviewkit", *(folder / ".reviewkit").rglob("*"), folder / "reviews.csv"]


def test_colleagues_may_write_where_the_folder_is_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    folder.chmod(0o2770)
    with start(folder) as project:
        project.review("smith2021", rating=4)
        project.flush()
    # Some systems do not let everybody pass the folder's group on.
    expected = 0o755 | _mode(folder) & 0o2070
    assert {_mode(path) for path in _made(folder) if path.is_dir()} == {expected}
    ours = [path for path in _made(folder) if path.is_file() and path.parent.name != "trash"]
    assert {f"{_mode(path):o}" for path in ours} == {"664"}


def test_a_folder_of_ones_own_stays_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir(mode=0o755)
    with start(folder) as project:
        project.review("smith2021", rating=4)
        project.flush()
    assert not [path for path in _made(folder) if _mode(path) & 0o022]


def test_private_notes_are_nobody_elses_also_in_a_shared_home(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o2775)
    machine = Machine(state=state, cache=tmp_path / "cache")
    (tmp_path / "references.bib").write_text("@misc{smith2021}")
    with Project(tmp_path, reviewer="ana", watch=False, machine=machine) as project:
        project.review("smith2021", note="Mine.", private=True)
    (private,) = state.glob("*/private")
    assert _mode(private) & 0o077 == 0


@pytest.mark.parametrize(("number", "way"), [(13, "the right to write"), (28, "Make room")])
def test_what_could_not_be_saved_is_told_in_words(number: int, way: str) -> None:
    error = not_saved(Path("/group/.reviewkit/ops"), OSError(number, os.strerror(number)))
    assert isinstance(error, NotDurableError) and error.errno == number
    assert str(error) == error.message
    assert error.message.startswith("Nothing was saved: /group/.reviewkit/ops cannot be written (")
    assert way in error.message
