"""Citations as pandoc reads them."""

import pytest

from reviewkit.citing import Cited, citations


def keys(text: str) -> list[str]:
    return [key for cluster in citations(text) for key in cluster.keys]


def test_what_is_in_a_citation() -> None:
    (one, two, three) = citations('See [e.g. @a, p. 3; -@b], @c [ch. 2] and "@d".')
    assert one.cited == (
        Cited("a", "normal", "e.g.", ", p. 3"),
        Cited("b", "suppressed"),
    )
    assert one.written == "[e.g. @a, p. 3; -@b]"
    assert two.cited == (Cited("c", "in-text", "", "ch. 2"),)
    assert two.written == "@c [ch. 2]"
    assert three.keys == ("d",)


@pytest.mark.parametrize(
    "text",
    [
        "jane@example.org",
        "`@decorator`",
        "```python\n@decorator\n```",
        "$x@y$ and $$@z$$",
        "<!-- @hidden -->",
        "https://example.org/@user",
        "\\@escaped",
        "<style>@media print {}</style>",
        "    @indented",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    "key",
    ["doe:2020", "10.1145/3292500.3330701", "a_b", "Ünï2020", "DBLP:conf/nips/VaswaniSPUJGKP17"],
)
def test_keys_of_other_programs(key: str) -> None:
    assert keys(f"[@{key}; @{key}, p. 1] @{key}. (@{key})") == [key] * 4


def test_a_key_in_braces() -> None:
    assert keys("@{https://x.org/k} [@{a.}, p. 2]") == ["https://x.org/k", "a."]


def test_each_text_is_read_by_itself() -> None:
    texts = [
        "<div> <!-- @a",
        "plain",
        "[@b",
        "---\nx: '@c'\n---",
        "x [^1]\n\n[^1]: @d",
        "@e\n\n```\n",
    ]
    found = citations(texts)
    assert [(c.text, *c.keys) for c in found] == [
        (0, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"),
    ]  # fmt: skip


def test_an_equal_text_stands_at_each_of_its_places() -> None:
    assert [c.text for c in citations(["@same", "x", "@same"])] == [0, 2]


def test_no_text_no_citation() -> None:
    assert citations([]) == ()
    assert citations("") == ()


def test_what_is_meant_as_a_citation() -> None:
    meant = {
        c.keys[0]: c.is_meant()
        for c in citations("@media, @smith2020, [@word], @fig-x, @a [p. 1]")
    }
    assert meant == {"media": False, "smith2020": True, "word": True, "fig-x": False, "a": True}
