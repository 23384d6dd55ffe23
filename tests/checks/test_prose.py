"""Paragraphs, captions and marks that were left."""

import pytest

from tests.checks.manuscripts import READ, code, facts, found, notebook, paper, quotes

KNOWN = facts(paper("a", reviews=READ))
LONG = "Nobody knows how this came about, and yet it is said by many people. " * 4


def test_a_long_paragraph_without_a_citation() -> None:
    text = f"# T\n\n## Split computing\n\n{LONG}\n\nShort one.\n\n{LONG} [@a].\n"
    [one] = found(text, KNOWN, "uncited-paragraph")
    assert (one.line, one.severity) == (5, "hint")
    assert found(text, KNOWN, "uncited-paragraph", words=200) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\n# T\n\n[@a]\n",
        f"# T\n\n## Introduction\n\n{LONG}\n\n## S\n\n[@a]\n",
        f"# T\n\n## 2. Methods\n\n{LONG}\n\n## S\n\n[@a]\n",
        f"# T\n\n## S\n\nWe think so. {LONG}\n\n[@a]\n",
        f"# T\n\n## S\n\n> {LONG}\n\n[@a]\n",
        f"# T\n\n## S\n\n```\n{LONG}\n```\n\n[@a]\n",
        f"# T\n\n## S\n\n{LONG}\n",
    ],
)
def test_own_words_need_none(text: str) -> None:
    assert found(text, KNOWN, "uncited-paragraph") == []


def test_the_heading_of_an_earlier_cell_counts() -> None:
    data = notebook("# T", "## Discussion", LONG, "## S", LONG, "[@a]")
    assert [one.cell for one in found(data, KNOWN, "uncited-paragraph")] == [5]


def test_marks_in_prose_and_comments_but_not_in_code() -> None:
    mark = "TO" + "DO"
    text = f"# T\n\n{mark}: more.\n\n`{mark}` [@a]\n\n<!-- {mark} later -->\n\n[citation needed]"
    assert [one.line for one in found(text, KNOWN, "unfinished")] == [3, 7, 9]
    assert found(notebook(code(f"# {mark}")), KNOWN, "unfinished") == []


def test_what_a_draft_asks_to_be_written_is_told_until_it_is() -> None:
    text = "# T\n\n*Write here what this is about.*\n\n*Written* well.\n"
    assert quotes(found(text, KNOWN, "unfinished")) == ["*Write here what this is about.*"]


def test_figures_need_a_caption() -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "AA=="}, "metadata": {}}
    data = notebook(
        "[@a] ![](a.png) ![What it shows](b.png)",
        code("plot()", picture),
        code("#| fig-cap: Years\nplot()", picture),
    )
    assert [(one.cell, one.quote) for one in found(data, KNOWN, "caption")] == [
        (1, "![](a.png)"),
        (2, ""),
    ]
    tex = "\\cite{a}\\begin{figure}x\\end{figure}\\begin{figure}\\caption{x}\\end{figure}"
    assert len(found(tex, KNOWN, "caption", name="x.tex")) == 1
