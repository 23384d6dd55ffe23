import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.parameters import Parameters

KNOWN = ("text", "number", "list", "object", "data")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from(KNOWN), json_values)
def test_whatever_comes_is_taken_or_refused_by_name(name: str, value: Any) -> None:
    given_ = Parameters({name: value}, KNOWN)
    for method in (
        given_.text,
        given_.optional_text,
        given_.optional_number,
        given_.texts,
        given_.optional_texts_by_name,
    ):
        try:
            method(name)
        except ValueRefusedError as error:
            assert name in error.message
            json.dumps(error.detail(), allow_nan=False)


@pytest.mark.parametrize("value", [[], "text", 3, None])
def test_the_parameters_are_an_object(value: Any) -> None:
    with pytest.raises(ValueRefusedError):
        Parameters(value, KNOWN)


def test_unknown_and_missing_parameters_are_named() -> None:
    with pytest.raises(ValueRefusedError, match="`tect`"):
        Parameters({"tect": 1}, KNOWN)
    with pytest.raises(ValueRefusedError, match="`text` is missing"):
        Parameters({}, KNOWN).text("text")
    with pytest.raises(ValueRefusedError, match=r"`object\.b`"):
        Parameters({"object": {"b": 1}}, KNOWN).inner("object", ("a",))
    with pytest.raises(ValueRefusedError, match=r"`object\.a`"):
        Parameters({"object": {"a": 1}}, KNOWN).inner("object", ("a",)).text("a")


@pytest.mark.parametrize("value", [True, "4", float("nan"), float("inf"), [4], {}])
def test_a_rating_is_a_finite_number(value: Any) -> None:
    with pytest.raises(ValueRefusedError):
        Parameters({"number": value}, KNOWN).optional_number("number")


def test_numbers_and_null_are_taken() -> None:
    assert Parameters({"number": 4}, KNOWN).optional_number("number") == 4
    assert Parameters({"number": 3.5}, KNOWN).optional_number("number") == 3.5
    assert Parameters({"number": None}, KNOWN).optional_number("number") is None


@pytest.mark.parametrize("value", [-1, "-1", "1e3", "٣", 1.0, True, "", "9" * 20, 10**30])
def test_a_count_is_a_whole_number(value: Any) -> None:
    with pytest.raises(ValueRefusedError):
        Parameters({"number": value}, KNOWN).count("number", default=0)


def test_a_count_may_come_as_digits() -> None:
    assert Parameters({"number": "25"}, KNOWN).count("number", default=0) == 25
    assert Parameters({"number": 25}, KNOWN).count("number", default=0) == 25
    assert Parameters({}, KNOWN).count("number", default=7) == 7


def test_texts_are_unicode_and_not_endless() -> None:
    with pytest.raises(ValueRefusedError, match="half a character"):
        Parameters({"text": "\ud800"}, KNOWN).text("text")
    with pytest.raises(ValueRefusedError, match="more than 5"):
        Parameters({"text": "123456"}, KNOWN).text("text", most=5)
    with pytest.raises(ValueRefusedError):
        Parameters({"list": ["a", 1]}, KNOWN).texts("list")


def test_bytes_come_as_base64_up_to_a_size() -> None:
    def of(data: bytes) -> Parameters:
        return Parameters({"data": base64.b64encode(data).decode()}, KNOWN)

    assert of(b"\x00\xff@article").base64("data", most=10) == b"\x00\xff@article"
    assert of(b"").base64("data", most=10) == b""
    with pytest.raises(ValueRefusedError):
        of(b"x" * 11).base64("data", most=10)
    with pytest.raises(ValueRefusedError):
        of(b"x" * 1000).base64("data", most=10)
    for broken in ("not base64!", "YQ", "é"):
        with pytest.raises(ValueRefusedError, match="base64"):
            Parameters({"data": broken}, KNOWN).base64("data", most=10)
