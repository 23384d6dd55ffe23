"""markup: one paper as static HTML and text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.markup import (
    paper_card_html,
    paper_card_text,
    papers_table_html,
    papers_table_text,
)
from reviewkit.records import Conflict, ConflictValue, Link, Note, Paper, PaperRow, Review

TAGS = {"div", "span", "a", "code", "details", "summary", "table", "thead", "tbody", "tr", "th",
        "td", "b", "br"}  # fmt: skip
ATTRIBUTES = {"style", "href", "rel", "target", "role", "aria-label", "title", "scope"}


class Strict(HTMLParser):
    """Refuses tags and attributes that are not ours, and tags that do not close in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.links: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        given = dict(attrs)
        if tag == "a":
            assert given["href"] is not None
            assert given["href"].lower().startswith(("http://", "https://"))
            assert given["rel"] == "noopener"
            self.links.append(given["href"])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


PAPER = Paper(
    citekey="ana2020fast",
    id="1",
    type="article",
    title="Fast & <b>small</b>",
    authors=("Ana Ochoa", "Bo Li"),
    year=2020,
    venue="ICLR",
    urls=("https://x.org/page", "ftp://x.org"),
    links=(
        Link("https://x.org/page?a=1&b=2", "Page", "page"),
        Link("javascript:alert(1)", "Code", "code"),
    ),
    abstract="2.25times",
    abstract_display="2.25× faster\non phones",
    tags=("NAS",),
    score=3.5,
    disagreement=1,
    reviews=(
        Review("ana", "read", 4, ("NAS",), (Note("n", "One\n\n<script>"), Note("m", "Two"))),
        Review("ben", rating=3),
        Review("cleo"),
    ),
    conflicts=(
        Conflict(
            "ana2020fast",
            "ben",
            "rating",
            (
                ConflictValue("1", 3, "ben", "2026-03-01T10:00:00Z", "panel"),
                ConflictValue("2", None, "ana", None, "csv"),
            ),
        ),
    ),
)


def test_the_card_shows_the_paper_and_everybodys_reviews() -> None:
    page = Strict(paper_card_html(PAPER, "ben"))
    for text in (
        "Fast & <b>small</b>",
        "Ana Ochoa, Bo Li",
        "ICLR · 2020 · ana2020fast",
        "2.25× faster",
        "One<script>",
        "3.5 from 2 ratings, 1 apart",
        "Code: javascript:alert(1)",
        "rating of ben is 3 (by ben, 2026-03-01) or nothing (by ana)",
        "★★★★☆",
    ):
        assert text in page.text
    assert page.text.index("ben (you)") < page.text.index("read")
    assert "cleo" not in page.text
    assert page.links == ["https://x.org/page", "https://x.org/page?a=1&b=2"]
    assert 'aria-label="4 of 5"' in paper_card_html(PAPER, None)


def test_the_card_as_text() -> None:
    assert paper_card_text(PAPER, "ben") == (
        "Fast & <b>small</b>\n"
        "Ana Ochoa, Bo Li\n"
        "ICLR · 2020 · ana2020fast\n"
        "https://x.org/page\n"
        "ftp://x.org\n"
        "https://x.org/page?a=1&b=2\n"
        "javascript:alert(1)\n"
        "★★★½☆ 3.5 from 2 ratings, 1 apart\n"
        "Conflict: rating of ben is 3 (by ben, 2026-03-01) or nothing (by ana)\n"
        "\n"
        "ben (you): ★★★☆☆\n"
        "\n"
        "ana: ★★★★☆ read [NAS]\n"
        "    One\n"
        "\n"
        "    <script>\n"
        "    Two"
    )


def test_a_paper_of_which_nothing_is_known() -> None:
    bare = Paper("k", "1", "misc", "")
    assert "No reviews yet" in Strict(paper_card_html(bare, None)).text
    assert paper_card_text(bare, None) == "(no title)\nk"


@pytest.mark.parametrize(
    ("rating", "stars"), [(1, "★☆☆☆☆"), (5, "★★★★★"), (2.5, "★★½☆☆"), (0, "☆☆☆☆☆"), (9, "★★★★★")]
)
def test_stars(rating: float, stars: str) -> None:
    paper = Paper("k", "1", "misc", "T", reviews=(Review("ana", rating=rating),))
    assert f"ana: {stars}" in paper_card_text(paper, None)


_nasty = st.sampled_from(
    ["</td>", "<script>alert(1)</script>", '" onload="x', "'", "&lt;", "<!--", "]]>", "\x1b[31m",
     "\x00", "\u202e", "\ud800", "\n", "javascript:x", "https://x.org/\"><img src=x>",
     "https://x.org", "<a href=x>", "`", "$x$"]
)  # fmt: skip
_text = st.lists(_nasty, max_size=4).map("".join) | st.text(max_size=12)


@given(st.lists(_text, min_size=12, max_size=12), st.floats(1, 5) | st.none())
def test_no_text_becomes_markup_or_reaches_a_terminal(t: list[str], rating: float | None) -> None:
    paper = Paper(
        t[0], "1", t[1], t[2], (t[3],), 2020, t[4], t[5], t[6], (t[7],), (Link(t[8], t[9], "x"),),
        t[10], None, (), (t[11],), rating, rating,
        (Review(t[0], t[1], rating, (t[2], t[3]), (Note(t[4], t[5]), Note(t[6], t[7]))),),
        (Conflict(t[0], t[8], t[9], (ConflictValue(t[1], t[2], t[3], t[4], t[5]),)),),
    )  # fmt: skip
    row = PaperRow(t[0], t[1], t[2], 2020, t[3], (t[4], t[5]), rating, rating, 1, t[6], rating, 1)
    for markup in (paper_card_html(paper, t[0]), papers_table_html([row], 2)):
        Strict(markup)
        markup.encode("utf-8")
    for text in (paper_card_text(paper, t[0]), papers_table_text([row], 2)):
        text.encode("utf-8")
        assert not set(text) & set("\x00\x1b\x07\r\u202e")
