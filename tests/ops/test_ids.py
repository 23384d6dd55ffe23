from hypothesis import given
from hypothesis import strategies as st

from reviewkit.ops.ids import base32, note_id, paper_id, revision, taken_in_id


def test_ids_are_the_same_in_every_process_and_version() -> None:
    # These are in people's files: they must never change.
    assert paper_id("smith2021") == "p.6bsp7pxmxw"
    assert paper_id("smith2021", 2) == "p.6bsp7pxmxw.2"
    assert note_id("p.x", "ana", "Clear.") == "5obm6e"
    assert taken_in_id("p.x", None, "rating", ["b", "a"], 4) == "x.eqkkb4hyxjr6dpwe63sb"
    assert revision([["rating", "4"]]) == "3njlye5u3v"


@given(st.text(), st.text())
def test_other_keys_other_papers(one: str, two: str) -> None:
    assert (paper_id(one) == paper_id(two)) == (one == two)


def test_the_order_of_what_was_seen_does_not_matter() -> None:
    one = taken_in_id("p.x", "ana", "rating", ["a", "b"], 4)
    assert one == taken_in_id("p.x", "ana", "rating", ["b", "a"], 4)
    assert one != taken_in_id("p.x", "ana", "rating", ["a"], 4)
    assert one != taken_in_id("p.x", "ana", "rating", ["a", "b"], None)


@given(st.text(), st.integers(0, 4))
def test_notes_of_one_paper_have_different_ids(text: str, repeats: int) -> None:
    taken: list[str] = []
    for _ in range(repeats + 1):
        taken.append(note_id("p.x", "ana", text, taken))
    assert len(set(taken)) == len(taken)
    assert all(len(name) == 6 and set(name) <= set("abcdefghijklmnopqrstuvwxyz234567")
               for name in taken)  # fmt: skip


def test_base32_is_lower_case_and_short() -> None:
    assert base32(b"\x00" * 7, 10) == "aaaaaaaaaa"
