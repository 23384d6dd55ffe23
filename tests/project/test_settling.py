"""Versions of a note that two people wrote at once, kept one by one or side by side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import ValueRefusedError
from reviewkit.project import Project, open_project

KEY = "smith2021"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "references.bib").write_text(f"@misc{{{KEY}, title = {{T}}}}\n", encoding="utf-8")
    with open_project(tmp_path, reviewer="ana", watch=False) as opened:
        opened.review(KEY, rating=1, note="The table is wrong.")
        (note,) = opened[KEY].reviews[0].notes
        for text in ("The table is right.", "The table is unclear."):
            opened.review(KEY, note=text, note_id=note.id, seen=note.seen)
        yield opened


def texts(project: Project) -> list[str]:
    return sorted(note.text for note in project[KEY].reviews[0].notes)


def test_both_versions_of_a_note_are_kept_as_two_in_one_action(project: Project) -> None:
    (conflict,) = project[KEY].conflicts
    assert len(conflict.values) == 2
    paper = project.resolve(
        KEY, "ana", conflict.field, conflict.values[1].id, apart=True, via="panel"
    )
    assert not paper.conflicts
    assert texts(project) == ["The table is right.", "The table is unclear."]
    kept = next(n for n in paper.reviews[0].notes if n.text == "The table is right.")
    assert conflict.field == f"note:{kept.id}.text"
    project.undo()
    assert [c.field for c in project[KEY].conflicts] == [conflict.field]


def test_one_version_alone_is_kept_without_the_other(project: Project) -> None:
    (conflict,) = project[KEY].conflicts
    project.resolve(KEY, "ana", conflict.field, conflict.values[0].id)
    assert texts(project) == ["The table is unclear."]


def test_only_notes_can_be_kept_beside_each_other(project: Project) -> None:
    (rating,) = (op for op in project.history(KEY) if op.field == "rating")
    with pytest.raises(ValueRefusedError, match="Only versions of a note"):
        project.resolve(KEY, "ana", "rating", rating.id, apart=True)
    assert len(project[KEY].conflicts) == 1


def test_undo_brings_a_settled_conflict_back_as_it_was_and_redo_settles_it(
    project: Project,
) -> None:
    (before,) = project[KEY].conflicts
    project.resolve(KEY, "ana", before.field, before.values[0].id, by="bob")
    undone = project.undo(by="bob")
    (after,) = project[KEY].conflicts
    told = [(value.value, value.by, value.at, value.via) for value in before.values]
    assert [(value.value, value.by, value.at, value.via) for value in after.values] == told
    project.undo(undone.action, by="bob")
    assert not project[KEY].conflicts
    assert texts(project) == [before.values[0].value]
