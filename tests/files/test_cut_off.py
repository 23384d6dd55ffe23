"""A .bib file that ends in the middle of an entry, as after a full disk or during a save."""

from pathlib import Path

import pytest

from tests.files.hands import bib, save, settle, start, taken_in


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
