"""Old notebooks' citations become pandoc's; everything else keeps its bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import FormatError
from reviewkit.project import Project, open_project

BIB = """
@article{granger2013, author = {Granger, Brian}, title = {IPython in Depth}, doi = {10.1000/X},
  year = 2013}
@article{li2020, author = {Li, Ann}, title = {Other Things}, year = 2020}
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with open_project(tmp_path, reviewer="me", watch=False) as opened:
        yield opened


OLD = {
    "cells": [
        {
            "cell_type": "markdown",
            "metadata": {"citation-manager": {"citations": {
                "x1": [{"source": "zotero", "id": "9/A"}]}}},
            "source": ["# \"Title\" ü\n", "See \\citep[see][p.~3]{granger2013,\n", "li2020} and\n",
                       "<cite id=\"x1\"><a href=\"#z%7C9\">(G)</a></cite>, <doi:10.1000/x>.\n",
                       "`\\cite{code}` \\citeauthor{li2020}"],
        },
        {"cell_type": "code", "metadata": {}, "source": ["\\cite{li2020}"], "outputs": [],
         "execution_count": None},
    ],
    "metadata": {"citation-manager": {"items": {"zotero": {"9/A": {
        "title": "IPython in depth", "author": [{"family": "Granger", "given": "B."}]}}}}},
    "nbformat": 4,
    "nbformat_minor": 4,
}  # fmt: skip


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_notebook(project: Project, tmp_path: Path, ascii_only: bool) -> None:
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(OLD, indent=1, ensure_ascii=ascii_only) + "\n", encoding="utf-8")
    before = path.read_bytes()
    planned = project.convert_citations(path, dry_run=True)
    assert path.read_bytes() == before
    done = project.convert_citations(path)
    assert (planned.diff, planned.changes, planned.left) == (done.diff, done.changes, done.left)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "".join(cells[0]["source"]) == (
        '# "Title" ü\nSee [see @granger2013; @li2020, p. 3] and\n[@granger2013], [@granger2013].\n'
        "`\\cite{code}` \\citeauthor{li2020}"
    )
    assert cells[1] == OLD["cells"][1]  # type: ignore[index]
    assert done.left == (
        "cell 1, line 5: \\citeauthor{li2020}: pandoc has no form for \\citeauthor",
    )
    assert done.changes[1].startswith("cell 1, line 4: <cite id=")
    assert done.kept is not None and done.kept.read_bytes() == before
    # Outside of the citations every byte is where it was.
    after = path.read_bytes()
    assert after.startswith(before[: before.index(b"\\\\citep")])
    assert after.endswith(before[before.index(b"`\\\\cite{code}") :])
    again = project.convert_citations(path)
    assert (again.changes, path.read_bytes()) == ((), after)


def test_a_markdown_file(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    front = b"\xef\xbb\xbf---\r\nx: 1\r\n---\r\n"
    path.write_bytes(front + b"A {cite:t}`li2020`\r\n\r\n<doi:10.9000/z>\r\n")
    done = project.convert_citations(path)
    assert path.read_bytes() == front + b"A @li2020\r\n\r\n<doi:10.9000/z>\r\n"
    assert done.changes == ("line 4: {cite:t}`li2020` → @li2020",)
    assert done.message.startswith("1 citation written in pandoc's way, 1 left; as it was it is ")
    assert done.diff.splitlines()[3:] == ["-A {cite:t}`li2020`", "+A @li2020"]


def test_latex_stays(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("\\cite{li2020}")
    with pytest.raises(FormatError, match="is LaTeX"):
        project.convert_citations(tmp_path / "a.tex")
    with pytest.raises(FormatError, match="cannot be read"):
        project.convert_citations(tmp_path / "none.md")
