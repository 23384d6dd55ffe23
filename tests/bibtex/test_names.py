from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import Name, display_names, latex_to_text, split_authors

CORPUS = Path(__file__).parents[1] / "corpus" / "names"


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("Ada Lovelace", Name("Ada", "", "Lovelace")),
        ("Lovelace, Ada", Name("Ada", "", "Lovelace")),
        ("van der Waals, Johannes Diderik", Name("Johannes Diderik", "van der", "Waals")),
        ("Johannes Diderik van der Waals", Name("Johannes Diderik", "van der", "Waals")),
        ("{van der Waals}, Johannes", Name("Johannes", "", "van der Waals")),
        ("King, Jr, Martin Luther", Name("Martin Luther", "", "King", "Jr")),
        ("{Procter and Gamble, Ltd.}", Name("", "", "Procter and Gamble, Ltd.")),
        ("{\\'E}mile Zola", Name("Émile", "", "Zola")),
        ("{\\o}ystein Ore", Name("", "øystein", "Ore")),
        ("{\\O}ystein Ore", Name("Øystein", "", "Ore")),
        ("Fran{\\c{c}}ois Vi{\\`e}te", Name("François", "", "Viète")),
        ("Lee, J.~H.", Name("J. H.", "", "Lee")),
        ("Plato", Name("", "", "Plato")),
        ("others", Name("", "", "others")),
        ("Øystein Ore", Name("Øystein", "", "Ore")),
        ("Knuth, Donald, ", Name("Donald", "", "Knuth")),
    ],
)
def test_parts_of_a_name(tex: str, name: Name) -> None:
    assert split_authors(tex) == (name,)
    assert display_names(tex) == (name.display,)


def rows(file: str) -> list[dict[str, str]]:
    with (CORPUS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", rows("names.csv"), ids=lambda row: row["raw"])
def test_names_part_as_in_bibtex(row: dict[str, str]) -> None:
    """The parts are what BibTeX 0.99d's `format.name$` gave, decoded.

    Rows with letters outside ASCII are ours: BibTeX does not know them for letters.
    """
    assert split_authors(row["raw"]) == (Name(row["first"], row["von"], row["last"], row["jr"]),)


@pytest.mark.parametrize("row", rows("titles.csv"), ids=lambda row: row["raw"])
def test_titles_read_as_they_are_printed(row: dict[str, str]) -> None:
    assert latex_to_text(row["raw"]) == row["unicode"]


def test_hyphens_are_shown_where_they_part_words() -> None:
    (name,) = split_authors("Abd al-Rahman al-Sufi")
    assert (name.von, name.last) == ("al-Rahman al", "Sufi")
    assert name.display == "Abd al-Rahman al-Sufi"
    assert display_names("al-Sufi, Jr, Jean-pierre") == ("Jean-pierre al-Sufi, Jr",)


def test_people_of_a_field() -> None:
    assert display_names(
        "Ng, Andrew and {Barnes and Noble}\n   and de Bruijn, N. G. and others"
    ) == (
        "Andrew Ng",
        "Barnes and Noble",
        "N. G. de Bruijn",
        "others",
    )
    assert display_names("King, Jr, Martin") == ("Martin King, Jr",)
    assert display_names("  ") == ()


@given(st.text(alphabet="ab A{}\\,~'\" nd"))
def test_any_text_has_names(tex: str) -> None:
    assert len(display_names(tex)) == len(split_authors(tex))


WORDS = ["Ng", "van", "de", "B{\\'e}la", "{A and B}", "J.~K.", "and{}", "O''N", "\\o", "-"]
PERSON = st.lists(
    st.sampled_from(WORDS) | st.text(alphabet="aBé", min_size=1, max_size=4),
    min_size=1,
    max_size=4,
).map(" ".join)
PEOPLE = st.lists(
    st.one_of(PERSON, st.tuples(PERSON, PERSON).map(", ".join)), min_size=1, max_size=4
)


@given(PEOPLE)
def test_the_quick_ways_give_what_the_rules_give(people: list[str]) -> None:
    """Listing a huge library takes short cuts through names that need no rules."""
    tex = " and ".join(people)
    assert display_names(tex) == tuple(name.display for name in split_authors(tex))
    assert len(split_authors(tex)) == len(people)
    assert split_authors(tex) == tuple(split_authors(person)[0] for person in people)
