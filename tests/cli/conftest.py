import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reviewkit.cli import main

LIBRARY = """\
@string{venue = {Journal of Small Things}}

@inproceedings{matsubara2022bottlefit,
  author = {Matsubara, Yoshitomo and von Callegaro, Davide},
  title = {{BottleFit}: Learning Compressed Representations},
  year = {2022},
}

@article{smith2021,
  author = {Smith, Zo{\\"e}},
  title = {On Small Things},
  journal = venue,
  year = {2021},
}
"""


@dataclass
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_settings(private_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two papers, in which the commands run."""
    folder = tmp_path / "group"
    folder.mkdir()
    (folder / "references.bib").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run() -> Callable[..., Answer]:
    """Run a command in this process."""

    def _run(*arguments: str, stdin: bytes | None = None) -> Answer:
        result = CliRunner().invoke(main, list(arguments), input=stdin, catch_exceptions=False)
        return Answer(result.exit_code, result.stdout, result.stderr)

    return _run


@pytest.fixture
def call() -> Callable[..., Answer]:
    """Run a command in a process of its own."""

    def _call(*arguments: str, stdin: bytes = b"", **variables: str) -> Answer:
        source = str(Path(__file__).parents[2] / "src")
        result = subprocess.run(
            [sys.executable, "-m", "reviewkit.cli", *arguments],
            input=stdin,
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": source, **variables},
        )
        return Answer(result.returncode, result.stdout.decode(), result.stderr.decode())

    return _call
