"""drafts: a survey as a notebook that runs."""

import ast
import json

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citations import cited_keys
from reviewkit.drafts import build
from reviewkit.drafts.cells import source_of
from reviewkit.errors import ValueRefusedError
from reviewkit.records import Note, Paper, Review


def paper(citekey: str, *tags: str, title: str = "A title", notes: tuple[str, ...] = ()) -> Paper:
    review = Review("ana", "read", 4, tags, tuple(Note(str(n), t) for n, t in enumerate(notes)))
    return Paper(citekey, citekey, "article", title, ("Ana Ochoa",), 2020, tags=tags, score=4,
                 reviews=(review,))  # fmt: skip


LIBRARY = [
    paper("one2020", "split computing", "NAS", notes=("Table 3.",)),
    paper("two2021", "nas"),
    paper("three2022"),
    Paper("unread2023", "4", "article", "Nobody read it"),
]


def source(draft_cells: list[dict[str, object]], role: str) -> list[str]:
    return [source_of(c) for c in draft_cells if c["metadata"]["reviewkit"]["role"] == role]  # type: ignore[index]


def test_sections_by_tag_the_largest_first_and_others_last() -> None:
    draft = build(LIBRARY, title="Efficient *deep* learning", project="..")
    assert draft.sections == ("NAS", "Split computing", "Other papers")
    assert draft.papers == 3
    cells = draft.notebook["cells"]
    assert source(cells, "title") == [r"# Efficient \*deep\* learning"]
    nas, split, other = source(cells, "papers")
    assert "[@one2020]" in nas
    assert "[@two2021]" in nas
    assert "[@one2020]" in split
    assert "> Table 3.\n>\n> — ana, 4 of 5" in split
    assert "[@three2022]" in other
    assert "unread2023" not in json.dumps(draft.notebook)
    assert cells[-1]["id"] == "rk-bibliography"
    assert source(cells, "bibliography")[0].count("\n- ") == 3
    assert draft.message == "3 sections with 3 papers: 13 cells added, 0 refreshed."


def test_it_is_a_notebook_whose_cells_are_python() -> None:
    hostile = [paper("k2020", 'a"]); import os  # \\', title="\n# x")]
    notebook = build([*LIBRARY, *hostile], project='a"b\\').notebook
    nbformat.validate(notebook)
    code = [source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    calls = [
        node for text in code for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
    ]
    strings = {n.value for call in calls for n in ast.walk(call) if isinstance(n, ast.Constant)}
    assert {'a"]); import os  # \\', 'a"b\\', "NAS"} <= strings
    assert all("import os" not in ast.unparse(n) for t in code for n in ast.parse(t).body
               if isinstance(n, ast.Import))  # fmt: skip


@pytest.mark.parametrize("papers", [[], LIBRARY])
def test_the_comparison_of_any_papers_is_a_frame(papers: list[Paper]) -> None:
    setup = source(build(LIBRARY).notebook["cells"], "setup")[0]
    function = next(n for n in ast.parse(setup).body if isinstance(n, ast.FunctionDef))
    scope = {"pd": pd}
    exec(compile(ast.unparse(function), "setup", "exec"), scope)
    frame = scope["comparison"](papers)  # type: ignore[operator]
    assert list(frame.index) == [each.citekey for each in papers]
    assert "score" in frame.columns


def test_an_empty_library_says_why_there_are_no_sections() -> None:
    draft = build([LIBRARY[-1]])
    assert "no sections" in draft.message
    assert "Nothing is cited yet" in source(draft.notebook["cells"], "bibliography")[0]


def test_what_a_person_cites_joins_the_references() -> None:
    draft = build(LIBRARY, also_cited={"unread2023", "nobody"})
    assert "**unread2023**" in source(draft.notebook["cells"], "bibliography")[0]


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(ValueRefusedError, match=r"'mood'.*tag"):
        build(LIBRARY, by="mood")


_HOSTILE = [
    "[@ben2021]", "@ben2021", "- @ben2021", r"\cite{ben2021}", "`", "```", "~~~", "$", "$$", "#",
    "</td>", "<cite data-cite='ben2021'>", "<!--", "-->", "{cite}`ben2021`", "    code", "---",
    "===", "> x", "|", "\\", "[x]: https://x.org", "https://x.org/@ben2021", "1. x", ":::", "*",
    "_", "\n", "\n\n", " ", "text", "&lt;", "#cite(<ben2021>)", "@{ben2021}",
    "\u202e", "\x00", "\ud800",
]  # fmt: skip
_text = st.lists(st.sampled_from(_HOSTILE), max_size=12).map("".join) | st.text(max_size=30)


@given(_text, _text, _text, st.text(max_size=10))
def test_no_text_of_a_library_adds_a_citation_or_breaks_the_notebook(
    title: str, first: str, second: str, tag: str
) -> None:
    papers = [paper("ana2020", "NAS", title=title, notes=(first, second)), paper("cleo", tag)]
    draft = build(papers, title=title)
    data = json.dumps(draft.notebook).encode("utf-8")
    found = cited_keys("draft.ipynb", data, {"ana2020", "ben2021", "cleo"})
    assert set(found.keys) == {"ana2020", "cleo"}
    assert found.unknown == ()
    assert not found.everything
    for text in source(draft.notebook["cells"], "papers"):
        assert all(line.startswith(("> ", ">", "**", "Ana", "A")) or not line
                   for line in text.split("\n") if "@ana2020" not in line)  # fmt: skip
    assert build(papers, title=title, previous=json.loads(data)).notebook == json.loads(data)
