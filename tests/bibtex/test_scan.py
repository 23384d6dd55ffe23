from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.grammar import scan_fields, scan_slowly, split_head
from reviewkit.bibtex.scan import index

FILES = sorted((Path(__file__).parents[1] / "corpus" / "bib").glob("*.bib"))
WITHOUT_LAST = {"51-huge-field", "80-empty", "81-only-comment", "86-utf16"}


def quirk(number: int) -> BibDocument:
    (path,) = (path for path in FILES if path.name.startswith(f"{number:02d}-"))
    return BibDocument.from_bytes(path.read_bytes())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_quirk_files_come_back_and_keep_their_last_entry(path: Path) -> None:
    data = path.read_bytes()
    document = BibDocument.from_bytes(data)
    assert document.to_bytes() == data
    for entry in document.entries:
        start, end = entry.span
        assert data[start:end] == entry.raw
        for field in entry.all_fields():
            assert document.codec.read(data[slice(*field.span)]) == field.raw
    if path.stem not in WITHOUT_LAST:
        last = document.entry("last")
        assert last is not None
        assert (last.type, last.fields["title"].value) == ("book", "Last one")
        assert last.problem is None


def test_there_are_quirk_files() -> None:
    assert len(FILES) == 86


PIECES = st.sampled_from(
    [
        b"@article{",
        b"@book(",
        b"@comment{",
        b"@string{a=",
        b"key,",
        b"title",
        b" = ",
        b"{x}",
        b'"y"',
        b"{",
        b"}",
        b'"',
        b",",
        b"\n",
        b"\r\n",
        b"@",
        b"%",
        b"#",
        b"\\",
        b"(",
        b")",
        b"\xfc",
        b"\n@",
        b"\x00",
        "é".encode(),
        b"year=2000",
        b"\n@misc{z, title={t}}\n",
        b"{{{{{{{{{{",
        b"}}}}}}}}}}",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(), st.lists(PIECES, max_size=40).map(b"".join)))
def test_any_bytes_come_back_and_are_told_apart(data: bytes) -> None:
    document = BibDocument.from_bytes(data)
    assert document.to_bytes() == data
    last = 0
    for entry in document.entries:
        start, end = entry.span
        assert last <= start < end <= len(data)
        assert data[start:end] == entry.raw
        assert entry.line == entry._context.line_of(entry)
        last = end
        for field in entry.all_fields():
            assert isinstance(field.value, str)
    for problem in document.problems:
        assert problem.line is not None
        assert 1 <= problem.line <= max(1, len(data.splitlines()))
    assert len(document.table(("title", "year"))) == len(document.entries)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_mutated_quirk_files_come_back(path: Path, data: st.DataObject) -> None:
    text = path.read_bytes()[:3000]
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 20)))
    text = text[:at] + data.draw(PIECES) + text[end:]
    document = BibDocument.from_bytes(text)
    assert document.to_bytes() == text
    for entry in document.entries:
        assert text[slice(*entry.span)] == entry.raw


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(b"".join))
def test_fast_and_reference_scanner_agree(body: bytes) -> None:
    text = b"@a{k," + body + b"}"
    head = split_head(text)
    assert head is not None
    fast = scan_fields(text, head)
    slow = scan_slowly(text, head)
    assert (fast.fields, fast.error) == (slow.fields, slow.error)


@pytest.mark.parametrize("number", [47, 48, 49, 50])
def test_a_broken_entry_does_not_swallow_its_neighbours(number: int) -> None:
    document = quirk(number)
    assert document.citekeys == ("a1", "a2", "last")
    broken = document.entry("a1")
    assert broken is not None
    assert broken.problem is not None
    assert [problem.line for problem in document.problems][:1] == [1]
    neighbour = document.entry("a2")
    assert neighbour is not None
    assert neighbour.fields["title"].value == "u"


def test_a_line_that_looks_like_an_entry_inside_a_value_is_text() -> None:
    entry = quirk(59).entry("a1")
    assert entry is not None
    assert "@decorator{x}" in entry.fields["abstract"].raw
    assert entry.fields["year"].value == "2000"


def test_duplicates_are_all_there_and_all_named() -> None:
    document = BibDocument.from_bytes(
        b"@a{k, note={one}, note={two}}\n@b{k, note={three}}\n@c{K, note={four}}\n@d{, t={x}}\n"
    )
    assert [entry.citekey for entry in document.entries] == ["k", "k", "K", ""]
    first = document.entry("k")
    assert first is not None
    assert first.fields["note"].value == "one"
    assert [field.value for field in first.all_fields()] == ["one", "two"]
    assert [problem.line for problem in document.problems] == [1, 2, 3, 4]


def test_a_live_entry_goes_before_one_that_was_commented_out() -> None:
    document = BibDocument.from_bytes(b"@comment{@a{k, t={old}}}\n@a{k, t={new}}\n")
    entry = document.entry("k")
    assert entry is not None
    assert entry.fields["t"].value == "new"
    assert [entry.commented for entry in document.entries] == [True, False]


def test_mail_addresses_in_free_text_are_no_entries() -> None:
    assert quirk(26).citekeys == ("a1", "last")
    assert BibDocument.from_bytes(b"me@uni.org (home) @ work (late)").citekeys == ()


@pytest.mark.parametrize(
    "data",
    [
        b"@a{k, t={" + b"{" * 300_000,
        b"@a{k, t=" + b"{" * 150_000 + b"}" * 150_000 + b"}",
        b"@a{k, t={\n" * 3_000,
        b'@a{k, t="' * 20_000,
        b"@a(k, t={x}\n" * 2_000,
        b"@" * 300_000,
        b"@a{k," + b"x={y}," * 50_000 + b"}",
    ],
    ids=["open", "deep", "unclosed", "quotes", "parentheses", "ats", "fields"],
)
def test_hostile_text_costs_little(data: bytes) -> None:
    began = time.process_time()
    document = BibDocument.from_bytes(data)
    assert document.to_bytes() == data
    assert len(document.problems) >= 0
    assert time.process_time() - began < 5


def test_macros_that_double_each_other_stay_small() -> None:
    lines = ['@string{m0 = "xxxxxxxxxx"}']
    lines += [f"@string{{m{n} = m{n - 1} # m{n - 1}}}" for n in range(1, 60)]
    data = "\n".join([*lines, "@a{k, title = m59}"]).encode()
    entry = BibDocument.from_bytes(data).entries[0]
    assert len(entry.fields["title"].value) < 200_000


def test_blocks_of_a_plain_file_have_exact_places() -> None:
    data = b"% head\n@string{a={b}}\n@misc{k, t={x}}\n@comment{y}\n"
    found = index(data)
    assert [(start, end, key) for start, end, key in found.entries] == [(22, 37, b"k")]
    assert [kind for kind, _, _ in found.others] == ["string", "comment"]


def test_a_brace_too_many_further_down_does_not_hide_what_lies_between() -> None:
    data = b"@a{k, t={one {two}\n}\n\n@b{l, t={x}}\n\n@c{m, t={y}}}\n\n@d{n, t={z}}\n"
    document = BibDocument.from_bytes(data)
    assert document.citekeys == ("k", "l", "m", "n")
    assert [entry.problem is None for entry in document.entries] == [False, True, True, True]
