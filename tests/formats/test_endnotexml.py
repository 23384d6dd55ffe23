"""EndNote XML: styles, types by name and number, broken and hostile records."""

import pytest

from reviewkit.errors import FormatError
from reviewkit.formats import read
from tests.formats.corpus import CORPUS, lines, titled, understood


def test_texts_are_put_together_from_their_styles() -> None:
    paper = titled(understood("endnote.xml"), "Pots and lids")
    assert (paper.type, paper.line) == ("article", 3)
    wanted = {
        "author": "An Lee and {Tea Society}",
        "doi": "10.1000/lids",
        "journal": "Journal of Tea",
        "keywords": "pots, lids",
        "abstract": "Lids keep & hold.\nSecond line.",
        "annote": "From the library",
        "pmid": "7654321",
        "year": "2017",
        "month": "March",
        "url": "https://tea.example.org/lids",
        "url-2": "https://tea.example.org/lids2",
    }
    assert {name: paper.fields[name] for name in wanted} == wanted


def test_a_broken_record_is_named_with_its_line_and_its_neighbours_live() -> None:
    found = understood("endnote.xml")
    assert [paper.line for paper in found.candidates] == [3, 5]
    assert lines(found) == [4]
    assert titled(found, "Cups of many").type == "inproceedings"


def test_a_record_that_is_not_closed_ends_at_the_next() -> None:
    record = "<record><ref-type>6</ref-type><titles><title>Tea</title></titles>"
    found = read(f"<xml><records>\n{record}\n{record}</record></records></xml>".encode())
    assert [paper.type for paper in found.candidates] == ["book"]
    assert lines(found) == [2]


def test_entities_are_refused_before_anything_is_read() -> None:
    with pytest.raises(FormatError, match="line 2 defines a document type"):
        read((CORPUS / "bomb.xml").read_bytes())
