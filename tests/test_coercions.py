"""What programs do to cells is told from what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.coercions import coerced

DONE = [
    ("007", "7"), ("0012", "12"), ("1e5", "100000"), ("1e5", "1E+05"), ("1.50", "1.5"),
    ("12345678901", "1.23E+10"), ("12345678901234567890", "1.23457E+19"),
    ("12345678901234567890", "12345678901234500000"), ("4.5", "4,5"), ("50%", "0.5"),
    ("1-2", "01-Feb"), ("1-2", "01. Feb"), ("1-2", "02.01.2026"), ("1/2", "01/02/2026"),
    ("2021-01-02", "02.01.2021"), ("2021-01-02", "1/2/2021"), ("1-2", "44928"),
    ("3.5", "03. Mai"), ("3.5", "3. Mai"), ("3.5", "2026-05-03 00:00:00"),
    ("mar-1", "01-Mar"), ("MARCH1", "1-Mar"), ("sept2", "02-Sep"), ("1-12", "01-déc"),
    ("=1+1", "2"), ("=a1", "#REF!"), ("-x", "#NAME?"), ("@b", "#NAME?"), ("+x", "#BEZUG!"),
    ("x", "#N/A"), ("long", "########"), ("=a", "Err:508"),
    ("NA", ""), ("null", ""), ("null", "nan"), ("", "NA"), ("", "nan"), ("None", ""),
    ("TRUE", "WAHR"), ("true", "TRUE"), ("true", "1"), ("FALSE", "FAUX"),
    ("Müller", "MÃ¼ller"), ("Zürich “x”", "ZÃ¼rich â€œxâ€\x9d"), ("naïve — good", "na?ve ? good"),
    ("日本 fine", "?? fine"), ("Łódź", "?ód?"), ("Müller", "M\ufffdller"),
    ("x" * 40_000, "x" * 32_767), ("[a] a\tb", "[a] ab"),
    ("[a] One.", "Typed above it.\n\n#REF!"), ("[a] One.\n\n#REF!", "Typed.\n\n#REF!"),
]  # fmt: skip

TYPED = [
    ("4", "5"), ("3.5", "4.5"), ("4.5", "4"), ("1", "0"), ("2", ""), ("", "3"),
    ("include", "exclude"), ("", "include"), ("include", ""), ("maybe", "may"),
    ("reading", "read"), ("core; edge", "core"), ("march", "april"), ("2021", "2022"),
    ("1-2", "1-3"), ("Müller", "Muller"), ("Zürich", "Zürich, Bern"),
    ("[a] One.", "[a] One. Two."), ("[a] One.", "[a] One.\n\n#AI"), ("", "Typed.\n\n#AI"),
    ("A text with an é.", "A text with an é, and more."), ("yes", "true"),
    ("x" * 400, "x" * 300), ("[a] a\nb", "[a] ab"), ("[a] a\tb", "[a] a b"),
    ("[a] One.\n\n#REF!", "[a p4] One.\n\n#REF!"), ("[a] One.\n\n#REF!", "[a] Two.\n\n#REF!"),
    ("[a] Shows\n\n#REF!\n\nhere.", "[a] Shows\n\n#REF!"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now"), DONE)
def test_what_a_program_did(was: str, now: str) -> None:
    assert coerced(was, now) is not None


@pytest.mark.parametrize(("was", "now"), TYPED)
def test_what_a_person_typed(was: str, now: str) -> None:
    assert coerced(was, now) is None


@given(st.text(), st.text())
def test_any_two_texts_can_be_asked_about(was: str, now: str) -> None:
    said = coerced(was, now)
    assert said is None or said


@given(st.sampled_from("12345"), st.sampled_from("12345"))
def test_a_rating_typed_over_another_is_never_held(was: str, now: str) -> None:
    assert was == now or coerced(was, now) is None
