import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Answer

Run = Callable[..., Answer]


def test_formats(library: Path, run: Run) -> None:
    assert run("export", "a.ris").code == 0
    assert (library / "a.ris").read_bytes().startswith(b"TY  - CONF\r\n")
    answer = run("export", "a.json", "--papers", "smith2021", "--json")
    assert answer.json["citekeys"] == ["smith2021"]
    assert (answer.json["format"], answer.json["problems"]) == ("csl-json", [])
    assert [item["id"] for item in json.loads((library / "a.json").read_bytes())] == ["smith2021"]
    assert run("export", "b.txt", "--format", "clean").code == 0
    assert "@article{smith2021" in (library / "b.txt").read_text()


def test_several_papers(library: Path, run: Run) -> None:
    for words in (("smith2021", "matsubara2022bottlefit"), ("smith2021,matsubara2022bottlefit",)):
        answer = run("export", "a.csv", "--papers", *words, "--json")
        assert answer.json["citekeys"] == ["matsubara2022bottlefit", "smith2021"]


def test_papers_and_manuscripts(library: Path, run: Run) -> None:
    (library / "a.md").write_text("[@smith2021]")
    answer = run("export", "a.bib", "--used-in", "a.md", "--papers", "matsubara2022bottlefit")
    assert answer.out == "2 papers written to a.bib\n"
    unclear = run("export", "a.bib", "--used-in", "a.md", "--papers", "smith2021", "b.md")
    assert unclear.code == 2 and "each time" in unclear.err
    assert run("export", "a.bib", "--used-in", "a.md", "none.md").code == 2


def test_errors_say_what_to_do(library: Path, run: Run) -> None:
    answer = run("export", "a.bib", "--papers", "smith2012")
    assert answer.code == 2 and "smith2021" in answer.err
    answer = run("export", "a.odt")
    assert answer.code == 2 and ".ris (ris)" in answer.err and "asreview" in answer.err
    assert run("export", "a.bib", "--format", "zotreo").code == 2
    assert run("export", "a.bib", "smith2021").code == 2


def test_what_was_left_out_needs_a_person(library: Path, run: Run) -> None:
    with (library / "references.bib").open("a") as file:
        file.write("@misc{torn, title = {A\n")
    answer = run("export", "a.bib", "--format", "clean")
    assert answer.code == 1
    assert "torn was left out" in answer.out
