"""citations: keys cited in Markdown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citations import cited_keys

KNOWN = {"ana2020", "ben2021", "cleo", "doe:2020", "10.1145/3292500.3330701", "https://x.org/k"}


def scan(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = cited_keys("paper.md", text.encode(), KNOWN)
    return found.keys, found.unknown_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@ana2020]", "ana2020"),
        ("[see @ana2020, p. 3; also @ben2021]", "ana2020 ben2021"),
        ("@cleo [p. 3] says", "cleo"),
        ("[-@cleo] and -@ben2021", "cleo ben2021"),
        ("@ana2020's and @ben2021. Then @doe:2020:", "ana2020 ben2021 doe:2020"),
        ("(@ana2020)--@ben2021", "ana2020 ben2021"),
        ("_@ana2020_ **@ben2021** @cleo<br>", "ana2020 ben2021 cleo"),
        ("@{https://x.org/k} and @doe:2020", "https://x.org/k doe:2020"),
        ("@https://x.org/k is a key", "https://x.org/k"),
        ("@10.1145/3292500.3330701.", "10.1145/3292500.3330701"),
        ("{cite}`ana2020` {cite:p}`ben2021,cleo`", "ana2020 ben2021 cleo"),
        ("{cite:t}`{see, e.g.,}ana2020{ch. 2}; ben2021`", "ana2020 ben2021"),
        (r"\cite{ana2020,ben2021} \citep[see][p.~3]{cleo}", "ana2020 ben2021 cleo"),
        ('<cite data-cite="ana2020,cleo">(Ana)</cite>', "ana2020 cleo"),
        ("#cite(<ana2020>)", "ana2020"),
        (r"`\cite{ana2020}`{=latex}", "ana2020"),
        ("```{=latex}\n% \\cite{cleo}\n\\cite{ana2020}\n```", "ana2020"),
        ("```{note} on @cleo\n[@ana2020]\n```\n@ben2021", "cleo ana2020 ben2021"),
        ("- item\n\n    [@ana2020] in the item", "ana2020"),
        ("[^1]: Note.\n\n    [@ana2020] in the note", "ana2020"),
        ("> quoted [@ana2020]", "ana2020"),
        ("| a | b |\n|---|---|\n| [@ana2020] | @cleo |", "ana2020 cleo"),
        ("It costs $5 [@ana2020] or $6.", "ana2020"),
        (r"\<!-- shown [@ana2020] --> and \`<code>` @cleo", "ana2020 cleo"),
        ("a lone ` and [@ana2020]", "ana2020"),
        ("[the paper of @ana2020](https://x.org)", "ana2020"),
        ("---\nabstract: by [@ana2020]\n---\ntext", "ana2020"),
        ("@ben2021 @ana2020 @ben2021", "ben2021 ana2020"),
    ],
)
def test_ways_of_citing(text: str, keys: str) -> None:
    assert scan(text) == (tuple(keys.split()), ())


@pytest.mark.parametrize(
    "text",
    [
        "mail ana@cleo or x@ben2021.org",
        r"\@cleo",
        "`@cleo` ``a ` @cleo``",
        "```\n@cleo\n```",
        "~~~~ python\n~~~\n@cleo\n~~~~",
        "> ```\n> @cleo\n> ```",
        "text\n\n    @cleo\n    def f(): pass\n\n    @ben2021",
        "\t@cleo",
        "```{code-cell} python\n@cleo\n```",
        "```{python}\n@cleo\n```",
        "$x @cleo y$ and $$\n@cleo\n$$",
        "\\begin{align}\nx @cleo\n\n@cleo\n\\end{align}",
        "https://x.org/@cleo/post and <https://x.org/@cleo>",
        "[text](https://x.org/@cleo) ![](icon@cleo.png)",
        "<!-- @cleo\n\n[@ben2021] -->",
        "text <!-- @cleo --> text",
        "<style>\n@cleo screen\n\n@ben2021 {}\n</style>",
        "<pre>@cleo</pre> <code>@cleo</code>",
        '<a href="x" title="@cleo">y</a>',
        "{math}`@cleo` {ref}`cleo`",
        "@property and @media and @nobody",
        "see [@handle](https://github.com/handle)",
        "[@fig-one; @sec-two] @tbl-3000 @fig:2020",
    ],
)
def test_no_citations(text: str) -> None:
    assert scan(text) == ((), ())


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("[@nobody]", "nobody"),
        ("[see @nobody, p. 3; @ana2020]", "nobody"),
        ("@nobody2020", "nobody2020"),
        (r"\cite{nobody}", "nobody"),
        ("{cite}`nobody`", "nobody"),
        ('<cite data-cite="nobody">x</cite>', "nobody"),
        ("@ana2020-based", "ana2020-based"),
        ("[@Ana2020]", "Ana2020"),
    ],
)
def test_keys_that_the_library_lacks(text: str, unknown: str) -> None:
    assert scan(text)[1] == tuple(unknown.split())


def test_all_papers_are_asked_for() -> None:
    assert cited_keys("a.qmd", b"---\nnocite: |\n  @*\n---\n", KNOWN).everything
    assert cited_keys("a.md", rb"\nocite{*}", KNOWN).everything
    assert not cited_keys("a.md", b"@* and [@ana2020]", KNOWN).everything


def test_the_first_use_has_its_line() -> None:
    found = cited_keys("a.md", b"\xef\xbb\xbfone\r\ntwo @cleo\r\n\r\n@cleo [@nobody]", KNOWN)
    assert [(use.key, use.line, use.where) for use in found.known] == [("cleo", 2, "line 2")]
    assert [(use.key, use.line) for use in found.unknown] == [("nobody", 4)]


# Pieces of a document, each with the keys it cites; joined they cite all of them in order.
_PIECES = [
    ("Text about [@ana2020, p. 3].", ["ana2020"]),
    ("As @ben2021 says, `code @cleo` is no citation.", ["ben2021"]),
    ("```python\n@cleo\n\ndef f(): pass\n```", []),
    ("- one [@cleo]\n- two\n\n  more", ["cleo"]),
    ("# Heading `with @cleo`", []),
    ("<!--\nhidden @cleo\n\n@ben2021\n-->", []),
    ("Cost: $5, then \\$6 and {cite:p}`doe:2020`.", ["doe:2020"]),
    ("$$\nx @cleo\n$$", []),
    (r"\textcite[see][3]{ana2020, cleo}", ["ana2020", "cleo"]),
    ("> quoted\n> \\@cleo and me@ben2021", []),
    ("An unmatched ` and * and [ and <", []),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_a_document_cites_what_its_parts_cite(pieces: list[tuple[str, list[str]]]) -> None:
    text = "\n\n".join(piece for piece, _ in pieces)
    expected = list(dict.fromkeys(key for _, keys in pieces for key in keys))
    assert scan(text) == (tuple(expected), ())


@given(st.text(alphabet="@[]{}`$<>!-/\\a2;: \n\tcite~", max_size=60))
def test_any_text_can_be_scanned(text: str) -> None:
    found = cited_keys("a.md", text.encode(), KNOWN)
    assert set(found.keys) <= KNOWN
    assert not set(found.unknown_keys) & KNOWN
    assert all(use.line <= text.count("\n") + 1 for use in (*found.known, *found.unknown))


@pytest.mark.parametrize(
    "piece",
    ["`", "$a ", "[", "<a", "`a ``b ", "@a/", "{cite}`", "<cite ", "](", "\\begin{align}",
     "<!--", "<code>", "\\cite[", "\\cite{", "[@a ", " ", "> ", "~~~\n", "- "],
)  # fmt: skip
def test_hostile_text_stays_cheap(piece: str) -> None:
    began = time.process_time()
    for name in ("a.md", "a.tex"):
        cited_keys(name, (piece * (40_000 // len(piece))).encode(), KNOWN)
    assert time.process_time() - began < 3


def test_a_comment_that_never_closes_is_looked_for_once() -> None:
    began = time.process_time()
    assert cited_keys("a.md", b"x <!--" * 100_000 + b" @cleo", KNOWN).keys == ("cleo",)
    assert time.process_time() - began < 3
