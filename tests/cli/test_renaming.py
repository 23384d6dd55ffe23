"""`reviewkit rename` shows what changes, asks, and does it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_changes_are_shown_and_asked_for(library: Path, call: Run, run: Run) -> None:
    (library / "survey.md").write_text("See @smith2021.", encoding="utf-8")
    before = (library / "references.bib").read_bytes()
    shown = call("rename", "smith2021", "small", "--dry-run")
    assert shown.code == 0, shown.err
    assert "-See @smith2021." in shown.out and "+See @small." in shown.out
    assert (library / "references.bib").read_bytes() == before
    # Nobody answers: nothing is done.
    assert call("rename", "smith2021", "small").code == 1
    assert (library / "references.bib").read_bytes() == before
    done = run("rename", "smith2021", "small", "--yes")
    assert "smith2021 is small now, once cited in one manuscript" in done.out
    assert (library / "survey.md").read_text() == "See @small."
    assert run("show", "smith2021", "--json").json["citekey"] == "small"


def test_the_formula_names_it_and_json_asks_nothing(library: Path, run: Run, call: Run) -> None:
    (library / "reviewkit.toml").write_text('citekey = "jabref"', encoding="utf-8")
    answer = run("rename", "smith2021", "--json").json
    assert (answer["new"], answer["done"]) == ("Smith2021", True)
    assert call("rename", "nobody", "x", "--yes").code == 2
    assert call("rename", "Smith2021", "a b", "--yes").code == 2
