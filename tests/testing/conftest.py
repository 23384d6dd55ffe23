"""A project in a folder of its own, tested by a pytest of its own."""

import json
import os
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path

import pytest

BIB = """@misc{fast, title={Fast}, abstract={It is 2.25times faster.}}
@misc{slow, title={Slow}, abstract={It is slow.}}
"""

#: A pytest that does not know the plug-in by the installation is told of it.
PLUGIN = (
    []
    if any(one.name == "reviewkit" for one in entry_points(group="pytest11"))
    else ["-p", "pytest_reviewkit"]
)

Runs = Callable[..., pytest.RunResult]


def notebook(*cells: tuple[str, str] | str) -> str:
    made = []
    for number, given in enumerate(cells, start=1):
        source, output = given if isinstance(given, tuple) else (given, "")
        outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
        cell = {"id": f"c{number}", "metadata": {}, "source": [source]}
        if source.startswith("#"):
            cell |= {"cell_type": "markdown"}
        else:
            cell |= {"cell_type": "code", "outputs": outputs, "execution_count": number}
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book)


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    (pytester.path / "references.bib").write_text(BIB, encoding="utf-8")
    return pytester.path


@pytest.fixture
def runs(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Runs:
    """Run pytest in the project's folder, as a person of the name ci."""
    home = folder / "home"
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    source = str(Path(__file__).parents[2] / "src")
    path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    monkeypatch.setenv("PYTHONPATH", path)

    def run(*arguments: str, plugin: Sequence[str] = PLUGIN) -> pytest.RunResult:
        return pytester.runpytest_inprocess(
            *plugin, "-p", "no:cacheprovider", "--reviewkit-reviewer=ci", *arguments
        )

    return run
