"""What a replica wrote before it heard that others merged papers, or took one out for a while."""

from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from tests.files.hands import copy_ops, edit_bib, settle, start, taken_in

KEY, OTHER, THIRD = "smith2021", "zhang2020", "matsubara2022bottlefit"


def two(folder: Path) -> tuple[Project, Project]:
    """Two replicas of a project with something said of two papers."""
    one = start(folder / "one")
    one.review(KEY, rating=4)
    one.review(OTHER, rating=3, criteria={"novelty": 4}, note="Of the other.")
    one.sync()
    other = start(folder / "other", one.bib_path.read_bytes(), reviewer="bob")
    copy_ops(one.root, other.root)
    other.sync()
    return one, other


def meet(one: Project, other: Project) -> None:
    for _ in range(2):
        copy_ops(one.root, other.root)
        copy_ops(other.root, one.root)
        one.sync()
        other.sync()


def entries(project: Project) -> dict[str, dict[str, str]]:
    document = BibDocument.from_bytes(project.bib_path.read_bytes())
    return {
        entry.citekey: {name: " ".join(field.raw.split()) for name, field in entry.fields.items()}
        for entry in document.entries
    }


def test_a_paper_that_was_merged_with_two_others_is_shown_by_one(tmp_path: Path) -> None:
    one, other = two(tmp_path)
    one.merge(KEY, OTHER)
    one.flush()
    assert "novelty=4" in entries(one)[KEY]["reviewkit-criteria"]
    other.merge(THIRD, OTHER)
    other.flush()
    meet(one, other)
    assert entries(one) == entries(other)
    said = [key for key, fields in entries(one).items() if "reviewkit-criteria" in fields]
    assert len(said) == 1 and "comment-ana" in entries(one)[said[0]]
    for project in (one, other):
        settle(project)
        project.close()


def test_an_entry_written_while_its_paper_was_taken_out_elsewhere_for_a_while(
    tmp_path: Path,
) -> None:
    """What is noted then of four fields the writer of the entry did not know."""
    one, other = two(tmp_path)
    other.remove(KEY)
    other.undo()
    one.edit(KEY, {"doi": "10.1/x"})
    one.close()
    copy_ops(other.root, one.root)
    edit_bib(one, "ana=4", "ana=5")
    with Project(one.root, reviewer="ana", watch=False) as again:
        assert again.info().held == ()
        assert [(c.field, c.value) for c in taken_in(again)] == [("rating", 5)]
        settle(again)
    other.close()


def test_a_field_of_a_paper_that_was_merged_elsewhere_is_no_edit_of_the_one_that_is_left(
    tmp_path: Path,
) -> None:
    one, other = two(tmp_path)
    edit_bib(one, "= 2021", "= 1998")
    one.sync()
    other.merge(OTHER, KEY)
    copy_ops(other.root, one.root)
    edit_bib(one, "ana=3", "ana=5")
    meet(one, other)
    assert [c.value for c in taken_in(one)] == ["1998", 5]
    (conflict,) = [c for c in one.conflicts() if c.field == "bib:year"]
    assert {value.value for value in conflict.values} == {"1998", "{2020}"}
    for project in (one, other):
        settle(project)
        project.close()
