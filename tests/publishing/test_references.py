"""References to sections, figures, tables and formulas, the same in every format."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reviewkit.publishing import TARGETS, Document, build, flatten, publish
from reviewkit.publishing.dialects import for_myst, for_quarto
from reviewkit.publishing.directives import without_directives
from reviewkit.publishing.tree import found, plain_text
from tests.publishing.hands import (
    KEYS,
    blocks_of,
    code,
    document,
    job,
    md,
    notebook,
    picture,
    png,
    told,
)

CELLS = [
    md("# Title"),
    md("## First {#sec-first}\n\nBefore all.\n\n(its-name)=\n### Inner"),
    md("$$\na = b\n$$ {#eq-one}\n\nThen $$ c = d $$ {#eq:two}, and:"),
    md("\\begin{equation}\\label{eq:three}\ne = f\n\\end{equation}\n\n$$ g = h $$ (eq-four)"),
    md("```{math}\n:label: eq-five\nx\n\n= y\n```\n\n$$ without = number $$"),
    md("\\begin{align}\n p &= q \\label{eq:six} \\\\\n r &= s \\label{eq:seven}\n\\end{align}"),
    code('#| label: fig-it\n#| fig-cap: "It"\nplot()', picture()),
    md("| a | b |\n|---|---|\n| 1 | 2 |\n\n: What it is {#tbl-it}"),
    md(
        "See @sec-first, @its-name, @eq-one, [@eq:two; @fig-it], [-@tbl-it], [Eq. @eq-four], "
        "\\eqref{eq:three}, \\ref{eq:three}, {eq}`eq-five`, {numref}`Figure %s <fig-it>`, "
        "{ref}`that <tbl-it>`, [](#eq-one), [@smith2020fast; @fig-it], @eq:six, @eq:seven. Done."
    ),
]
#: What is to be read in the document, wherever it is shown; formulas leave the text out.
SAID = (
    "See Section 1, Section 1.1, Equation 1, Equation 2, Figure 1, 1, Eq. 4, "
    "(3), 3, (5), Figure 1, that, Equation 1, CITED, Figure 1, Equation 6, Equation 7. Done."
)


@pytest.fixture(scope="module")
def made() -> Document:
    return document(*CELLS)


def said(text: str) -> str:
    """The sentence of references; the citation, whose form is the style's, as CITED."""
    plain = " ".join(text.replace("\u00a0", " ").split())
    sentence = plain[plain.index("See Section") : plain.index("Done.") + 5]
    begin, end = "that, Equation 1, ", ", Figure 1, Equation 6"
    before, _, rest = sentence.partition(begin)
    return f"{before}{begin}CITED{end}{rest.partition(end)[2]}"


def written(made: Document, target: str) -> bytes:
    out = publish(job(made, manuscript=("survey.ipynb", notebook(*CELLS))), TARGETS[target])
    return out.files[out.main]


def test_nothing_is_told(made: Document) -> None:
    assert told(made) == []


def test_the_same_in_pdf(made: Document) -> None:
    reader = PdfReader(io.BytesIO(written(made, "pdf")))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert said(text) == SAID
    for number in range(1, 6):
        assert f"({number})" in text
    assert "(6, 7)" in text
    links = [each.get_object() for page in reader.pages for each in page.get("/Annots", [])]
    assert len([each for each in links if "/Dest" in each or "/A" in each]) >= 15


def test_the_same_in_html(made: Document) -> None:
    html = written(made, "html").decode()
    assert said(plain(html)) == SAID
    targets = set(re.findall(r'id="([^"]+)"', html))
    for name in ("eq-one", "eq:two", "eq:three", "eq-four", "eq-five", "eq:six", "eq:seven"):
        assert name in targets, name
    assert set(re.findall(r'href="#([^"]+)"', html)) <= targets


def test_the_same_in_word(made: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(written(made, "docx"))) as archive:
        tree = ET.fromstring(archive.read("word/document.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{word}t")) for p in tree.iter(f"{word}p")]
    assert said(next(p for p in paragraphs if p.startswith("See"))) == SAID
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    texts = ([t.text or "" for t in m.iter(f"{math}t")] for m in tree.iter(f"{math}oMath"))
    formulas = ["".join(each) for each in texts]
    numbers = [each.partition("(")[2].replace(" ", "") for each in formulas]
    assert numbers == ["1)", "2)", "3)", "4)", "5)", "", "6,7)"]


def test_latex_counts_them_itself(made: Document) -> None:
    tex = written(made, "latex").decode()
    for name in ("eq-one", "eq:two", "eq:three", "eq-four", "eq-five", "eq:six", "eq:seven"):
        assert tex.count(f"\\label{{{name}}}") == 1, name
    assert tex.count("\\begin{equation}") == 5
    assert "\\[ without = number \\]" in tex
    asked = re.findall(r"\\ref\{([^}]*)\}", tex)
    assert set(asked) <= set(re.findall(r"\\label\{([^}]*)\}", tex))
    assert "Equation~\\ref{eq-one}" in tex
    assert "(\\ref{eq:three})" in tex


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("$$ x $$ {#eq-a}", "Equation\u00a01"),
        ("$$ x \\label{eq-a} $$", "Equation\u00a01"),
        ("$$ x $$\n{#eq-a}", "Equation\u00a01"),
        ("- $$ x $$ {#eq-a}", "Equation\u00a01"),
        ("$$ y $$ (eq-b)\n\n$$ x $$ (eq-a)", "Equation\u00a02"),
        (":::{math}\n:label: eq-a\nx\n:::", "Equation\u00a01"),
        ("![c](p.png){#eq-a}", "Figure\u00a01"),
        ("```{figure} p.png\n:name: eq-a\n:width: 50%\nA caption\n```", "Figure\u00a01"),
        ("# T\n\n(eq-a)=\n# One", "Section\u00a02"),
        ("# T\n\n# One {#eq-a .unnumbered}", "“One”"),
    ],
)
def test_each_way_to_label(text: str, what: str) -> None:
    flat = flatten("a.ipynb", notebook(md("# Title"), md(text), md("See @eq-a.")))
    made = build("a.ipynb", flat, KEYS, lambda _: png())
    links = [plain_text(each["c"][1]) for each in found(blocks_of(made), "Link")]
    assert links == [what]


@pytest.mark.parametrize(
    "text",
    [
        "$$ x $$ (1)",
        "$$ x $$ (see) there",
        "$x$ {#eq-a}",
        "`$$ x $$ {#eq-a}`",
        "```\n$$ x $$ {#eq-a}\n```",
        "```\n```{math}\n:label: eq-a\nx\n```",
    ],
)
def test_what_is_no_label(text: str) -> None:
    made = document(md("# Title"), md(text))
    assert not [e for e in found(blocks_of(made), "Span") if "equation" in e["c"][0][1]]


def test_two_of_one_name_are_one_and_a_number() -> None:
    made = document(md("$$ x $$ {#eq-a}\n\n$$ y $$ {#eq-a}\n\n$$ z $$ {#eq-b}\n\n@eq-a @eq-b"))
    links = [plain_text(each["c"][1]) for each in found(blocks_of(made), "Link")]
    assert links == ["Equation\u00a01", "Equation\u00a03"]
    assert b"PDF" in written(made, "pdf")[:8]


def test_unnumbered_sections_are_named() -> None:
    made = document(md("---\nnumber-sections: false\n---\n\n# T\n\n# One {#sec-a}\n\n@sec-a"))
    assert [plain_text(each["c"][1]) for each in found(blocks_of(made), "Link")] == ["“One”"]


def test_a_reference_to_nothing_is_told_and_shown_as_words() -> None:
    made = document(md("\\eqref{eq:no} {ref}`sec-no` @eq-no [](#fig-no)"))
    assert len(told(made)) == 4
    assert not list(found(blocks_of(made), "Link"))


def test_the_heading_of_the_references_in_a_cell_of_its_own_has_no_number() -> None:
    made = document(
        md("# T\n\n# One\n\n[@smith2020fast]"),
        md("# Literature"),
        md("old", reviewkit={"role": "bibliography"}),
    )
    heads = {plain_text(h["c"][2]): h["c"][1][1] for h in found(blocks_of(made), "Header")}
    assert heads == {"One": [], "Literature": ["unnumbered"]}


def test_quarto_has_hyphens_for_colons() -> None:
    text = (
        "(sec-a)=\n## Head\n\n@fig:one [@eq:two] {eq}`eq-x` ![c](p){#fig:one}\n\n"
        "```python\n#| label: fig:one\nx = '@fig:one'\n```\nme@fig:one \\@eq:two"
    )
    assert for_quarto(text) == (
        "## Head {#sec-a}\n\n@fig-one [@eq-two] @eq-x ![c](p){#fig-one}\n\n"
        "```python\n#| label: fig-one\nx = '@fig:one'\n```\nme@fig:one \\@eq:two"
    )


def test_myst_has_labels_of_its_own() -> None:
    text = (
        "# Head {#sec-a}\n\n$$ x $$ {#eq-a}\n\n![A *c*](p.png){#fig-a width=50%}\n\n"
        "| a |\n|---|\n| 1 |\n\n: Cap {#tbl-a}\n\n```\n# Code {#sec-b}\n```"
    )
    assert for_myst(text) == (
        "(sec-a)=\n# Head\n\n$$ x $$ (eq-a)\n\n:::{figure} p.png\n:label: fig-a\n:width: 50%\n"
        "A *c*\n:::\n\n:::{table} Cap\n:label: tbl-a\n\n| a |\n|---|\n| 1 |\n:::\n\n"
        "```\n# Code {#sec-b}\n```"
    )


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["a", "# b", "```", "~~~", "| c |", ": d {e}", "(f)", "", "@g"])))
def test_a_text_without_labels_stays_as_it_is(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert for_quarto(text) == for_myst(text) == without_directives(text) == text


def plain(html: str) -> str:
    """The words of a page."""

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.words: list[str] = []

        def handle_data(self, data: str) -> None:
            self.words.append(data)

    words = Words()
    words.feed(html[html.index("<main>") :])
    return "".join(words.words)
