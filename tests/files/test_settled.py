"""What log and files agreed on is not compared again; whatever else is, as ever."""

import shutil
from pathlib import Path

import pytest

from reviewkit.project import Project
from reviewkit.tables import read
from tests.files.hands import row, rows, start


def settled(folder: Path) -> Project:
    """A closed project with two people's reviews, all of it written."""
    with start(folder) as project:
        keys = list(project)
        for key in keys:
            project.review(key, rating=4, tags=["core"], note="Good.")
            project.review(keys[0], rating=2, reviewer="bob")
    return project


def places(project: Project) -> list[tuple[str, str]]:
    return [(found["key"], found["reviewer"]) for found in rows(project)]


def again(project: Project) -> Project:
    return Project(project.root, reviewer="ana", watch=False)


def test_nothing_is_to_be_written_after_opening(tmp_path: Path) -> None:
    project = settled(tmp_path / "p")
    with again(project) as opened:
        assert not opened._sync.dirty
        assert opened.sync().taken_in == 0


def test_the_next_edit_keeps_all_other_rows(tmp_path: Path) -> None:
    project = settled(tmp_path / "p")
    before = rows(project)
    with again(project) as opened:
        key = list(opened)[-1]
        opened.review(key, rating=5)
        opened.flush()
        changed = [found for found in rows(opened) if found not in before]
        assert [(found["key"], found["rating"]) for found in changed] == [(key, "5")]
        assert places(opened) == [(found["key"], found["reviewer"]) for found in before]


def test_what_was_saved_meanwhile_is_taken_in(tmp_path: Path) -> None:
    project = settled(tmp_path / "p")
    key = next(iter(project))
    text = project.csv_path.read_text(encoding="utf-8-sig")
    project.csv_path.write_text(text.replace(",2,", ",3,"), encoding="utf-8-sig")
    with again(project) as opened:
        assert opened[key].review_of("bob").rating == 3
        opened.flush()
        assert row(opened, key, "bob")["rating"] == "3"


def test_what_others_logged_meanwhile_is_written(tmp_path: Path) -> None:
    """A synchroniser brings a log, and the files stay what they were."""
    project = settled(tmp_path / "p")
    key = next(iter(project))
    elsewhere = shutil.copytree(project.root, tmp_path / "q")
    with Project(elsewhere, reviewer="bob", watch=False) as other:
        other.review(key, rating=1)
    shutil.copytree(elsewhere / ".reviewkit", project.root / ".reviewkit", dirs_exist_ok=True)
    with again(project) as opened:
        opened.flush()
        assert row(opened, key, "bob")["rating"] == "1"


def test_a_table_that_is_gone_is_written_again(tmp_path: Path) -> None:
    project = settled(tmp_path / "p")
    before = places(project)
    with again(project) as opened:
        project.csv_path.unlink()
        opened.review(next(iter(opened)), status="done")
        opened.flush()
        assert places(opened) == before


def test_a_renamed_paper_keeps_its_rows_once(tmp_path: Path) -> None:
    project = settled(tmp_path / "p")
    key = next(iter(project))
    with again(project) as opened:
        opened.rename(key, "anew2020")
        opened.flush()
        keys = [found.key for found in read(opened.csv_path.read_bytes()).rows]
        assert keys.count("anew2020") == 2
        assert key not in keys


@pytest.mark.parametrize("name", ["reviews.csv", "references.bib"])
def test_both_files_count(tmp_path: Path, name: str) -> None:
    project = settled(tmp_path / "p")
    path = project.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    with again(project) as opened:
        assert opened._sync.dirty
