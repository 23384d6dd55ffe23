"""Names of other formats become BibTeX's and read back as the same people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import decode_value, display_names
from reviewkit.bibtex.names import Name
from reviewkit.formats import people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lee, An", Name("An", "", "Lee")),
        ("van der Berg, Jan", Name("Jan", "van der", "Berg")),
        ("King, Martin Luther, Jr.", Name("Martin Luther", "", "King", "Jr.")),
        ("King, Jr., Martin Luther", Name("Martin Luther", "", "King", "Jr.")),
        ("King, Martin L III", Name("Martin L", "", "King", "III")),
        ("Jan van der Berg", Name("Jan", "van der", "Berg")),
        ("Smith JA", Name("J. A.", "", "Smith")),
        ("Smith J.-P.", Name("J.-P.", "", "Smith")),
        ("J. Smith", Name("J.", "", "Smith")),
        ("Tea Society,", Name(last="Tea Society")),
        ("World Tea Organization", Name(last="World Tea Organization")),
        ("Madonna", Name(last="Madonna")),
    ],
)
def test_one_name(text: str, name: Name) -> None:
    assert people.person(text) == name


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Lee, An; Kim, Bo", 2),
        ("Lee, An and Kim, Bo", 2),
        ("An Lee, Bo Kim and Cy Roe", 3),
        ("Smith J., Doe A.", 2),
        ("Smith JA, Doe B, Roe C.", 3),
        ("Smith, J., Doe, A.", 2),
        ("Lee, An", 1),
        ("King, Jr.", 1),
        ("An Lee|Bo Kim", 2),
        ("Lee, An (57000000001); Kim, Bo (57000000002)", 2),
        ("", 0),
    ],
)
def test_a_list_of_names(text: str, count: int) -> None:
    assert len(people.listed(text)) == count


parts = st.text(st.sampled_from("abcÄé ,.{}\\$and-'&"), max_size=12).map(str.strip)


@given(parts, parts, parts, parts)
def test_every_name_reads_back(family: str, given_name: str, von: str, suffix: str) -> None:
    name = people.of_parts(family, given_name, von, suffix)
    if name is None:
        return
    other = Name("An", "", "Lee")
    raw = people.raw_of([name, other])
    first, *_, last = display_names(raw[1:-1])
    assert last == other.display
    assert "".join(first.split()) == "".join(name.display.split())
    assert decode_value("author", raw)
