"""Words are found in a text however they were typed or copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.claims.wording import is_worded, nearest

TEXT = "We show that “BottleFit” is 2.25times fas-\nter (16\\%) than Café–Net.  It needs no GPU."


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("BottleFit is 2.25times faster", True),
        ("16% than cafe-net", True),
        ("We show … no GPU", True),
        ("We show [...] It needs", True),
        ("no GPU … We show", False),
        ("2.5times faster", False),
        ("Bottle", False),
        ("ed", False),
        ("…", False),
        ("", False),
    ],
)
def test_words_of_a_text(quote: str, there: bool) -> None:
    assert is_worded(quote, ["Else.", TEXT]) is there


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_any_whole_words_of_a_text_are_its_own(text: str, start: int, length: int) -> None:
    words = text.split()
    part = " ".join(words[start : start + length])
    if any(letter.isalnum() for letter in part) and "…" not in part and "..." not in part:
        assert is_worded(part, [text])


def test_the_nearest_sentence() -> None:
    assert nearest("It needs a GPU", ["It needs no GPU.", "It is so."]) == "It needs no GPU."
    assert nearest("Elephants", ["It needs no GPU."]) is None
