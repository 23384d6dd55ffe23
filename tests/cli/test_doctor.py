import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

BROKEN = b"@misc{one,\n  title = {One}\n  year = {2001}\n}\n\n@misc{one, title = {Two}}\n"
MENDED = BROKEN.replace(b"{One}\n", b"{One},\n")


def test_problems_are_told_with_line_consequence_and_repair(library: Path, run: Run) -> None:
    (library / "references.bib").write_bytes(BROKEN)
    answer = run("doctor")
    assert answer.code == 1
    assert "missing-comma: references.bib:3: no comma before this field" in answer.out
    assert "BibTeX skips every field after the place" in answer.out
    assert "repeated-key: references.bib:6: " in answer.out
    assert "1 safe ones" in answer.out or "1 safe" in answer.out
    kinds = [f["about"] for f in run("doctor", "--json").json if not f["fine"]]
    assert {"missing-comma", "repeated-key"} <= set(kinds)
    assert (library / "references.bib").read_bytes() == BROKEN


def test_the_diff_is_what_is_fixed(library: Path, run: Run, call: Run) -> None:
    path = library / "references.bib"
    path.write_bytes(BROKEN)
    diff = call("doctor", "--diff").out
    assert "+  title = {One},\n" in diff
    other = library / "copy.bib"
    other.write_bytes(BROKEN)
    done = subprocess.run(["patch", str(other)], input=diff.encode(), check=False, timeout=60)
    assert done.returncode == 0 and other.read_bytes() == MENDED
    answer = run("doctor", "--fix")
    assert answer.code == 0
    assert "references.bib:3: no comma before this field: put the comma in" in answer.out
    assert "kept for seven days" in answer.out
    assert path.read_bytes() == MENDED
    assert run("doctor", "--fix").out == "There is nothing to repair.\n"
    assert run("doctor", "--fix", "--only", "repeated-key", "--json").json["repairs"]
    assert b"@misc{onea, title = {Two}}" in path.read_bytes()
    assert run("doctor", "--fix", "--only", "nonsense").code == 2
