"""Text made to cost much: all of it takes time in proportion to its length."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from reviewkit.bibtex import BibDocument, decode_value
from reviewkit.errors import BibtexError

#: Four times the text may take so many times as long; the square would take 16 times.
_MOST = 9.0
#: Seconds below which a ratio says nothing.
_NOTHING = 0.08


def repeated(part: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[int], bytes]:
    return lambda size: before + part * (size // len(part)) + after


def nested(begin: bytes, end: bytes) -> Callable[[int], bytes]:
    return lambda size: begin * (size // len(begin)) + end * (size // len(begin))


CASES: dict[str, Callable[[int], bytes]] = {
    "open braces": repeated(b"{", b"@a{k, t={"),
    "deep braces": nested(b"{", b"}"),
    "deep braces in a value": lambda size: b"@a{k, t=" + nested(b"{", b"}")(size) + b"}",
    "one line": repeated(b"x", b"@a{k, t={", b"}}"),
    "blanks in a head": repeated(b" ", b"@a{k", b"t={}}"),
    "unclosed entries in lines": repeated(b"@a{k, t={\n"),
    "unclosed entries in a line": repeated(b"@a{k, t={ "),
    "unclosed quotes": repeated(b'@a{k, t="\n'),
    "unclosed parentheses": repeated(b"@a(k, t={\n"),
    "heads in parentheses": repeated(b"@a("),
    "quotes in parentheses": repeated(b'@a(k,t="x'),
    "at signs": repeated(b"@"),
    "at signs in lines": repeated(b"@\n"),
    "heads": repeated(b"@a{"),
    "heads in lines": repeated(b"@a{\n"),
    "tiny entries, one key": repeated(b"@a{k,}\n"),
    "fields": repeated(b"x={y},", b"@a{k,", b"}"),
    "fields of an open entry": repeated(b"x={y},", b"@a{k,"),
    "joined texts": repeated(b'"a" # ', b"@a{k,t=", b'"a"}'),
    "joined macros": repeated(b"a # ", b"@string{a={xxxxxxxx}}@a{k,t=", b"a}"),
    "open comments": repeated(b"@comment{"),
    "open comments in lines": repeated(b"@comment{\n"),
    "entries in a comment": repeated(b"@a{k,t={x}}", b"@comment{", b"}"),
    "nested entries in a comment": lambda size: b"@comment{" + nested(b"@a{k,", b"}")(size) + b"}",
    "open strings in parentheses": repeated(b'@string(a="'),
    "open strings": repeated(b"@string{a={\n"),
    "one macro again and again": lambda size: (
        b"@string{a={x}}\n" * (size // 15) + b"@a{k,t=a}\n" * (size // 10)
    ),
    "blanks in a string": repeated(b" ", b"@string{a={x}", b"x}\n"),
    "nested entries": nested(b"@a{k,\n", b"}"),
    "nested entries with fields": nested(b"@a{k,t={\n", b"}}"),
    "percent signs": repeated(b"%"),
    "percent lines in an entry": repeated(b"%x\n", b"@a{k,", b"}"),
    "a name with blanks": repeated(b" ", b"@a{k, x", b"}"),
    "a long key": repeated(b"x", b"@a{", b"}"),
    "a long type": repeated(b"x", b"@", b"{}"),
    "deep but sound": repeated(b"@a{k,t=" + b"{" * 12 + b"}" * 12 + b"}\n"),
    "lines like entries": repeated(b"\n@x{y}", b"@a{k,t={" + b"\n@x{y}" * 9_000, b"}}"),
    "letters of no encoding": repeated(b"\xe9 ", b"@a{k,t={", b"}}"),
    "commas": repeated(b",", b"@a{k,", b"}"),
    "no values": repeated(b"a=,", b"@a{k,", b"}"),
    "names": repeated(b"a and ", b"@a{k,author={", b"b}}"),
    "accents": repeated(b"\\'", b"@a{k,title={", b"}}"),
    "dollars": repeated(b"$x ", b"@a{k,title={", b"}}"),
    "commands": repeated(b"\\emph{", b"@a{k,title={", b"}}"),
    "blanks in prose": repeated(b" ", b"@a{k,abstract={", b"}}"),
    "lines in prose": repeated(b"\n", b"@a{k,abstract={", b"}}"),
}


def seconds(data: bytes) -> float:
    gc.collect()
    gc.disable()
    began = time.process_time()
    try:
        document = BibDocument.from_bytes(data)
        document.table(("title", "author", "t", "abstract"))
        assert len(document.problems) >= 0
        if len(document.entries):
            try:
                document.set_field(document.entries[0], "note", "x")
            except BibtexError:
                assert document.to_bytes() is data
            document.to_bytes()
            document.undo()
        assert document.to_bytes() == data
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("case", CASES)
def test_four_times_the_text_takes_about_four_times_as_long(case: str) -> None:
    make = CASES[case]
    ratio = 0.0
    # Another program may hold up one try; it does not hold up three.
    for _ in range(3):
        short, long = seconds(make(10_000)), seconds(make(40_000))
        ratio = long / max(short, 1e-9)
        if long < _NOTHING or ratio < _MOST:
            return
    raise AssertionError(f"{ratio:.1f} times as long")


@pytest.mark.parametrize(
    ("before", "part", "times", "after"),
    [
        (b"", b"@", 1_000_000, b""),
        (b"@a{k, t={", b"{", 1_000_000, b""),
        (b"", b"@a{k,}\n", 200_000, b""),
        (b"@a{k, t={", b"x", 100_000_000, b"}}"),
        (b"", b"@a{k, t={ ", 100_000, b""),
    ],
)
def test_large_hostile_files_are_opened(
    before: bytes, part: bytes, times: int, after: bytes
) -> None:
    data = before + part * times + after
    began = time.process_time()
    document = BibDocument.from_bytes(data)
    assert document.citekeys in ((), ("k",))
    assert document.to_bytes() is data
    assert time.process_time() - began < 20


def test_macros_that_double_each_other_stay_small_and_are_named() -> None:
    lines = ['@string{m0 = "xxxxxxxxxx"}']
    lines += [f"@string{{m{n} = m{n - 1} # m{n - 1}}}" for n in range(1, 60)]
    data = "\n".join([*lines, "@a{k, title = m59 # m59}"]).encode()
    document = BibDocument.from_bytes(data)
    assert len(document.entries[0].fields["title"].value) < 20_000
    assert any("too long" in problem.reason for problem in document.problems)


def test_one_long_macro_many_times_in_a_value_stays_small() -> None:
    long = "x" * 9_000
    value = decode_value("title", " # ".join(["m"] * 10_000), {"m": long}.get)
    assert value.startswith(long + "m")
    assert len(value) < 20_000
