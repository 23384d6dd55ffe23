"""Bibliographies of manuscripts, and the cell that holds one."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewkit.errors import (
    FormatError,
    StoppedError,
    UnknownPaperError,
    UnknownPapersError,
    ValueRefusedError,
)
from reviewkit.project import Project, open_project

BIB = """
@article{smith2020, author = {Smith, Jane}, title = {On {Small} Things}, journal = {J. Things},
  year = 2020, ids = {smith19}}
@book{orwell1949, author = {Orwell, George}, title = {1984}, publisher = {Secker}, year = 1949}
@book{zhou2001, author = {Zhou, Li}, title = {Never Cited}, publisher = {P}, year = 2001}
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with open_project(tmp_path, reviewer="me", watch=False) as opened:
        yield opened


def notebook(folder: Path, *texts: str, cells: Any = ()) -> Path:
    made = [
        {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}
        for text in texts
    ]
    value = {"cells": [*made, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = folder / "survey.ipynb"
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    return path


def test_of_a_notebook(project: Project, tmp_path: Path) -> None:
    code = {"cell_type": "code", "metadata": {}, "source": ["@zhou2001\n"], "outputs": [],
            "execution_count": None}  # fmt: skip
    path = notebook(
        tmp_path, "See [@smith2020, p. 3].", "`@zhou2001`", "@orwell1949", cells=[code]
    )
    found = project.bibliography(path)
    assert found.citekeys == ("orwell1949", "smith2020")
    assert found.style == "apa" and found.unknown == ()
    assert found.message == "2 papers (APA, 7th edition)"
    assert project.bibliography(str(path), "ieee").citekeys == ("smith2020", "orwell1949")
    assert found._repr_markdown_() == found.markdown
    assert "csl-bib-body" in found._repr_html_()


def test_of_keys_and_papers(project: Project) -> None:
    assert project.bibliography("smith2020").citekeys == ("smith2020",)
    assert project.bibliography(["zhou2001", project["smith2020"]]).citekeys == (
        "smith2020", "zhou2001",
    )  # fmt: skip
    assert project.bibliography("smith19").citekeys == ("smith2020",)
    assert project.bibliography(project["zhou2001"], "mla").text.startswith("Zhou, Li. ")
    assert len(project.bibliography([])) == 0


def test_of_other_manuscripts(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\n---\n\n@smith2020\n")
    assert project.bibliography(tmp_path / "a.md").citekeys == ("smith2020",)
    (tmp_path / "a.tex").write_text(r"\cite{orwell1949} % \cite{zhou2001}")
    assert project.bibliography(tmp_path / "a.tex").citekeys == ("orwell1949",)
    (tmp_path / "a.tex").write_text(r"\nocite{*}")
    assert len(project.bibliography(tmp_path / "a.tex")) == 3


def test_other_ways_of_citing_count(project: Project, tmp_path: Path) -> None:
    path = notebook(tmp_path, "{cite:p}`zhou2001` \\cite{orwell1949} @smith2020")
    assert len(project.bibliography(path)) == 3


def test_former_keys_are_their_papers(project: Project, tmp_path: Path) -> None:
    path = notebook(tmp_path, "[@smith19; @smith2020]")
    found = project.bibliography(path)
    assert (found.citekeys, found.unknown) == (("smith2020",), ())


def test_unknown_keys_are_told_with_their_places(project: Project, tmp_path: Path) -> None:
    path = notebook(tmp_path, "# Title", "One\n[@smith2020; @nobody1999] @handle")
    found = project.bibliography(path)
    assert found.citekeys == ("smith2020",)
    assert [(c.key, c.where) for c in found.unknown] == [("nobody1999", "cell 2, line 2")]
    assert found.message.endswith("not in the library: nobody1999 (cell 2, line 2)")
    assert "nobody1999" in found._repr_html_()


def test_it_is_written_into_its_cell(project: Project, tmp_path: Path) -> None:
    path = notebook(tmp_path, "[@smith2020]")
    before = path.read_bytes()
    found = project.bibliography(path, "ieee", write=True)
    cells = json.loads(path.read_text())["cells"]
    assert "".join(cells[-1]["source"]) == found.markdown
    assert cells[-1]["metadata"] == {"reviewkit": {"role": "bibliography", "style": "ieee"}}
    trash = [p.read_bytes() for p in (tmp_path / ".reviewkit").rglob("*survey.ipynb")]
    assert before in trash
    # The next time its style is known, and what it cites itself does not count.
    text = path.read_text().replace("[@smith2020]", "[@orwell1949]")
    path.write_text(text)
    again = project.bibliography(path, write=True)
    assert (again.style, again.citekeys) == ("ieee", ("orwell1949",))
    assert len(json.loads(path.read_text())["cells"]) == 2
    kept = path.stat().st_mtime_ns
    project.bibliography(path, write=True)
    assert path.stat().st_mtime_ns == kept


def test_nothing_cited_is_said(project: Project, tmp_path: Path) -> None:
    path = notebook(tmp_path, "Nothing.")
    project.bibliography(path, write=True)
    assert json.loads(path.read_text())["cells"][-1]["source"] == ["*Nothing is cited yet.*"]


def test_a_style_of_ones_own(project: Project, tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        "<info><title>Own</title></info><citation><layout><text variable='title'/></layout>"
        "</citation><bibliography><layout><text value='OWN '/><text variable='title'/></layout>"
        "</bibliography></style>"
    )
    assert project.bibliography("orwell1949", tmp_path / "own.csl").text == "OWN 1984"
    assert project.bibliography("orwell1949", "own.csl").text == "OWN 1984"


def test_what_cannot_be_done(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UnknownPaperError, match="smith2020"):
        project.bibliography("smith2021")
    with pytest.raises(UnknownPapersError):
        project.bibliography(["a", "b"])
    with pytest.raises(FormatError, match="cannot be read"):
        project.bibliography("none.ipynb")
    with pytest.raises(ValueRefusedError, match="no style"):
        project.bibliography("smith2020", "nosuch")
    (tmp_path / "a.md").write_text("@smith2020")
    with pytest.raises(FormatError, match="no notebook"):
        project.bibliography(tmp_path / "a.md", write=True)
    assert (tmp_path / "a.md").read_text() == "@smith2020"
    with pytest.raises(FormatError, match="Only the bibliography of a notebook"):
        project.bibliography("smith2020", write=True)
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(FormatError, match="not a notebook"):
        project.bibliography(tmp_path / "broken.ipynb")


def test_citations_for_a_view(project: Project) -> None:
    texts = ["See [@smith19, p. 3].", "Nothing, @handle.", "@nobody1999 and @orwell1949"]
    found = project.show_citations(texts)
    assert [(c.text, c.written, c.citekeys, c.html, c.unknown) for c in found.citations] == [
        (0, "[@smith19, p. 3]", ("smith2020",), "(Smith, 2020, p. 3)", ()),
        (2, "@nobody1999", ("nobody1999",), "(<strong>nobody1999?</strong>)", ("nobody1999",)),
        (2, "@orwell1949", ("orwell1949",), "Orwell (1949)", ()),
    ]
    assert found.unknown == ("nobody1999",)
    assert found.bibliography.startswith("Orwell, G. (1949)")
    assert project.show_citations([]).bibliography == "*Nothing is cited yet.*"


def test_a_view_names_no_file_outside(project: Project, tmp_path: Path) -> None:
    for name in ("/etc/x.csl", "../x.csl", "a/../../x.csl"):
        with pytest.raises(ValueRefusedError, match="not in the project"):
            project.allowed_style(name)
    assert project.allowed_style("own.csl") == str(tmp_path / "own.csl")
    assert project.allowed_style("../../etc/passwd") == "....etcpasswd"


def test_nobody_waits_any_more(project: Project) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError):
        project.show_citations(["Not read before: @smith2020"], stop=stop)
