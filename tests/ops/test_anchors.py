"""Where in a paper a note belongs: what is read, what is meant, and what is no anchor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.ops import anchors, values
from reviewkit.records import Note


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("p4", "p4"), ("p. 4", "p4"), ("p.4", "p4"), ("pp. 4-6", "p4-6"), ("p4–6", "p4-6"),
        ("p123-5", "p123-125"), ("p6-4", "p4-6"), ("p4-4", "p4"), ("p004", "p4"),
        ("§4.2", "§4.2"), ("§ 4.2", "§4.2"), ("§A.1", "§A.1"), ("§IV", "§IV"),
        ('"two words"', '"two words"'), ("“two  words”", '"two words"'),
        ('" a [12] b "', '"a [12] b"'),
    ],
)  # fmt: skip
def test_what_stands_behind_an_id(text: str, anchor: str) -> None:
    assert anchors.parse(text) == anchor
    assert anchors.parse(anchor) == anchor


@pytest.mark.parametrize(
    "text",
    ["", "2", "4-6", "figure 2", "p", "p four", "P4", "px", "p1234567", "§", "§4.", "4.2", '""',
     '" "',      '"a', 'a"', '"a\nb"', '"a" "b"', "p4 ", " p4", "p4, p6", '"' + "x" * 201 + '"'],
)  # fmt: skip
def test_what_only_looks_so(text: str) -> None:
    assert anchors.parse(text) is None


@pytest.mark.parametrize(
    ("given_", "anchor"),
    [
        (4, "p4"), ("4", "p4"), (" 4 ", "p4"), ("4-6", "p4-6"), ("4 – 6", "p4-6"),
        ("page 4", "p4"), ("P. 4", "p4"), ("Pages 4-6", "p4-6"), ("Section 4.2", "§4.2"),
        ("sec. 4.2", "§4.2"),
        ("Appendix A", "§A"), ("§4.2", "§4.2"), ("Table 3", '"Table 3"'),
        ("“Table 3”", '"Table 3"'),
        ('the "best" result', "\"the 'best' result\""), ("p4, p6", '"p4, p6"'),
        (None, None), ("", None), ("  ", None), ('""', None),
    ],
)  # fmt: skip
def test_what_somebody_means_who_was_asked(given_: object, anchor: str | None) -> None:
    assert values.anchor(given_) == anchor


@pytest.mark.parametrize("given_", ["x" * 201, ["p4"], True, 4.5])
def test_what_cannot_be_one(given_: object) -> None:
    with pytest.raises(ValueRefusedError):
        values.anchor(given_)


@given(st.text(max_size=60) | st.from_regex(anchors.PATTERN, fullmatch=True))
def test_an_anchor_is_one_line_that_is_read_as_itself(text: str) -> None:
    meant = values.anchor(text)
    for found in (meant, anchors.parse(text)):
        if found is not None:
            assert anchors.is_kept(found)
            assert "\n" not in found and found == " ".join(found.split())
            assert Note("a", "", anchor=found).where
    # Characters that nobody sees are left out of every text.
    seen = values.text(text, "anchor")
    assert meant is not None or not seen.strip("\"“”„' \n\t\r") or not seen.split()


@given(st.from_regex(anchors.PATTERN, fullmatch=True))
def test_whatever_the_files_take_for_an_anchor_is_one(text: str) -> None:
    assert anchors.is_kept(anchors.parse(text))


def test_how_people_write_them() -> None:
    told = [Note("a", "", anchor=each).where for each in ("p4", "p4-6", "§4.2", '"two words"')]
    assert told == ["p. 4", "pp. 4–6", "§4.2", "“two words”"]
    assert Note("a", "Why?", anchor="p4").placed == "(p. 4) Why?"
    assert Note("a", "Why?").placed == "Why?"


def test_an_operation_holds_an_anchor_as_it_is_kept() -> None:
    assert values.possible("note:abcdef.anchor", "p4")
    assert values.possible("note:abcdef.anchor", None)
    assert not values.possible("note:abcdef.anchor", "page 4")
    assert not values.possible("note:abcdef.anchor", 4)
