"""project.export and `reviewkit export` of documents: where they go, and what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import reviewkit
from reviewkit.cli import main
from reviewkit.errors import (
    FormatError,
    MissingProgramError,
    ProjectError,
    StoppedError,
    TypesettingError,
    UnknownCitationError,
    ValueRefusedError,
)
from reviewkit.project import Project
from reviewkit.publishing import typesetting
from reviewkit.publishing.writing import shipped
from tests.publishing.hands import BIB, code, library, md, picture, png, raw, shows, write

CELLS = [md("# Survey\n\n[@smith2020fast; @lee2021chapter]"), md("## More\n\n@o.hara:2022")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with library(tmp_path / "p") as made:
        yield made


def test_a_document_and_what_is_told_of_it(project: Project) -> None:
    source = write(project.root, [*CELLS, md("![x](https://x.org/a.png)")])
    seen: list[tuple[int, int, str]] = []
    result = project.export(
        project.root / "out.html", used_in=source, style="ieee",
        progress=lambda *step: seen.append(step),
    )  # fmt: skip
    assert result.format == "html"
    assert result.citekeys == ("smith2020fast", "lee2021chapter", "o.hara:2022")
    assert [problem.reason for problem in result.problems] == [
        "cell 3 ('![x](https://x.org/a.png)') shows a picture from the network, which is not"
        " fetched: 'https://x.org/a.png'"
    ]
    text = result.path.read_text(encoding="utf-8")
    assert "[1]" in text
    assert "Smith and B. Müller" in text
    assert [step[0] for step in seen] == [0, 1, 2, 3, 4]
    assert seen[-1] == (4, 4, "done")


def test_the_style_is_that_of_the_notebook_s_bibliography(project: Project) -> None:
    cell = md("## References")
    cell["metadata"] = {"reviewkit": {"role": "bibliography", "style": "ieee"}}
    source = write(project.root, [*CELLS, cell])
    of_its_own = project.export(project.root / "a.html", used_in=source)
    assert "[1]" in of_its_own.path.read_text(encoding="utf-8")
    asked = project.export(project.root / "b.html", used_in=source, style="apa")
    assert "[1]" not in asked.path.read_text(encoding="utf-8")
    cell["metadata"]["reviewkit"]["style"] = "/etc/passwd.csl"
    source = write(project.root, [*CELLS, cell])
    with pytest.raises(ValueRefusedError, match="not in the project"):
        project.export(project.root / "c.html", used_in=source)


def test_what_was_there_goes_to_the_trash(project: Project) -> None:
    source = write(project.root, CELLS)
    out = project.root / "out.html"
    out.write_text("precious", encoding="utf-8")
    project.export(out, used_in=source)
    kept = [path.read_bytes() for path in (project.root / ".reviewkit" / "trash").iterdir()]
    assert b"precious" in kept


def test_sources_as_folder_file_and_zip(project: Project) -> None:
    source = write(project.root, [*CELLS, code("plot()", picture())])
    folder = project.root / "new" / "inner"
    result = project.export(folder, used_in=source, format="latex")
    assert result.path == folder / "survey.tex"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    [figure] = [name for name in names if "figures" in name]
    assert names == {"survey.tex", "survey.bib", figure}
    bib = (folder / "survey.bib").read_bytes().decode()
    entries = BIB.split("\n\n")
    # Each in its own bytes, the parent last, and nothing that nobody cites.
    assert bib.split("\n\n") == [*entries[:3], entries[4], entries[3] + "\n"]

    archive = project.root / "out.zip"
    project.export(archive, used_in=source, format="latex")
    with zipfile.ZipFile(archive) as opened:
        assert set(opened.namelist()) == names
        assert opened.read("survey.bib").decode() == bib
    first = archive.read_bytes()
    project.export(archive, used_in=source, format="latex")
    assert archive.read_bytes() == first

    result = project.export(project.root / "paper.tex", used_in=source)
    assert result.path == project.root / "paper.tex"
    assert (project.root / "survey.bib").read_text("utf-8") == bib
    assert (project.root / figure).is_file()


def test_opinions_go_only_if_asked(project: Project) -> None:
    project.review("smith2020fast", rating=5, note="For us alone.")
    source = write(project.root, CELLS)
    out = project.root / "x"
    project.export(out, used_in=source, format="latex")
    assert "For us alone" not in (out / "survey.bib").read_text("utf-8")
    project.export(out, used_in=source, format="latex", opinions=True)
    assert "For us alone" in (out / "survey.bib").read_text("utf-8")


def test_a_private_note_never_leaves(project: Project) -> None:
    secret = "Between us: they made the numbers up."
    project.review("smith2020fast", note=secret, private=True)
    shown = "<p>Between <b>us</b>: they made the\nnumbers up.</p>"
    for cell in (md(f"text\n\n{secret}"), code("x", shows(text_html=shown))):
        source = write(project.root, [*CELLS, cell])
        for form in ("html", "myst", "quarto"):
            out = project.root / f"out-{form}"
            with pytest.raises(ValueRefusedError, match=r"cell 3.*private note on smith2020fast"):
                project.export(out, used_in=source, format=form)
            assert not out.exists()


def test_nothing_is_written_over_that_is_not_an_export(project: Project) -> None:
    source = write(project.root, CELLS, "references.ipynb")
    before = project.bib_path.read_bytes()
    with pytest.raises(ProjectError, match="own file"):
        # Its .bib would be the library.
        project.export(project.root, used_in=source, format="latex")
    assert project.bib_path.read_bytes() == before
    assert not (project.root / "references.tex").exists()
    text = project.root / "a.qmd"
    text.write_text("# A\n", encoding="utf-8")
    with pytest.raises(ProjectError, match="is the manuscript"):
        project.export(text, used_in=text)
    (project.root / "b.pdf").mkdir()
    with pytest.raises(ProjectError, match="is a folder"):
        project.export(project.root / "b.pdf", used_in=text)
    with pytest.raises(ProjectError, match="make it first"):
        project.export(project.root / "none" / "b.pdf", used_in=text)


def test_all_of_it_or_nothing(project: Project) -> None:
    source = write(project.root, CELLS)
    folder = project.root / "out"
    folder.mkdir()
    (folder / "survey.bib").write_text("mine", encoding="utf-8")
    (folder / "survey.tex").mkdir()
    with pytest.raises(ProjectError, match="is a folder"):
        project.export(folder, used_in=source, format="latex")
    assert (folder / "survey.bib").read_text("utf-8") == "mine"


def test_refusals_say_what_to_do(project: Project, tmp_path: Path) -> None:
    source = write(project.root, CELLS)
    out = project.root / "out.pdf"
    with pytest.raises(ValueRefusedError, match="one manuscript"):
        project.export(out)
    with pytest.raises(ValueRefusedError, match="leave `papers` out"):
        project.export(out, used_in=source, papers="smith2020fast")
    with pytest.raises(ValueRefusedError, match="Did you mean pdf"):
        project.export(out, used_in=source, format="pfd")
    with pytest.raises(ValueRefusedError, match="say which one"):
        project.export(project.root / "x.zip", used_in=source)
    with pytest.raises(ValueRefusedError, match=r"ends in \.typ"):
        project.export(out, used_in=source, template=source)
    with pytest.raises(ValueRefusedError, match="no style 'apq'"):
        project.export(out, used_in=source, style="apq")
    with pytest.raises(FormatError, match="cannot be read"):
        project.export(out, used_in=project.root / "none.ipynb")
    with pytest.raises(UnknownCitationError, match=r"cell 1 \('see"):
        project.export(out, used_in=write(project.root, [md("see [@nobody2020]")]))
    broken = code(
        "x", {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgoAAAANSUhEUg=="}}
    )
    with pytest.raises(TypesettingError, match="^cell 2 .*: Typst"):
        project.export(out, used_in=write(project.root, [md("# A"), broken]))
    assert not out.exists()


def test_without_typst_it_says_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)
    with pytest.raises(MissingProgramError, match=r"reviewkit\[writing\]"):
        project.export(project.root / "a.pdf", used_in=write(project.root, CELLS))


def test_stopping_writes_nothing(project: Project) -> None:
    source = write(project.root, CELLS)
    stop = threading.Event()

    def after_reading(done: int, total: int, what: str) -> None:
        if done == 2:
            stop.set()

    out = project.root / "out.pdf"
    with pytest.raises(StoppedError):
        project.export(out, used_in=source, progress=after_reading, stop=stop)
    assert not out.exists()


def test_a_former_citekey_is_written_as_it_is_now(project: Project) -> None:
    source = write(project.root, [md("[@smith2020fast]")])
    project.rename("smith2020fast", "ana2020")
    source.write_bytes(source.read_bytes().replace(b"@ana2020", b"@smith2020fast"))
    out = project.root / "out"
    project.export(out, used_in=source, format="quarto")
    assert "[@ana2020]" in (out / "survey.qmd").read_text("utf-8")
    assert "{ana2020," in (out / "survey.bib").read_text("utf-8")


def test_a_manuscript_elsewhere_has_its_own_pictures(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "fig.png").write_bytes(png())
    (tmp_path / "above.png").write_bytes(png(3))
    source = write(other, [md("![a](fig.png)\n\n![b](../above.png)")])
    result = project.export(tmp_path / "out.html", used_in=source)
    assert len(result.problems) == 1
    assert "above.png" in result.problems[0].reason


def test_the_subset_for_latex_files(project: Project) -> None:
    aux = project.root / "paper.aux"
    aux.write_text(
        "\\relax\n\\citation{smith2020fast}\n\\abx@aux@cite{0}{lee2021chapter}\n", "utf-8"
    )
    bcf = project.root / "paper.bcf"
    bcf.write_text(
        '<bcf:section number="0">\n<bcf:citekey order="1">o.hara:2022</bcf:citekey>\n'
        '<bcf:citekey order="2" nocite="1">smith2020fast</bcf:citekey>\n</bcf:section>', "utf-8"
    )  # fmt: skip
    first = project.export(project.root / "a.bib", used_in=aux)
    assert first.citekeys == ("smith2020fast", "lee2021chapter")
    text = first.path.read_text("utf-8")
    assert '@string{nips = "Advances in Neural Information Processing Systems"}' in text
    assert "@book{book2021," in text
    assert r"M{\"u}ller" in text
    second = project.export(project.root / "b.bib", used_in=[bcf])
    assert second.citekeys == ("smith2020fast", "o.hara:2022")
    bcf.write_text("<bcf:citekey>*</bcf:citekey>", "utf-8")
    assert len(project.export(project.root / "c.bib", used_in=bcf).citekeys) == 5


def test_the_command(tmp_path: Path) -> None:
    with library(tmp_path / "p", None) as project:
        folder = project.root
    write(folder, [raw("---\ntitle: T\n---"), *CELLS])
    run = CliRunner()
    done = run.invoke(
        main, ["export", str(folder / "survey.ipynb"), "--to", "html", "--style", "ieee"]
    )
    assert done.exit_code == 0, done.output
    assert "survey.html: survey.ipynb as one web page" in done.output
    assert "[1]" in (folder / "survey.html").read_text("utf-8")
    args = [
        "export",
        "--project",
        str(folder),
        str(folder / "x.zip"),
        "--format",
        "quarto",
        "--used-in",
        str(folder / "survey.ipynb"),
        "--json",
    ]
    done = run.invoke(main, args)
    assert json.loads(done.stdout)["format"] == "quarto"
    done = run.invoke(
        main, ["export", str(folder / "survey.ipynb"), "--to", "latex", "--citations", "natbib"]
    )
    assert "natbib" in (folder / "survey-latex" / "survey.tex").read_text("utf-8")
    done = run.invoke(main, ["export", "--project", str(folder), "a.pdf"])
    assert done.exit_code == 2
    assert "used_in" in done.output


def test_ctrl_c_ends_it_and_writes_nothing(tmp_path: Path) -> None:
    with library(tmp_path / "p", None) as project:
        folder = project.root
    write(folder, [md(f"# {n}\n\n" + "word " * 4000) for n in range(20)])
    code_ = (
        "import os, signal, sys\n"
        "from reviewkit.cli import stopping, manuscripts\n"
        "def told(done, total, what):\n"
        "    if done == 2: os.kill(os.getpid(), signal.SIGINT)\n"
        "manuscripts.steps = told\n"
        "sys.argv = ['reviewkit', 'export', 'survey.ipynb', '--to', 'pdf']\n"
        "from reviewkit.cli import main; main()\n"
    )
    path = str(Path(reviewkit.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code_],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=60,
    )
    assert b"Stopped" in done.stderr, done.stderr
    assert done.returncode == 1
    assert not (folder / "survey.pdf").exists()


def test_a_draft_becomes_a_document_in_the_same_command(project: Project) -> None:
    project.review("smith2020fast", rating=4, tags=["speed"])
    project.close()
    out = project.root / "draft.ipynb"
    told = CliRunner().invoke(main, ["draft", str(out), "--by", "tag", "--to", "html",
                                     "--project", str(project.root)])  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "draft.html: draft.ipynb as one web page" in told.output
    page = out.with_suffix(".html").read_text(encoding="utf-8")
    assert page.count("<h1") > 1 and "Fast GPU Inference" in page


@pytest.mark.parametrize("name", ["article.typ", "article.tex", "article.html"])
def test_the_page_about_templates_names_what_the_shipped_ones_use(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    said = set(re.findall(r"[\w-]+", page))
    text = re.sub(r"\$--.*", "", shipped(name).decode())
    used = set(re.findall(r"\$(?:(?:if|for)\()?([A-Za-z][\w-]*)", text))
    # Settings that pandoc's own templates know, too.
    assert (
        used
        - said
        - {"else", "endif", "endfor", "sep", "papersize", "citestyle", "a4", "authoryear"}
        == set()
    )
