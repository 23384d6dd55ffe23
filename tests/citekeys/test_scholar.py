"""Keys of family name, year and first title word, always unique and plain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citekeys import Citekeys, make


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Weigao Sun", "CO2: Efficient Distributed Training", "sun2020co2"),
        ("Robin Andre Rørstadbotnen", "Edge Computing", "rorstadbotnen2020edge"),
        ("Mert Hidayetoğlu", "DεpS: Delayed ε-Shrinking", "hidayetoglu2020deps"),
        ("Laurens van der Maaten", "On the Way", "vandermaaten2020way"),
        ("Martin Luther King, Jr.", "The Dream", "king2020dream"),
        ("Khoi-Nguyen Nguyen-Ngoc", "A Survey", "nguyenngoc2020survey"),
        ("The ATLAS Collaboration", "Observation of X", "atlas2020observation"),
        ("Hanlin Tang", "1-bit Adam", "tang20201bit"),
        ("Hanlin Tang", "100 Years of Tea", "tang2020100years"),
        ("Ana Smith", "Real-Time Tea", "smith2020real"),
        ("Ana Smith", "D-FINE: Tea", "smith2020dfine"),
        ("Ana Smith", "On the", "smith2020on"),
        ("Ana Smith", "Don't Stop", "smith2020dont"),
        ("王伟", "茶", "2020"),
    ],
)
def test_names_and_titles(author: str, title: str, key: str) -> None:
    assert make([author], 2020, title) == key


def test_absent_parts_are_left_out() -> None:
    assert make([], None, "Tea") == "tea"
    assert make(["Ana Smith"], None, "") == "smith"
    assert make([], None, "") == "paper"


def test_a_taken_key_gets_a_letter_whatever_its_case() -> None:
    taken = Citekeys(["Smith2020Tea"])
    keys = []
    for _ in range(28):
        keys.append(make(["Ana Smith"], 2020, "Tea", taken))
        taken.add(keys[-1])
    assert keys[:2] == ["smith2020teaa", "smith2020teab"]
    assert keys[25:] == ["smith2020teaz", "smith2020teaaa", "smith2020teaab"]
    assert make(["Ana Smith"], 2020, "Tea", ["SMITH2020TEA"]) == "smith2020teaa"
    assert "SMITH2020teaB" in taken


@given(st.lists(st.text(), max_size=3), st.none() | st.integers(0, 3000), st.text())
def test_any_input_gives_a_plain_key(authors: list[str], year: int | None, title: str) -> None:
    key = make(authors, year, title)
    assert re.fullmatch("[a-z0-9]+", key)
    assert make(authors, year, title, [key.upper()]) == key + "a"
