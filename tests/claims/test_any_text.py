"""Whatever the text: offsets are true, nothing breaks, and time grows with the length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.claims import extract, links

WORDS = st.sampled_from(
    "2.5 10^4 1,024 41-137times 16x16 sim 5 % \\% x faster than over GPUs and , / ( ) . up to "
    "respectively mAP ms 20B models by reduces latency energy [12] https://a.b/1 n=5 R^2 of 0.9 "
    "trillion parameters twice as order of magnitude GPT-4 from r = 4.0(5) ± 0.3 ) x 10^5 median "
    "on FooBench +1.5 (median: 3) 5797 band per above as $5 score of A100s i.e., eV cm(-1) fJ/bit "
    "7B judge scores -4 \U0001d7d8 ٣ ² $ { } ^ - – ~".split(" ")
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join)))
def test_claims_stand_where_they_say(text: str) -> None:
    claims = extract(text)
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.value >= 0
        assert claim.quote in text
    assert claims == extract(text)
    spans = [(claim.start, claim.end) for claim in claims]
    assert spans == sorted(set(spans))


@given(
    st.floats(0.01, 9999).map(lambda number: f"{number:.2f}"), st.text("ab c.,;()", max_size=30)
)
def test_the_number_is_read_as_it_stands(digits: str, before: str) -> None:
    text = f"{before} {digits}% better"
    claim = extract(text)[-1]
    assert text[claim.start : claim.end] == digits
    assert claim.value == float(digits)


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1,", "1.", "1-", "9x", "9x9", "10^", "1/", "5% and ", "a", " ", "(", "[1", "sim ",
     "by 5% ", "x and ", "over ", "https://", "compared to ", "mAP of ", "http://a ", "\n", ", a",
     "1 to ", "compare a ", "a-", "A.", "on a and ", "on Ab ", "Ab, ", "median a ", "4.0(5) ",
     "$5 ", "(4 ± 1", "from 5 to 4 ", "a of 0.5 ", "errors of 5 mV, ", "5 pJ, 4x lower ",
     "as a as ", "the ", "i.e., or about ", "lifetimes ", "5 eV "],
)  # fmt: skip
def test_a_hostile_text_takes_time_in_proportion(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begin = time.process_time()
    extract(text)
    links(text)
    assert time.process_time() - begin < 20


@settings(max_examples=8, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
def test_a_hundred_kilobytes_of_any_words_take_seconds(piece: str) -> None:
    text = (piece + " ") * (100_000 // (len(piece) + 1))
    begin = time.process_time()
    extract(text)
    assert time.process_time() - begin < 30


def test_a_megabyte_of_digits_is_no_quantity() -> None:
    begin = time.process_time()
    assert extract("7" * 1_000_000) == []
    assert time.process_time() - begin < 5
