from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

TWICE = """\
@misc{smithPreprint,
  author = {Smith, Zo{\\"e}},
  title = {On small things and what becomes of them},
  eprint = {2101.00001},
  note = {\x1b[31mred},
}
"""


@pytest.fixture
def twice(library: Path) -> Path:
    path = library / "references.bib"
    text = path.read_text(encoding="utf-8")
    text = text.replace("On Small Things", "On Small Things and What Becomes of Them")
    path.write_text(text + TWICE, encoding="utf-8")
    return library


def test_a_library_without_any_needs_nobody(library: Path, run: Run) -> None:
    answer = run("duplicates")
    assert (answer.code, answer.out) == (0, "No paper is there twice.\n")
    assert run("duplicates", "--json").json["pairs"] == []


def test_pairs_are_listed_side_by_side(twice: Path, run: Run) -> None:
    answer = run("duplicates")
    assert answer.code == 1
    assert "smith2021" in answer.out and "smithPreprint" in answer.out
    assert "title*" in answer.out
    assert "\x1b" not in answer.out
    (pair,) = run("duplicates", "--json").json["pairs"]
    assert {pair["keep"], pair["other"]} == {"smith2021", "smithPreprint"}


def test_merging_is_one_command_and_undone_by_one(twice: Path, run: Run) -> None:
    before = (twice / "references.bib").read_bytes()
    shown = run("merge", "smith2021", "smithPreprint", "--dry-run", "--take-other", "title")
    assert shown.code == 0
    assert "becomes of them  (of the other)" in shown.out
    assert (twice / "references.bib").read_bytes() == before
    done = run("merge", "smith2021", "smithPreprint", "--take-other", "title", "--reviewer", "ana")
    assert (done.code, done.out) == (0, "smithPreprint is merged into smith2021\n")
    text = (twice / "references.bib").read_text()
    assert "@misc" not in text and "{On small things and" in text
    assert run("show", "smithPreprint", "--json").json["citekey"] == "smith2021"
    undone = run("undo", "--reviewer", "ana")
    assert undone.out.startswith("Undone: merging smithPreprint into smith2021 (")
    assert TWICE.rstrip("}\n") in (twice / "references.bib").read_text()
    assert run("duplicates").code == 1


def test_a_conflict_of_opinions_needs_a_person(twice: Path, run: Run) -> None:
    run("review", "smith2021", "--rating", "4", "--reviewer", "ana")
    run("review", "smithPreprint", "--rating", "2", "--reviewer", "ana")
    done = run("merge", "smith2021", "smithPreprint", "--reviewer", "ana", "--json")
    assert (done.code, done.json["conflicts"]) == (1, 1)
    assert run("resolve").code == 1


def test_what_is_kept_apart_is_listed_no_more(twice: Path, run: Run) -> None:
    assert run("keep-apart", "smithPreprint", "smith2021", "--reviewer", "ana").code == 0
    assert run("duplicates").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("smith2021", "smith2021"),
        ("smith2021", "nobody"),
        ("smith2021", "smithPreprint", "--take-other", "colour"),
    ],
)
def test_wrong_use_changes_nothing(twice: Path, run: Run, arguments: tuple[str, ...]) -> None:
    before = (twice / "references.bib").read_bytes()
    answer = run("merge", *arguments, "--reviewer", "ana")
    assert answer.code == 2
    assert answer.err
    assert (twice / "references.bib").read_bytes() == before
