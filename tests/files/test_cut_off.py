"""A .bib file that ends in the middle of an entry, as after a full disk or during a save."""

from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.files.mode import Rewrites
from reviewkit.ops.fold import Fold
from reviewkit.project import Project
from tests.files.hands import LIBRARY, bib, row, save, settle, start, taken_in


@pytest.mark.parametrize("until", ["@article{smith2021,\n  author  ", '"On Small', "{smith2021"])
def test_a_file_cut_off_in_an_entry_takes_nothing_out(tmp_path: Path, until: str) -> None:
    """Of an entry that nobody reviewed: the log would say that somebody cleared its fields."""
    project = start(tmp_path / "p")
    project.review("zhang2020", rating=3)
    project.flush()
    written = bib(project)
    number = len(project.log())
    save(project.bib_path, written[: written.index(until) + len(until)])
    project.sync()
    assert taken_in(project, number) == []
    save(project.bib_path, written)
    project.sync()
    assert taken_in(project, number) == []
    assert bib(project) == written
    settle(project)
    project.close()


def test_an_entry_mended_with_another_value_is_an_edit(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("zhang2020", rating=3)
        project.flush()
        whole = bib(project)
        save(project.bib_path, whole[: whole.index('"On Small')])
        project.sync()
        save(project.bib_path, whole.replace("2021\n", "2022\n"))
        project.sync()
        assert [(c.field, c.value) for c in taken_in(project)] == [("bib:year", "2022")]


@pytest.mark.parametrize("left", [0, 1, 4, 8, 12])
def test_a_table_cut_off_in_a_row_that_is_older_than_the_log(tmp_path: Path, left: int) -> None:
    """Another process had changed the review, and the table was not yet written."""
    with start(tmp_path / "p") as project:
        project.review("zhang2020", rating=3, note="A page.")
        project.flush()
        table = project.csv_path.read_text(encoding="utf-8-sig")
        with Project(project.root, reviewer="ana", watch=False) as other:
            other.review("zhang2020", rating=4)
            save(project.csv_path, table[: table.index("[") + left])
        project.sync()
        assert taken_in(project) == []
        assert row(project, "zhang2020")["rating"] == "4"
        settle(project)


@pytest.mark.parametrize("gone", [1, 4, 10])
def test_a_table_cut_off_behind_what_was_typed_and_taken_in(tmp_path: Path, gone: int) -> None:
    with start(tmp_path / "p") as project:
        project.review("zhang2020", note="A page.")
        project.flush()
        table = project.csv_path.read_text(encoding="utf-8-sig")
        typed = table.replace("zhang2020,A Study,ana,,", "zhang2020,A Study,ana,4,")
        assert typed != table
        save(project.csv_path, typed)
        project.sync()
        assert [c.value for c in taken_in(project)] == [4]
        save(project.csv_path, typed.rstrip("\n")[:-gone])
        project.sync()
        assert project.info().held == () and len(taken_in(project)) == 1
        settle(project)


def test_a_file_that_is_cut_off_is_no_rewrite_by_another_program(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", rating=4)
        project.flush()
        text = bib(project)
    rewrites = Rewrites(Fold(), "references.bib")
    for after, told in ((LIBRARY, 1), (text[: text.index("  reviewkit")], 0)):
        document = BibDocument.from_bytes(after.encode())
        assert len(rewrites.judge(text.encode(), document, 0, edited=False)) == told
