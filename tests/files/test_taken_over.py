"""An entry's own keywords and stars stay, by whatever way its first tag or rating comes."""

from pathlib import Path

import pytest

from reviewkit.project import Project
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

KEY, OWN = "smith2021", '  keywords = {small, "things"},\n  ranking  = {rank5},\n'
STARRED = LIBRARY.replace("  keywords = {small, things},\n", OWN)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return start(tmp_path / "p", STARRED)


def test_typed_into_the_table(project: Project) -> None:
    project.review(KEY, status="read")
    project.sync()
    written = bib(project)
    assert OWN in written
    edit_row(project, KEY, tags="core", rating="2")
    project.sync()
    assert 'keywords = {small, "things", core}' in bib(project)
    assert "ranking  = {rank2}" in bib(project)
    assert {(c.field, c.value) for c in taken_in(project)} == {("tag:core", True), ("rating", 2)}
    assert project[KEY].keywords == ("small", '"things"')
    settle(project)
    edit_row(project, KEY, tags="", rating="")
    project.sync()
    assert OWN in bib(project)
    settle(project)


def test_in_a_row_that_somebody_made(project: Project) -> None:
    project.review("zhang2020", rating=1)
    project.sync()
    new = {**row(project, "zhang2020"), "key": KEY, "rating": "2", "tags": "core", "rev": ""}
    save_rows(project, [row(project, "zhang2020"), new])
    project.sync()
    assert 'keywords = {small, "things", core}' in bib(project)
    project.review(KEY, rating=None, remove_tags=["core"])
    project.sync()
    assert OWN in bib(project)


def test_while_the_entry_is_changed_by_hand(project: Project) -> None:
    """What the entry was written from is found though it is not what it was."""
    project.review(KEY, status="read", note="One.")
    project.sync()
    edit_bib(project, "ana=read", "ana=skimmed")
    edit_bib(project, '{small, "things"}', '{small, "things", more}')
    edit_row(project, KEY, tags="core")
    project.sync()
    assert 'keywords = {small, "things", more, core}' in bib(project)
    assert project[KEY].review_of("ana").status == "skimmed"
    settle(project)


def test_by_somebody_whose_library_does_not_have_the_entry_yet(
    project: Project, tmp_path: Path
) -> None:
    with start(tmp_path / "q", LIBRARY[: LIBRARY.index("@article{smith2021")]) as other:
        save(other.csv_path, f"key,reviewer,rating,tags\n{KEY},bob,2,core\n")
        other.sync()
        copy_ops(other.root, project.root)
    project.sync()
    assert 'keywords = {small, "things", core}' in bib(project)
    assert project[KEY].tags == ("core",)
    settle(project)


def test_a_tag_that_was_there_for_a_moment(project: Project) -> None:
    project.review(KEY, status="read")
    project.sync()
    edit_row(project, KEY, tags="core")
    assert project._sync.take_in("ana")[0] == 1
    project.review(KEY, remove_tags=["core"])
    project.sync()
    assert OWN in bib(project)


def test_of_tags_alone_nothing_is_noted(project: Project) -> None:
    project.review("zhang2020", add_tags=["core"], rating=4)
    project.sync()
    project.review("zhang2020", add_tags=["edge"], rating=3)
    project.sync()
    assert not [c for c in project.log() if c.field.startswith("bib:")]
    project.review("zhang2020", remove_tags=["core", "edge"], rating=None)
    project.sync()
    assert "core" not in bib(project) and "rank" not in bib(project).replace(OWN, "")


def test_ratings_of_criteria_alone_leave_the_stars_alone(project: Project) -> None:
    project.review(KEY, status="read", criteria={"novelty": 2})
    project.sync()
    edit_row(project, KEY, **{"rating:novelty": "3"})
    project.sync()
    edit_bib(project, "{rank5}", "{rank4}")
    project.sync()
    project.review(KEY, status="done")
    project.sync()
    assert "ranking  = {rank4}" in bib(project)
    assert not [c for c in project.log() if c.field.startswith("bib:")]


def test_tags_are_no_keywords_of_an_entry_that_lost_its_mark(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("zhang2020", add_tags=["core"])
        project.sync()
        text = bib(project)
        begin, end = text.index(", reviewkit="), text.rindex("}")
        save(project.bib_path, text[:begin] + text[end:])
        project.sync()
        project.review("zhang2020", remove_tags=["core"])
        project.sync()
        assert project["zhang2020"].keywords == () and "core" not in bib(project)
        settle(project)


def test_tags_and_ratings_are_not_its_own_where_the_file_came_before_their_log(
    tmp_path: Path,
) -> None:
    with start(tmp_path / "p") as project:
        project.review("zhang2020", status="read")
        project.flush()
        (tmp_path / "q").mkdir()
        save(tmp_path / "q/references.bib", bib(project))
        copy_ops(project.root, tmp_path / "q")
        with Project(tmp_path / "q", reviewer="bob", watch=False) as other:
            other.review("zhang2020", add_tags=["core"], rating=4)
            other.flush()
            save(project.bib_path, bib(other))
            project.sync()
            copy_ops(other.root, project.root)
            settle(project)
        assert not [c for c in project.log() if c.field.startswith("bib:")]
        project.review("zhang2020", remove_tags=["core"], rating=None, reviewer="bob")
        project.sync()
        assert "core" not in bib(project) and "rank" not in bib(project)
