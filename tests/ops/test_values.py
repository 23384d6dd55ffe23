import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.ops import values
from reviewkit.records import STATUSES


@pytest.mark.parametrize(
    ("given_", "kept"),
    [(4, 4), (4.0, 4), ("4", 4), ("4.0", 4), (3.5, 3.5), (1, 1), (5, 5), (None, None), ("", None)],
)
def test_a_rating_within_the_scale(given_: object, kept: object) -> None:
    assert values.rating(given_) == kept
    assert type(values.rating(given_)) is type(kept)


@pytest.mark.parametrize("bad", [0, 6, 9, -1, "good", math.nan, math.inf, True, [4], "1e5", b"x"])
def test_a_rating_outside_the_scale(bad: object) -> None:
    with pytest.raises(ValueRefusedError, match="1 .worst. to 5 .best.") as caught:
        values.rating(bad)
    assert caught.value.field == "rating"


@pytest.mark.parametrize("word", [*STATUSES, "To Read", "to_read", " DONE "])
def test_a_status_word(word: str) -> None:
    assert values.status(word) in STATUSES


def test_unread_is_no_status() -> None:
    assert values.status("unread") is None
    assert values.status("") is None
    assert values.status(None) is None


@pytest.mark.parametrize("bad", ["finished", 4, ["read"], "NA", True, {}])
def test_an_unknown_status_names_the_known_ones(bad: object) -> None:
    with pytest.raises(ValueRefusedError, match="to-read, reading, skimmed, read, done"):
        values.status(bad)


@pytest.mark.parametrize(
    "bad", ["", "  ", "a;b", "a,b", "{x}", "50%", "a#b", "a\\b", "x" * 101, 4]
)
def test_what_cannot_be_a_tag(bad: object) -> None:
    with pytest.raises(ValueRefusedError):
        values.tag(bad)


@given(st.text())
def test_a_tag_is_kept_in_one_form_or_refused(text: str) -> None:
    try:
        word = values.tag(text)
    except ValueRefusedError:
        return
    assert values.tag(word) == word
    assert word == " ".join(word.split())


def test_one_word_is_one_tag() -> None:
    assert values.tags("split computing") == ("split computing",)
    assert values.tags(["a", "b", "a"]) == ("a", "b")
    assert values.tags(None) == ()
    with pytest.raises(ValueRefusedError):
        values.tags(4)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_text_can_always_be_stored(text: str) -> None:
    kept = values.text(text, "note")
    kept.encode("utf-8")
    assert "\r" not in kept
    assert "\x00" not in kept
    assert values.text(kept, "note") == kept


def test_a_note_needs_text() -> None:
    assert values.note("  Clear.\r\n") == "Clear."
    for bad in ("", " \n ", None, 4, "x" * 1_000_001):
        with pytest.raises(ValueRefusedError):
            values.note(bad)


@given(st.text())
def test_a_slug_is_plain(name: str) -> None:
    slug = values.slug(name)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert values.slug(slug) == slug
    assert not slug.startswith("-")
    assert "--" not in slug


def test_a_reviewer_is_a_slug() -> None:
    assert values.reviewer("Zoë Straße") == "zoe-strasse"
    for bad in ("", "…", "../..", 5):
        with pytest.raises(ValueRefusedError):
            values.reviewer(bad)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating", "high"), ("rating", 9), ("rating", True), ("status", 4), ("status", []),
        ("tag:a", 4), ("tag:a", "yes"), ("note:aaaaaa.text", 5), ("bib:year", {}), ("bib:year", 5),
        ("citekey", []), ("citekey", None), ("type", 5), ("deleted", "x"),
        ("held:aaaa", {"file": "x"}), ("held:aaaa", "x"), ("decision", 4),
    ],
)  # fmt: skip
def test_values_that_no_reviewkit_writes_are_not_folded(field: str, value: object) -> None:
    assert not values.possible(field, value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rating", 4), ("rating", 3.5), ("rating", None), ("status", "read"), ("status", None),
        ("tag:a", True), ("tag:a", None), ("note:aaaaaa.text", "x"), ("note:aaaaaa.text", None),
        ("bib:year", "{2020}"), ("bib:year", None), ("citekey", "x"), ("type", "article"),
        ("deleted", True), ("deleted", None), ("held:aaaa", None),
        ("held:aaaa", {"file": "f", "reviewer": None, "reason": "r", "content": {}}),
        ("of-a-newer-version", [1]),
    ],
)  # fmt: skip
def test_values_of_every_field(field: str, value: object) -> None:
    assert values.possible(field, value)
