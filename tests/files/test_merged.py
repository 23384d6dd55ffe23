"""What a merge left in references.bib is taken in, and the file is clean afterwards."""

import subprocess
from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.files.bibmerge import merge_bib
from reviewkit.project import Project
from tests.files.hands import bib, save, start


def both(tmp_path: Path) -> tuple[Project, bytes, bytes, bytes]:
    """A project whose two clones went apart: base, ours, theirs; both logs are here."""
    project = start(tmp_path / "one")
    project.review("smith2021", rating=3, note="First.")
    project.sync()
    base = project.bib_path.read_bytes()
    theirs = copy(project, tmp_path / "two")
    project.review("smith2021", rating=4, note="Ours.")
    theirs.review("smith2021", status="done", note="Theirs.", reviewer="bob")
    project.sync()
    theirs.sync()
    states = (base, project.bib_path.read_bytes(), theirs.bib_path.read_bytes())
    for log in (tmp_path / "two" / ".reviewkit").glob("ops/*/*"):
        target = tmp_path / "one" / log.relative_to(tmp_path / "two")
        target.write_bytes(log.read_bytes())
    return (project, *states)


def copy(project: Project, folder: Path) -> Project:
    for path in project.root.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(project.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return Project(folder, reviewer="ana", watch=False)


def is_at_rest(project: Project) -> bool:
    result = project.sync()
    return (result.taken_in, result.held, result.bib_written, result.csv_written) == (
        0, 0, False, False,
    )  # fmt: skip


def test_two_branches_of_the_log_and_the_file_meet(tmp_path: Path) -> None:
    project, base, ours, theirs = both(tmp_path)
    merged = merge_bib(base, ours, theirs)
    assert b"reviewkit-theirs" not in merged
    save(project.bib_path, merged)
    result = project.sync()
    assert (result.taken_in, result.held) == (0, 0)
    reviews = {review.reviewer: review for review in project["smith2021"].reviews}
    assert reviews["ana"].rating == 4 and reviews["bob"].status == "done"
    assert [n.text for n in reviews["ana"].notes] == ["First.", "Ours."]
    assert "Theirs." in bib(project)
    assert is_at_rest(project)


def test_what_was_typed_on_both_sides_and_never_taken_in(tmp_path: Path) -> None:
    project, base, ours, theirs = both(tmp_path)
    ours = ours.replace(b"ana=4", b"ana=2")
    theirs = theirs.replace(b"] Theirs.", b"] Theirs, changed.").replace(b"ana=3", b"ana=1")
    merged = merge_bib(base, ours, theirs)
    assert b"reviewkit-theirs" in merged
    save(project.bib_path, merged)
    project.sync()
    assert b"reviewkit-theirs" not in project.bib_path.read_bytes()
    reviews = {review.reviewer: review for review in project["smith2021"].reviews}
    assert [note.text for note in reviews["bob"].notes] == ["Theirs, changed."]
    conflict = next(c for c in project.conflicts() if c.field == "rating")
    assert {value.value for value in conflict.values} == {1, 2}
    assert is_at_rest(project)


def test_a_title_that_both_changed_is_a_conflict(tmp_path: Path) -> None:
    for reviewed in (False, True):
        project = start(tmp_path / f"{reviewed}")
        if reviewed:
            project.review("smith2021", rating=3)
        project.sync()
        base = project.bib_path.read_bytes()
        merged = merge_bib(
            base, base.replace(b"On Small", b"On Smaller"), base.replace(b"On Small", b"On Tiny")
        )
        save(project.bib_path, merged)
        project.sync()
        conflict = project.conflicts()[0]
        assert conflict.field == "bib:title"
        assert {value.value for value in conflict.values} == {
            '"On Smaller Things"', '"On Tiny Things"',
        }  # fmt: skip
        assert "reviewkit-theirs" not in bib(project)
        project.resolve("smith2021", None, "bib:title", conflict.values[0].id)
        assert project.conflicts() == []
        project.sync()
        assert is_at_rest(project)


def marked(base: bytes, ours: bytes, theirs: bytes, folder: Path) -> bytes:
    for name, data in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(data)
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=folder, capture_output=True
    )
    assert b"<<<<<<< ours" in done.stdout
    return done.stdout


def test_conflict_markers_are_read_and_gone(tmp_path: Path) -> None:
    project, base, ours, theirs = both(tmp_path)
    ours = ours.replace(b"Smaller", b"Small").replace(b"] Ours.", b"] Ours, typed.")
    theirs = theirs.replace(b"] Theirs.", b"] Theirs, typed.")
    save(project.bib_path, marked(base, ours, theirs, tmp_path))
    project.sync()
    text = bib(project)
    assert "<<<<<<<" not in text and "=======" not in text
    assert "Ours, typed." in text and "Theirs, typed." in text
    assert len(BibDocument.from_bytes(text.encode()).entries) == 3
    assert is_at_rest(project)


def test_markers_around_other_fields(tmp_path: Path) -> None:
    project = start(tmp_path / "one")
    project.review("zhang2020", rating=3)
    project.sync()
    base = project.bib_path.read_bytes()
    ours, theirs = (base.replace(b"On Small", word) for word in (b"On Smaller", b"On Tiny"))
    save(project.bib_path, marked(base, ours, theirs, tmp_path))
    project.sync()
    assert "<<<<<<<" not in bib(project)
    values = {value.value for value in project.conflicts()[0].values}
    assert values == {'"On Smaller Things"', '"On Tiny Things"'}
    assert is_at_rest(project)


def test_markers_found_when_the_project_is_opened(tmp_path: Path) -> None:
    project, base, ours, theirs = both(tmp_path)
    project.close()
    save(project.bib_path, marked(base, ours, theirs, tmp_path))
    with Project(project.root, reviewer="ana", watch=False) as again:
        again.sync()
        assert "<<<<<<<" not in bib(again)
        assert is_at_rest(again)
