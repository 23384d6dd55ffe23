import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.cli import output
from reviewkit.records import Note, Paper, Review


@given(st.text(st.characters()))
def test_cleaned_text_moves_no_cursor(text: str) -> None:
    cleaned = output.clean(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in cleaned)
    assert output.clean(cleaned) == cleaned


def test_escape_sequences_vanish_whole() -> None:
    assert output.clean("a\x1b[2Jb\x1b]0;title\x07c\x9b31md") == "ab0;titlec31md"
    assert output.clean("a\nb\tc") == "a b c"
    assert output.clean("a\nb\tc", lines=True) == "a\nb c"
    assert output.clean("abc\u202edef") == "abcdef"
    assert output.clean("Zoë 李 ×") == "Zoë 李 ×"


@given(st.text(), st.integers(min_value=2, max_value=30))
def test_shortened_text_fits(text: str, columns: int) -> None:
    text = output.clean(text)
    short = output.shortened(text, columns)
    assert output.columns_of(short) <= columns
    assert short == text or short.endswith("…")


def test_wide_characters_take_two_columns() -> None:
    assert output.columns_of("李e\u0301") == 3
    assert output.shortened("李李李", 5) == "李李…"


def test_a_table_is_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [
        Paper("smith2021", "", "article", "On " * 100, year=2021, score=4.5, tags=("x",) * 40),
        Paper("li2020", "", "article", "李" * 200, year=2020),
    ]
    for columns in (50, 80, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = output.papers_table(papers).split("\n")
        assert len(lines) == 3
        assert all(output.columns_of(line) <= max(columns, 80) for line in lines)


def test_numbers_are_short() -> None:
    assert [output.number(v) for v in (None, 4, 4.0, 3.5, 10 / 3)] == ["", "4", "4", "3.5", "3.33"]


def test_a_card_shows_everybody_without_control_characters() -> None:
    paper = Paper(
        "smith2021",
        "",
        "article",
        "On \x1b[31mSmall Things",
        authors=("Zoë Smith",),
        year=2021,
        abstract="Raw.",
        abstract_display="Shown.",
        reviews=(
            Review("ana", "read", 4, ("tag one",), (Note("n1", "First\nSecond\x07"),)),
            Review("ben"),
        ),
    )
    card = output.paper_card(paper)
    assert "On Small Things" in card and "\x1b" not in card and "\x07" not in card
    assert "Shown." in card and "Raw." not in card
    assert "ana  4/5  read  tag one\n    First\n    Second" in card
    assert "ben" not in card
