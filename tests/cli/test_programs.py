from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

JABREF = """\
@Article{smith2021, title = {On Small Things}, ranking = {rank4}, comment = {Good.}}

@Article{zhang2020, title = {A Study}, ranking = {rank2}, mendeley-tags = {a\\%b}}

@Comment{jabref-meta: databaseType:bibtex;}
"""


def test_adopting(library: Path, run: Run) -> None:
    (library / "references.bib").write_text(JABREF, encoding="utf-8")
    line = "2 papers hold ratings or comments of JabRef: reviewkit adopt"
    answer = run("status")
    assert line in answer.out and answer.code == 0
    assert line in run("doctor").out
    assert run("adopt").code == 2
    answer = run("adopt", "--reviewer", "ana", "--dry-run", "smith2021")
    assert (answer.out, answer.code) == ("would adopt: 1 rating, 1 note of 1 paper\n", 0)
    assert (library / "references.bib").read_text(encoding="utf-8") == JABREF
    answer = run("adopt", "--reviewer", "ana")
    assert answer.out == "adopted: 2 ratings, 1 note of 2 papers\n"
    assert answer.code == 1 and "zhang2020: " in answer.err
    assert "hold ratings" not in run("status").out
    result = run("adopt", "--reviewer", "ana", "--json").json
    assert (result["papers"], result["ratings"]) == ([], 0)
    assert run("show", "smith2021", "--json").json["reviews"][0]["rating"] == 4
    assert run("adopt", "--reviewer", "ana", "nobody2020").code == 2


def test_the_mode(library: Path, run: Run) -> None:
    before = (library / "references.bib").read_bytes()
    assert run("mode").out == "shared: opinions are written into references.bib\n"
    answer = run("mode", "generated")
    line = "generated: another program makes references.bib, so opinions are in "
    assert (answer.code, answer.out) == (0, f"{line}references.reviewkit.bib\n")
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    assert (library / "references.bib").read_bytes() == before
    assert "ana=4" in (library / "references.reviewkit.bib").read_text(encoding="utf-8")
    answer = run("status")
    assert line in answer.out and answer.code == 0
    assert run("status", "--json").json["mode"] == "generated"
    assert line in run("doctor").out
    assert run("mode", "private").code == 2
    assert run("mode", "shared", "--json").json == {"mode": "shared"}
    assert "ana=4" in (library / "references.bib").read_text(encoding="utf-8")
