"""The notebooks run from beginning to end, and what they store is fit to be shared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What is different at each run, or at each reader's: times, places, and widgets.
_PERSONAL = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:|\d\d:\d\d:\d\d|/tmp/|/home/|/Users/|\bat 0x|widget-view\+json"
)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo project, as `make lab` makes one, for a person without settings."""
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    for variable in ("REVIEWKIT_REVIEWER", "JUPYTERHUB_USER"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "home").mkdir()
    shutil.copy(ROOT / "references.bib", tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    return tmp_path


def run(path: Path) -> nbformat.NotebookNode:
    """The notebook after running it; a cell that fails raises.

    Unlike nbval, the client also sees a cell that dies of an unknown magic.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute()


def test_there_are_notebooks() -> None:
    assert [path.name[:3] for path in NOTEBOOKS] == ["01-", "02-", "03-"]


def test_they_run_in_order_and_again(demo: Path) -> None:
    """Running one twice is what people do; it must not trip over its own work."""
    # The third one is run by nbval; twice here it would take longer than all others together.
    for name in [path.name for path in NOTEBOOKS[:2]] * 2:
        run(demo / "notebooks" / name)
    assert "comment-ana" in (demo / "references.bib").read_text(encoding="utf-8")
    assert (demo / "reviews.csv").exists()


def test_the_second_runs_without_the_first(demo: Path) -> None:
    run(demo / "notebooks" / NOTEBOOKS[1].name)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_are_nobodys_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not _PERSONAL.search(text), _PERSONAL.search(text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_printed_output_is_compared(path: Path) -> None:
    """`make test` compares the outputs of cells with this tag with the stored ones."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "print(" in cell.source:
            assert "nbval-check-output" in cell.metadata.get("tags", ()), cell.source
            assert cell.outputs, cell.source
