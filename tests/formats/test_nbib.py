"""PubMed: names with and without initials, ids, dates, continuation lines."""

from reviewkit.formats import read
from tests.formats.corpus import titled, understood


def test_fields_are_bibtex() -> None:
    paper = titled(understood("pubmed.nbib"), "Drinking")
    assert paper.type == "article"
    wanted = {
        "author": "John A Smith, Jr and Ana de la Cruz and {Tea Trial Investigators}",
        "title": "Drinking tea while reading papers: a trial of everybody and everything",
        "journal": "Journal of tea",
        "abstract": "BACKGROUND: Tea is drunk by HIV- and other groups. METHODS: We counted.",
        "pages": "1234--1245",
        "doi": "10.1000/trial.1",
        "pmid": "31000001",
        "pmcid": "PMC7000001",
        "month": "March--April",
        "keywords": "tea, reading, Beverages",
        "issn": "1111-2222, 1111-2223",
    }
    assert {name: paper.fields[name] for name in wanted} == wanted
    assert paper.raw["author"].startswith("{Smith, Jr, John A and de la Cruz, Ana and {Tea")
    assert paper.raw["month"] == 'mar # "--" # apr'


def test_initials_are_parted_and_a_preprint_is_no_article() -> None:
    paper = titled(understood("pubmed.nbib"), "A title in another language")
    assert (paper.type, paper.fields["author"]) == ("misc", "A. Lee and B. C. Kim")
    assert paper.fields["doi"] == "10.1101/2020.01.02.000003"


def test_a_record_without_a_title_must_be_looked_up() -> None:
    (only,) = understood("pubmed.nbib").identifiers
    assert (only.kind, only.value, only.line) == ("pmid", "31000003", 43)


def test_a_text_cut_within_an_abstract_loses_that_record_only() -> None:
    text = b"PMID- 1\nTI  - Tea.\n\nPMID- 2\nTI  - Cups.\nAB  - We go"
    found = read(text)
    assert [paper.fields["title"] for paper in found.candidates] == ["Tea"]
    assert [problem.line for problem in found.problems] == [6]
