"""Keys that a paper once had: by these it is still found, cited and exported."""

import json
from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.citations import cited_keys
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.project import Project

TEXT = b"""\
@article{now2020, title = {On grids, ids = keys}, ids = {once2019, other, plain}}
@article{plain, title = {A paper of its own}, IDS = "older"}
@comment{@article{hidden, ids = {nothing}}}
"""


def library(text: bytes = TEXT) -> Library:
    return Library(BibDocument.from_bytes(text), Fold())


def test_a_former_key_leads_to_the_paper() -> None:
    papers = library()
    assert papers.resolve("now2020") == "now2020"
    assert papers.resolve("once2019") == "now2020"
    assert papers.resolve("older") == "plain"
    assert papers.resolve("nothing") is None
    assert papers.resolve("keys") is None


def test_a_key_in_use_is_nobodys_former_one() -> None:
    papers = library()
    assert papers.resolve("plain") == "plain"
    assert papers.aliases() == {"once2019": "now2020", "other": "now2020", "older": "plain"}


def test_former_keys_that_the_log_has_count_before_the_file_does(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_bytes(TEXT)
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        project.edit("now2020", {"ids": "once2019, newer"})
        assert project["newer"].citekey == "now2020"
        assert "newer" in project
        assert "other" not in project
        assert "newer" not in list(project)
        project.review("newer", rating=4)
        assert project["now2020"].reviews[0].rating == 4


def test_a_new_paper_does_not_take_a_former_key(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_bytes(TEXT)
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        (added,) = project.add("@book{once2019, title={Another}, year={1999}}").added
        assert added != "once2019"
        assert project["once2019"].citekey == "now2020"


def test_an_old_citation_is_one_of_the_paper() -> None:
    found = cited_keys("a.md", b"As @once2019 and [@now2020] say.", ["now2020"],
                       {"once2019": "now2020"})  # fmt: skip
    assert found.keys == ("now2020",)
    assert found.unknown_keys == ()


def test_an_export_for_a_manuscript_with_old_citations_has_the_paper(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_bytes(TEXT)
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "See [@once2019]."}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "survey.ipynb").write_text(json.dumps(notebook))
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        result = project.export(tmp_path / "out.bib", used_in=tmp_path / "survey.ipynb")
        assert result.citekeys == ("now2020",)
        assert "ids = {once2019, other, plain}" in (tmp_path / "out.bib").read_text()
