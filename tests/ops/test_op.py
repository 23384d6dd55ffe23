import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.ops.op import BadLineError, NewerLineError, Op, decode, encode

words = st.text(max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)  # fmt: skip
ops = st.builds(
    Op,
    words, words, words, words, st.none() | words, words, json_values,
    st.lists(words, max_size=3).map(tuple), words, st.none() | words, st.none() | words,
)  # fmt: skip


@given(ops)
@settings(max_examples=300)
def test_a_line_gives_back_its_operation(op: Op) -> None:
    line = encode(op)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == op


def test_lone_surrogates_survive() -> None:
    op = Op("a.1", "0" * 16, "ana", "p.x", "ana", "note:aaaaaa.text", "\udcff", (), "kernel")
    assert decode(encode(op)[:-1]) == op


def _line(**changes: object) -> bytes:
    body = {"v": 1, "i": "a.1", "t": "0" * 16, "by": "ana", "p": "p.x", "f": "rating", "x": 4,
            "s": [], "a": "kernel"} | changes  # fmt: skip
    head = json.dumps(body, separators=(",", ":"))[:-1].encode()
    return head + b',"c":"%08x"}' % zlib.crc32(head)


def test_a_later_version_is_told_from_a_broken_line() -> None:
    with pytest.raises(NewerLineError, match="newer reviewkit"):
        decode(_line(v=2))


@pytest.mark.parametrize(
    "changes",
    [
        {"i": 5},
        {"t": None},
        {"by": ["ana"]},
        {"p": {}},
        {"r": 1},
        {"f": 1},
        {"s": "abc"},
        {"s": [1]},
        {"a": None},
        {"g": 1},
        {"o": 1},
    ],
)
def test_a_sound_line_with_a_wrong_kind_of_value_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadLineError):
        decode(_line(**changes))


def test_json_that_is_no_operation_is_refused() -> None:
    for head in (b"[1", b'{"v":1', b'"x"', b"\xff\xfe", b"{"):
        with pytest.raises(BadLineError):
            decode(head + b',"c":"%08x"}' % zlib.crc32(head))


def test_what_is_no_line_is_refused() -> None:
    for line in (b"", b"}", b'{"v":1}', b"x" * 40, encode_one()[:-2], encode_one()):
        with pytest.raises(BadLineError):
            decode(line)


def encode_one() -> bytes:
    return encode(Op("a.1", "0" * 16, "ana", "p.x", "ana", "rating", 4, (), "kernel"))
