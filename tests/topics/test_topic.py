"""topics: a grouping that people change as a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import UnknownPaperError, ValueRefusedError
from reviewkit.topics import OTHER, Topic, Topics

TOPICS = Topics(
    (Topic("a", ("a",), ("1", "2")), Topic("b", ("b", "a"), ("3",)), Topic("c", (), ("4", "5"))),
    ("6",),
)


def test_changes_give_new_topics() -> None:
    changed = TOPICS.rename("A", " depth  maps ").merge("depth maps", 1)
    assert changed.labels == ("depth maps", "c")
    assert changed["depth maps"].papers == ("1", "2", "3")
    assert changed["depth maps"].terms == ("a", "b")
    assert changed.move("4", "depth maps").of("4") == "depth maps"
    assert changed.remove("c").other == ("6", "4", "5")
    assert TOPICS.move(["3", "6"], "c").labels == ("a", "c"), "b has no paper any more"
    assert TOPICS.move("1", OTHER).of("1") == OTHER
    assert TOPICS.labels == ("a", "b", "c")


def test_what_cannot_be_is_refused_with_the_near_ones() -> None:
    with pytest.raises(ValueRefusedError, match="There is no topic 'd'.*a; b; c"):
        TOPICS.rename("d", "e")
    with pytest.raises(ValueRefusedError, match="taken"):
        TOPICS.rename("a", "B")
    with pytest.raises(ValueRefusedError, match="taken"):
        TOPICS.rename("a", "Other")
    with pytest.raises(ValueRefusedError, match="two topics"):
        TOPICS.merge("a", 0)
    with pytest.raises(UnknownPaperError):
        TOPICS.move("7", "a")
    with pytest.raises(ValueRefusedError):
        TOPICS[3]


_acts = st.lists(
    st.tuples(st.sampled_from(["merge", "move", "remove"]), st.integers(0, 9), st.integers(0, 9))
)


@given(_acts)
def test_no_change_loses_a_paper(acts: list[tuple[str, int, int]]) -> None:
    topics = TOPICS
    for act, one, two in acts:
        if not topics.topics:
            break
        a, b = one % len(topics), two % len(topics)
        if act == "merge" and a != b:
            topics = topics.merge(a, b)
        elif act == "move":
            topics = topics.move(str(1 + one % 6), b if two < 7 else OTHER)
        elif act == "remove":
            topics = topics.remove(a)
        papers = [key for topic in topics.topics for key in topic.papers]
        assert sorted([*papers, *topics.other]) == list("123456")
        assert all(topic.papers for topic in topics.topics)
