"""Which .bib file of a folder is the project's, whatever its card says."""

import json
from pathlib import Path

import pytest

from reviewkit.errors import ProjectError
from reviewkit.project import open_project
from reviewkit.store.fs import FS
from reviewkit.store.layout import find


def carded(folder: Path, card: object) -> Path:
    (folder / ".reviewkit").mkdir()
    (folder / ".reviewkit" / "library.json").write_text(json.dumps(card))
    return folder


def test_the_card_names_the_library_where_there_is_no_references_bib(tmp_path: Path) -> None:
    folder = carded(tmp_path, {"bib": "thesis.bib"})
    assert find(folder, FS()).bib == folder / "thesis.bib"
    (folder / "references.bib").touch()
    assert find(folder, FS()).bib == folder / "references.bib"


@pytest.mark.parametrize(
    "name",
    ["../thesis.bib", "/etc/thesis.bib", "a/b.bib", "a\\b.bib", "c:a.bib", ".bib", ".h.bib",
     "thesis.txt", "thesis.bib\n", "a\0.bib", "", None, 7, ["a.bib"]],
)  # fmt: skip
def test_a_card_names_nothing_but_a_bib_file_of_the_folder(tmp_path: Path, name: object) -> None:
    folder = carded(tmp_path, {"bib": name})
    assert find(folder, FS()).bib == folder / "references.bib"


@pytest.mark.parametrize("card", [[], {}, "x", None])
def test_a_card_that_says_nothing_leaves_references_bib(tmp_path: Path, card: object) -> None:
    assert find(carded(tmp_path, card), FS()).bib_name == "references.bib"


def test_a_mistyped_name_begins_no_library_beside_the_one_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"no refrences\.bib in .* but references\.bib"):
        find(tmp_path / "refrences.bib", FS())
    assert [path.name for path in tmp_path.iterdir()] == ["references.bib"]


def test_a_library_that_is_away_for_a_moment_is_still_that_of_the_project(tmp_path: Path) -> None:
    """An editor saves by moving the file, and a notebook is opened just then."""
    (tmp_path / "thesis.bib").write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    with open_project(tmp_path / "thesis.bib", reviewer="ana", watch=False) as project:
        project.review("a", rating=4)
    (tmp_path / "thesis.bib").rename(tmp_path / "thesis-old.bib")
    assert find(tmp_path / "thesis.bib", FS()).bib_name == "thesis.bib"


def test_a_new_library_may_begin_where_there_is_no_other(tmp_path: Path) -> None:
    assert find(tmp_path / "thesis.bib", FS()).bib_name == "thesis.bib"
