"""RIS: odd spacing, continuation lines and broken records cost no neighbour."""

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.formats import read
from reviewkit.formats.ris import RisImporter
from tests.formats.corpus import lines, titled, understood


def test_the_first_record_is_there_after_a_mark_and_a_preamble() -> None:
    found = understood("traps.ris")
    assert found.candidates[0].fields["title"] == "Brewing at scale: a study of many pots"
    assert [problem.line for problem in found.ignored] == [1]


def test_fields_are_bibtex() -> None:
    paper = titled(understood("traps.ris"), "Brewing")
    assert paper.type == "article"
    assert paper.line == 4
    assert paper.fields["author"] == (
        "Jan van der Berg and Martin King, Jr. and {World Tea Organization}"
    )
    assert paper.raw["author"] == (
        "{van der Berg, Jan and King, Jr., Martin and {World Tea Organization}}"
    )
    assert paper.raw["month"] == "mar"
    wanted = {
        "journal": "Journal of Tea",
        "year": "2020",
        "pages": "101--118",
        "issn": "1234-567X",
        "doi": "10.1000/tea.2020.12",
        "url": "https://tea.example.org/12",
        "url-2": "https://tea.example.org/12.pdf",
        "keywords": "tea; green tea; pots, large",
    }
    assert {name: paper.fields[name] for name in wanted} == wanted


def test_an_abstract_keeps_its_paragraphs_and_notes_of_a_screening_stay() -> None:
    paper = titled(understood("traps.ris"), "Brewing")
    first, second = paper.fields["abstract"].split("\n\n")
    assert first.endswith("how many pots a large group needs.")
    assert second == "The second paragraph answers: 3 & a half, or 50% more."
    assert paper.fields["annote"].split("\n\n") == [
        "Read for the meeting.",
        "ASReview_relevant",
        "asreview_label: 1",
    ]


def test_a_blank_too_few_and_old_tags_are_understood() -> None:
    paper = titled(understood("traps.ris"), "Cups that answer")
    assert (paper.type, paper.fields["pages"]) == ("inproceedings", "5--9")
    assert (paper.fields["eprint"], paper.fields["archiveprefix"]) == ("1901.00001", "arXiv")
    assert (paper.fields["year"], paper.fields["month"]) == ("2019", "Spring")
    assert paper.fields["booktitle"] == "Proceedings of the Third Workshop on Cups"


def test_types() -> None:
    found = understood("traps.ris")
    assert [paper.type for paper in found.candidates] == [
        "article", "inproceedings", "mastersthesis", "incollection", "dataset"
    ]  # fmt: skip
    assert titled(found, "Kettles").fields["school"] == "University of Pots"
    chapter = titled(found, "On lids").fields
    assert (chapter["editor"], chapter["isbn"]) == ("Di Doe", "978-3-16-148410-0")
    assert chapter["year"] == "in press"


def test_broken_records_are_named_and_their_neighbours_live() -> None:
    found = understood("traps.ris")
    assert lines(found) == [43, 46, 60, 66]
    assert found.problems[1].reason == "no ER before the next record; read up to there"
    (only,) = found.identifiers
    assert (only.kind, only.value, only.line) == ("doi", "10.1000/only.an.id", 62)
    assert found.remarks == ("RIS tags left out: AD",)


def test_a_text_that_is_cut_off_loses_only_its_last_record() -> None:
    whole = b"TY  - JOUR\nTI  - Tea\nER  - \nTY  - JOUR\nTI  - Cup"
    found = read(whole)
    assert [paper.fields["title"] for paper in found.candidates] == ["Tea"]
    assert lines(found) == [4]
    assert len(read(whole + b"s\n").candidates) == 2


@given(
    st.lists(
        st.sampled_from(
            ["TY  - JOUR", "TI - a", "AU  - , b,", "ER  -", "", "x", "PY  - ", "SP-1"]
        ),
        max_size=20,
    ).map("\n".join)
)
def test_no_text_is_too_broken(text: str) -> None:
    found = RisImporter().read(text)
    assert all(paper.fields["title"] for paper in found.candidates)
    records = text.split("\n").count("TY  - JOUR")
    assert len(found.candidates) + len(found.problems) >= min(records, 1)
