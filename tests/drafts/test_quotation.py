"""drafts.quotation: whatever a note is, its quotation ends where it ends."""

from __future__ import annotations

from typing import Any

import mistune
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.citations import cited_keys
from reviewkit.drafts.quotation import quote, spoken
from reviewkit.publishing.fragments import read_fragments
from reviewkit.publishing.tree import found, plain_text

KEYS = {"smith2020": "smith2020", "o.hara:2022": "o.hara:2022", "old": "lee2021", "a'b": "a'b"}
PARTS = st.sampled_from(
    ["[@smith2020]", "@o.hara:2022", "[see @old, p. 3; -@smith2020]", "@{a'b}", "[@nobody1999]",
     "@ben", "\\@smith2020", "@smith2020 [p. 3]", "```", "~~~", "\n\n", "\n", " ", "# ", "- ",
     "> ", "1. ", "    ", "\t", "<!-- ", " -->", "<div>", "</div>", ":::", "::: {.x}", "[", "](u)",
     "]", "](https://x.org/(a_b)", "![", "*", "**", "_", "~~", "|", "|-|", "---", "===", "text",
     "a@b.org", "https://x.org/@smith2020_a", "[^1]", "[^1]: ", "$$", "$", "\\(", "\\)", "\\[",
     "\\]", "<b>", "</b>", "<sup>", "2", "</sup>", "<br>", "é", "\\", "`", "{#eq-x}", "{.x}",
     "(label)=", "% ",
     "+ ", ": ", "Table: x", "|a|b|\n|-|-|\n|c|d|\n", "[x]: http://y.z", "\\begin{x}", "\\end{x}",
     "{", "}", "\\label{eq:x}", "@", "doi:10.1/x_y", "- [ ] ", "^", "&amp;", "'", '"']
)  # fmt: skip
NOTES = st.lists(PARTS, max_size=16).map("".join) | st.text(max_size=30)
PLAIN = {"Para", "Plain", "BlockQuote", "BulletList", "OrderedList", "CodeBlock", "Table",
         "HorizontalRule", "Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Strikeout",
         "Code", "Math", "Link", "Cite", "Quoted"}  # fmt: skip
#: What stands in the tree to say how something else is.
MANNERS = {"InlineMath", "DisplayMath", "DefaultStyle", "DefaultDelim", "Decimal", "Period",
           "AlignDefault", "AlignLeft", "AlignRight", "AlignCenter", "ColWidthDefault", "ColWidth",
           "NormalCitation", "AuthorInText", "SuppressAuthor", "SingleQuote",
           "DoubleQuote"}  # fmt: skip
AFTER = "## After\n\n- one\n\n```\ncode\n```\n\n[link](https://x.org)"


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        ("A *b* **c** `d`", "A *b* **c** `d`"),
        ("see [@smith2020, p. 3], @old and @ben", r"see [@smith2020, p. 3], @lee2021 and \@ben"),
        ("[@nobody1999; @smith2020]", r"\[\@nobody1999; @smith2020\]"),
        ("@smith2020 [p. 3] [sic]", r"@smith2020 [p. 3] \[sic\]"),
        ("# Big\ntext", "**Big**\n>\n> text"),
        ("$x^2$ costs $5, \\(y\\)2", r"$x^2$ costs \$5, $y$&#50;"),
        ("$$a\n\\label{eq:a}$$ {#eq-b}", "$$a$$\\\n> \\{\\#eq-b\\}"),
        ("$a{b$ $c}$", r"\$a\{b\$ \$c\}\$"),
        ("$a<b$", "$a< b$"),
        ("H<sub>2</sub>O <b>x</b> <T>", r"H$_{2}$O **x** \<T\>"),
        ("- a\n  1. b\n- [x] c", "- a\n>   1. b\n> - ☒ c"),
        ("> a\n> > b\n\nc", "> a\n> >\n> > > b\n>\n> c"),
        ("```py\na\n\n```b", "````py\n> a\n>\n> ```b\n> ````"),
        ("[a](https://x.org) [b](javascript:x)", "[a](https://x.org) b"),
        ("![p](https://x.org/p.png)", r"[\[picture: p\]](https://x.org/p.png)"),
        ("|a|b|\n|-|:-:|\n|1|`2`|", "| a | b |\n> | --- | :---: |\n> | 1 | `2` |"),
        ("a\nb", "a\\\n> b"),
    ],
)
def test_what_a_note_means_is_kept(note: str, quoted: str) -> None:
    assert quote(note, "ana", KEYS) == f"> {quoted}\n>\n> — ana"


def types(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(types, node))
    if isinstance(node, dict):
        return {node["t"], *types(node.get("c"))} if "t" in node else types([*node.values()])
    return set()


def blocks_of(*texts: str) -> list[list[Any]]:
    read = read_fragments([("markdown", text) for text in texts])
    return [each or [] for each in read]


@given(st.lists(NOTES, min_size=1, max_size=5))
@example(["- a\n1. b\n(c) d\n# e\n===\n---\n    code\n| t |\n|---|\n: d\n::: x"])
@example(
    ["```python\ncode\n\n~~~\n$$\nx\n$$\n</td>\n<!-- x", "> > a\n> b\n\n>\n> ```", "$$x$$ {#eq-x}"]
)
@example(
    ["|a|\n|-|\n|`x|y`|\n\nTable: t {#tbl-x}", "<div>\n\n# x", "::: {#refs}\n:::", "1. \n2. -"]
)
@example(
    ["\\(x\\)3 $a$\\(b\\)", "a ^[x] b[^1]\n\n[^1]: c", "---\ntitle: x\n---", "- ___\n- `\u0085`"]
)
@settings(deadline=None, max_examples=40)
def test_the_quotation_ends_where_the_note_ends(notes: list[str]) -> None:
    quoted = [quote(note, "ana, 4 of 5", KEYS) for note in notes]
    (before, after), *read = [blocks_of("Before.", AFTER), *blocks_of(*(
        f"Before.\n\n{each}\n\n{AFTER}" for each in quoted))]  # fmt: skip
    for note, blocks in zip(notes, read, strict=True):
        assert blocks[:1] == before, note
        assert blocks[2:] == after, note
        assert blocks[1]["t"] == "BlockQuote", note
        assert types(blocks[1]) <= PLAIN | MANNERS, note
        assert plain_text(blocks[1]["c"][-1:]).strip() == "— ana, 4 of 5", note
        cited = {one["citationId"] for cite in found([blocks[1]], "Cite") for one in cite["c"][0]}
        assert cited <= set(KEYS.values()), note
        for link in found([blocks[1]], "Link"):
            assert link["c"][2][0].startswith(("http", "mailto:")), note
    text = "\n\n".join(quoted)
    scanned = cited_keys("note.md", text.encode("utf-8", "replace"), set(KEYS.values()))
    assert scanned.unknown == () and not scanned.everything


@given(NOTES)
@settings(deadline=None)
def test_other_readers_see_one_quotation_as_well(note: str) -> None:
    tokens: Any = mistune.create_markdown(renderer="ast", plugins=["table", "math", "url"])(
        f"{quote(note, 'ana', KEYS)}\n\nafter"
    )
    assert [token["type"] for token in tokens if token["type"] != "blank_line"] == [
        "block_quote",
        "paragraph",
    ]


_WORDS = st.text(alphabet="\\`*_{}[]<>#$@|~^&-+=:.)(1a!\"' \n\t/", max_size=30)


@given(_WORDS)
@settings(deadline=None, max_examples=60)
def test_a_question_stays_in_its_line(said: str) -> None:
    (blocks,) = blocks_of(f"- ana asks: “x{spoken(said, KEYS)}” y")
    assert [block["t"] for block in blocks] == ["BulletList"]
    assert len(blocks[0]["c"]) == 1 and len(blocks[0]["c"][0]) == 1
    assert types(blocks) <= PLAIN | MANNERS
