import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.project import Project

JABREF = """\
% Encoding: UTF-8

@Article{smith2021,
  author       = {Smith, Zo{\\"e}},
  title        = {On Small Things},
  year         = {2021},
  comment      = {Read *twice*.},
  comment-zo--smith = {My own paper.},
  keywords     = {small, things},
  priority     = {prio1},
  ranking      = {rank4},
  readstatus   = {skimmed},
}

@Article{zhang2020, title = {A Study}, Rating = {2}, Read = {1}, annote = {One.}, annote = {Two.}}

@Article{mendeley2019, title = {Other}, mendeley-tags = {edge,C\\#}}

@Article{colrev2018, title = {Screened}, colrev_status = {rev_excluded}}

@Article{plain2017, title = {Plain}}

@Comment{jabref-meta: databaseType:bibtex;}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "group"
    place.mkdir()
    (place / "references.bib").write_text(JABREF, encoding="utf-8")
    return place


def notes(project: Project, key: str, reviewer: str) -> list[str]:
    return [note.text for note in project[key].review_of(reviewer).notes]


def test_nothing_is_adopted_unasked(project: Project, folder: Path) -> None:
    project.sync()
    assert all(not paper.reviews for paper in project.papers())
    assert (folder / "references.bib").read_text(encoding="utf-8") == JABREF
    assert not (folder / ".reviewkit").exists()
    found = dict(project.found_opinions())
    assert list(found) == ["smith2021", "zhang2020", "mendeley2019", "colrev2018"]
    assert (found["smith2021"].rating, found["smith2021"].status) == (4, "skimmed")
    assert project.program().name == "jabref"


def test_what_was_found_becomes_the_reviewers(project: Project, folder: Path) -> None:
    result = project.adopt()
    assert result.papers == ("smith2021", "zhang2020", "mendeley2019", "colrev2018")
    assert (result.ratings, result.statuses, result.tags, result.notes) == (2, 3, 1, 4)
    assert result.decisions == 1
    assert "'#'" in result.problems[0].reason and result.problems[0].text == "mendeley2019"
    assert result.message == "2 ratings, 3 statuses, 1 tag, 4 notes, 1 decision of 4 papers"
    smith = project["smith2021"].review_of("ana")
    assert (smith.rating, smith.status, smith.tags) == (4, "skimmed", ())
    assert notes(project, "smith2021", "ana") == ["Read *twice*."]
    assert notes(project, "smith2021", "zo-smith") == ["My own paper."]
    assert notes(project, "zhang2020", "ana") == ["One.", "Two."]
    assert project["mendeley2019"].tags == ("edge",)
    project.flush()
    text = (folder / "references.bib").read_text(encoding="utf-8")
    for line in JABREF.splitlines()[:14]:
        # JabRef's own fields keep their bytes; a comment of somebody's is ours to write, but
        # under the name by which JabRef knows her.
        assert line in text or "comment-zo--smith" in line, line
    assert text.count("My own paper.") == 1
    assert re.search(r"comment-zo--smith = \{\[[a-z2-7]{6}\] My own paper.\}", text)


def test_twice_is_nothing_new(project: Project, open_: Callable[..., Project]) -> None:
    project.adopt()
    for again in (project, open_()):
        assert again.adopt().message == "nothing new"
        assert again.found_opinions() == []
    project.flush()
    project.sync()
    result = project.adopt("bob")
    assert (result.papers, result.message) == ((), "nothing new")
    assert project.sync().message == "everything was in step already"


def test_comments_are_taken_in_when_somebody_reviews_the_paper(
    project: Project, folder: Path
) -> None:
    project.review("smith2021", rating=5)
    project.flush()
    project.review("smith2021", rating=3)
    project.flush()
    project.sync()
    assert notes(project, "smith2021", "zo-smith") == ["My own paper."]
    assert "comment-zo--smith" in (folder / "references.bib").read_text(encoding="utf-8")
    assert "smith2021" in dict(project.found_opinions())


def test_one_undo_takes_all_of_it_back(project: Project, folder: Path) -> None:
    project.adopt()
    project.flush()
    assert project.undo().undone is not None
    project.flush()
    assert all(not paper.reviews for paper in project.papers())
    text = (folder / "references.bib").read_text(encoding="utf-8")
    assert "ranking      = {rank4}" in text
    assert "comment      = {Read *twice*.}" in text
    assert project.adopt().ratings == 2


def test_what_somebody_said_here_goes_first(project: Project) -> None:
    project.review("zhang2020", rating=5, note="One.")
    result = project.adopt(papers=["zhang2020"])
    assert project["zhang2020"].review_of("ana").rating == 5
    assert (result.ratings, result.statuses, result.notes) == (0, 1, 1)
    # Bob has not said anything, so the other program's rating may be his.
    assert project.adopt("bob", ["zhang2020"]).ratings == 1


def test_what_was_adopted_and_changed_is_not_adopted_again(project: Project) -> None:
    project.adopt()
    note = project["zhang2020"].review_of("ana").notes[0]
    project.review("zhang2020", rating=3, note="One, mended.", note_id=note.id)
    project.flush()
    project.sync()
    assert project.adopt().message == "nothing new"
    assert notes(project, "zhang2020", "ana") == ["One, mended.", "Two."]


def test_a_dry_run_changes_nothing(project: Project, folder: Path) -> None:
    assert project.adopt(dry_run=True).ratings == 2
    project.sync()
    assert (folder / "references.bib").read_text(encoding="utf-8") == JABREF
    assert len(project.log()) == 0


def test_keywords_are_tags_only_when_asked(project: Project) -> None:
    assert project.adopt(papers=["smith2021"]).tags == 0
    assert project.adopt(papers=["smith2021"], keywords=True).tags == 2
    assert project["smith2021"].tags == ("small", "things")
    assert project.adopt(papers=["smith2021"], keywords=True).message == "nothing new"


def test_what_was_typed_into_a_field_here_is_nothing_to_adopt(project: Project) -> None:
    project.edit("plain2017", {"annote": "Typed into the entry, on purpose."})
    project.edit("mendeley2019", {"doi": "10.1000/x"})
    project.sync()
    found = dict(project.found_opinions())
    assert list(found) == ["smith2021", "zhang2020", "mendeley2019", "colrev2018"]
    assert [note.text for note in found["zhang2020"].notes] == ["One.", "Two."]
