"""Merging and comparing by words: exact, the same both ways, never losing a side's change."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.ops import words

TEXTS = st.text(st.sampled_from("ab \n.,é中🙂\u0301") | st.characters(codec="utf-8"), max_size=60)
DISTINCT = st.lists(st.integers(0, 999), unique=True, min_size=2, max_size=30)


@given(TEXTS)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(words.tokens(text)) == text


@given(TEXTS, TEXTS, TEXTS)
def test_which_side_is_which_does_not_matter(base: str, one: str, other: str) -> None:
    assert words.merge(base, one, other) == words.merge(base, other, one)


@given(TEXTS, TEXTS)
def test_one_sides_edits_and_the_same_edits_count_once(base: str, one: str) -> None:
    assert words.merge(base, one, base) == one
    assert words.merge(base, one, one) == one
    assert words.merge(one, one, one) == one


@given(TEXTS, TEXTS)
def test_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = words.difference(before, after)
    assert "".join(text for kind, text in pieces if kind != words.ADDED) == before
    assert "".join(text for kind, text in pieces if kind != words.REMOVED) == after
    assert all(text for _, text in pieces)


@given(DISTINCT, st.data())
def test_edits_at_different_places_are_all_in_it(numbers: list[int], data: st.DataObject) -> None:
    """Each word is changed, taken out, or left by one of both sides; never by both."""
    base = [f"w{number}" for number in numbers]
    sides: list[list[str]] = [[], []]
    expected: list[str] = []
    for number, word in enumerate(base):
        act = data.draw(st.sampled_from(["same", "same", "changed", "more"]))
        changed = {"same": word, "changed": f"new{number}", "more": f"{word} and more{number}"}[
            act
        ]
        who = data.draw(st.sampled_from([0, 1]))
        sides[who].append(changed)
        sides[1 - who].append(word)
        expected.append(changed)
    merged = words.merge(" ".join(base), " ".join(sides[0]), " ".join(sides[1]))
    assert merged == " ".join(expected)


@pytest.mark.parametrize(
    ("base", "one", "other", "merged"),
    [
        (
            "A good paper.",
            "A very good paper.",
            "A good paper, clear.",
            "A very good paper, clear.",
        ),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", "Zero.\n\nTwo.", "Zero.\n\nTwo.\n\nThree."),
        ("a b c", "a c", "a b c d", "a c d"),
        ("good", "bad", "fine", None),
        ("a", "a b", "a c", None),
        ("a b c", "a c", "a B c", None),
        ("", "one", "other", None),
        ("Über  alles\t x", "Über  alles\t y", "über  alles\t x", "über  alles\t y"),
    ],
)
def test_examples(base: str, one: str, other: str, merged: str | None) -> None:
    assert words.merge(base, one, other) == merged


def test_a_longest_common_subsequence_is_found() -> None:
    rng = random.Random(3)
    for _ in range(500):
        one, other = ([rng.choice("abc") for _ in range(rng.randrange(12))] for _ in "12")
        found = words.common(one, other)
        assert len(found) == _length(one, other)
        assert all(one[i] == other[j] for i, j in found.items())
        assert list(found.items()) == sorted(found.items())
        assert sorted(found.values()) == list(found.values())


def _length(one: list[str], other: list[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        last = row
        row = [0]
        for j, there in enumerate(other):
            row.append(last[j] + 1 if word == there else max(row[-1], last[j + 1]))
    return row[-1]


def test_time_is_bounded_whatever_the_texts_are() -> None:
    rng = random.Random(1)

    def long(alphabet: str, number: int) -> str:
        return " ".join(rng.choice(alphabet) for _ in range(number))

    began = time.perf_counter()
    words.merge(long("ab", 4000), long("ab", 4000), long("ab", 4000))
    words.merge(long(".,", 7900), long(".,", 7900), long(".,", 7900))
    words.merge("x " * 100_000, "y " * 100_000, "x" * 1_000_000)
    # Some tenths of a second; a quadratic comparison takes minutes.
    assert time.perf_counter() - began < 20


def test_beyond_the_most_words_nothing_is_merged() -> None:
    base = "word " * words.MOST_WORDS
    assert words.merge(base + "a", "b " + base + "a", base + "a c") is None
    shorter = "word " * (words.MOST_WORDS - 3)
    assert words.merge(shorter + "a", "b " + shorter + "a", shorter + "a c") is not None
    assert words.difference(base + "a", base + "b") == (
        (words.REMOVED, base + "a"), (words.ADDED, base + "b"))  # fmt: skip


def test_texts_with_hardly_a_word_in_common_are_shown_one_after_the_other() -> None:
    before, after = "Beyond inference: an analysis of servers", "Another title, by two of us"
    assert words.difference(before, after) == ((words.REMOVED, before), (words.ADDED, after))
    kept = words.difference("Beyond inference: an analysis", "Beyond inference: a study")
    assert kept[0] == (words.SAME, "Beyond inference: ")
