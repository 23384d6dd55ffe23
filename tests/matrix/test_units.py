import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.matrix.units import _TABLES, converted, convertible, unit_name

NAMES = [name for table in _TABLES for names, _ in table for name in names.split("|")]


def test_names_of_a_unit_are_one() -> None:
    assert [unit_name(name) for name in ("milliseconds", "times", "fps", "percent", "h")] == [
        "ms", "x", "FPS", "%", "hours",
    ]  # fmt: skip
    assert unit_name("widgets") == "widgets"


def test_letters_case_counts_where_it_has_a_meaning() -> None:
    assert converted(1, "MW", "mW") == 1e9
    assert not convertible("mb", "MB")


def test_conversion_is_exact_or_not_done() -> None:
    assert converted(0.1, "s", "ms") == 100
    assert converted(1.2, "GB", "MB") == 1200
    assert converted(1, "GiB", "MiB") == 1024
    assert converted(0.93, "ratio", "%") == 93
    assert converted(7, "B parameters", "M parameters") == 7000
    # A factor is no share, time no energy, and what is not known is itself only.
    assert converted(2, "x", "%") is None
    assert converted(2, "s", "J") is None
    assert converted(2, "FLOPs", "FLOPS") is None
    assert converted(2, "widgets", "widgets") == 2
    assert converted(2, "widgets", "x") is None


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.floats(1e-6, 1e6))
def test_there_and_back_is_the_same_number(one: str, other: str, value: float) -> None:
    there = converted(value, one, other)
    if there is None:
        assert not convertible(one, other) and not convertible(other, one)
        return
    back = converted(there, other, one)
    assert back is not None and math.isclose(back, value, rel_tol=1e-12)


def test_every_size_is_a_number_and_no_name_is_two_units() -> None:
    assert all(Fraction(size) > 0 for table in _TABLES for _, size in table)
    assert len(set(NAMES)) == len(NAMES)
