"""near: the words that a mistyped word was likely meant to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.near import near

KEYS = ["smith2021", "smith2020deep", "matsubara2022bottlefit", "jones1999", "Müller2020", "x"]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("smith2012", "smith2021"),
        ("Smith2021", "smith2021"),
        ("smth2020deep", "smith2020deep"),
        ("matsubara", "matsubara2022bottlefit"),
        ("bottlefit", "matsubara2022bottlefit"),
        ("matsubara2022", "matsubara2022bottlefit"),
        ("muller2020", "Müller2020"),
        ("X", "x"),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, best: str) -> None:
    assert near(typed, KEYS)[0] == best


@pytest.mark.parametrize("typed", ["", "  ", "qqqqqq", "vaswani2017attention"])
def test_nothing_is_better_than_a_wild_guess(typed: str) -> None:
    assert near(typed, KEYS) == ()


def test_no_more_than_asked_for() -> None:
    many = [f"smith20{n:02}" for n in range(30)]
    assert len(near("smith2099", many, limit=2)) == 2
    assert near("smith2099", many, limit=0) == ()


def test_the_one_meant_is_found_among_a_hundred_thousand() -> None:
    many = [f"author{n % 997}year{n}word{n * 7919 % 10007}" for n in range(100_000)]
    assert near("autor500year40380word5175", [*many, "author500year40380word5175"])[0] == (
        "author500year40380word5175"
    )


@given(st.lists(st.text(max_size=12), unique=True), st.text(max_size=12))
def test_answers_are_words_that_exist_and_an_exact_one_is_first(
    words: list[str], typed: str
) -> None:
    found = near(typed, words)
    assert set(found) <= set(words)
    assert len(set(found)) == len(found) <= 3
    if typed in words and typed.strip():
        assert found[0].strip().casefold() == typed.strip().casefold()
