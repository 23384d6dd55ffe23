"""Pairs become groups, and what is kept apart stays apart."""

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.duplicates import Pair, groups


def pair(a: str, b: str, probability: float = 1.0, *, sure: bool = True) -> Pair:
    return Pair(a, b, probability, sure, False, ())


def test_what_is_the_same_as_the_same_is_one_group() -> None:
    found = groups([pair("a", "b"), pair("x", "y"), pair("b", "c")])
    assert found == [("a", "b", "c"), ("x", "y")]


def test_a_pair_for_a_person_joins_only_when_asked() -> None:
    pairs = [pair("a", "b"), pair("b", "c", 0.5, sure=False)]
    assert groups(pairs) == [("a", "b")]
    assert groups(pairs, sure_only=False) == [("a", "b", "c")]


def test_of_two_ways_to_join_what_is_apart_the_likelier_is_taken() -> None:
    pairs = [pair("a", "b", 0.8), pair("b", "c", 0.9)]
    assert groups(pairs, apart=[frozenset("ac")]) == [("b", "c")]


NAMES = st.sampled_from("abcdefgh")
TWO = st.lists(NAMES, min_size=2, max_size=2, unique=True)


@given(st.lists(st.tuples(TWO, st.floats(0, 1))), st.lists(TWO))
def test_groups_share_nobody_and_hold_none_that_are_apart(
    drawn: list[tuple[list[str], float]], kept: list[list[str]]
) -> None:
    apart = [frozenset(two) for two in kept]
    pairs = [pair(a, b, probability) for (a, b), probability in drawn]
    found = groups(pairs, apart=apart)
    names = [name for group in found for name in group]
    assert len(names) == len(set(names))
    assert not any(two <= set(group) for two in apart for group in found)
    if not apart:
        together = {name: group for group in found for name in group}
        assert all(together[p.a] is together[p.b] for p in pairs)
