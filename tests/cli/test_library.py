from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewkit.project import open_project

Run = Callable[..., Any]

NEW = b"@misc{new2024,\n  title = {Something New},\n  year = {2024}\n}\n"

FIELDS = {
    "citekey",
    "type",
    "title",
    "authors",
    "year",
    "venue",
    "doi",
    "arxiv",
    "urls",
    "abstract",
    "tags",
    "score",
    "reviews",
}


def test_a_new_folder_becomes_a_project(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "new" / "group"
    answer = run("init", str(folder))
    assert answer.code == 0 and str(folder) in answer.out
    assert (folder / "references.bib").read_bytes() == b""
    listed = run("list", "--json", "--project", str(folder))
    assert (listed.code, listed.json) == (0, [])
    assert "empty" in run("list", "--project", str(folder)).out


def test_a_library_is_not_emptied_by_init(library: Path, run: Run) -> None:
    before = (library / "references.bib").read_bytes()
    answer = run("init")
    assert answer.code == 0 and "2 papers" in answer.out
    assert (library / "references.bib").read_bytes() == before


def test_a_folder_with_one_bib_file_has_that_as_its_library(
    library: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (library / "references.bib").rename(library / "thesis.bib")
    monkeypatch.chdir(library)
    answer = run("init")
    assert answer.out == "thesis.bib is the library, with 2 papers.\n"
    assert not (library / "references.bib").exists()
    assert run("review", "smith2021", "--reviewer", "ana", "--rating", "4").code == 0
    # Whoever comes next names the folder only.
    (paper,) = run("list", "small", "--json", "--project", str(library)).json
    assert paper["score"] == 4
    assert b"ana=4" in (library / "thesis.bib").read_bytes()
    other = run("init", "other.bib")
    assert other.code == 2 and "thesis.bib already" in other.err
    assert not (library / "other.bib").exists()


def test_of_several_bib_files_one_is_named(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.bib", "b.bib"):
        (tmp_path / name).write_text(f"@misc{{{name[0]}, title={{T}}}}")
    asked = run("init")
    assert asked.code == 2 and "a.bib, b.bib" in asked.err
    assert not (tmp_path / "references.bib").exists() and not (tmp_path / ".reviewkit").exists()
    assert run("init", "b.bib").out == "b.bib is the library, with 1 paper.\n"
    assert [paper["citekey"] for paper in run("list", "--json").json] == ["b"]


def test_another_file_is_no_project(library: Path, run: Run) -> None:
    (library / "plain.txt").write_text("no folder")
    answer = run("init", str(library / "plain.txt"))
    assert answer.code == 2 and "neither a folder nor a .bib file" in answer.err


def test_the_list_is_an_array_of_papers(library: Path, run: Run) -> None:
    answer = run("list", "--json")
    assert answer.code == 0 and answer.err == ""
    assert [paper["citekey"] for paper in answer.json] == ["matsubara2022bottlefit", "smith2021"]
    for paper in answer.json:
        assert set(paper) >= FIELDS
        assert "project" not in paper
    first, second = answer.json
    assert first["authors"] == ["Yoshitomo Matsubara", "Davide von Callegaro"]
    assert second["authors"] == ["Zoë Smith"]
    assert (second["type"], second["year"]) == ("article", 2021)
    assert second["venue"] == "Journal of Small Things"
    assert second["abstract"] is None and second["doi"] is None
    assert second["tags"] == [] and second["reviews"] == [] and second["score"] is None


def test_the_list_is_filtered_and_sorted(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--tag", "split computing", "--rating", "4")

    def keys(*arguments: str) -> list[str]:
        return [paper["citekey"] for paper in run("list", "--json", *arguments).json]

    assert keys("bottlefit") == ["matsubara2022bottlefit"]
    assert keys("zoe") == ["smith2021"]
    assert keys("--tag", "split computing") == ["smith2021"]
    assert keys("--reviewer", "ana") == ["smith2021"]
    assert keys("--status", "read") == []
    assert keys("--sort", "score") == ["smith2021", "matsubara2022bottlefit"]
    assert keys("--sort", "year") == ["matsubara2022bottlefit", "smith2021"]
    assert "None of the 2" in run("list", "no such word").out
    assert run("list", "--sort", "colour").code == 2


def test_people_get_a_table(library: Path, run: Run) -> None:
    lines = run("list").out.splitlines()
    assert lines[0].split() == ["KEY", "TITLE", "YEAR", "READERS", "SCORE", "TAGS"]
    assert lines[1].startswith("matsubara2022bottlefit  BottleFit: Learning")
    assert all(len(line) <= 100 for line in lines)


def test_one_paper_is_shown(library: Path, run: Run) -> None:
    assert run("show", "smith2021", "--json").json["title"] == "On Small Things"
    assert "Zoë Smith" in run("show", "smith2021").out
    answer = run("show", "smith2012")
    assert answer.code == 2 and answer.out == ""
    assert "smith2021" in answer.err


def test_files_and_standard_input_are_added(library: Path, run: Run) -> None:
    (library / "new.bib").write_bytes(NEW)
    answer = run("add", "new.bib", "--json")
    assert answer.code == 0
    assert [(r["file"], r["added"]) for r in answer.json] == [("new.bib", ["new2024"])]
    again = run("add", "-", "--json", stdin=NEW)
    assert [(r["file"], r["added"], r["matched"]) for r in again.json] == [("-", [], ["new2024"])]
    assert b"new2024" in (library / "references.bib").read_bytes()


def test_a_file_that_is_not_understood_does_not_stop_the_others(library: Path, run: Run) -> None:
    (library / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (library / "new.bib").write_bytes(NEW)
    answer = run("add", "picture.png", "new.bib", "--json")
    assert answer.code == 1
    assert "picture.png" in answer.err
    assert [r["added"] for r in answer.json] == [["new2024"]]


def test_wrong_use_is_two(library: Path, tmp_path: Path, run: Run) -> None:
    assert run("add", "nothing.bib").code == 2
    assert run("add").code == 2
    assert run("list", "--project", str(tmp_path / "nowhere")).code == 2
    assert run("lisst").code == 2


def test_the_project_is_looked_for_upwards(
    library: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    below = library / "notebooks" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert len(run("list", "--json").json) == 2
    monkeypatch.chdir(tmp_path)
    answer = run("list")
    assert answer.code == 2 and "reviewkit init" in answer.err
    assert len(run("list", "--json", "--project", "group").json) == 2
    assert len(run("list", "--json", "--project", "group/references.bib").json) == 2


def test_hostile_titles_move_no_cursor(library: Path, run: Run) -> None:
    with (library / "references.bib").open("a", encoding="utf-8") as file:
        file.write("@misc{evil, title = {\x1b[2J\x1b]0;owned\x07Evil \u202etxt}}\n")
    for command in (["list"], ["show", "evil"], ["status"], ["log"]):
        answer = run(*command)
        assert "\x1b" not in answer.out and "\u202e" not in answer.out
    with open_project(library, watch=False) as project:
        assert "evil" in project


def test_json_is_readable_in_any_encoding(library: Path, call: Run) -> None:
    answer = call("list", "--json", PYTHONIOENCODING="ascii")
    assert answer.code == 0
    assert answer.json[1]["authors"] == ["Zoë Smith"]
    assert call("list", PYTHONIOENCODING="ascii").code == 0
