"""Files that a synchroniser brings before the log that explains them."""

from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import bib, copy_ops, edit_bib, row, save, settle, start, taken_in


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The folder of one who said something, and one that has heard nothing yet."""
    with start(tmp_path / "far") as far:
        far.review("smith2021", rating=4, status="read", note="From far.", reviewer="bob")
    with start(tmp_path / "near") as near:
        near.review("zhang2020", rating=3)
    return tmp_path / "far", tmp_path / "near"


def test_neither_file_is_held_or_taken_for_edits(two: tuple[Path, Path]) -> None:
    far, near = two
    with Project(near, reviewer="ana", watch=False) as project:
        for name in ("references.bib", "reviews.csv"):
            save(near / name, (far / name).read_bytes())
        result = project.sync()
        assert (result.taken_in, result.held) == (0, 0)
        assert taken_in(project) == []


def test_an_edit_meanwhile_makes_no_edit_of_what_is_not_known(two: tuple[Path, Path]) -> None:
    far, near = two
    with Project(near, reviewer="ana", watch=False) as project:
        save(near / "references.bib", (far / "references.bib").read_bytes())
        project.sync()
        project.review("smith2021", tags=["core"])
        project.flush()
        early = project.bib_path.read_bytes()
        copy_ops(far, near)
        project.sync()
        save(near / "references.bib", early)
        project.sync()
        assert taken_in(project) == []
        assert project.info().held == ()
        settle(project)
        assert "bob=4 read" in bib(project)
        assert row(project, "smith2021", "bob")["rating"] == "4"


def test_a_rating_that_is_taken_out_before_its_edit_comes_is_taken_out(tmp_path: Path) -> None:
    with start(tmp_path / "far") as far, start(tmp_path / "near", reviewer="bob") as near:
        far.review("smith2021", criteria={"novelty": 4}, note="From far.")
        near.review("zhang2020", rating=3)
        near.flush()
        far.flush()
        text = far.csv_path.read_bytes()
        assert text.count(b",4,,,,") == 1
        save(near.csv_path, text.replace(b",4,,,,", b",,,,,"))
        near.sync()
        copy_ops(far.root, near.root)
        near.sync()
        assert near["smith2021"].review_of("ana").criteria == {}
        assert not near.info().held and not near.conflicts()
        settle(near)


def test_tags_among_keywords_come_back_with_their_log(two: tuple[Path, Path]) -> None:
    """As ratings and notes do: what is typed beside them meanwhile is no keyword of ours."""
    far, near = two
    with Project(far, reviewer="bob", watch=False) as other:
        other.review("smith2021", add_tags=["core"])
    with Project(near, reviewer="ana", watch=False) as project:
        project.review("smith2021", status="read")
        project.flush()
        save(near / "references.bib", (far / "references.bib").read_bytes())
        project.sync()
        assert "{small, things}" in bib(project)
        edit_bib(project, "{small, things}", "{small, things, mine}")
        project.sync()
        assert [c.value for c in taken_in(project)] == ["{small, things, mine}"]
        copy_ops(far, near)
        settle(project)
        paper = project["smith2021"]
        assert (paper.tags, paper.keywords) == (("core",), ("small", "things", "mine"))
        assert "{small, things, mine, core}" in bib(project)


@pytest.mark.parametrize("held", [False, True])
def test_an_entry_into_which_nothing_is_written_keeps_them(
    two: tuple[Path, Path], held: bool
) -> None:
    """Without them it would look as if somebody had taken them out."""
    far, near = two
    with Project(far, reviewer="bob", watch=False) as other:
        other.review("smith2021", add_tags=["core"], criteria={"novelty": 4})
    text = (far / "references.bib").read_text(encoding="utf-8")
    assert "novelty=4" in text
    with Project(near, reviewer="ana", watch=False) as project:
        if held:
            # What waits is the entry's, which is left as it stands.
            project.review("smith2021", status="read")
            project.flush()
            text = text.replace("novelty=4", "novelty=3")
        save(near / "references.bib", text)
        project.sync()
        assert "{small, things, core}" in bib(project)
        project.review("zhang2020", rating=5)
        project.flush()
        assert len(project.info().held) == held and "{small, things, core}" in bib(project)
    copy_ops(far, near)
    with Project(near, reviewer="ana", watch=False) as project:
        found = [(c.field, c.value) for c in taken_in(project)]
        assert found == ([("rating:novelty", 3)] if held else [])
        assert project["smith2021"].tags == ("core",) and not project.info().held
        settle(project)
