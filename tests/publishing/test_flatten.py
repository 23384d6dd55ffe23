"""publishing.flatten: cells, outputs and front matter as pieces."""

from __future__ import annotations

import json

import pytest

from reviewkit.drafts import Survey, build, by_tag
from reviewkit.drafts.cells import source_of
from reviewkit.errors import FormatError
from reviewkit.publishing import flatten
from reviewkit.publishing.cells import Cell
from reviewkit.publishing.fences import for_pandoc
from reviewkit.publishing.options import options_of
from reviewkit.publishing.piece import Author
from tests.drafts.papers import paper
from tests.publishing.hands import SVG, b64, code, flat, md, notebook, picture, png, raw, shows


def made(*cells: dict[str, object], **more: object) -> list[tuple[str, str]]:
    return [(piece.syntax, piece.text) for piece in flat(*cells, **more).pieces]


def test_code_is_hidden_unless_asked_for() -> None:
    cell = code("x = 1\nx", shows(text_plain="1"))
    assert made(cell) == [("text", "1")]
    assert made(cell, code=True) == [("code", "x = 1\nx"), ("text", "1")]


@pytest.mark.parametrize(
    ("tags", "lines", "shown"),
    [
        (["hide-input"], "", ["text"]),
        (["show-input"], "", ["code", "text"]),
        (["hide-output"], "", []),
        (["remove_output", "show-input"], "", ["code"]),
        (["remove-cell"], "#| echo: true\n", []),
        ([], "#| echo: true\n", ["code", "text"]),
        ([], "#| output: false\n", []),
        ([], "#| include: false\n", []),
    ],
)
def test_tags_and_options_say_what_is_shown(tags: list[str], lines: str, shown: list[str]) -> None:
    cell = code(lines + "x", shows(text_plain="1"), tags=tags)
    assert [syntax for syntax, _ in made(cell)] == shown


def test_options_are_not_part_of_the_source() -> None:
    cell = Cell(
        1, "code", "\n#| label: fig-a\n#| fig-cap: A: the *first*\n#| out-width: 50%\nplot()"
    )
    options, source = options_of(cell)
    assert (options.label, options.captions, options.width) == (
        "fig-a",
        ("A: the *first*",),
        "50%",
    )
    assert source == "plot()"


def test_pictures_of_one_caption_are_one_figure() -> None:
    cell = code('#| label: fig-a\n#| fig-cap: "Two"', picture(10), picture(200))
    first, second = flat(cell).pieces
    assert first.text != second.text
    assert (first.caption, first.label, first.group) == ("Two", "fig-a", 1)
    assert second.group == 1
    apart = code("#| fig-cap: [One, Two]", picture(10), picture(200))
    assert [piece.caption for piece in flat(apart).pieces] == ["One", "Two"]


def test_the_richest_form_that_print_can_show() -> None:
    plain = {"text_plain": "plain"}
    assert made(code("", shows(text_html="<b>x</b>", **plain))) == [("html", "<b>x</b>")]
    assert made(code("", shows(text_latex="$x$", **plain))) == [("latex", "$x$")]
    assert made(code("", shows(text_markdown="*x*", text_html="<i>", **plain))) == [
        ("markdown", "*x*")
    ]
    [(syntax, name)] = made(code("", shows(image_svg_xml=SVG, image_png=b64(png()), **plain)))
    assert (syntax, name.rpartition(".")[2]) == ("image", "svg")


def test_a_live_view_falls_back_to_its_html() -> None:
    view = {
        "application/vnd.reviewkit.view+json": {"view": "form"},
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
        "text/html": "<article>card</article>",
        "text/plain": "ReviewView(spec={})",
    }
    assert made(code("", {"output_type": "display_data", "data": view})) == [
        ("html", "<article>card</article>")
    ]
    bare = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "VBox(children=())"}
    got = flat(code("", {"output_type": "display_data", "data": bare}))
    assert got.pieces == ()
    assert "widget" in got.told[0].text


def test_what_a_cell_prints_and_how_it_ends() -> None:
    got = flat(
        code(
            "x",
            {
                "output_type": "stream",
                "name": "stdout",
                "text": ["a\x1b[31mb\x1b[0m\n", "1%\r2%\n"],
            },
            {"output_type": "stream", "name": "stderr", "text": "a warning"},
            {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []},
        )
    )
    assert [piece.text for piece in got.pieces] == ["ab\n2%"]
    assert [(each.cell, "NameError: x" in each.text) for each in got.told] == [(1, True)]
    long = {"output_type": "stream", "name": "stdout", "text": "line\n" * 500}
    assert flat(code("x", long)).pieces[0].text.endswith("line\n…")


def test_repr_of_objects_is_no_result() -> None:
    assert made(code("", shows(text_plain="<matplotlib.lines.Line2D at 0x7f>"))) == []
    assert made(code("", shows(text_plain="[<Line2D at 0x7f>, <Line2D at 0x8f>]"))) == []
    assert made(code("", shows(text_plain="[1, 2]"))) == [("text", "[1, 2]")]


def test_front_matter_of_the_first_cell() -> None:
    text = """---
title: "A *title*"
author:
  - name: {given: Ana, family: Ochoa}
    affiliations: [{ref: u}]
    email: ana@x.org
    orcid: https://orcid.org/0000-0002-1825-0097
  - Ben
affiliations: [{id: u, name: University}]
keywords: one, two
date: 2026-11-26
lang: en-GB
toc: true
number-sections: false
---
rest"""
    got = flat(raw(text))
    matter = got.matter
    assert matter.title == "A *title*"
    author = Author("Ana Ochoa", ("University",), "ana@x.org", "0000-0002-1825-0097")
    assert matter.authors == (author, Author("Ben"))
    assert (matter.keywords, matter.date) == (("one", "two"), "2026-11-26")
    assert (matter.language, matter.toc, matter.numbered) == ("en-GB", True, False)
    assert got.pieces[0].text == "rest"
    assert flat(md("x"), title="T", authors=[{"name": "Eve"}]).matter.authors == (Author("Eve"),)


@pytest.mark.parametrize(
    "text",
    [
        "---\n- a\n- b\n---\nx",
        "---\na: &a [*a]\n---\nx",
        "---\na: [&x 1, *x]\n---\nx",
        "---\n\ttab: x\n---\nx",
        "---\nonly a rule\n",
    ],
)
def test_what_only_looks_like_front_matter_stays_text(text: str) -> None:
    assert made(md(text)) == [("markdown", text)]


def test_raw_cells_by_their_format() -> None:
    assert made(raw("\\LaTeX", raw_mimetype="text/latex")) == [("latex", "\\LaTeX")]
    assert made(raw("<b>", format="text/html")) == [("html", "<b>")]
    assert made(raw("*x*")) == [("markdown", "*x*")]
    got = flat(raw("print", raw_mimetype="text/x-python"))
    assert got.pieces == ()
    assert "text/x-python" in got.told[0].text


def test_attachments_are_files_by_content() -> None:
    cell = md("![x](attachment:a.png)") | {"attachments": {"a.png": {"image/png": b64(png())}}}
    got = flat(cell)
    name = got.attached[1]["a.png"]
    assert got.images[name] == png()
    assert name.startswith("figure-")


def test_a_bibliography_cell_is_its_place() -> None:
    cell = md("## References\n\nold text", reviewkit={"role": "bibliography"})
    [piece] = flat(cell).pieces
    assert (piece.syntax, piece.text) == ("references", "## References")


def test_cells_have_names_for_people() -> None:
    got = flat(md("# The *title*\nx"), code('#| fig-cap: "The figure of it"\nplot()'), md(""))
    assert got.where(1) == "cell 1 ('The *title')"
    assert got.where(2) == "cell 2 ('The figure of it')"
    assert got.where(3) == "cell 3"
    assert got.where(None) == "the text"


def test_old_and_broken_notebooks() -> None:
    old = {
        "nbformat": 3,
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": "Head"},
                    {"cell_type": "code", "input": "x", "outputs": [
                        {"output_type": "pyout", "text": "1"},
                        {"output_type": "display_data", "png": b64(png())},
                    ]},
                ]
            }
        ],
    }  # fmt: skip
    got = flatten("old.ipynb", json.dumps(old).encode())
    assert [piece.syntax for piece in got.pieces] == ["markdown", "text", "image"]
    assert got.pieces[0].text == "## Head"
    odd = notebook({"cell_type": 3, "outputs": 4, "metadata": [], "attachments": "x"},
                   {"cell_type": "code", "source": [], "outputs": [3, {"data": [], "output_type":
                    "display_data"}, {"output_type": "stream", "text": {}}]})  # fmt: skip
    assert flatten("odd.ipynb", odd).pieces == ()
    with pytest.raises(FormatError, match="JSON breaks off"):
        flatten("x.ipynb", b"{")
    with pytest.raises(FormatError, match="compile it with LaTeX"):
        flatten("x.tex", b"x")


def test_markdown_files_have_no_cells() -> None:
    got = flatten("a.md", b"---\ntitle: T\n---\n# Head\ntext")
    assert got.matter.title == "T"
    assert [(piece.cell, piece.text) for piece in got.pieces] == [(None, "# Head\ntext")]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("```\nx", "\n```"),
        ("````\n```\nx", "\n````"),
        ("~~~ a`b\nx", "\n~~~"),
        ("```\nx\n```", ""),
        ("```a`b``` c", ""),
        ("x", ""),
    ],
)
def test_a_fence_ends_with_its_cell(text: str, end: str) -> None:
    assert for_pandoc(text) == text + end


def test_a_heading_right_after_a_list_is_no_part_of_it() -> None:
    text = "- one\n- two\n## Heading\n```\n# a comment\n# of code\n```"
    assert for_pandoc(text) == text.replace("## H", "\n## H")


def test_what_a_draft_asks_a_person_to_write_is_left_out_until_somebody_did() -> None:
    cells = build(by_tag([paper("one", "NAS")]), Survey()).notebook["cells"]
    asking = [number for number, cell in enumerate(cells, 1) if "*Write here" in source_of(cell)]
    assert len(asking) == 3
    whole = flat(*cells)
    assert whole.unwritten == tuple(asking)
    assert not any("Write here" in piece.text for piece in whole.pieces)
    assert not any("Introduction" in piece.text for piece in whole.pieces)
    cells[asking[1] - 1]["source"] = "## Introduction\n\nOn small things.\n\n*Write here more.*"
    edited = flat(*cells)
    assert edited.unwritten == (asking[0], asking[2])
    assert any("On small things." in piece.text for piece in edited.pieces)
