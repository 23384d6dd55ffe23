"""CSL-JSON of several programs: names, dates, ids, and a broken item among sound ones."""

import json

import pytest

from reviewkit.errors import FormatError
from reviewkit.formats import read
from tests.formats.corpus import lines, titled, understood


def test_names_keep_particles_suffixes_and_corporations() -> None:
    paper = titled(understood("zotero.csl.json"), "Leaves")
    assert paper.raw["author"] == (
        "{van den Berg, Jan and van Beethoven, Ludwig and King, Jr., Martin Luther"
        " and {Centers for Tea and Coffee Control}}"
    )
    assert paper.fields["author"] == (
        "Jan van den Berg and Ludwig van Beethoven and Martin Luther King, Jr."
        " and {Centers for Tea and Coffee Control}"
    )


def test_fields_are_bibtex_and_abstracts_as_they_were() -> None:
    paper = titled(understood("zotero.csl.json"), "Leaves")
    assert paper.fields["title"] == "Leaves of Camellia sinensis in H\u2082O & milk"
    assert paper.fields["abstract"] == "First line.\nSecond line with $x_1$."
    assert (paper.fields["doi"], paper.fields["pmid"]) == ("10.1000/leaves", "12345")
    assert (paper.fields["note"], paper.fields["urldate"]) == ("Read twice.", "2022-01-02")
    assert (paper.fields["number"], paper.fields["pages"]) == ("2", "7--19")


def test_addresses_and_numbers_are_no_citekeys() -> None:
    keys = [paper.citekey for paper in understood("zotero.csl.json").candidates]
    assert keys == ["berg2021leaves", None, "roe2018season", "kim2015thesis", "old"]


def test_dates_in_all_their_forms() -> None:
    papers = understood("zotero.csl.json").candidates
    assert [(p.fields.get("year"), p.raw.get("month")) for p in papers] == [
        ("2021", "jun"),
        ("2019", "may"),
        ("2018", "{Spring}"),
        ("2015", "mar"),
        ("-43", None),
    ]


def test_a_broken_item_costs_only_itself() -> None:
    found = understood("zotero.csl.json")
    assert lines(found) == [29, 47]
    assert titled(found, "A preprint").line == 33
    assert [each.value for each in found.identifiers] == ["10.1000/untitled"]


def test_a_preprint_is_named_by_its_archive() -> None:
    paper = titled(understood("zotero.csl.json"), "A preprint")
    assert (paper.type, paper.fields["eprint"]) == ("misc", "1803.00001")
    assert "publisher" not in paper.fields
    assert "number" not in paper.fields


def test_lists_in_an_object_single_objects_and_one_item_a_line() -> None:
    items = understood("items.csl.json").candidates
    assert [(p.line, p.type, p.citekey) for p in items] == [
        (2, "incollection", "doe2020one"),
        (4, "software", "doe2021two"),
    ]
    assert items[0].fields["pages"] == "1--9"
    (single,) = understood("one.csl.json").candidates
    assert (single.type, single.fields["author"]) == ("dataset", "{Tea Group}")
    item = {"id": "a", "type": "book", "title": "Tea"}
    text = "\n".join(json.dumps(item | {"title": f"Tea {n}"}) for n in range(3))
    assert [p.line for p in read(text.encode()).candidates] == [1, 2, 3]


@pytest.mark.parametrize(
    "data",
    [
        b'[{"type": "book", "id": ' + b"[" * 200_000,
        b'{"type": "book", "id": ' * 50_000,
        b'[{"type": "book", "id": ' + b"9" * 100_000 + b"}]",
        b'[{"type": "book", "id": 1, "title": ["\\ud800"]',
        b'[{"type": "book", "id": {}, "title": {}, "author": 3, "issued": [[[]]]}]',
    ],
)
def test_hostile_json_is_refused_with_a_line(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert caught.value.problems[0]["line"] == 1


def test_odd_values_never_stop_an_item() -> None:
    item = {
        "type": "book",
        "title": ["Tea \ud800"],
        "id": None,
        "author": [None, "Lee, An", {"family": 3}, {"given": "Bo"}, []],
        "issued": {"date-parts": [[None]], "literal": "in press"},
        "page": True,
        "keyword": ["a", 3],
        "volume": 7.0,
    }
    (paper,) = read(json.dumps([item]).encode()).candidates
    assert paper.fields["title"] == "Tea"
    assert paper.fields["author"] == "An Lee and 3 and Bo"
    assert (paper.fields["year"], paper.fields["volume"]) == ("in press", "7")
