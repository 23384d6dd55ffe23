"""Every format that can be imported, added to a real project: once, and again."""

from pathlib import Path

import pytest

from reviewkit.errors import FormatError
from reviewkit.project import Project
from tests.files.hands import bib, settle

IMPORTS = Path(__file__).parents[1] / "corpus" / "imports"
FILES = [path for path in sorted(IMPORTS.iterdir()) if path.name != "bomb.xml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_adding_twice_changes_nothing(project: Project, path: Path) -> None:
    first = project.add(path)
    project.flush()
    text, log = bib(project), len(project.log())
    for key in first.added:
        assert f"{{{key}," in text
        assert project[key].title
    again = project.add(path)
    project.flush()
    assert again.added == ()
    assert "nothing changed" in again.message
    assert (bib(project), len(project.log())) == (text, log)
    assert again.problems == first.problems
    settle(project)


def test_names_are_people_in_the_library(project: Project) -> None:
    added = project.add(IMPORTS / "traps.ris").added
    paper = project[added[0]]
    assert paper.authors == ("Jan van der Berg", "Martin King, Jr.", "World Tea Organization")
    assert paper.year == 2020


def test_what_was_left_out_and_what_needs_a_look_up_is_said(project: Project) -> None:
    result = project.add(IMPORTS / "traps.ris")
    assert result.message.startswith("5 added, 1 queued for a look-up, 4 not understood;")
    assert "RIS tags left out: AD;" in result.message


def test_a_refused_file_adds_nothing(project: Project) -> None:
    text = bib(project)
    with pytest.raises(FormatError):
        project.add(IMPORTS / "bomb.xml")
    project.flush()
    assert bib(project) == text
