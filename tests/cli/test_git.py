"""`reviewkit init` in a git work tree, and the merge driver that git calls."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # Where git finds `reviewkit`.
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    command = bin_ / "reviewkit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reviewkit.cli "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    source = str(Path(__file__).parents[2] / "src")
    monkeypatch.setenv("PYTHONPATH", source)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def test_git_is_told_once_and_lines_of_others_stay(library: Path, run: Run) -> None:
    git(library, "init", "-q", "-b", "main")
    (library / ".gitattributes").write_bytes(b"*.png binary\nreviews.csv -diff")
    answer = run("init")
    assert answer.code == 0
    assert "references.bib by entry and field" in answer.out
    attributes = (library / ".gitattributes").read_text()
    assert attributes == (
        "*.png binary\nreviews.csv -diff\n"
        ".reviewkit/ops/**/*.jsonl -text merge=union\n"
        ".reviewkit/library.json merge=union\n"
        "references.bib -text merge=reviewkit-bib\n"
    )
    assert "merge-bib %O %A %B" in git(library, "config", "merge.reviewkit-bib.driver")
    again = run("init")
    assert again.out == "references.bib is the library, with 2 papers.\n"
    assert (library / ".gitattributes").read_text() == attributes


def test_nobody_is_told_anything_without_git(library: Path, run: Run) -> None:
    assert "git" not in run("init").out
    git(library, "init", "-q", "-b", "main")
    assert "git" not in run("init", "--no-git").out
    assert not (library / ".gitattributes").exists()


def test_a_folder_inside_a_work_tree(tmp_path: Path, run: Run) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    run("init", str(tmp_path / "papers"))
    assert "reviewkit-bib" in (tmp_path / "papers" / ".gitattributes").read_text()


def test_line_ends_that_git_changes_already_are_left_to_it(library: Path, run: Run) -> None:
    git(library, "init", "-q", "-b", "main")
    git(library, "config", "core.autocrlf", "true")
    bib = library / "references.bib"
    bib.write_bytes(bib.read_bytes().replace(b"\n", b"\r\n"))
    git(library, "add", ".")
    run("init")
    assert "references.bib merge=reviewkit-bib" in (library / ".gitattributes").read_text()


def test_git_merges_two_branches_by_field(library: Path, run: Run) -> None:
    bib = library / "references.bib"
    git(library, "init", "-q", "-b", "main")
    run("init")
    git(library, "add", ".")
    git(library, "commit", "-qm", "begin")
    git(library, "checkout", "-qb", "side")
    text = bib.read_text()
    bib.write_text(text.replace("{2021}", "{2020}") + "\n@misc{side}\n")
    git(library, "commit", "-qam", "side")
    git(library, "checkout", "-q", "main")
    bib.write_text(text.replace("{2021},", "{2021},\n  doi = {10.1/x},") + "\n@misc{main}\n")
    git(library, "commit", "-qam", "main")
    git(library, "merge", "-q", "side")
    merged = bib.read_text()
    assert "year = {2020},\n  doi = {10.1/x}," in merged
    assert merged.endswith("\n@misc{main}\n\n@misc{side}\n")


def test_merging_without_reviewkit_leaves_markers(
    library: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bib = library / "references.bib"
    git(library, "init", "-q", "-b", "main")
    run("init")
    git(library, "add", ".")
    git(library, "commit", "-qm", "begin")
    git(library, "checkout", "-qb", "side")
    text = bib.read_text()
    bib.write_text(text.replace("{2021}", "{2020}"))
    git(library, "commit", "-qam", "side")
    git(library, "checkout", "-q", "main")
    bib.write_text(text.replace("{2021}", "{2019}"))
    git(library, "commit", "-qam", "main")
    driver = git(library, "config", "merge.reviewkit-bib.driver").strip()
    git(library, "config", "merge.reviewkit-bib.driver", driver.replace("python", "nothing"))
    broken = Path(os.environ["PATH"].split(os.pathsep)[0], "reviewkit")
    broken.write_text("#!/bin/sh\nexit 127\n")
    done = subprocess.run(["git", "merge", "side"], cwd=library, capture_output=True)
    assert done.returncode == 1
    assert "{2019}" in bib.read_text() and "{2020}" in bib.read_text()


def test_two_members_who_begin_in_one_commit_never_stop_at_a_merge(
    library: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(library, "init", "-q", "-b", "main")
    run("init")
    git(library, "add", ".")
    git(library, "commit", "-qm", "begin")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(library), str(other))
    run("init", str(other))
    for folder, who in ((library, "ana"), (other, "ben")):
        folder_of = ("--project", str(folder), "--reviewer", who)
        assert run("review", "smith2021", "--rating", "4", "--note", who, *folder_of).code == 0
        git(folder, "add", ".")
        git(folder, "commit", "-qm", who)
    # Git is called from anywhere, as by an editor: reviewkit need not be on the path.
    monkeypatch.setenv("PATH", os.defpath)
    git(library, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
    assert git(library, "status", "--porcelain") == ""
    (paper,) = run("list", "smith", "--json", "--project", str(library)).json
    assert [review["reviewer"] for review in paper["reviews"]] == ["ana", "ben"]


def test_two_members_who_begin_apart_without_init_never_stop_at_a_merge(
    library: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(library, "init", "-q", "-b", "main")
    git(library, "add", ".")
    git(library, "commit", "-qm", "papers")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(library), str(other))
    for folder, who in ((library, "ana"), (other, "ben")):
        folder_of = ("--project", str(folder), "--reviewer", who)
        assert run("review", "smith2021", "--rating", "4", "--note", who, *folder_of).code == 0
        git(folder, "add", ".")
        git(folder, "commit", "-qm", who)
    monkeypatch.setenv("PATH", os.defpath)
    git(library, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
    git(other, "pull", "-q", "--no-rebase", "--no-edit", str(library), "main")
    for folder in (library, other):
        assert git(folder, "status", "--porcelain") == ""
        (paper,) = run("list", "smith", "--json", "--project", str(folder)).json
        assert [review["reviewer"] for review in paper["reviews"]] == ["ana", "ben"]
        assert run("status", "--project", str(folder)).code == 0


def test_a_first_edit_tells_git_nothing_where_that_was_not_wanted(
    library: Path, run: Run, tmp_path: Path
) -> None:
    git(library, "init", "-q", "-b", "main")
    run("init", "--no-git")
    run("review", "smith2021", "--rating", "4", "--reviewer", "ana")
    assert not (library / ".gitattributes").exists()
    # Nor in a folder that git does not look at.
    ignored = library / "demo"
    ignored.mkdir()
    (library / ".gitignore").write_text("demo/\n")
    (ignored / "references.bib").write_text("@misc{a}")
    assert run("review", "a", "--rating", "4", "--reviewer", "ana", "--project", "demo").code == 0
    assert not (ignored / ".gitattributes").exists()


def test_who_clones_a_project_merges_it_without_init(
    library: Path, run: Run, tmp_path: Path
) -> None:
    git(library, "init", "-q", "-b", "main")
    run("init")
    git(library, "add", ".")
    git(library, "commit", "-qm", "begin")
    git(tmp_path, "clone", "-q", str(library), "other")
    run("list", "--project", str(tmp_path / "other"))
    assert "merge-bib %O %A %B" in git(tmp_path / "other", "config", "merge.reviewkit-bib.driver")


def test_doctor_tells_of_a_project_that_git_merges_line_by_line(library: Path, run: Run) -> None:
    assert "line by line" not in run("doctor").out
    git(library, "init", "-q", "-b", "main")
    run("init", "--no-git")
    assert "git: it merges both files line by line here: `reviewkit init`" in run("doctor").out
    run("init")
    assert "line by line" not in run("doctor").out
