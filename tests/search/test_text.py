"""search.text: the words of a query, and the form in which words are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.text import fold, terms

PARTS = ("title", "author", "tag", "year")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("Groß", "gross"),
        ("Łukasz Øystein Đorđe", "lukasz oystein dorde"),
        ("ﬁne-tuning", "fine-tuning"),
        ("İstanbul ısı", "istanbul isi"),
        ("Žižek — ОБУЧЕНИЕ", "zizek — обучение"),
        ("深層学習", "深層学習"),
    ],
)
def test_case_accents_and_ligatures_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  Split   Computing ", [(None, "split"), (None, "computing")]),
        ("tag:NAS", [("tag", "nas")]),
        ('tag:"split  computing" x', [("tag", "split computing"), (None, "x")]),
        ('"split computing"', [(None, "split computing")]),
        ('"unclosed phrase', [(None, "unclosed phrase")]),
        ("tag:", []),
        ('tag:""', []),
        ("doi:10.1/x", [(None, "doi:10.1/x")]),
        ("year:2024 author:Müller", [("year", "2024"), ("author", "muller")]),
        ("3:2", [(None, "3:2")]),
    ],
)
def test_terms(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert terms(text, PARTS) == expected
