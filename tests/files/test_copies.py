"""Copies of the two files that synchronisers make: taken in, put away; all others left alone."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.files.copies import is_copy_name
from reviewkit.project import Project
from tests.files.hands import bib, edit_bib, row, rows, save_rows, settle, start, state, taken_in
from tests.project.told import Told

KEY = "smith2021"

#: Ends within a note.
CUT = b'key,reviewer,rating,notes,rev\nzhang2020,bob,2,,abcdefghij\nsmith2021,ana,5,"First.\n\n'

NAMES = [
    "{} (conflicted copy){}",
    "{} (ana's conflicted copy 2026-11-25){}",
    "{} (Ana's MacBook's conflicted copy 2026-11-25 101010){}",
    "{} (Case Conflict){}",
    "{} (In Konflikt stehende Kopie von Ana 2026-11-25){}",
    "{} (Copie en conflit de ana 2026-11-25){}",
    "{} (SFConflict ana@example.org 2026-11-25-10-10-10){}",
    "{}.sync-conflict-20261125-101010-ABCDEF7{}",
    "{}.Conflict{}",
    "{}_conflict-20261125-101010{}",
]
OTHERS = [
    "{} old{}", "{}-backup{}", "{}2{}", "my {}{}", "{}.conf{}", "{} (draft){}",
    "{} without conflicts of interest{}", "{}.bak{}",
]  # fmt: skip
BY_FOLDER = [
    ("{} 2{}", "/ana/Library/Mobile Documents/com~apple~CloudDocs/group"),
    ("{} (1){}", "/ana/Google Drive/group"),
    ("{}_conf(1){}", "/ana/GoogleDrive/group"),
    ("{}-DESKTOP-7GH3K2L{}", "C:\\ana\\OneDrive - University\\group"),
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = start(tmp_path / "p")
    project.review(KEY, rating=4, status="reading", tags=["core"], note="First.")
    project.review("zhang2020", rating=2, reviewer="bob")
    project.flush()
    yield project
    project.close()


def copy(project: Project, name: str, text: str | bytes) -> Path:
    path = project.root / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def table(changed: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(changed[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed)
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_names_of_copies(name: str) -> None:
    for stem, suffix in (("references", ".bib"), ("reviews", ".csv")):
        assert is_copy_name(name.format(stem, suffix), stem + suffix, "/ana/group")
        assert not is_copy_name(name.format("other", suffix), stem + suffix, "/ana/group")
        assert not is_copy_name(name.format(stem, ".txt"), stem + suffix, "/ana/group")


@pytest.mark.parametrize("name", OTHERS)
def test_names_that_people_give(name: str) -> None:
    assert not is_copy_name(name.format("reviews", ".csv"), "reviews.csv", "/ana/group")
    assert not is_copy_name("reviews.csv", "reviews.csv", "/ana/group")


@pytest.mark.parametrize(("name", "folder"), BY_FOLDER)
def test_names_that_count_in_the_folder_of_their_program(name: str, folder: str) -> None:
    assert is_copy_name(name.format("reviews", ".csv"), "reviews.csv", folder)
    assert not is_copy_name(name.format("reviews", ".csv"), "reviews.csv", "/ana/group")


@pytest.mark.parametrize("name", NAMES[:3])
def test_a_cell_of_a_copy_is_taken_in_and_the_copy_put_away(project: Project, name: str) -> None:
    changed = rows(project)
    changed[0]["rating"] = "5"
    project.review(KEY, status="done")
    project.flush()
    path = copy(project, name.format("reviews", ".csv"), table(changed))
    since = len(project.log())
    assert project.sync().taken_in == 1
    assert [(c.field, c.value) for c in taken_in(project, since)] == [("rating", 5)]
    review = project[KEY].review_of("ana")
    assert (review.rating, review.status) == (5, "done")
    assert not path.exists()
    assert any(p.read_bytes() == table(changed).encode() for p in _trash(project))
    settle(project)


def _trash(project: Project) -> list[Path]:
    return list((project.root / ".reviewkit" / "trash").iterdir())


def test_old_copies_change_nothing(project: Project) -> None:
    old = [(p.name, p.read_bytes()) for p in (project.csv_path, project.bib_path)]
    project.review(KEY, rating=1, tags=["other"])
    project.review("matsubara2022bottlefit", note="Second.")
    project.flush()
    before = state(project)
    since = len(project.log())
    for name, data in old:
        stem, suffix = name.split(".")
        copy(project, f"{stem} (conflicted copy).{suffix}", data)
    result = project.sync()
    assert (result.taken_in, result.held) == (0, 0)
    assert len(project.log()) == since
    settle(project)
    assert state(project) == before
    assert not list(project.root.glob("*conflicted*"))


def test_a_copy_of_the_library_brings_entries_fields_and_opinions(project: Project) -> None:
    text = bib(project)
    theirs = text.replace("ana=4 reading", "ana=3 reading").replace(
        '"On Small Things"', '"On Very Small Things"')  # fmt: skip
    theirs += "\n@misc{new2026, title = {Only There}}\n"
    mine = text + "\n@misc{here2026, title = {Only Here}}\n"
    project.bib_path.write_text(mine)
    project.sync()
    path = copy(project, "references.sync-conflict-20261125-101010-ABCDEF7.bib", theirs)
    project.sync()
    assert not path.exists()
    assert {"new2026", "here2026"} < set(project)
    assert project[KEY].review_of("ana").rating == 3
    (conflict,) = project.conflicts()
    assert {v.value for v in conflict.values} == {'"On Small Things"', '"On Very Small Things"'}
    settle(project)
    assert "Only There" in bib(project)
    assert "Only Here" in bib(project)


def test_a_field_of_a_paper_of_which_nobody_said_anything_is_set_beside(project: Project) -> None:
    text = bib(project)
    assert not project["matsubara2022bottlefit"].reviews
    copy(project, "references (conflicted copy).bib", text.replace("{2022}", "{2021}"))
    assert project.sync().taken_in == 1
    (conflict,) = project.conflicts()
    assert (conflict.citekey, conflict.field) == ("matsubara2022bottlefit", "bib:year")
    assert {value.value for value in conflict.values} == {"{2021}", "{2022}"}
    settle(project)


@pytest.mark.parametrize("merged", [False, True])
def test_an_entry_is_the_paper_that_had_its_key(project: Project, merged: bool) -> None:
    """No entry that is missing here, and nothing to set beside the paper it was merged into."""
    text = bib(project)
    project.review("matsubara2022bottlefit", rating=3)
    project.flush()
    edit_bib(project, "{matsubara2022bottlefit,", "{bottle2022,")
    project.sync()
    if merged:
        project.merge("zhang2020", "bottle2022")
    project.flush()
    since, keys = len(project.log()), list(project)
    copy(project, "references (conflicted copy).bib", text)
    project.sync()
    assert (taken_in(project, since), list(project), project.conflicts()) == ([], keys, [])
    settle(project)


def test_columns_of_other_people_stay_as_they_are_here(project: Project) -> None:
    save_rows(project, [{**r, "Priority": "high"} for r in rows(project)])
    project.sync()
    stale = [{**r, "Priority": "low", "Mine": "x"} for r in rows(project)]
    copy(project, "reviews (conflicted copy).csv", table(stale))
    project.sync()
    settle(project)
    assert [r["Priority"] for r in rows(project)] == ["high", "high"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("reviews (conflicted copy).csv", b"a,b\n1,2\n"),
        ("reviews (conflicted copy).csv", b"key,reviewer,rating\nsmith2021,ana,1\n"),
        ("reviews (conflicted copy).csv", b"\x00\x01"),
        ("reviews (conflicted copy).csv", CUT),
        ("references (conflicted copy).bib", b"@misc{x, title = {Somebody's own}}\n"),
        ("references (conflicted copy).bib", b"@misc{x, reviewkit = {p.aaaaaaaaaa bbbbbbbbbb}}"),
        ("reviews old.csv", None),
    ],
)
def test_what_is_no_copy_of_ours_is_never_touched(
    project: Project, name: str, data: bytes | None
) -> None:
    path = copy(project, name, data if data is not None else project.csv_path.read_bytes())
    kept = path.read_bytes()
    before = state(project)
    for _ in range(2):
        assert project.sync().taken_in == 0
    assert path.read_bytes() == kept
    assert state(project) == before


def test_a_copy_that_comes_while_the_project_is_open_is_seen(tmp_path: Path) -> None:
    start(tmp_path / "p").close()
    with Project(tmp_path / "p", reviewer="ana") as project:
        project.review(KEY, rating=4)
        project.flush()
        changed = rows(project)
        changed[0]["rating"] = "5"
        told = Told(project)
        path = copy(project, "reviews (conflicted copy).csv", table(changed))
        told.until(lambda: project[KEY].review_of("ana").rating == 5)
        # What took it in has the files until it is put away.
        project.sync()
        assert not path.exists()
        assert row(project, KEY)["rating"] in ("4", "5")
