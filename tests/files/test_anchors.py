"""Where a note belongs, typed into either file by hand, and through merges and encodings."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.files.bibmerge import merge_bib
from reviewkit.project import Project
from reviewkit.records import Note
from tests.files.hands import (
    LIBRARY,
    bib,
    copy_ops,
    edit_bib,
    edit_row,
    row,
    save,
    save_rows,
    settle,
    start,
    taken_in,
)

KEY = "smith2021"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = start(tmp_path / "p")
    project.review(KEY, note="First.", anchor=4)
    project.review(KEY, note="Second.")
    project.flush()
    yield project
    project.close()


def notes(project: Project) -> tuple[Note, ...]:
    return project[KEY].review_of("ana").notes


def said(project: Project) -> list[tuple[str, str | None]]:
    return [(note.text, note.anchor) for note in notes(project)]


@pytest.mark.parametrize(
    ("old", "new", "anchors", "found"),
    [
        (" p4]", " p. 5]", ["p5", None], [("anchor", "p5")]),
        (" p4]", "]", [None, None], [("anchor", None)]),
        (" p4]", ' "two words"]', ['"two words"', None], [("anchor", '"two words"')]),
        (" p4]", " p. 4]", ["p4", None], []),
        ("] Second", " §4.2] Second", ["p4", "§4.2"], [("anchor", "§4.2")]),
        ("] Second", " pp. 4–6] Second", ["p4", "p4-6"], [("anchor", "p4-6")]),
        ("] First.", "] First!", ["p4", None], [("text", "First!")]),
    ],
)
@pytest.mark.parametrize("where", ["csv", "bib"])
def test_what_is_typed_into_a_file_is_one_operation(
    project: Project, where: str, old: str, new: str, anchors: list[str], found: list[object]
) -> None:
    if where == "bib":
        edit_bib(project, old, new)
    else:
        edit_row(project, KEY, notes=row(project, KEY)["notes"].replace(old, new))
    before = len(project.log())
    settle(project)
    edits = [(c.field.rpartition(".")[2], c.value) for c in taken_in(project, before)]
    assert edits == found
    assert [anchor for _, anchor in said(project)] == anchors
    # Both files tell the same afterwards.
    text = row(project, KEY)["notes"]
    assert all(anchor is None or f" {anchor}]" in text for anchor in anchors)
    assert (
        text.replace("\n", " ").split()
        == bib(project).partition("comment-ana")[2].split("{")[1].split("}")[0].split()
    )


@pytest.mark.parametrize("looks", ["[figure 2] shows", "[p4] shows", "[tables two] show"])
@pytest.mark.parametrize("where", ["csv", "bib"])
def test_what_only_looks_like_one_is_text(project: Project, where: str, looks: str) -> None:
    old, new = "Second.", f"Second.\n\n{looks} it."
    if where == "bib":
        edit_bib(project, old, new)
    else:
        edit_row(project, KEY, notes=row(project, KEY)["notes"].replace(old, new))
    settle(project)
    assert said(project) == [("First.", "p4"), (new, None)]


def test_a_text_that_looks_like_a_note_with_a_place_stays_one(project: Project) -> None:
    text = "One.\n\n[abcdef p4] two.\n[abcdef §4.2]"
    project.review(KEY, note=text)
    project.flush()
    edit_row(project, KEY, status="read")
    settle(project)
    edit_bib(project, "ana=read", "ana=done")
    settle(project)
    assert said(project)[-1] == (text, None)
    assert project[KEY].review_of("ana").status == "done"
    assert len(notes(project)) == 3


@pytest.mark.parametrize("where", ["csv", "bib"])
def test_an_older_copy_of_a_file_takes_nothing_back(project: Project, where: str) -> None:
    path = project.csv_path if where == "csv" else project.bib_path
    old = path.read_bytes()
    (first, second) = notes(project)
    project.review(KEY, note_id=first.id, anchor=None)
    project.review(KEY, note_id=second.id, anchor="§2")
    project.flush()
    save(path, old)
    before = len(project.log())
    settle(project)
    assert taken_in(project, before) == []
    assert said(project) == [("First.", None), ("Second.", "§2")]
    # And one in which a place was changed changes that alone.
    save(path, old.replace(b" p4]", b" p9]"))
    settle(project)
    assert said(project) == [("First.", "p9"), ("Second.", "§2")]


def test_a_row_without_a_rev_says_a_place_that_is_new(project: Project) -> None:
    (first, _) = notes(project)
    edit_row(project, KEY, rev="", notes=f"[{first.id} p7] First.")
    settle(project)
    # Nobody knows what whoever typed it had seen: both are shown.
    (conflict,) = project.conflicts()
    assert [value.value for value in conflict.values] == ["p7", "p4"]
    assert said(project) == [("First.", "p7"), ("Second.", None)]


def test_a_note_typed_whole_with_a_place_is_a_note_there(project: Project) -> None:
    edit_row(project, KEY, notes=row(project, KEY)["notes"] + "\n\n[xxxxxx p8] Third.")
    settle(project)
    assert said(project) == [("First.", "p4"), ("Second.", None), ("Third.", "p8")]


def test_both_sides_of_a_merge_by_git_keep_their_places(project: Project, tmp_path: Path) -> None:
    base = project.bib_path.read_bytes()
    other = start(tmp_path / "o", base)
    copy_ops(project.root, other.root)
    shutil.copy(project.csv_path, other.csv_path)
    settle(other)
    first, second = (note.id for note in notes(project))
    project.review(KEY, note_id=first, anchor=5)
    other.review(KEY, note_id=second, anchor="§3")
    # The other one is in a version that only the file brings: nobody's log has it.
    other.flush()
    edit_bib(other, "[" + first + " p4]", "[" + first + " p6]")
    project.flush()
    merged = merge_bib(base, project.bib_path.read_bytes(), other.bib_path.read_bytes())
    assert b"<<<<" not in merged
    save(project.bib_path, merged)
    # As `merge=union` leaves it: both sides' rows.
    rows_ = other.csv_path.read_text(encoding="utf-8-sig").partition("\n")[2]
    save(project.csv_path, project.csv_path.read_text(encoding="utf-8") + rows_)
    copy_ops(other.root, project.root)
    settle(project)
    settle(project)
    (conflict,) = project.conflicts()
    assert {value.value for value in conflict.values} == {"p5", "p6"}
    assert said(project)[1] == ("Second.", "§3")
    other.close()


@pytest.mark.parametrize("anchor", ["§4.2", '"naïve words"', '"α and β"', "4-6"])
def test_a_library_in_latin_1(tmp_path: Path, anchor: str) -> None:
    data = LIBRARY.replace('Zo{\\"e}', "Zoë").encode("latin-1")
    with start(tmp_path / "p", data) as project:
        project.review(KEY, note="Ça va?", anchor=anchor)
        project.flush()
        (note,) = notes(project)
        text = project.bib_path.read_bytes()
        # All that was there stays, byte for byte, before and behind the entry.
        begin, end = data.index(b"@article{smith2021"), data.index(b"@article{zhang2020")
        assert text.startswith(data[:begin]) and text.endswith(data[end:])
        assert b"Zo\xeb" in text
        settle(project)
        save(project.bib_path, text.replace(b"a va?", b"a va bien?"))
        settle(project)
        assert [(n.text, n.anchor) for n in notes(project)] == [("Ça va bien?", note.anchor)]
        assert b"Zo\xeb" in project.bib_path.read_bytes()


def test_braces_and_percents_in_words_of_the_paper(project: Project) -> None:
    for number, words in enumerate(("100 % of {it", "a } b", r"\emph{x} #1", "x = 'y' & z")):
        (note,) = project.review(KEY, note=f"N{number}", anchor=words).notes[2 + number :]
        project.flush()
        settle(project)
        assert note.anchor == f'"{words}"'
    with Project(project.root, reviewer="ana", watch=False) as again:
        settle(again)
        assert notes(again) == notes(project)


def test_typed_before_a_note_that_shows_an_error(tmp_path: Path) -> None:
    """An error that stood there before is none that a spreadsheet made now."""
    with start(tmp_path / "p") as project:
        project.review(KEY, rating=3)
        project.sync()
        edit_row(project, KEY, notes="#REF!")
        project.sync()
        assert [item.kind for item in project.held()] == ["spreadsheet"]
        edit_row(project, KEY, notes="Typed.\n\n#REF!")
        save_rows(project, [row(project, KEY)] * 2)
        project.sync()
        (note,) = notes(project)
        assert (note.text, project.held()) == ("Typed.\n\n#REF!", [])
        edit_row(project, KEY, notes=f"[{note.id} p4-6] Typed.\n\n#REF!")
        settle(project)
        assert (said(project), project.held()) == ([("Typed.\n\n#REF!", "p4-6")], [])
