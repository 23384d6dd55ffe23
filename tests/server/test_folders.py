from pathlib import Path

import pytest

from reviewkit.errors import ProjectError
from reviewkit.server.folders import Folders


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "group" / "notebooks").mkdir(parents=True)
    (root / "group" / "references.bib").touch()
    (root / "group" / "notebooks" / "a.ipynb").touch()
    (root / "empty").mkdir()
    (root / ".hidden").mkdir()
    (root / ".hidden" / "references.bib").touch()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "references.bib").touch()
    return root


@pytest.mark.parametrize(
    "asked",
    ["group", "/group/", "group/references.bib", "group/notebooks/a.ipynb", "group//./notebooks"],
)
def test_a_file_or_folder_leads_to_its_project(root: Path, asked: str) -> None:
    assert Folders(root).project(asked) == ("group", root / "group")


def test_the_root_itself_may_be_a_project(root: Path) -> None:
    with pytest.raises(ProjectError, match="no project"):
        Folders(root).project("")
    (root / "references.bib").touch()
    assert Folders(root).project("") == ("", root)
    assert Folders(root).project("empty") == ("", root)


@pytest.mark.parametrize(
    "asked",
    [
        "..",
        "../outside",
        "group/../../outside",
        "group/../group",
        "..\\outside",
        "C:\\outside",
        "group\x00",
        "nowhere",
        "group/nothing.ipynb",
        "\ud800",
        "x" * 5000,
        "empty",
        ".hidden",
        "group/.reviewkit",
        ".hidden/references.bib",
    ],
)
def test_other_paths_are_refused(root: Path, asked: str) -> None:
    (root / "group" / ".reviewkit").mkdir()
    with pytest.raises(ProjectError) as caught:
        Folders(root).project(asked)
    assert str(root) not in caught.value.message


def test_an_absolute_path_is_one_below_the_root(root: Path) -> None:
    with pytest.raises(ProjectError):
        Folders(root).project(str(root.parent / "outside"))


def test_a_project_above_the_root_is_not_seen(root: Path) -> None:
    (root.parent / "references.bib").touch()
    with pytest.raises(ProjectError):
        Folders(root).project("empty")


@pytest.mark.parametrize("name", ["references.bib", "reviews.csv", ".reviewkit", "reviewkit.toml"])
def test_no_part_of_a_project_leads_outside(root: Path, name: str) -> None:
    part = root / "group" / name
    part.unlink(missing_ok=True)
    part.symlink_to(root.parent / "outside" / name)
    with pytest.raises(ProjectError, match="leads out"):
        Folders(root).project("group/notebooks")


def test_a_library_of_another_name_does_not_lead_outside_either(root: Path) -> None:
    group = root / "group"
    (group / "references.bib").unlink()
    (group / ".reviewkit").mkdir(exist_ok=True)
    (group / ".reviewkit" / "library.json").write_text('{"bib": "thesis.bib"}')
    (group / "thesis.bib").touch()
    assert Folders(root).project("group") == ("group", group)
    (group / "thesis.bib").unlink()
    (group / "thesis.bib").symlink_to(root.parent / "outside" / "references.bib")
    with pytest.raises(ProjectError, match="leads out"):
        Folders(root).project("group")


def test_a_link_leads_outside_only_where_that_is_allowed(root: Path) -> None:
    outside = root.parent / "outside"
    (root / "link").symlink_to(outside)
    with pytest.raises(ProjectError, match="linked_folders"):
        Folders(root).project("link")
    with pytest.raises(ProjectError, match="leads out"):
        Folders(root).project("link/references.bib")
    assert Folders(root, linked=[outside]).project("link/references.bib") == ("link", outside)


def test_a_link_inside_gives_the_same_name(root: Path) -> None:
    (root / "link").symlink_to(root / "group")
    assert Folders(root).project("link/notebooks") == ("group", root / "group")
    (root / "shown").symlink_to(root / ".hidden")
    with pytest.raises(ProjectError):
        Folders(root).project("shown")


def test_hidden_folders_count_where_the_server_shows_them(root: Path) -> None:
    name, folder = Folders(root, allow_hidden=True).project(".hidden")
    assert (name, folder) == (".hidden", root / ".hidden")


def test_a_root_behind_a_link_works(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    assert Folders(tmp_path / "alias").project("group") == ("group", root / "group")
