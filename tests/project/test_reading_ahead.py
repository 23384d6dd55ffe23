"""A file that was read ahead and changed again is taken in as it is then."""

from __future__ import annotations

from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from tests.files.hands import LIBRARY

KEY = BibDocument.from_bytes(LIBRARY.encode()).entries[0].citekey


def test_a_row_saved_after_the_reading_ahead_counts(project: Project) -> None:
    project.review(KEY, rating=2)
    project.sync()
    table = project.csv_path.read_text(encoding="utf-8-sig")
    project.csv_path.write_text(table.replace("ana,2", "ana,3"), encoding="utf-8-sig")
    project._sync.read_ahead()
    project.csv_path.write_text(table.replace("ana,2", "ana,4 "), encoding="utf-8-sig")
    project.sync()
    assert project[KEY].review_of("ana").rating == 4
    assert [c.value for c in project.history(KEY) if c.field == "rating"] == [2, 4]


def test_an_entry_saved_after_the_reading_ahead_counts(project: Project) -> None:
    project.review(KEY, rating=2)
    project.sync()
    text = project.bib_path.read_text(encoding="utf-8")
    project.bib_path.write_text(text.replace("{ana=2}", "{ana=3}"), encoding="utf-8")
    project._sync.read_ahead()
    project.bib_path.write_text(text.replace("{ana=2}", "{ana=4 }"), encoding="utf-8")
    project.sync()
    assert project[KEY].review_of("ana").rating == 4
    assert [c.value for c in project.history(KEY) if c.field == "rating"] == [2, 4]


def test_reading_ahead_alone_changes_nothing(project: Project, folder: Path) -> None:
    project.sync()
    before = {path.name: path.read_bytes() for path in folder.glob("*.*")}
    project._sync.read_ahead()
    assert {path.name: path.read_bytes() for path in folder.glob("*.*")} == before
    assert project.log() == []
