"""What is wrong in a cell is told with the cell, whatever the format."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest

from reviewkit.errors import (
    PandocError,
    TypesettingError,
    UnknownCitationError,
    ValueRefusedError,
)
from reviewkit.publishing import TARGETS
from reviewkit.publishing.letters import definition
from tests.publishing.hands import SVG, b64, code, library, md, picture, shows, write

WELL = [md("# Survey\n\n[@smith2020fast]"), code("plot()", picture())]
FAULTS = {
    "formula": (md("$\\frac{1}{$"), "has a formula that is not understood"),
    "missing": (md("![p](nothere.png)"), "shows a picture that is not there: 'nothere.png'"),
    "html": (md("<iframe src='x'></iframe>"), "has html that only html understands"),
    "reference": (md("See @fig-nowhere."), "refers to 'fig-nowhere', which nothing has"),
    "error": (
        code("f()", {"output_type": "error", "ename": "ValueError", "evalue": "boom"}),
        "ended with ValueError: boom",
    ),
    "svg": (code("s()", shows(image_svg_xml=SVG[:-6])), "has a picture that is broken"),
    "png": (code("s()", shows(image_png="!!")), "has a picture that is broken (image/png)"),
    "undrawn": (code("#| label: fig-a\n#| fig-cap: A\nplot()"), "is a figure that was not drawn"),
}
#: What no other program can show either; LaTeX itself understands more formulas than we.
ALSO_AS_SOURCES = {"missing"}
UNTOLD = {"myst": FAULTS.keys() - ALSO_AS_SOURCES, "quarto": FAULTS.keys() - ALSO_AS_SOURCES,
          "latex": {"formula"}}  # fmt: skip


@pytest.mark.parametrize("form", TARGETS)
def test_every_fault_is_told_with_its_cell(tmp_path: Path, form: str) -> None:
    with library(tmp_path / "p") as project:
        # From the last to the first, as what is told goes by cells and not by kinds.
        names = [*FAULTS][::-1]
        source = write(project.root, [*WELL, *(FAULTS[name][0] for name in names)])
        told = project.export(project.root / "out", used_in=source, format=form).problems
    expected = [
        (number, FAULTS[name][1])
        for number, name in enumerate(names, start=len(WELL) + 1)
        if name not in UNTOLD.get(form, ())
    ]
    assert len(told) == len(expected) + (form not in ("myst", "quarto"))  # a tag that closes
    for number, words in expected:
        assert any(p.reason.startswith(f"cell {number} (") and words in p.reason for p in told)
    places = [int(problem.reason.split()[1]) for problem in told]
    assert places == sorted(places)


@pytest.mark.parametrize("form", TARGETS)
def test_an_unknown_key_is_told_with_its_cell(tmp_path: Path, form: str) -> None:
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md("No [@nobody1999].")])
        with pytest.raises(UnknownCitationError, match=r"'nobody1999' \(cell 3 "):
            project.export(project.root / "out", used_in=source, format=form)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"Hello", r"a\.html has no \$body\$"),
        ("a.typ", b"\xff$body$", r"a\.typ is no text in UTF-8"),
        ("a.docx", b"$body$", r"a\.docx is no Word document"),
        ("a.typ", b"$if(x$ $body$", r"a\.typ. \(line 1, column 6\)"),
        ("a.tex", b"$if(x$ $body$", r"a\.tex. \(line 1, column 6\)"),
        ("a.typ", b"$body$ #nofunc()", r"template .*a\.typ: .*unknown variable: nofunc"),
    ],
)
def test_a_template_that_cannot_be_used(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    form = {"a.html": "html", "a.typ": "pdf", "a.docx": "docx", "a.tex": "latex"}[name]
    (tmp_path / name).write_bytes(content)
    with library(tmp_path / "p") as project:
        source = write(project.root, WELL)
        with pytest.raises((PandocError, ValueRefusedError), match=said):
            project.export(
                project.root / "out", used_in=source, format=form, template=tmp_path / name
            )
        assert not (project.root / "out").exists()


def test_a_picture_that_typst_refuses_is_told_with_its_cell(tmp_path: Path) -> None:
    odd = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"></svg>'
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)
    with library(tmp_path / "p") as project:
        for shown in (shows(image_svg_xml=odd), shows(image_png=b64(head))):
            source = write(project.root, [*WELL, md("Text."), code("draw()", shown)])
            with pytest.raises(TypesettingError, match=r"cell 4 \('draw\(\)'\)") as raised:
                project.export(project.root / "out.pdf", used_in=source)
            assert raised.value.cell == 4
        source = write(project.root, [*WELL, code("draw()", shows(image_svg_xml=odd))])
        told = project.export(project.root / "tex", used_in=source, format="latex").problems
        assert [each.reason[:20] for each in told] == ["cell 3 ('draw()') ha"]


def test_letters_that_latex_lacks_are_told_with_their_cell(tmp_path: Path) -> None:
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md("- [ ] open\n- [x] done ☒"), md("猫")])
        done = project.export(project.root / "tex", used_in=source, format="latex")
    assert [each.reason for each in done.problems] == [
        "cell 4 ('猫') has no letters in pdflatex for 猫; use lualatex"
    ]
    text = done.path.read_text(encoding="utf-8")
    assert r"{2612}{\ensuremath{\boxtimes}}" in text
    assert "add_fallback" in text


@pytest.mark.parametrize(
    ("letter", "tex"),
    [
        ("\u200d", ""), ("\ufe0f", ""), ("\u2003", r"\ "), ("→", r"{\textrightarrow}"),
        ("⅓", r"\ensuremath{\tfrac{1}{3}}"), ("♭", r"\ensuremath{\flat}"), ("ℒ", "L"),
        ("𝕒", "a"), ("П", None), ("≙", None), ("猫", None),
    ],
)  # fmt: skip
def test_letters_are_given_only_commands_that_latex_has(letter: str, tex: str | None) -> None:
    assert definition(letter) == tex


@pytest.mark.parametrize("form", ["latex", "typst"])
def test_a_word_longer_than_a_line_can_be_broken_and_an_address_stays(
    tmp_path: Path, form: str
) -> None:
    address = f"https://example.org/{'z' * 90}"
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md(f"{'x' * 90} {'猫' * 90} <{address}>")])
        done = project.export(project.root / "out", used_in=source, format=form)
    text = done.path.read_text(encoding="utf-8")
    between = {"latex": r"\hspace{0pt}", "typst": "\u200b"}[form]
    assert f" {between.join(['x' * 20] * 4)}{between}{'x' * 10} " in text.replace("\n", " ")
    assert "猫" * 90 in text
    assert address in text


def test_what_announces_a_list_stays_above_it(tmp_path: Path) -> None:
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md("On this:\n\n- a\n\nOn that:\n\nText.")])
        done = project.export(project.root / "out", used_in=source, format="typst")
    text = done.path.read_text(encoding="utf-8")
    assert "sticky: true, above: 0.95em, below: 0.95em)[\nOn this:" in text
    assert "[\nOn that:" not in text


PICTURED = picture() | {
    "metadata": {"image/png": {"alt": 'Two "bars" of \\n papers'}},
}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("html", 'alt="Two &quot;bars&quot; of \\n papers"'),
        ("typst", r'alt: "Two \"bars\" of \\n papers"'),
        ("latex", "alt={Two "),
        ("docx", 'descr="Two &quot;bars&quot; of \\n papers"'),
    ],
)
def test_a_picture_keeps_its_words_for_who_cannot_see_it(
    tmp_path: Path, form: str, said: str
) -> None:
    cell = code("#| label: fig-a\n#| fig-cap: Bars.\nplot()", PICTURED)
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, cell])
        done = project.export(project.root / "out", used_in=source, format=form)
    if form == "docx":
        with zipfile.ZipFile(done.path) as word:
            text = word.read("word/document.xml").decode()
    else:
        text = done.path.read_text(encoding="utf-8")
    assert said in text


def test_code_that_is_quoted_stays_within_the_quotation_in_word(tmp_path: Path) -> None:
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md("> Why?\n>\n> ```python\n> a\n>   b\n> ```")])
        done = project.export(project.root / "out", used_in=source, format="docx")
    with zipfile.ZipFile(done.path) as word:
        text = word.read("word/document.xml").decode()
    quoted = [each for each in text.split("</w:p>") if 'w:val="BlockText"' in each]
    assert ">  b<" in quoted[1]


def test_a_wide_table_scrolls_within_the_page(tmp_path: Path) -> None:
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, md("| a | b |\n|---|---|\n| 1 | 2 |\n\n: It.")])
        done = project.export(project.root / "out", used_in=source, format="html")
    assert re.search(r'<div class="table">\s*<table', done.path.read_text(encoding="utf-8"))


def test_a_heading_and_the_line_below_it_stay_with_what_follows(tmp_path: Path) -> None:
    cells = [md("## Part\n\nOne paper."), md("**A paper**\n\nText."), md("More.\n\nMore.")]
    with library(tmp_path / "p") as project:
        source = write(project.root, [*WELL, *cells])
        done = project.export(project.root / "out", used_in=source, format="typst")
    text = done.path.read_text(encoding="utf-8")
    assert "below: 0.95em)[\nOne paper." in text
    assert "below: 0.95em)[\n#strong[A paper]" in text
    assert "[\nMore." not in text
