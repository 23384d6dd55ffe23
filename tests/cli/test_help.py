"""The list of all commands, and what a file that is in the way makes of one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewkit.cli import main

Run = Callable[..., Any]


def test_help_names_every_command_once_and_with_its_whole_sentence(run: Run) -> None:
    lines = run("--help").out.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("  ") and line[2:3].islower()]
    assert sorted(named) == sorted(main.commands)
    assert not [line for line in lines[1:] if line.endswith("...")]


def test_the_version_is_an_option_as_well(run: Run) -> None:
    assert run("--version").out == run("version").out


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows names other files")
def test_a_file_in_the_way_is_told_without_a_traceback(library: Path, run: Run) -> None:
    (library / "plain.txt").write_text("no folder")
    answer = run("init", "plain.txt/papers")
    assert answer.code == 2
    assert answer.err == "plain.txt/papers: Not a directory\n"
