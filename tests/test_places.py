from pathlib import Path

from reviewkit.places import project_folder


def test_the_nearest_folder_upwards_is_the_project(tmp_path: Path) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    (inner / "notebooks").mkdir(parents=True)
    (outer / "references.bib").touch()
    notebook = inner / "notebooks" / "a.ipynb"
    notebook.touch()
    assert project_folder(notebook) == outer
    (inner / ".reviewkit").mkdir()
    assert project_folder(notebook) == inner
    assert project_folder(inner) == inner
    assert project_folder(outer) == outer


def test_the_search_ends_at_the_top(tmp_path: Path) -> None:
    (tmp_path / "references.bib").touch()
    below = tmp_path / "root" / "sub"
    below.mkdir(parents=True)
    assert project_folder(below, top=tmp_path / "root") is None
    assert project_folder(below, top=tmp_path) == tmp_path
