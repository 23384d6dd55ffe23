"""The trash stays small where a large library is edited all day, and loses nothing for that."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.files import keeping, sweeping
from reviewkit.files.replace import replace
from reviewkit.files.writing import Writing
from reviewkit.project import Project
from tests.files.hands import edit_bib, start

KEY = "smith2021"
_pages = itertools.count()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project that keeps the last three states of a file, and has no room for more."""
    monkeypatch.setattr(keeping, "_SWEEP_EVERY", 1)
    monkeypatch.setattr(sweeping, "_LAST", 3)
    monkeypatch.setattr(sweeping, "_RECENT_ROOM", 0)
    monkeypatch.setattr(sweeping, "_ROOM", 0)
    with start(tmp_path / "p") as opened:
        yield opened


def states(project: Project, name: str = "references.bib") -> list[Path]:
    return sorted((project.root / ".reviewkit/trash").glob(f"*-{name}"))


def write(project: Project, times: int) -> None:
    for _ in range(times):
        project.review(KEY, note=f"Page {next(_pages)}.")
        project.flush()


def test_known_states_are_thinned_out_to_the_last_ones(project: Project) -> None:
    write(project, 3)
    project.review(KEY, note="Only here.")
    project.flush()
    write(project, 3)
    assert len(states(project)) == len(states(project, "reviews.csv")) == 3
    assert all(b"Only here." in path.read_bytes() for path in states(project))


def test_there_is_room_for_more_of_a_small_library(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_RECENT_ROOM", 1 << 20)
    write(project, 6)
    assert len(states(project)) == 6
    monkeypatch.setattr(sweeping, "_RECENT_SECONDS", -1)
    write(project, 1)
    assert len(states(project)) == 3


def test_what_somebody_wrote_into_or_saved_in_between_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, 3)
    (late, *_) = states(project)
    late.write_bytes(late.read_bytes() + b"% written late\n")
    # Saved between our look at the file and our writing.
    project.review(KEY, rating=1)
    run = Writing.run

    def run_after_a_save(writing: Writing) -> None:
        monkeypatch.setattr(Writing, "run", run)
        edit_bib(project, "On Small Things", "Saved in between")
        run(writing)

    monkeypatch.setattr(Writing, "run", run_after_a_save)
    project.flush()
    assert project[KEY].title == "Saved in between"
    (met,) = [path for path in states(project) if b"in between" in path.read_bytes()]
    write(project, 6)
    assert met in states(project)
    # Taken in and put back: its name is another.
    assert any(b"% written late" in path.read_bytes() for path in states(project))


def test_what_another_command_replaced_stays(project: Project) -> None:
    trash, machine = project.root / ".reviewkit/trash", project._store.machine
    draft = project.root / "survey.ipynb"
    for number in range(6):
        draft.write_bytes(b"%d" % number)
        replace(draft, b"new", trash, machine)
    write(project, 2)
    assert len(states(project, "survey.ipynb")) == 6
