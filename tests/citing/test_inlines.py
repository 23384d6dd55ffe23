"""What a processor gives, as HTML, text and Markdown: compared with pandoc's own reading."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.citing import READING, inlines
from reviewkit.citing.parsing import cites, flat
from reviewkit.pandoc import run

#: Signs that mean something in Markdown, HTML or mathematics, and letters around them.
SIGNS = st.sampled_from(list("\\`*_{}[]()#+-.!|~^$@<>&\"':;=%/ ab1é漢"))
TEXTS = st.text(SIGNS, min_size=1, max_size=24).map(lambda text: " ".join(text.split()))


def words(text: str) -> list[Any]:
    """The text as pandoc has it."""
    nodes: list[Any] = []
    for word in text.split(" "):
        nodes += [{"t": "Space"}, {"t": "Str", "c": word}] if nodes else [{"t": "Str", "c": word}]
    return nodes


def reread(markdown: str) -> Any:
    return json.loads(run(markdown, f"{READING}-smart", "json"))["blocks"]


@settings(max_examples=120, deadline=None)
@given(TEXTS.filter(bool))
@example("1. a")
@example("1) a")
@example("- a")
@example("# a")
@example("+ a")
@example("> a")
@example("| a")
@example(": a")
@example("a [b](c) ![d](e) <f> &amp; https://g.org www.h.org i@j.org @k $l$ ~m~ ^n^ `o` *p* _q_")
@example("[^1]: a")
@example("[a]: b")
@example("*[a]: b")
@example("***")
@example("---")
@example("a --- b")
def test_a_text_stays_a_text(text: str) -> None:
    (block,) = reread(inlines.markdown(words(text)))
    assert block["t"] == "Para", block
    assert inlines.plain(block["c"]) == inlines.plain(words(text))
    assert flat(block["c"]) == inlines.plain(words(text))
    assert not list(cites(block))


NODES = {
    "emphasis": {"t": "Emph", "c": words("On 3D U-Nets")},
    "signs at its ends": {"t": "Emph", "c": words("(why?)")},
    "strong": {"t": "Strong", "c": words("7")},
    "emphasis within": {"t": "Emph", "c": [*words("a"), {"t": "Emph", "c": words("b")}]},
    "upper": {"t": "Superscript", "c": words("2")},
    "lower": {"t": "Subscript", "c": words("2")},
    "quoted": {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("a b")]},
    "small capitals": {"t": "SmallCaps", "c": words("Smith")},
    "span": {"t": "Span", "c": [["", ["nocase"], []], words("iPhone")]},
    "address": {
        "t": "Link",
        "c": [["", [], []], words("https://doi.org/10.1/a_b"), ["https://doi.org/10.1/a_b", ""]],
    },
    "link": {"t": "Link", "c": [["", [], []], words("10.1/a_b"), ["https://x.org/(a) b>", ""]]},
    "nothing": {"t": "Emph", "c": []},
}


@pytest.mark.parametrize("name", NODES)
def test_marks_are_read_again(name: str) -> None:
    nodes = [*words("Before"), {"t": "Space"}, NODES[name], {"t": "Space"}, *words("after")]
    (block,) = reread(inlines.markdown(nodes))
    assert inlines.plain(block["c"]) == inlines.plain(nodes)
    kinds = {node["t"] for node in block["c"]}
    if name in ("emphasis", "strong", "upper", "lower", "address", "link"):
        html = name in ("upper", "lower")
        assert {"RawInline" if html else NODES[name]["t"]} <= kinds


def test_html_escapes_all_texts() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    nodes = [
        {"t": "Str", "c": hostile},
        {"t": "Emph", "c": [{"t": "Str", "c": hostile}]},
        {"t": "Code", "c": [["", [], []], hostile]},
        {"t": "Math", "c": [{"t": "InlineMath"}, hostile]},
        {"t": "RawInline", "c": ["html", hostile]},
        {"t": "Link", "c": [["", [], []], words("a"), ['https://x/"><script>', ""]]},
        {"t": "Link", "c": [["", [], []], words("b"), ["javascript:alert(1)", ""]]},
    ]
    made = inlines.html(nodes)
    assert made.count("<img") == 0 and "<script" not in made and "javascript" not in made
    assert made.count("&lt;img") == 4
    assert "javascript" not in inlines.markdown(nodes)


def test_what_stands_in_notes() -> None:
    note = {"t": "Note", "c": [{"t": "Para", "c": words("See a")}, {"t": "Para", "c": words("b")}]}
    nodes = [{"t": "Cite", "c": [[], [*words("Smith"), note]]}]
    assert inlines.plain(nodes) == "Smith"
    assert inlines.plain(inlines.notes(nodes)) == "See a b"
