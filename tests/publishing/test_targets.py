"""Each format read back by a program that did not write it."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from reviewkit import pandoc
from reviewkit.errors import StoppedError, TypesettingError
from reviewkit.publishing import TARGETS, Document, Published, publish
from reviewkit.publishing.tree import found, plain_text
from reviewkit.publishing.typesetting import typeset
from tests.publishing.hands import (
    BIB,
    SVG,
    Page,
    b64,
    code,
    document,
    flat,
    job,
    md,
    notebook,
    picture,
    png,
    raw,
    shows,
)

FRONT = """---
title: The *whole* survey
author: [{name: Ana Ochoa, affiliation: University, email: ana@x.org}, Ben]
abstract: In short.
keywords: [one, two]
---"""
TABLE = (
    "<table><thead><tr><th>name</th><th>n</th></tr></thead>"
    "<tr><td>a_b & #c</td><td>1.5</td></tr></table>"
)
OURS = md("# Literature\n\nold", reviewkit={"role": "bibliography"})
CELLS = [
    raw(FRONT),
    md("# Start\n\nSee @fig-it and [@smith2020fast; see @lee2021chapter, p. 3]. $E=mc^2$ ≥ α"),
    code('#| label: fig-it\n#| fig-cap: "The 100% figure"\nplot()', picture()),
    code("vector", shows(image_svg_xml=SVG)),
    code("#| label: tbl-it\n#| tbl-cap: The table\ndf", shows(text_html=TABLE)),
    md("\\newpage\n\n## Inner\n\n> quoted\n\n- a\n- b[^1]\n\n[^1]: A note."),
    OURS,
]  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Document:
    return document(*CELLS)


def published(made: Document, target: str, **more: Any) -> Published:
    source = {"manuscript": ("survey.ipynb", notebook(*CELLS))}
    return publish(job(made, **(source | more)), TARGETS[target])


def test_pdf(made: Document) -> None:
    out = published(made, "pdf", toc=True)
    reader = PdfReader(io.BytesIO(out.data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    for part in ("The whole survey", "Ana Ochoa", "University", "In short.", "one, two",
                 "Contents", "Figure 1. The 100% figure", "Table 1. The table", "a_b & #c",
                 "Literature", "A note."):  # fmt: skip
        assert part in text, part
    assert "old" not in text.replace("bold", "")
    info = reader.metadata
    assert info is not None
    assert (info.title, info.author) == ("The whole survey", "Ana Ochoa, Ben")
    links = [each.get_object() for page in reader.pages for each in page.get("/Annots", [])]
    assert len(links) >= 4
    # Page numbers, and headings as the outline.
    assert reader.pages[-1].extract_text().strip().endswith(str(len(reader.pages)))
    titles = [item["/Title"] for item in reader.outline if not isinstance(item, list)]
    assert titles == ["1 Start", "Literature"]


def test_the_same_manuscript_gives_the_same_source(made: Document) -> None:
    assert published(made, "typst").files == published(made, "typst").files
    assert published(made, "latex").files["survey.tex"] == published(made, "latex").data


def test_docx(made: Document) -> None:
    out = published(made, "docx", toc=True)
    tree = json.loads(_from(out.data, "docx"))
    text = plain_text(tree["blocks"])
    for part in ("Figure 1. The 100% figure", "Table 1. The table", "a_b & #c", "In short.",
                 "Author 2020b", "quoted"):  # fmt: skip
        assert part in text + plain_text(list(tree["meta"].values())), part
    assert plain_text(tree["meta"]["title"]["c"]) == "The whole survey"
    assert len(list(found(tree["blocks"], "Image"))) == 2
    assert len(list(found(tree["blocks"], "Note"))) == 1
    assert len(list(found(tree["blocks"], "Math"))) == 1
    anchors = {each["c"][2][0] for each in found(tree["blocks"], "Link")}
    assert {"#ref-smith2020fast", "#ref-lee2021chapter"} <= anchors


def _from(data: bytes, form: str) -> bytes:
    return pandoc.run("", form, "json", "in.docx", files={"in.docx": data})


def test_html(made: Document) -> None:
    page = Page(published(made, "html", toc=True).data.decode())
    text = " ".join(page.text.split())
    for part in ("The whole survey", "In short.", "Keywords: one, two",
                 "Figure 1. The 100% figure", "a_b & #c", "see Author, 2020"):  # fmt: skip
        assert part.replace("see Author, 2020", "Author") in text, part
    sources = [values["src"] or "" for tag, values in page.tags if tag == "img"]
    assert len(sources) == 2
    assert all(source.startswith("data:image/") for source in sources)
    names = {values.get("id") for _, values in page.tags}
    assert {"ref-smith2020fast", "fig-it", "tbl-it", "start", "inner"} <= names
    targets = {values["href"] for tag, values in page.tags if tag == "a" and values.get("href")}
    assert {f"{href}".removeprefix("#") for href in targets if f"{href}".startswith("#")} <= names
    assert [tag for tag, _ in page.tags if tag in ("math", "table")] == ["math", "table"]
    assert not any(tag in ("script", "link", "iframe") for tag, _ in page.tags)


def test_typst_compiles_alone(made: Document) -> None:
    out = published(made, "typst")
    assert out.main == "survey.typ"
    assert set(out.files) == {"survey.typ", *(f"survey-figures/{name}" for name in made.images)}
    assert b"@preview" not in out.data
    assert typeset(out.main, out.files)[:5] == b"%PDF-"


def test_latex_cites_and_refers_by_itself(made: Document) -> None:
    out = published(made, "latex")
    text = " ".join(out.data.decode().split())
    assert r"\autocites{smith2020fast}[see][3]{lee2021chapter}" in text
    assert r"Figure~\ref{fig-it}" in text
    assert r"\label{fig-it}" in text
    assert r"\caption{The 100\% figure}" in text
    assert r"\printbibliography[heading=none]" in text
    assert r"\DeclareUnicodeCharacter{2265}{\ensuremath{\geq}}" in text
    assert r"a\_b \& \#c" in text
    assert text.count(r"\begin{figure}") == 1
    assert out.files["survey.bib"] == BIB.encode()
    kinds = sorted(name.rpartition(".")[2] for name in out.files if "figures/" in name)
    assert kinds == ["pdf", "png"]
    assert all(name in text for name in out.files if "figures/" in name)


def test_natbib_keeps_each_locator_with_its_key() -> None:
    made = document(
        md("[@smith2020fast, p. 3; see also @lee2021chapter] [@smith2020fast; @lee2021chapter]"
           " [@smith2020fast, p. 3] @smith2020fast")
    )  # fmt: skip
    text = published(made, "latex", citations="natbib").data.decode()
    flat_text = " ".join(text.split())
    assert (
        r"\citetext{\citealp[{}][{p.~3}]{smith2020fast}; \citealp[{see also}][{}]{lee2021chapter}}"
        in flat_text
    )
    assert r"\citep{smith2020fast, lee2021chapter}" in flat_text
    assert r"\citep[p.~3]{smith2020fast}" in flat_text
    assert r"\citet{smith2020fast}" in flat_text
    assert r"\bibliography{survey}" in flat_text


def test_myst_is_a_project(made: Document) -> None:
    out = published(made, "myst", beside={"a/b.png": png(), "../c.png": png()})
    settings = yaml.safe_load(out.files["myst.yml"])
    assert settings["version"] == 1
    project = settings["project"]
    assert project["title"] == "The whole survey"
    assert [author["name"] for author in project["authors"]] == ["Ana Ochoa", "Ben"]
    assert project["bibliography"] == ["survey.bib"]
    assert project["toc"] == [{"file": "survey.ipynb"}]
    cells = json.loads(out.data)["cells"]
    assert [cell["source"] for cell in cells] == [cell["source"] for cell in CELLS[:-1]]
    assert out.files["a/b.png"] == png()
    assert [each.text for each in out.told] == [
        "names a picture above its folder, which was left out: '../c.png'"
    ]


def test_quarto_is_one_text(made: Document) -> None:
    attached = md("![x](attachment:a.png)") | {
        "attachments": {"a.png": {"image/png": b64(png(3))}}
    }
    more = [
        attached,
        code("print('```')", tags=["show-input"]),
        md("```\nopen"),
        code("z", tags=["hide-output"]),
    ]
    cells = [*CELLS[:-1], *more, OURS]
    work = job(document(*cells), manuscript=("survey.ipynb", notebook(*cells)))
    out = publish(work, TARGETS["quarto"])
    head, _, body = out.data.decode().removeprefix("---\n").partition("\n---\n")
    settings = yaml.safe_load(head)
    assert settings["title"] == "The whole survey"
    assert settings["bibliography"] == "survey.bib"
    assert settings["execute"]["echo"] is False
    assert '```{python}\n#| label: fig-it\n#| fig-cap: "The 100% figure"\nplot()\n```' in body
    assert "````{python}\n#| echo: true\nprint('```')\n````" in body
    assert "```{python}\n#| output: false\nz\n```" in body
    assert "# Literature\n\n::: {#refs}\n:::" in body
    assert body.count("```\nopen\n```") == 1
    [figure] = [name for name in out.files if name.startswith("survey-figures/")]
    assert f"![x]({figure})" in body
    # Quarto reads it with pandoc: the citations are all there.
    tree = json.loads(pandoc.run(out.data.decode(), "markdown", "json"))
    keys = [one["citationId"] for each in found(tree["blocks"], "Cite") for one in each["c"][0]]
    assert keys == ["fig-it", "smith2020fast", "lee2021chapter"]


def test_a_template_of_ones_own(made: Document) -> None:
    html = published(made, "html", template=b"<p>$title$</p>$body$").data.decode()
    assert html.startswith("<p>The <em>whole</em> survey</p>")
    pdf = published(made, "pdf", template=b"= Mine\n$body$").data
    assert "Mine" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_what_typst_refuses_names_the_cell(made: Document) -> None:
    for template in (b'$body$\n#panic("end")', b'#panic("begin")\n$body$'):
        with pytest.raises(TypesettingError, match="panicked") as caught:
            published(made, "pdf", template=template)
        assert caught.value.cell is None
    broken = png()[:40]
    bad = document(md("# A"), code("x", shows(image_png=b64(broken))))
    with pytest.raises(TypesettingError) as caught:
        publish(job(bad), TARGETS["pdf"])
    assert caught.value.cell == 2


def test_formulas_that_nobody_understands_are_told() -> None:
    made = document(md("$x^2$"), md("# A\n\n$\\mathfoo{x}$"))
    out = publish(job(made), TARGETS["html"])
    assert [(each.cell, "mathfoo" in each.text) for each in out.told] == [(2, True)]
    assert publish(job(made), TARGETS["latex"]).told == ()


def test_it_can_be_stopped(made: Document) -> None:
    stop = threading.Event()
    stop.set()
    for target in ("pdf", "html", "latex"):
        with pytest.raises(StoppedError):
            published(made, target, stop=stop)
    with pytest.raises(StoppedError):
        typeset("a.typ", {"a.typ": b"x"}, stop)


def test_nothing_to_cite_and_nothing_to_show() -> None:
    empty = document(md(""))
    for target in ("pdf", "html", "docx", "latex", "typst"):
        out = publish(job(empty), TARGETS[target])
        assert out.data
        assert b"References" not in out.data
    assert flat(md("")).pieces == ()
