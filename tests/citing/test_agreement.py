"""The fast scan of our own, which knows places, finds what pandoc finds."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.citations import markdown
from reviewkit.citations.found import readings
from reviewkit.citing import citations

KEYS = [
    "a",
    "smith2020",
    "doe:2020",
    "a_b",
    "Ünï-3",
    "10.1145/329.33",
    "DBLP:conf/x/Y17",
    "a.b",
    "k+v",
]
SHAPES = [
    "@{}", "[@{}]", "[-@{}]", "[see @{}, p. 3]", "[@{}; @b, ch. 2]", "@{} [p. 4]", "(@{})",
    "*@{}*",
    "**[@{}]**", "“@{}”", "@{}'s", "@{}, @{}", "me@{}.org", "`@{}`", "``x ` @{}``", "$x@{}$",
    "\\@{}", "https://h.org/@{}", "<https://h.org/@{}>", "[a @{}](http://h.org)", "![@{}](x.png)",
    "<!-- @{} -->", "<b>@{}</b>", "[^@{}]", "@@{}", "x @ {}", "[@{} and @b]{{.mark}}", "@{{{}}}",
    "[@{{{}}}, p. 2]", "~~@{}~~", "@{}.", "@{}: x", "@{}; x", "(see @{})", "word@{}", "-@{}",
    "é@{}",
]  # fmt: skip
#: What looks like a footnote is one citation more to pandoc right after a key, and nowhere else.
MIXED = [shape for shape in SHAPES if shape != "[^@{}]"]
FRAGMENTS = st.builds(
    lambda shape, key: shape.format(key, key), st.sampled_from(MIXED), st.sampled_from(KEYS)
)
LINES = st.builds(
    lambda start, parts: start + " ".join(parts),
    st.sampled_from(["", "", "", "- ", "1. ", "> ", "# ", "> - "]),
    st.lists(FRAGMENTS, min_size=1, max_size=4),
)
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda line: f"```python\n{line}\n```"),
    LINES.map(lambda line: f"~~~\n{line}\n~~~"),
    LINES.map(lambda line: f"    {line}"),
    FRAGMENTS.filter(lambda text: "$" not in text).map(lambda text: f"$$\n{text}\n$$"),
)


def agree(text: str) -> None:
    by_pandoc = {key for cluster in citations(text) for key in cluster.keys}
    scanned = [set(readings(use)) for use in markdown.uses(text, opens_file=False)]
    ours = set().union(*scanned)
    assert by_pandoc <= ours, "pandoc finds more"
    assert all(keys & by_pandoc for keys in scanned), "the scan finds more"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("shape", SHAPES)
def test_one_citation(shape: str, key: str) -> None:
    agree(f"Before {shape.format(key, key)} after.")


@settings(max_examples=100, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join))
@example("(@a) begins a line")
@example("- @a\n\n```python\n@a\n```\n\n    @smith2020")
@example("---\ntitle: '@a'\n---\n\n@b")
def test_random_texts(text: str) -> None:
    agree(text)
