import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.files.hands import start

Run = Callable[..., Any]


def test_a_quiet_project_needs_nobody(library: Path, run: Run) -> None:
    answer = run("status")
    assert answer.code == 0
    assert "2 papers" in answer.out and "no reviewer named yet" in answer.out
    info = run("status", "--json").json
    assert (info["papers"], info["conflicts"], info["held"]) == (2, [], [])


def test_a_broken_entry_needs_a_person(library: Path, run: Run) -> None:
    with (library / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@article{broken2020, title = {Never closed\n")
    answer = run("status")
    assert answer.code == 1
    assert "references.bib" in answer.out
    assert run("status", "--json").json["problems"]
    assert run("doctor").code == 1


def test_an_edit_of_the_table_is_taken_in(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    path = library / "reviews.csv"
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        if row.get("rating") == "4":
            row["rating"] = "2"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    answer = run("sync", "--json")
    assert (answer.code, answer.json["taken_in"]) == (0, 1)
    assert run("show", "smith2021", "--json").json["reviews"][0]["rating"] == 2
    assert run("sync").out.strip()
    changes = run("log", "smith2021", "--json").json
    assert [(c["by"], c["value"], c["via"]) for c in changes if c["field"] == "rating"][-1][
        1:
    ] == (
        2,
        "csv",
    )


def test_the_log_says_who_and_when(library: Path, run: Run) -> None:
    assert "Nothing" in run("log").out
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    run("review", "matsubara2022bottlefit", "--reviewer", "ben", "--tag", "edge")
    assert [line.split("  ", 1)[1] for line in run("log").out.splitlines()] == [
        "ana  smith2021 rating: 4 (cli)",
        "ben  matsubara2022bottlefit tag: edge (cli)",
    ]
    run("review", "matsubara2022bottlefit", "--reviewer", "ben", "--untag", "edge")
    assert run("log", "--limit", "1").out.endswith("tag: edge taken off (cli)\n")
    changes = run("log", "--json").json
    assert {(c["by"], c["citekey"], c["via"]) for c in changes} == {
        ("ana", "smith2021", "cli"),
        ("ben", "matsubara2022bottlefit", "cli"),
    }
    assert all(c["at"] and c["id"] for c in changes)
    assert {c["by"] for c in run("log", "smith2021", "--json").json} == {"ana"}


def test_doctor_names_what_it_looked_at(library: Path, run: Run) -> None:
    findings = {f["about"]: f for f in run("doctor", "--json").json}
    assert findings["project"]["fine"] and "2 papers" in findings["project"]["message"]
    assert findings["reviewer"]["fine"]
    assert {"Python", "reviewkit", "jupyterlab", "anywidget"} <= set(findings)


def test_doctor_works_outside_a_project(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run("doctor", "--json")
    assert answer.code == 1
    assert not {f["about"]: f for f in answer.json}["project"]["fine"]


def test_the_cited_papers_are_exported(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4", "--note", "Secret")
    (library / "survey.md").write_text("As [@smith2021] says.", encoding="utf-8")
    (library / "other.tex").write_text("\\cite{matsubara2022bottlefit}", encoding="utf-8")
    assert run("export", "used.bib", "--used-in", "survey.md").code == 0
    used = (library / "used.bib").read_text(encoding="utf-8")
    assert "smith2021" in used and "bottlefit" not in used
    assert "@string{venue" in used and "Secret" not in used
    assert run("export", "both.bib", "--used-in", "survey.md", "other.tex", "--json").code == 0
    assert "bottlefit" in (library / "both.bib").read_text(encoding="utf-8")
    run("export", "all.bib", "--opinions")
    assert "Secret" in (library / "all.bib").read_text(encoding="utf-8")


def test_unknown_citations_are_named(library: Path, run: Run) -> None:
    (library / "survey.md").write_text("[@smith2012]", encoding="utf-8")
    answer = run("export", "used.bib", "--used-in", "survey.md")
    assert answer.code == 1
    assert "smith2012" in answer.err and "smith2021" in answer.err
    assert run("export", "used.bib", "--used-in", "nothing.md").code == 2


def test_a_draft_is_a_notebook(library: Path, run: Run) -> None:
    run("review", "smith2021", "--reviewer", "ana", "--tag", "small things")
    assert run("draft", "survey.ipynb", "--by", "tag").code == 0
    notebook = nbformat.read(library / "survey.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert any("@smith2021" in cell.source for cell in notebook.cells)


def test_lab_opens_jupyterlab_on_the_project(library: Path, tmp_path: Path) -> None:
    # A stand-in for JupyterLab that says how it was started.
    package = tmp_path / "stand-in" / "jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("import json, sys; print(json.dumps(sys.argv[1:]))")
    source = str(Path(__file__).parents[2] / "src")
    result = subprocess.run(
        [sys.executable, "-m", "reviewkit.cli", "lab", "--no-browser", "--port", "9999"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(package.parent), source])},
    )
    assert result.returncode == 0, result.stderr
    arguments = json.loads(result.stdout)
    assert arguments == [f"--ServerApp.root_dir={library}", "--no-browser", "--port", "9999"]


def test_the_version_is_printed(run: Run) -> None:
    assert run("version").out.startswith("reviewkit ")
    assert set(run("version", "--json").json) == {"version"}


def test_listing_imports_nothing_heavy(library: Path, call: Run) -> None:
    code = (
        "import sys; from reviewkit.cli import main\n"
        "try: main(['list'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'tornado', 'anywidget', 'jupyter_server', 'nbformat'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    source = str(Path(__file__).parents[2] / "src")
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["status", "doctor"])
def test_files_that_cannot_be_written_are_told(tmp_path: Path, command: str) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", note="word " * 2000)
        project.flush()
    (tmp_path / "p" / "reviews.csv").unlink()
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({1 << 12}, {1 << 12}));"
    done = subprocess.run(
        [sys.executable, "-c", f"{limit} from reviewkit.cli import main; main()", command],
        cwd=tmp_path / "p", capture_output=True, text=True,
    )  # fmt: skip
    assert "waiting for reviews.csv (File too large)" in done.stdout, done.stdout + done.stderr
