"""Renaming a key changes the citations of it and no other byte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citations import cited_keys, rename_uses
from reviewkit.errors import FormatError, ValueRefusedError

KNOWN = ["smith2020tea", "lee2019"]

MARKDOWN = """\
---
title: "@smith2020tea"
---
# Tea, after @smith2020tea

[see @smith2020tea, p. 3; @lee2019] and _@smith2020tea_, mail a@smith2020tea.org.
{cite:p}`lee2019, smith2020tea` \\citep[p. 2]{lee2019, smith2020tea} `@smith2020tea`
@{smith2020tea}
<cite data-cite="smith2020tea">(Smith)</cite> @smith2020teab smith2020tea.

    @smith2020tea in code
"""


def test_every_way_of_citing_in_markdown() -> None:
    data, uses = rename_uses("a.md", MARKDOWN.encode(), "smith2020tea", "smith2020green")
    text = data.decode()
    assert uses == 8
    assert cited_keys("a.md", data, ["smith2020green", "smith2020teab"]).unknown_keys == (
        "lee2019",
    )
    for kept in ("a@smith2020tea.org", "`@smith2020tea`",
                 "@smith2020teab smith2020tea.", "    @smith2020tea in code"):  # fmt: skip
        assert kept in text
    back, again = rename_uses("a.md", data, "smith2020green", "smith2020tea")
    assert (back, again) == (MARKDOWN.encode(), 8)


LATEX = (
    "\\documentclass{article} % \\cite{smith2020tea}\r\n"
    "\\begin{document}\r\n\\parencites[1]{smith2020tea}[2]{lee2019}\r\n"
    "\\nocite{ smith2020tea ,lee2019}\r\n\\verb|\\cite{smith2020tea}|\r\n\\end{document}\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_of_latex_stay(encoding: str) -> None:
    given_ = LATEX.encode(encoding)
    data, uses = rename_uses("a.tex", given_, "smith2020tea", "x")
    assert uses == 2
    assert data == (
        LATEX.replace("[1]{smith2020tea}", "[1]{x}").replace("{ smith2020tea ", "{ x ")
    ).encode(encoding)  # fmt: skip


def notebook(*sources: object, **more: object) -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in sources]
    cells.append({"cell_type": "code", "source": 'project["smith2020tea"]', "outputs": []})
    return json.dumps({"cells": cells, "nbformat": 4, **more}, indent=1).encode()


def test_only_the_sources_of_text_cells_change_in_a_notebook() -> None:
    given_ = notebook(
        ["# @smith2020tea\n", 'é "quoted" \\cite{smith2020tea}\t\U0001f375 [@smith2020tea]'],
        "no citation",
        metadata={"source": "[@smith2020tea]", "cells": ["@smith2020tea"]},
    )
    data, uses = rename_uses("n.ipynb", given_, "smith2020tea", "tea\u00e92020")
    assert uses == 3
    new, was = json.loads(data), json.loads(given_)
    assert new["metadata"] == was["metadata"]
    assert new["cells"][2] == was["cells"][2]
    assert new["cells"][0]["source"] == [
        "# @teaé2020\n",
        'é "quoted" \\cite{teaé2020}\t\U0001f375 [@teaé2020]',
    ]
    back, _ = rename_uses("n.ipynb", data, "tea\u00e92020", "smith2020tea")
    assert back == given_


def test_a_notebook_of_format_3_has_its_cells_in_sheets() -> None:
    sheet = {"cells": [{"cell_type": "markdown", "source": "@smith2020tea"}]}
    data = json.dumps({"worksheets": [sheet, sheet]}).encode()
    renamed, uses = rename_uses("n.ipynb", data, "smith2020tea", "b")
    assert uses == 2
    assert b"smith2020tea" not in renamed


def test_a_key_that_pandoc_would_cut_is_put_in_braces() -> None:
    data, _ = rename_uses("a.md", b"As @lee2019 says [@lee2019].", "lee2019", "doi:10.1/a(b)")
    assert data == b"As @{doi:10.1/a(b)} says [@{doi:10.1/a(b)}]."


def test_what_cannot_be_cited_or_read_is_refused() -> None:
    with pytest.raises(ValueRefusedError, match="cannot cite"):
        rename_uses("a.tex", b"\\cite{lee2019}", "lee2019", "a,b")
    with pytest.raises(ValueRefusedError, match="UTF-8"):
        rename_uses("a.tex", b"\xe9 \\cite{lee2019}", "lee2019", "\u8336")
    with pytest.raises(FormatError, match="not a notebook"):
        rename_uses("a.ipynb", b"{", "lee2019", "b")
    twice = b'{"cells": [{"cell_type": "markdown", "source": "@lee2019", "source": "x"}]}'
    with pytest.raises(FormatError, match="twice"):
        rename_uses("a.ipynb", twice, "lee2019", "b")


pieces = st.lists(
    st.sampled_from(
        ["@lee2019", "[", "]", "; ", "`", "\n", "\n\n", "\\cite{lee2019}", "$", " ", "x", "é",
         "@lee2019.", "_@lee2019_", "<b>", "{cite}`lee2019`", "~~~\n", "\\", '"', "\U0001f375"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.lists(pieces, min_size=1, max_size=3), st.booleans())
def test_renaming_and_back_gives_the_same_bytes(texts: list[str], as_notebook: bool) -> None:
    name, data = (
        ("n.ipynb", notebook(*texts)) if as_notebook else ("a.md", "\r\n\r\n".join(texts).encode())
    )
    before = cited_keys(name, data, KNOWN)
    renamed, uses = rename_uses(name, data, "lee2019", "zhu2021b")
    assert (uses > 0) == ("lee2019" in before.keys)
    assert "lee2019" not in cited_keys(name, renamed, KNOWN).keys
    back, again = rename_uses(name, renamed, "zhu2021b", "lee2019")
    assert (back, again) == (data, uses)
