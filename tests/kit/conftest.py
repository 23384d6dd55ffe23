from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.project import Project, open_project

LIBRARY = """\
@article{smith2021,
  author = {Smith, Zo{\\"e}},
  title = {On Small <Things>},
  year = {2021},
}

@article{li2020,
  author = {Li, Lei},
  title = {Another},
  year = {2020},
}
"""


@pytest.fixture(autouse=True)
def own_settings(private_home: Path) -> Path:
    return private_home


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A view's script, whether or not the front end is built."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "view.js").write_text("export default { render() {} };", encoding="utf-8")
    (folder / "view.css").write_text(".rk {}", encoding="utf-8")
    monkeypatch.setattr("reviewkit.kit.view._STATIC", folder)
    return folder


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder, with the notebook's folder inside as the current one."""
    folder = tmp_path / "group"
    (folder / "notebooks").mkdir(parents=True)
    (folder / "references.bib").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.chdir(folder / "notebooks")
    return folder


@pytest.fixture
def project(library: Path) -> Iterator[Project]:
    with open_project(library, reviewer="ana", watch=False) as opened:
        yield opened
