"""drafts: a survey as a notebook that runs."""

import ast
import json
from dataclasses import replace
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citations import cited_keys
from reviewkit.drafts import Illustration, Survey, build, by_tag, by_topic, by_words, questions
from reviewkit.drafts.cells import source_of
from reviewkit.drafts.front import overview
from reviewkit.drafts.paragraph import paragraph
from reviewkit.drafts.questioncells import EACH, PAPERS
from reviewkit.drafts.questions import asking
from reviewkit.flow import Flow, Source
from reviewkit.records import Conflict, ConflictValue, Note, Paper, Review
from reviewkit.topics import Topic, Topics
from tests.drafts.papers import paper, unread

LIBRARY = [
    paper("one2020", "split computing", "NAS", notes=("Table 3.",)),
    paper("two2021", "nas"),
    paper("three2022"),
    unread("unread2023"),
]


def source(notebook: dict[str, Any], role: str, section: str | None = None) -> list[str]:
    return [
        source_of(cell)
        for cell in notebook["cells"]
        if cell["metadata"]["reviewkit"]["role"] == role
        and section in (None, cell["metadata"]["reviewkit"].get("section"))
    ]


def test_sections_by_tag_the_largest_first_and_others_last() -> None:
    draft = build(by_tag(LIBRARY), Survey(title="Efficient *deep* learning", project=".."))
    assert draft.sections == ("NAS", "Split computing", "Other papers")
    assert draft.papers == 3
    assert source(draft.notebook, "title") == [r"# Efficient \*deep\* learning"]
    assert source(draft.notebook, "heading") == ["## NAS", "## Split computing", "## Other papers"]
    assert "> Table 3.\n>\n> — ana, 4 of 5" in source(draft.notebook, "paper", "one2020")[0]
    assert "unread2023" not in json.dumps(draft.notebook)
    assert source(draft.notebook, "bibliography")[0].count("- ") == 3
    assert draft.message.startswith("3 sections with 3 papers: 2")
    assert draft.message.endswith(" cells added.")


def test_a_paper_of_several_groups_is_told_once_and_named_in_the_others() -> None:
    notebook = build(by_tag(LIBRARY)).notebook
    assert len(source(notebook, "paper", "one2020")) == 1
    assert source(notebook, "elsewhere") == [
        "Also here, but told elsewhere: [@one2020] under *NAS*."
    ]


def test_papers_told_elsewhere_are_cited_together() -> None:
    three = [paper(f"p{n}", "nas", "split computing", "pruning") for n in range(3)]
    notebook = build(by_tag([*three, paper("q", "pruning")])).notebook
    [first, _] = source(notebook, "elsewhere")
    assert first.startswith("Also here, but told elsewhere: [@p0; @p1; @p2] under *")


def test_a_group_a_topic_in_the_topics_order() -> None:
    topics = Topics(
        (
            Topic("b", (), ("two2021",)),
            Topic("a", (), ("one2020", "gone")),
            Topic("c", (), ("x",)),
        ),
        ("three2022",),
    )
    groups = by_topic(LIBRARY, topics)
    assert [(group.name, [p.citekey for p in group.papers]) for group in groups] == [
        ("B", ["two2021"]),
        ("A", ["one2020"]),
        ("Other papers", ["three2022", "unread2023"]),
    ]
    assert [group.key for group in by_words(LIBRARY, {"one2020": ["2020"]}, "year")] == [
        "year:2020",
        "other",
    ]


def test_it_is_a_notebook_whose_cells_are_python() -> None:
    figure = Illustration("years", 'Papers "by" year.\nAll.', 'project.figure("years", papers)')
    survey = Survey(project='a"b\\', file="'x.ipynb", overview=(figure,), authors=("ana",))
    hostile = paper("k2020", 'a"]); import os  # \\', title="\n# x")
    notebook = build(by_tag([*LIBRARY, hostile]), survey).notebook
    nbformat.validate(notebook)
    code = [source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    calls = [
        node for text in code for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
    ]
    strings = {n.value for call in calls for n in ast.walk(call) if isinstance(n, ast.Constant)}
    assert strings == {'a"b\\', "'x.ipynb", "years"}
    assert '#| label: fig-years\n#| fig-cap: "Papers \\"by\\" year. All."' in code[1]
    assert notebook["metadata"]["authors"] == [{"name": "ana"}]


def test_an_empty_library_says_why_there_are_no_sections() -> None:
    draft = build(by_tag([unread("a")]))
    assert "no sections" in draft.message
    assert "Nothing is cited yet" in source(draft.notebook, "bibliography")[0]


ABSTRACT = (
    "Cars are slow. In this paper, we propose Fast, a wheel. It weighs 3 kg. "
    "Fast is 2.25x faster than Slow on ImageNet. It needs 16% less energy than Slow. End."
)


def test_a_paper_is_told_by_its_abstract_and_its_readers() -> None:
    said = (Review("ana", "read", 5), Review("ben", "read", 2, notes=(Note("n", "Why?"),)))
    told = paragraph(
        Paper("k", "k", "article", "T", ("A", "B"), 2020, "V", abstract_display=ABSTRACT,
              score=3.5, disagreement=3, reviews=said),
        {},
    )  # fmt: skip
    assert told == (
        "**T** [@k]\\\nA and B, V, 2020.\n\n"
        "From the abstract: “In this paper, we propose Fast, a wheel.”\n\n"
        "- “Fast is 2.25x faster than Slow on ImageNet.”\n"
        "- “It needs 16% less energy than Slow.”\n\n"
        "Rated 3.5 of 5 on average (ana 5, ben 2). The readers are 3 apart.\n\n"
        "> Why?\n>\n> — ben, 2 of 5"
    )
    assert paragraph(unread("x"), {}) == "**Nobody read it** [@x]"


def test_open_questions_are_asked_by_notes_conflicts_and_ratings() -> None:
    values = (
        ConflictValue("1", 1, "ana", None, "panel"),
        ConflictValue("2", 5, "ben", None, "csv"),
    )
    reviews = (
        Review("ana", None, 1, notes=(Note("n", "Good. But *why*? See https://x.org/?a=b now."),)),
        Review("ben", None, 5),
    )
    conflict = Conflict("k", "ana", "rating", values)
    papers = [
        unread("x"),
        Paper("k", "k", "article", "T", reviews=reviews, disagreement=4, conflicts=(conflict,)),
    ]
    assert [(each.kind, each.by, each.text) for each in questions(papers)] == [
        ("ratings", ("ana", "ben"), "ana 1, ben 5"),
        ("asked", ("ana",), "But *why*?"),
        ("versions", ("ana", "ben"), "rating"),
    ]
    notebook = build(by_tag(papers)).notebook
    assert source(notebook, "questions") == [
        "## Open questions\n\n3 questions are open, on 1 paper."
    ]
    assert source(notebook, "question") == [
        "On @k:\n\n"
        "- How good is it? The ratings are far apart: ana 1, ben 5.\n"
        "- ana asks: “But *why*?”\n"
        "- Two versions of the rating are not settled (ana, ben)."
    ]


def test_of_many_questions_those_that_matter_most_are_told_and_the_others_counted() -> None:
    many = [paper(f"p{n:02}", "x", notes=("Is it so?\n" * (n + 1),)) for n in range(40)]
    apart = replace(paper("apart", "x"), disagreement=3.0)
    notebook = build(by_tag([*many, apart])).notebook
    assert source(notebook, "questions")[0].startswith(
        "## Open questions\n\n821 questions are open, on 41 papers."
    )
    told = source(notebook, "question")
    assert len(told) == PAPERS
    assert told[0].startswith("On @apart:") and told[1].startswith("On @p39:")
    assert told[1].count("- ana asks") == EACH and told[1].endswith(
        "- … and 36 more in its notes."
    )
    (further,) = source(notebook, "further")
    assert further.startswith("435 more questions are open on 29 papers: @p28 (29), @p27 (28), ")
    assert further.endswith("@p00. `project.questions(papers)` lists them all.")


def test_an_answer_to_one_question_stays_while_others_are_renewed() -> None:
    papers = [paper("a", "x", notes=("Why?",)), paper("b", "x", notes=("How?",))]
    first = build(by_tag(papers)).notebook
    cell = next(c for c in first["cells"] if c["metadata"]["reviewkit"].get("section") == "a"
                and c["metadata"]["reviewkit"]["role"] == "question")  # fmt: skip
    cell["source"] = "Because."
    later = [papers[0], paper("b", "x", notes=("How? And when?",)), paper("c", notes=("Who?",))]
    again = build(by_tag(later), previous=first)
    assert sorted(source(again.notebook, "question")) == [
        "Because.",
        "On @b:\n\n- ana asks: “How?”\n- ana asks: “And when?”",
        "On @c:\n\n- ana asks: “Who?”",
    ]
    assert [change.what for change in again.cells("kept")] == ["question a"]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("- [ ] Why so *slow*?\n> 2. Really?", ["Why so *slow*?", "Really?"]),
        ("```\nx ? y : z?\n```\nGood.", []),
        ("`a?` See https://x.org/?", []),
        ("~~~\nopen?", []),
    ],
)
def test_what_a_note_asks(note: str, asked: list[str]) -> None:
    assert asking(note) == asked


def test_the_method_tells_every_count() -> None:
    flow = Flow(
        (Source("references.bib", 4), Source("x*.ris", 7, "2026-11-01", "ana")),
        known=2, merged=1, removed=0, screened=8, excluded=2, reasons=(("off topic", 1),),
        unread=1, read=5, included=5, included_read=5,
    )  # fmt: skip
    method = source(build([], Survey(flow=flow, choice="all of them")).notebook, "method")[0]
    assert (
        "11 records were identified: 4 in references.bib itself; 7 from x\\*.ris, imported on "
        "2026-11-01 by ana. Of these, 2 described a paper that was there already and 1 was merged "
        "into another as its duplicate. 8 papers remained to be screened." in method
    )
    assert (
        "2 papers were excluded (off topic: 1); of the other 6, 5 were read by at least one of us "
        "and 1 was not read yet. This survey tells of 5 papers: all of them. " in method
    )
    assert "| Screened | 8 | papers in the library |" in method


@pytest.mark.parametrize(
    ("excluded", "read", "said"),
    [
        (0, 8, "None was excluded, and all 8 were read by at least one of us. "),
        (7, 1, "7 papers were excluded; the other one was read. "),
        (8, 0, "8 papers were excluded. This survey"),
        (2, 6, "2 papers were excluded, and all 6 others were read by at least one of us. "),
        (
            0,
            0,
            "None was excluded; none of the 8 has been read yet. This survey tells of 3 papers.",
        ),
    ],
)
def test_what_holds_of_all_is_said_of_all(excluded: int, read: int, said: str) -> None:
    flow = Flow((), 0, 0, 0, 8, excluded, (), 8 - excluded - read, read, 3, 3)
    assert said in source(build([], Survey(flow=flow)).notebook, "method")[0]


def test_the_overview_counts_who_rated_what() -> None:
    several = [
        replace(one, reviews=(*one.reviews, Review("ben", None, 2)))
        for one in (paper("a"), paper("b"))
    ]
    assert overview(several).endswith("2 reviewers rated all of them, each by more than one.")
    assert overview([*several, paper("c")]).endswith("rated all of them, 2 by more than one.")
    assert overview([paper("a")]).endswith("1 reviewer rated it.")
    assert overview([paper("a", rating=None)]).endswith("1 reviewer rated none of them.")


_HOSTILE = [
    "[@ben2021]", "@ben2021", "- @ben2021", r"\cite{ben2021}", "`", "```", "~~~", "$", "$$", "#",
    "</td>", "<cite data-cite='ben2021'>", "<!--", "-->", "{cite}`ben2021`", "    code", "---",
    "===", "> x", "|", "\\", "[x]: https://x.org", "https://x.org/@ben2021", "1. x", ":::", "*",
    "_", "\n", "\n\n", " ", "text", "&lt;", "#cite(<ben2021>)", "@{ben2021}", "?", "we propose",
    "2x faster. ", "\u202e", "\x00", "\ud800",
]  # fmt: skip
_text = st.lists(st.sampled_from(_HOSTILE), max_size=12).map("".join) | st.text(max_size=30)


@given(_text, _text, _text, st.text(max_size=10), _text)
def test_no_text_of_a_library_adds_a_citation_or_breaks_the_notebook(
    title: str, first: str, second: str, tag: str, source_name: str
) -> None:
    papers = [
        paper("ana2020", "NAS", title=title, notes=(first, second), abstract=first),
        paper("cleo", tag, abstract=second),
    ]
    flow = Flow((Source(source_name, 1, "2026", "ana"),), 0, 0, 0, 1, 1, ((first, 1),), 0, 0, 0, 0)
    survey = Survey(title=title, authors=(first,), flow=flow)
    draft = build(by_tag(papers), survey)
    data = json.dumps(draft.notebook).encode("utf-8")
    found = cited_keys("draft.ipynb", data, {"ana2020", "ben2021", "cleo"})
    assert set(found.keys) == {"ana2020", "cleo"}
    assert found.unknown == ()
    assert not found.everything
    again = build(by_tag(papers), survey, previous=json.loads(data))
    assert again.notebook == json.loads(data)
    assert again.changes == ()


def test_a_quoted_note_names_its_page() -> None:
    note = Note("a", "The gain is small.", anchor="p4-6")
    read = paper("a2020", "edge")
    review = replace(read.reviews[0], notes=(note, Note("b", "Good.")))
    text = paragraph(replace(read, reviews=(review,)), {})
    assert "> — ana, 4 of 5, on pp. 4–6" in text and text.endswith("> — ana, 4 of 5")


def test_ratings_of_criteria_are_told_with_their_means() -> None:
    told = Paper("k", "k", "article", "T", score=4.0, reviews=(
        Review("ana", rating=4, criteria={"novelty": 4.0, "to_say": 2.0}),
        Review("ben", criteria={"novelty": 3.5}),
    ))  # fmt: skip
    assert paragraph(told, {}).endswith(
        r"Rated 4 of 5 by ana. By criterion: novelty 3.8, to\_say 2."
    )
