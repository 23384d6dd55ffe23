"""The commands held, accept and dismiss."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def spoilt(library: Path, run: Run) -> Path:
    """A project where a spreadsheet broke two cells of the table."""
    for key in ("smith2021", "matsubara2022bottlefit"):
        run("review", key, "--reviewer", "ana", "--status", "read")
    path = library / "reviews.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",read,", ",#NAME?,"), encoding="utf-8")
    answer = run("sync")
    assert answer.code == 1
    assert "2 changes held" in answer.out
    return path


def test_what_is_held_is_shown_with_what_was_there(spoilt: Path, run: Run) -> None:
    answer = run("held")
    assert answer.code == 1
    assert "reviews.csv smith2021 of ana status: 'read' -> '#NAME?'" in answer.out
    items = run("held", "--json").json
    assert [(item["was"], item["now"], item["kind"]) for item in items] == [
        ("read", "#NAME?", "spreadsheet")] * 2  # fmt: skip
    assert run("status").code == 1
    assert "#NAME?" in run("status").out


def test_one_or_all_are_dismissed(spoilt: Path, run: Run) -> None:
    first, _ = run("held", "--json").json
    answer = run("dismiss", first["id"][:8], "--as", "ana")
    assert (answer.code, answer.out.strip()) == (0, "1 change dismissed")
    assert run("dismiss", "--all", "--as", "ana").out.strip() == "1 change dismissed"
    assert "#NAME?" not in spoilt.read_text(encoding="utf-8")
    answer = run("held")
    assert (answer.code, answer.out.strip()) == (0, "Nothing is held.")
    assert run("undo", "--reviewer", "ana").code == 0
    assert len(run("held", "--json").json) == 1


def test_what_cannot_be_is_not_accepted(spoilt: Path, run: Run) -> None:
    answer = run("accept", "--all", "--as", "ana")
    assert answer.code == 1
    assert "0 changes accepted" in answer.out
    assert "dismiss it" in answer.err


def test_one_must_say_which(spoilt: Path, run: Run) -> None:
    for arguments in ((), ("--all", "x"), ("nothing",)):
        assert run("accept", *arguments, "--as", "ana").code == 2
