"""Edits over the corpus, made files and torn ones: exact or refused, and undone exactly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks import exactness, fuzz, made
from reviewkit.bibtex import BibDocument

FILES = sorted((Path(__file__).parents[1] / "corpus" / "bib").glob("*.bib"))

#: One entry in each of the styles that programs write; `LIB` is where it stands.
STYLES = {
    "braces": "@article{a,\n  title = {T},\n  year = 2001\n}\n",
    "comma": "@article{a,\n  title = {T},\n  year = {2001},\n}\n",
    "quotes": '@article{a,\n\ttitle="T",\n\tyear="2001"\n}\n',
    "upper case": "@ARTICLE{a,\n  TITLE = {T},\n  YEAR = {2001}\n}\n",
    "aligned": "@article{a,\n  title        = {T},\n  year         = {2001},\n}\n",
    "comma first": "@article{a\n, title = {T}\n, year = {2001}\n}\n",
    "one line": "@article{a, title={T}, year=2001}",
    "parentheses": "@article(a,\n  title = {T},\n  year = 2001\n)\n",
    "no field": "@article{a}\n",
    "CRLF": "@article{a,\r\n  title = {T},\r\n  year = {2001}\r\n}\r\n",
}
WORDS = st.sampled_from(
    [
        *(
            "a",
            " ",
            "  ",
            "{",
            "}",
            "\\",
            "$",
            "%",
            "#",
            "&",
            "_",
            "~",
            "^",
            '"',
            "--",
            "``",
            "''",
        ),
        *("\n", "\n\n", "\r", "\t", "é", "∑", "@a{k,", "\\'e", "$x_1$", "\\textbackslash{}", ","),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=15).map("".join)).filter(
    # No encoding has these.
    lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)
)


def test_edits_of_the_corpus_are_exact_or_refused() -> None:
    tally = exactness.Tally()
    for path in FILES:
        exactness.measure(path, tally, sample=3)
    assert not tally.damaged
    assert sum(tally.exact.values()) > 50 * sum(tally.refused.values()) > 0


def test_edits_of_a_made_library_are_exact(tmp_path: Path) -> None:
    tally = exactness.Tally()
    exactness.measure(made.write(tmp_path, 40), tally, sample=None)
    assert not tally.damaged
    assert not tally.refused


def test_damage_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(document: BibDocument, entry: exactness.Entry, text: str) -> exactness.Check:
        document.set_field(document.entries[0], "extra", "x")
        return lambda old, new, again: None

    monkeypatch.setitem(exactness.EDITS, "add a field", careless)
    tally = exactness.Tally()
    exactness.measure(made.write(tmp_path, 5), tally, sample=None)
    assert len(tally.damaged) == 4


@pytest.mark.parametrize("seed", range(40))
def test_torn_files_come_back_and_are_edited_exactly(seed: int) -> None:
    random_ = random.Random(seed)
    fuzz.check(fuzz.torn(random_.choice(FILES).read_bytes(), random_), random_, edits=8)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.lists(st.sampled_from(fuzz.SHARDS), max_size=40), st.integers())
@example(b"", [b"}", b")", b"@misc(k, "], 62)
def test_any_bytes_hold_what_must_hold(noise: bytes, shards: list[bytes], seed: int) -> None:
    random_ = random.Random(seed)
    fuzz.check(b"".join(shards) + noise + b"".join(reversed(shards)), random_, edits=5)


@pytest.mark.parametrize("number", [5, 28, 40, 45, 68])
def test_a_hundred_edits_and_their_undoing_give_the_original(number: int) -> None:
    random_ = random.Random(number)
    fuzz.check(FILES[number].read_bytes(), random_, edits=100)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS, name=st.sampled_from(["title", "note", "url", "abstract", "comment-ana"]))
def test_any_text_comes_back_in_every_style(style: str, text: str, name: str) -> None:
    data = STYLES[style].encode()
    document = BibDocument.from_bytes(data)
    document.set_field(document.entries[0], name, text)
    again = BibDocument.from_bytes(document.to_bytes())
    assert again.entries[0].value_of(name) == text
    document.undo()
    assert document.to_bytes() == data
