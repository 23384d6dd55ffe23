"""Fields typed into an old copy of the .bib, of which the log came to know only after that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import bib, copy_ops, edit_bib, save, settle, start, taken_in
from tests.files.programs import jabref

KEY, OWN = "smith2021", "{small, things}"
Edited = Callable[[Project], object]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """One paper is rated, and both files say so."""
    with start(tmp_path / "p") as opened:
        opened.review(KEY, rating=4)
        opened.flush()
        yield opened


def replica(project: Project) -> Project:
    """Somebody else's copy of the folder as it is now."""
    folder = project.root.with_name("q")
    folder.mkdir()
    save(folder / "references.bib", bib(project))
    copy_ops(project.root, folder)
    return Project(folder, reviewer="bob", watch=False)


def tagged(project: Project) -> object:
    return project.review(KEY, add_tags=["core"])


def dated(project: Project) -> object:
    return project.edit(KEY, {"year": "2022"})


@pytest.mark.parametrize(
    ("edited", "old", "new", "found", "shown"),
    [
        (
            tagged,
            "{small, things}",
            "{small, things, deep}",
            "{small, things, deep}",
            "deep, core",
        ),
        (tagged, "{small, things}", "{small}", "{small}", "{small, core}"),
        (tagged, "{small, things}", "{small, core}", "{small}", "{small, core}"),
        (dated, "= 2021", "= 1999", "1999", None),
    ],
)
def test_is_one_edit_of_what_was_there(
    project: Project, edited: Edited, old: str, new: str, found: str, shown: str | None
) -> None:
    opened = bib(project)
    edited(project)
    project.flush()
    before = len(project.log())
    assert opened.count(old) == 1
    save(project.bib_path, opened.replace(old, new))
    project.sync()
    assert [c.value for c in taken_in(project, before)] == [found]
    if shown is not None:
        assert shown in bib(project) and project.conflicts() == []
    else:
        (conflict,) = project.conflicts()
        assert {v.value for v in conflict.values} == {found, "{2022}"}
    settle(project)


def test_a_field_that_was_not_there(project: Project) -> None:
    opened = bib(project)
    project.edit(KEY, {"doi": "10.1/panel"})
    project.flush()
    save(project.bib_path, opened.replace("= 2021,", "= 2021, doi = {10.1/typed},"))
    project.sync()
    (conflict,) = project.conflicts()
    assert {v.value for v in conflict.values} == {"{10.1/panel}", "{10.1/typed}"}
    settle(project)


@pytest.mark.parametrize("edited", [tagged, dated])
def test_a_copy_into_which_nobody_typed_says_nothing(project: Project, edited: Edited) -> None:
    opened = bib(project)
    edited(project)
    project.flush()
    before = len(project.log())
    save(project.bib_path, jabref(opened, {}))
    project.sync()
    assert taken_in(project, before) == []
    settle(project)


def test_while_an_edit_of_somebody_else_is_on_its_way_into_the_file(project: Project) -> None:
    with replica(project) as other:
        other.edit(KEY, {"year": "2022"})
        copy_ops(other.root, project.root)
        edit_bib(project, "= 2021", "= 1999")
        project.sync()
        (conflict,) = project.conflicts()
        assert {v.value for v in conflict.values} == {"1999", "{2022}"}
        settle(project)
        copy_ops(project.root, other.root)
        settle(other)
        assert other.conflicts() == project.conflicts()


def test_a_keyword_before_there_are_tags(project: Project) -> None:
    """It is the entry's own, and known to the log when somebody elsewhere gives the first tag."""
    with replica(project) as other:
        edit_bib(project, OWN, "{small, things, deep}")
        settle(project)
        assert [c.value for c in taken_in(project)] == ["{small, things, deep}"]
        tagged(other)
        other.flush()
        for one, two in ((project, other), (other, project)):
            copy_ops(one.root, two.root)
            settle(two)
        for one in (project, other):
            assert "{small, things, deep, core}" in bib(one) and not one.conflicts()


def test_a_tag_whose_log_has_not_come_is_no_keyword(project: Project) -> None:
    project.review("zhang2020", rating=4)
    project.flush()
    with replica(project) as other:
        other.review("zhang2020", add_tags=["core"])
        other.flush()
        save(project.bib_path, bib(other))
        project.sync()
        assert taken_in(project) == []
        copy_ops(other.root, project.root)
        settle(project)
    assert project["zhang2020"].keywords == () and project["zhang2020"].tags == ("core",)


def test_a_tag_that_we_left_behind_before_its_log_came_is_no_keyword(project: Project) -> None:
    project.review("zhang2020", rating=4)
    project.flush()
    with (
        Project(project.root, reviewer="cem", watch=False) as late,
        replica(project) as other,
    ):
        other.review("zhang2020", rating=2, add_tags=["core"])
        other.flush()
        save(project.bib_path, bib(other))
        project.sync()
        settle(project)
        copy_ops(other.root, project.root)
        late.sync()
        settle(late)
        assert taken_in(late) == []
        assert late["zhang2020"].keywords == () and late["zhang2020"].tags == ("core",)
