"""Two papers that got one citekey in replicas which had lost touch."""

import re
from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from tests.files.hands import bib, copy_ops, rows, save, settle, start, taken_in

KEY, OTHER, SAME = "smith2021", "zhang2020", "same2020"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Project, Project]:
    one, other = start(tmp_path / "one"), start(tmp_path / "other")
    for project in (one, other):
        project.sync()
    return one, other


def meet(one: Project, other: Project) -> None:
    """All logs go everywhere, and everybody looks until nothing changes."""
    for _ in range(3):
        copy_ops(one.root, other.root)
        copy_ops(other.root, one.root)
        for project in (one, other):
            project.sync()


def keys(project: Project) -> dict[str, str]:
    """Citekey of each paper by its title, as the .bib has it."""
    document = BibDocument.from_bytes(project.bib_path.read_bytes())
    assert sorted(document.citekeys) == sorted(set(project))
    assert len(document.entries) == len(set(document.citekeys))
    return {project[key].title: key for key in document.citekeys}


@pytest.mark.parametrize("first", [KEY, OTHER])
def test_the_later_of_two_renamed_papers_is_marked(
    two: tuple[Project, Project], first: str
) -> None:
    one, other = two
    one.review(KEY, rating=4)
    other.review(OTHER, rating=2, note="Of the other.")
    copy_ops(one.root, other.root)
    copy_ops(other.root, one.root)
    renaming = [(one, KEY), (other, OTHER)]
    for project, key in renaming if first == KEY else renaming[::-1]:
        project.rename(key, SAME)
    meet(one, other)
    later = f"{SAME}-dup1"
    expected = {KEY: ("On Small Things", "A Study"), OTHER: ("A Study", "On Small Things")}[first]
    for project in two:
        found = keys(project)
        assert (found[expected[0]], found[expected[1]]) == (SAME, later)
        assert project[later].title == expected[1]
        assert {row["key"] for row in rows(project)} == {SAME, later}
        said = [p for p in project.info().problems if later in p.reason or later in p.text]
        assert len(said) == 1 and SAME in said[0].reason
        settle(project)
    assert one.csv_path.read_bytes() == other.csv_path.read_bytes()
    one.rename(later, "apart2020")
    meet(one, other)
    for project in two:
        assert keys(project)[expected[1]] == "apart2020"
        assert not [p for p in project.info().problems if SAME in p.reason]
        settle(project)


@pytest.mark.parametrize("told", [True, False])
def test_the_others_file_makes_no_paper_of_the_other(
    two: tuple[Project, Project], told: bool
) -> None:
    """Under one key it has another paper, whose fields are no edits of this one's."""
    one, other = two
    for project, key in ((one, KEY), (other, OTHER)):
        project.rename(key, SAME)
        project.flush()
    if told:
        copy_ops(one.root, other.root)
    save(other.bib_path, bib(one))
    other.sync()
    assert taken_in(other) == []
    meet(one, other)
    for project in two:
        assert taken_in(project) == []
        assert set(keys(project)) >= {"A Study", "On Small Things"}
        settle(project)


def test_what_is_typed_into_either_of_two_entries_of_one_key_is_of_its_paper(
    two: tuple[Project, Project],
) -> None:
    project, _ = two
    project.review(KEY, rating=4)
    project.review(OTHER, rating=2)
    project.flush()
    text = bib(project).replace(f"{{{OTHER},", f"{{{KEY},").replace("A Study", "A Survey")
    save(project.bib_path, text.replace("ana=2", "ana=5"))
    project.sync()
    found = {(c.field, c.value) for c in taken_in(project)}
    assert found == {("bib:title", "{A Survey}"), ("rating", 5)}
    settle(project)
    said = {paper.title: [r.rating for r in paper.reviews] for paper in project.papers()}
    assert (said["A Survey"], said["On Small Things"]) == ([5], [4])


def test_an_added_and_a_renamed_paper_of_one_key_are_both_there(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    one.rename(KEY, SAME)
    other.add(f"@misc{{{SAME}, title={{Added}}, year={{2020}}}}")
    other.review(SAME, note="Of what was added.")
    other.flush()
    meet(one, other)
    for project in two:
        assert keys(project)["On Small Things"] == SAME
        assert keys(project)["Added"] == f"{SAME}-dup1"
        assert project[f"{SAME}-dup1"].review_of("ana").notes[0].text == "Of what was added."
        settle(project)


def test_three_papers_of_one_key_get_three(tmp_path: Path) -> None:
    projects = [start(tmp_path / name) for name in "abc"]
    for project, key in zip(projects, (KEY, OTHER, "matsubara2022bottlefit"), strict=True):
        project.sync()
        project.rename(key, SAME)
    for _ in range(3):
        for one in projects:
            for other in projects:
                if one is not other:
                    copy_ops(one.root, other.root)
        for project in projects:
            project.sync()
    marks = {tuple(sorted(re.findall(r"reviewkit *= *\{[^}]*", bib(p)))) for p in projects}
    assert len(marks) == 1
    for project in projects:
        assert len(keys(project)) == 3
        assert keys(project)["On Small Things"] == SAME
        settle(project)


def test_giving_way_can_be_undone_once_the_key_is_free(two: tuple[Project, Project]) -> None:
    one, other = two
    one.rename(KEY, SAME)
    other.rename(OTHER, SAME)
    meet(one, other)
    one.rename(SAME, KEY + "b")
    action = next(a for a in one.actions() if a.via == "bib" and "renaming" in a.what)
    one.undo(action.id)
    meet(one, other)
    for project in two:
        assert keys(project)["A Study"] == SAME
        settle(project)
