"""markup: a list of papers as static HTML and text."""

from reviewkit.markup import papers_table_html, papers_table_text
from reviewkit.records import PaperRow

ROWS = [
    PaperRow(
        "ana2020", "Fast " * 20, "Ochoa et al.", 2020, "ICLR", ("NAS",), 3.5, 1, 2, "read", 4, 0
    ),
    PaperRow("b", "Small", "", None, None, (), None, None, 0, None, None, 1),
]


def test_text_stands_in_columns_and_long_titles_are_cut() -> None:
    assert papers_table_text(ROWS, 106) == (
        "citekey  year  score  readers  title\n"
        f"ana2020  2020    3.5        2  {'Fast ' * 12}".rstrip()
        + "…\n"
        "b                              Small\n"
        "2 of 106 papers"
    )


def test_html_says_what_is_mine_what_is_in_conflict_and_how_many_there_are() -> None:
    table = papers_table_html(ROWS, 2)
    assert table.count("<tr>") == 3
    assert table.count("(conflict)") == 1
    assert '<span role="img" aria-label="4 of 5"' in table
    assert "2 papers</div>" in table


def test_no_papers() -> None:
    assert papers_table_text([], 0) == "0 papers"
    assert papers_table_html([], 7) == "<div>0 of 7 papers</div>"
    assert papers_table_text(ROWS[:1], 1).endswith("1 paper")
