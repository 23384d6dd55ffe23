"""`log`, its filters and `--actions`, and `undo` of any of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
KEY, OTHER = "smith2021", "matsubara2022bottlefit"


def test_any_action_is_undone_by_its_id_and_done_again(library: Path, run: Run) -> None:
    run("review", KEY, "--reviewer", "ana", "--rating", "4", "--status", "read")
    run("review", OTHER, "--reviewer", "ben", "--rating", "2")
    lines = run("log", "--actions").out.splitlines()
    assert [line.split("  ", 2)[2] for line in lines] == [
        f"ana  rating, status of {KEY} (cli)",
        f"ben  rating of {OTHER} (cli)",
    ]
    name = lines[0].split()[0]
    answer = run("undo", name, "--reviewer", "ben")
    assert answer.code == 0 and f"Undone: rating, status of {KEY}" in answer.out
    assert "(cli, undone)" in run("log", "--actions").out
    assert run("show", KEY, "--json").json["reviews"] == []
    again = answer.out.split("undo ")[1].split(")")[0]
    assert run("undo", again, "--reviewer", "ben").code == 0
    assert run("show", KEY, "--json").json["reviews"][0]["rating"] == 4
    refused = run("undo", name + "9", "--reviewer", "ben")
    assert refused.code == 2 and "log --actions" in refused.err


def test_what_stays_is_said(library: Path, run: Run) -> None:
    run("review", KEY, "--reviewer", "ana", "--rating", "4")
    name = run("log", "--actions").out.split()[0]
    run("review", KEY, "--reviewer", "ana", "--rating", "5")
    answer = run("undo", name, "--reviewer", "ana")
    assert (answer.code, answer.out) == (1, "")
    assert f"Stays as it is: rating of {KEY} (changed since by ana)" in answer.err
    assert ", changed since)" in run("log", "--actions").out


def test_the_log_is_filtered(library: Path, run: Run) -> None:
    run("review", KEY, "--reviewer", "ana", "--rating", "4")
    run("review", OTHER, "--reviewer", "ben", "--rating", "2")
    assert [c["by"] for c in run("log", "--reviewer", "ben", "--json").json][-1] == "ben"
    assert "ana" not in run("log", "--reviewer", "ben").out
    assert len(run("log", OTHER, "--actions", "--json").json) == 1
    assert run("log", "--since", "2999-01-01").out.startswith("Nothing")
    assert len(run("log", "--since", "2020-01-01").out.splitlines()) == 2
    assert len(run("log", "--limit", "1").out.splitlines()) == 1
    assert len(run("log", "--actions", "--limit", "1").out.splitlines()) == 1
    answer = run("log", "--since", "last week")
    assert answer.code == 2 and "2026-11-01T10:00" in answer.err


def test_an_edit_of_a_file_says_where_it_was(library: Path, run: Run) -> None:
    run("review", KEY, "--reviewer", "ana", "--rating", "4")
    table = library / "reviews.csv"
    text = table.read_text(encoding="utf-8-sig")
    table.write_text(text.replace(",ana,4,", ",ana,2,"), encoding="utf-8-sig")
    run("sync")
    assert "rating" in (line := run("log", KEY).out.splitlines()[-1])
    assert "(csv: reviews.csv row 2, rev " in line


def test_papers_are_shown_as_they_were(library: Path, run: Run) -> None:
    run("review", KEY, "--reviewer", "ana", "--rating", "4")
    assert run("show", KEY, "--at", "2020-01-01", "--json").json["reviews"] == []
    assert run("show", KEY, "--at", "2999-01-01", "--json").json["reviews"][0]["rating"] == 4
    assert len(run("list", "--at", "2020-01-01T10:00", "--json").json) == 2
    assert run("list", "--reviewer", "ana", "--at", "2020-01-01").out.startswith("None of the 2")
    assert run("list", "--at", "soon").code == 2
