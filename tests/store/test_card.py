"""Which project it is: the card, its id in git, and two cards that became one file."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import FormatError, NewerFormatError
from reviewkit.project import Project
from reviewkit.store.card import Card, ensure_library, library_card, write_card
from reviewkit.store.cardtext import said_by
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout, library_name
from reviewkit.store.machine import Machine

A = '{\n "id": "lib-a",\n "format": 1,\n "min_reader": 1,\n "bib": "references.bib"\n}\n'
B = A.replace("lib-a", "lib-b")
KEY = "smith2021"


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def put(folder: Path, text: str) -> Layout:
    (folder / ".reviewkit").mkdir(parents=True, exist_ok=True)
    (folder / ".reviewkit" / "library.json").write_text(text)
    return Layout(folder)


def begun(folder: Path) -> str:
    return ensure_library(Layout(folder), Machine()).id


def merged(ours: str, theirs: str, tmp_path: Path, *how: str) -> str:
    """What git makes of two files that both sides added."""
    for name, text in (("ours", ours), ("base", ""), ("theirs", theirs)):
        (tmp_path / name).write_text(text)
    command = ["git", "merge-file", "-p", *how, "ours", "base", "theirs"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout


def test_clones_of_one_repository_begin_the_same_project(tmp_path: Path) -> None:
    first = tmp_path / "first"
    (first / "papers").mkdir(parents=True)
    (first / "papers" / "references.bib").touch()
    git(first, "init", "-q", "-b", "main")
    git(first, "add", ".")
    git(first, "commit", "-qm", "papers")
    git(tmp_path, "clone", "-q", "first", "second")
    (first / "more").mkdir()
    git(first, "commit", "-q", "--allow-empty", "-m", "later")
    assert begun(first / "papers") == begun(tmp_path / "second" / "papers")
    assert begun(first / "more") != begun(first / "papers")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{first}", "shallow")
    assert begun(tmp_path / "shallow" / "papers") != begun(first / "papers")


def test_projects_outside_of_git_and_before_a_commit_are_all_others(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abcd"]
    for folder in folders:
        folder.mkdir()
    git(folders[0], "init", "-q")
    git(folders[1], "init", "-q")
    assert len({begun(folder) for folder in folders}) == 4


@pytest.mark.parametrize("how", [[], ["--union"]])
@pytest.mark.parametrize("name", ["references.bib", "thesis.bib"])
def test_two_cards_that_git_put_together_are_one_whoever_merged(
    tmp_path: Path, how: list[str], name: str
) -> None:
    other = B.replace("references.bib", name)
    cards = []
    for number, (ours, theirs) in enumerate(((A, other), (other, A))):
        layout = put(tmp_path / f"{number}", merged(ours, theirs, tmp_path, *how))
        card = library_card(layout, FS())
        assert card == Card("lib-a", None, ("lib-b",))
        Project(layout.root, watch=False).close()
        cards.append(layout.library_json.read_text())
        assert json.loads(cards[-1])["id"] == "lib-a"
        assert library_card(layout, FS()) == card
    assert cards[0] == cards[1]


def test_private_notes_and_own_edits_are_found_under_the_id_that_stayed(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(f"@misc{{{KEY}}}")
    machine = Machine(state=tmp_path / "state", cache=tmp_path / "cache")
    layout = put(tmp_path, B)

    def opened() -> Project:
        return Project(tmp_path, reviewer="ana", watch=False, machine=machine)

    with opened() as project:
        project.review(KEY, note="Only mine.", private=True)
        project.review(KEY, rating=4)
    put(tmp_path, merged(A, B, tmp_path))
    with opened() as project:
        mine = project.as_seen_by(KEY).private
        assert mine is not None and [note.text for note in mine.notes] == ["Only mine."]
        project.review(KEY, rating=5)
    for log in layout.ops.rglob("*.jsonl"):
        log.unlink()
    with opened() as project:
        assert project[KEY].reviews[0].rating == 5
        assert len([c for c in project.log(paper=KEY) if c.field == "rating"]) == 2
        project.purge(KEY)
    kept = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert kept and not [path for path in kept if b"Only mine" in path.read_bytes()]


@pytest.mark.parametrize("name", ["../../elsewhere", "", "/etc", "a/b", "x" * 200, "."])
def test_an_id_that_would_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    layout = put(tmp_path, A.replace("lib-a", name))
    with pytest.raises(FormatError, match="no id"):
        library_card(layout, FS())
    layout = put(tmp_path, A.replace('"format"', f'"others": "lib-z {name}/..", "format"'))
    with pytest.raises(FormatError, match="no id"):
        library_card(layout, FS())


@pytest.mark.parametrize("text", ["", "{", "[]", "7", A[:30], '{"id": 1}', "<<<<<<< HEAD\n"])
def test_what_is_no_card_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        library_card(put(tmp_path, text), FS())


def test_two_cards_of_which_one_names_a_database_need_a_person(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    layout = put(outside, B)
    write_card(layout, Machine(), Card("lib-b", "postgresql://host/db"))
    both = merged(A, layout.library_json.read_text(), tmp_path, "--union")
    with pytest.raises(FormatError, match="the clone that uses the database"):
        library_card(put(tmp_path, both), FS())


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewerFormatError):
        library_card(put(tmp_path, A.replace('"min_reader": 1', '"min_reader": 9')), FS())


def test_the_library_s_name_is_read_from_two_cards_as_well(tmp_path: Path) -> None:
    both = merged(A, B, tmp_path).replace("references.bib", "thesis.bib")
    assert library_name(put(tmp_path, both).root, FS()) == "thesis.bib"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_card_or_refused(data: bytes) -> None:
    try:
        said = said_by(data)
    except ValueError:
        return
    assert all(values for values in said.values())
