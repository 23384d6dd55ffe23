"""publishing.build: one document of a manuscript, with citations and references resolved."""

from __future__ import annotations

from typing import Any

import pytest

from reviewkit.errors import UnknownCitationError
from reviewkit.publishing import build, flatten
from reviewkit.publishing.captions import with_numbers
from reviewkit.publishing.tree import found, plain_text
from tests.publishing.hands import (
    KEYS,
    b64,
    blocks_of,
    code,
    document,
    flat,
    md,
    nothing,
    picture,
    png,
    raw,
    shows,
    text_of,
    told,
)


def cites(made: Any) -> list[tuple[str, str, str, str]]:
    return [
        (
            one["citationId"],
            one["citationMode"]["t"],
            plain_text(one["citationPrefix"]),
            plain_text(one["citationSuffix"]),
        )
        for cite in found(blocks_of(made), "Cite")
        for one in cite["c"][0]
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[@smith2020fast]", [("smith2020fast", "NormalCitation", "", "")]),
        ("[see @smith2020fast, p. 3]",
         [("smith2020fast", "NormalCitation", "see", ", p.\u00a03")]),
        ("@{o.hara:2022} says", [("o.hara:2022", "AuthorInText", "", "")]),
        ("[-@smith2020fast]", [("smith2020fast", "SuppressAuthor", "", "")]),
        (r"\citep[see][3]{smith2020fast}", [("smith2020fast", "NormalCitation", "see", "3")]),
        (r"\citet{smith2020fast}", [("smith2020fast", "AuthorInText", "", "")]),
        ("x{cite:p}`{see}smith2020fast{ch. 2},lee2021chapter`",
         [("smith2020fast", "NormalCitation", "see", ", ch. 2"),
          ("lee2021chapter", "NormalCitation", "", "")]),
        ("{cite:t}`smith2020fast`", [("smith2020fast", "AuthorInText", "", "")]),
        ('<cite data-cite="smith2020fast">(S)</cite>',
         [("smith2020fast", "NormalCitation", "", "")]),
        ("`@smith2020fast` and \\@smith2020fast", []),
        ("write to user@smith2020fast.org or @someone, use `@media`", []),
    ],
)  # fmt: skip
def test_citations_in_every_syntax(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert cites(document(md(text))) == wanted


def test_a_former_key_cites_the_paper_that_has_it() -> None:
    made = build("a.ipynb", flat(md("[@old]")), {**KEYS, "old": "smith2020fast"}, nothing)
    assert made.keys == ("smith2020fast",)


def test_unknown_keys_are_named_with_their_cells() -> None:
    with pytest.raises(UnknownCitationError) as caught:
        document(md("fine"), md("# The figure of it\n[@smith2021fast]"))
    assert "cell 2 ('The figure of it')" in caught.value.message
    assert "did you mean smith2020fast?" in caught.value.message
    assert caught.value.unknown == {"smith2021fast": ("smith2020fast",)}


def test_title_abstract_and_levels_come_out_of_the_text() -> None:
    made = document(
        md("# The *title*\n\n## Abstract\n\nShort [@smith2020fast]."),
        md("More abstract."),
        md("## One\n\n### Two"),
    )
    assert plain_text(made.meta["title"]["c"]) == "The title"
    assert (
        plain_text(made.meta["abstract"]["c"]).split()
        == "Short [@smith2020fast]. More abstract.".split()
    )
    levels = [
        (each["c"][0], plain_text(each["c"][2])) for each in found(blocks_of(made), "Header")
    ]
    assert levels == [(1, "One"), (2, "Two"), (1, "References")]
    assert made.keys == ("smith2020fast",)


def test_front_matter_goes_before_the_text() -> None:
    made = document(
        raw("---\ntitle: Front\nabstract: Of the front\n---"), md("# One\n\n# Abstract\nx")
    )
    assert plain_text(made.meta["title"]["c"]) == "Front"
    assert "Abstract" in text_of(made)
    assert plain_text(document(md("1. list")).meta["title"]["c"]) == "survey"
    assert plain_text(document(title="1. Not a list").meta["title"]["c"]) == "1. Not a list"


def test_figures_and_tables_are_numbered_and_referred_to() -> None:
    table = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    made = document(
        md("See @fig-two, [@fig-one; @tbl-a] and @fig-none."),
        code("#| label: fig-one\n#| fig-cap: First [@smith2020fast]", picture(1)),
        code("x", picture(2)),
        code("#| label: fig-two\n#| fig-cap: Second", picture(3)),
        code("#| label: tbl-a\n#| tbl-cap: The table", shows(text_html=table)),
    )
    assert "See Figure\u00a02, Figure\u00a01,Table\u00a01" in text_of(made).replace(", T", ",T")
    numbered = with_numbers(blocks_of(made))
    captions = [plain_text(each["c"][1]).strip() for each in found(numbered, "Figure")]
    assert captions == ["Figure 1. First [@smith2020fast]", "", "Figure 2. Second"]
    assert [plain_text(each["c"][1]).strip() for each in found(numbered, "Table")] == [
        "Table 1. The table"
    ]
    assert told(made) == ["1: refers to 'fig-none', which nothing has for a label"]


def test_the_bibliography_stands_where_its_cell_is_and_once() -> None:
    ours = md("### Literature\n\nold", reviewkit={"role": "bibliography"})
    made = document(md("# A\n\n## B\n[@smith2020fast]"), ours, md("## After\n\n::: {#refs}\n:::"))
    kinds = [plain_text(each["c"][2]) if each["t"] == "Header" else each["c"][0][0]
             for each in blocks_of(made) if each["t"] in ("Header", "Div")]  # fmt: skip
    assert [kind for kind in kinds if kind] == ["B", "Literature", "refs", "After"]
    heading = next(each for each in found(blocks_of(made), "Header") if "Lit" in plain_text(each))
    assert heading["c"][0] == 1
    assert heading["c"][1][1] == ["unnumbered"]
    assert "old" not in text_of(made)
    assert "References" not in text_of(document(md("nothing cited"), ours))


def test_html_and_latex_mean_what_they_mean() -> None:
    made = document(
        md("<b>bold</b> <i>it</i> H<sub>2</sub>O<br>next <kbd>k</kbd>"),
        md("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>"),
        md("\\begin{tabular}{ll}x & y\\end{tabular}\n\n\\begin{align}a&=b\\end{align}"),
        raw("\\section{Raw} \\emph{text}", raw_mimetype="text/latex"),
        md("<details><summary>More</summary>inside</details>"),
    )
    kinds = {each: len(list(found(blocks_of(made), each))) for each in
             ("Strong", "Emph", "Subscript", "LineBreak", "Table", "Math", "Header")}  # fmt: skip
    assert kinds == {"Strong": 1, "Emph": 2, "Subscript": 1, "LineBreak": 1, "Table": 2,
                     "Math": 1, "Header": 1}  # fmt: skip
    assert "inside" in text_of(made)
    assert told(made) == []


def test_one_cell_does_not_reach_into_the_next() -> None:
    made = document(
        md("```\nopen"), md("<div>\n\n> quote"), md("[@smith2020fast]: not a link\n\n<!-- open"),
        md("- item"), md("- other"), md("$$x"), md("\\begin{align}"), md("| a |\n|---|"),
        md("# End"),
    )  # fmt: skip
    assert [plain_text(each["c"][2]) for each in blocks_of(made) if each["t"] == "Header"] == [
        "End",
        "References",
    ]
    cells = [cell for cell, blocks in made.parts if blocks]
    assert cells == sorted(cells, key=lambda cell: cell or 99)


def test_pictures_from_everywhere_near() -> None:
    cell = md("![a](attachment:a%20b.png) ![d](data:image/png;base64," + b64(png(3)) + ")")
    cell["attachments"] = {"a b.png": {"image/png": b64(png(4))}}
    made = document(cell, md("![f](fig.png){width=40%}"), read={"fig.png": png(5)}.__getitem__)
    assert set(made.images.values()) == {png(3), png(4), png(5)}
    widths = [each["c"][0][2] for each in found(blocks_of(made), "Image")]
    assert widths[-1] == [["width", "40%"]]


def test_links_lead_somewhere_or_are_words() -> None:
    made = document(
        md("# Title\n\n## My Head\n\n[a](#My-Head) [b](#my-head) [c](#none) [d](https://x.org)"
           " [e](other.ipynb) [f](javascript:x) [g](file:///etc/passwd) <https://y.org>")
    )  # fmt: skip
    links = [each["c"][2][0] for each in found(blocks_of(made), "Link")]
    assert links == ["#my-head", "#my-head", "https://x.org", "https://y.org"]
    assert told(made) == ["1: links to 'none', which is nowhere in the document"]


def test_a_data_frame_gets_one_head_and_columns_that_fit() -> None:
    frame = (
        '<table class="dataframe"><thead><tr><th></th><th>title</th><th>n</th></tr>'
        "<tr><th>key</th><th></th><th></th></tr></thead><tbody>"
        + f"<tr><th>a</th><td>{'word ' * 60}</td><td>1.5</td></tr>" * 2
        + "</tbody></table>"
    )
    [table] = found(blocks_of(document(code("df", shows(text_html=frame)))), "Table")
    head = table["c"][3][1]
    assert [plain_text(cell[4]) for row in head for cell in row[1]] == ["key ", "title ", "n "]
    assert [kind["t"] for kind, _ in table["c"][2]] == ["AlignLeft", "AlignLeft", "AlignRight"]
    widths = [width["c"] for _, width in table["c"][2]]
    assert sum(widths) == pytest.approx(1, abs=0.01)
    assert widths[1] > 0.7


def test_markdown_manuscripts() -> None:
    flat_text = flatten("a.qmd", b"---\ntitle: T\n---\n\n# One\n\n[@smith2020fast]\n")
    made = build("a.qmd", flat_text, KEYS, nothing)
    assert made.keys == ("smith2020fast",)
    with pytest.raises(UnknownCitationError, match=r"Cited in a\.md"):
        build("a.md", flatten("a.md", b"[@nobody2020]"), KEYS, nothing)


def test_a_first_heading_that_says_the_title_again_stands_once() -> None:
    again = document(md("# Fast *models*"), md("## One"), title="Fast models")
    assert [plain_text(each["c"][2]) for each in found(blocks_of(again), "Header")] == ["One"]
    other = document(md("# A part"), md("## One"), title="Fast models")
    heads = [plain_text(each["c"][2]) for each in found(blocks_of(other), "Header")]
    assert heads == ["A part", "One"]


def test_a_table_with_long_lines_gives_its_columns_what_they_need() -> None:
    row = f"| {'a long name of a thing ' * 8}| {'w' * 20} | 1 |"
    made = document(md(f"| Thing | Word | n |\n|---|---|---|\n{row}\n{row}"))
    (table,) = found(blocks_of(made), "Table")
    widths = [width["c"] for _, width in table["c"][2]]
    assert widths[0] > widths[1] > widths[2]
    chosen = document(md(f"| Thing | Word | n |\n|-|--------|-|\n{row}"))
    (table,) = found(blocks_of(chosen), "Table")
    widths = [width["c"] for _, width in table["c"][2]]
    assert widths[1] > widths[0] == widths[2]


def test_a_line_that_names_the_authors_again_stands_once() -> None:
    text = "# T\n\n*Ana Ruiz · Ben*\n\nText."
    made = document(md(text), title="T", authors=[{"name": "Ana Ruiz"}, {"name": "Ben"}])
    assert text_of(made).strip() == "Text."
    other = document(md(text), title="T", authors=[{"name": "Ben"}])
    assert text_of(other).startswith("Ana Ruiz · Ben")
