"""Whatever a cell says, its citations are those that pandoc itself sees in it."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit import pandoc
from reviewkit.publishing import build
from reviewkit.publishing.fences import for_pandoc
from reviewkit.publishing.fragments import READERS
from reviewkit.publishing.tree import found
from tests.publishing.hands import blocks_of, flat, md, nothing

PARTS = st.sampled_from(
    ["[@smith2020fast]", "@o.hara:2022", "[see @lee2021chapter, p. 3; -@smith2020fast]",
     "@{o.hara:2022}", "`@smith2020fast`", "$@smith2020fast$", "\\@smith2020fast", "```", "~~~",
     "\n\n", "\n", " ", "# ", "- ", "> ", "1. ", "    ", "<!-- ", " -->", "<div>", "</div>", ":::",
     "::: {.x}", "[", "](u)", "*", "**", "_", "|", "|-|", "---", "text", "a@b.org",
     "https://x.org/@smith2020fast", "[^1]", "[^1]: ", "$$", "<b>", "</b>", "é", "\\"]
)  # fmt: skip
TEXT = st.lists(PARTS, max_size=14).map("".join)


def by_pandoc(text: str) -> list[str]:
    """The keys of the citations that pandoc sees in the text alone."""
    return keys(json.loads(pandoc.run(for_pandoc(text), READERS["markdown"], "json"))["blocks"])


def keys(blocks: object) -> list[str]:
    return [one["citationId"] for cite in found(blocks, "Cite") for one in cite["c"][0]]


@given(st.lists(TEXT, min_size=1, max_size=3))
@example(["```\n[@smith2020fast]", "[@lee2021chapter]"])
@example(["<div>", "[@smith2020fast]\n\n</div>"])
@example(["<!-- [@smith2020fast]", "@lee2021chapter -->"])
@example(["[@smith2020fast]: u", "[@smith2020fast]"])
@example(["---\n", "@smith2020fast\n---"])
@settings(deadline=None, max_examples=10)
def test_the_same_citations(texts: list[str]) -> None:
    wanted = [key for text in texts for key in by_pandoc(text)]
    # The title would be taken out of the blocks, and what follows "Abstract" as well.
    manuscript = flat(md("# Title"), *map(md, texts), title="T", abstract="A")
    made = build("a.ipynb", manuscript, {key: key for key in wanted}, nothing)
    assert keys(blocks_of(made)) == wanted
