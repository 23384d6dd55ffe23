"""The command purge."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
SECRET = "Sieht nach einer Erfindung aus"


def _said(run: Run) -> str:
    run("review", "smith2021", "--reviewer", "ana", "--note", SECRET, "--rating", "4")
    (note,) = run("show", "smith2021", "--json").json["reviews"][0]["notes"]
    return str(note["id"])


def _stands(folder: Path) -> bool:
    return any(
        SECRET.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file()
    )


def test_it_is_shown_and_confirmed_first(library: Path, run: Run) -> None:
    name = _said(run)
    for arguments, typed in ((("--dry-run",), b""), ((), b"yes\n"), ((), b"\n")):
        answer = run(
            "purge", "smith2021", "--note", name, "--reviewer", "ana", *arguments, stdin=typed
        )
        assert answer.code == 0
        assert "smith2021 note" in answer.out and SECRET in answer.out
        assert "Nothing brings it back" in answer.out and "backups" in answer.out
        assert "Nothing was erased." in answer.out
        assert _stands(library)
    answer = run("purge", "smith2021", "--note", name, "--reviewer", "ana", stdin=b"erase\n")
    assert "1 edit and" in answer.out and "erased." in answer.out
    assert not _stands(library)
    assert run("show", "smith2021", "--json").json["reviews"][0]["rating"] == 4
    assert SECRET not in run("log").out


def test_without_asking_as_json(library: Path, run: Run) -> None:
    _said(run)
    result = run("purge", "--all-papers", "--reviewer", "ana", "--yes", "--json").json
    assert result["done"] and {one["field"].split(":")[0] for one in result["erased"]} == {
        "note", "rating",
    }  # fmt: skip
    assert not _stands(library)
    assert run("show", "smith2021", "--json").json["reviews"] == []


def test_one_must_say_of_what(library: Path, run: Run) -> None:
    _said(run)
    assert run("purge", "--yes").code == 2
    assert run("purge", "smith2021", "--all-papers").code == 2
    answer = run("purge", "smith2021", "--reviewer", "bob", "--yes")
    assert answer.code != 0 and "nothing to erase" in answer.err
