"""Tables of several programs and of people, by their columns."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.formats.sheet import SheetImporter
from tests.formats.corpus import lines, titled, understood


def test_zotero() -> None:
    found = understood("zotero.csv")
    first = found.candidates[0]
    assert (first.type, first.citekey) == ("article", "garcia2020sum")
    assert first.raw["author"] == "{García López, María José and van der Berg, Jan}"
    assert first.fields["title"] == "=SUM(Tea)"
    assert first.fields["abstract"] == 'A cell with a "quoted" word, and a comma.'
    assert (first.fields["pmid"], first.fields["annote"]) == ("7654321", "Read\nTwice")
    assert first.fields["keywords"] == "tea, pots, Sums"
    assert [paper.citekey for paper in found.candidates[1:]] == [None] * 3
    assert titled(found, "Cups").fields["booktitle"] == "Third Workshop on Cups"
    preprint = titled(found, "A preprint")
    assert (preprint.type, preprint.fields["primaryclass"]) == ("misc", "cs.LG")
    thesis = titled(found, "Kettles")
    assert (thesis.type, thesis.fields["school"]) == ("mastersthesis", "University of Pots")
    assert found.remarks == ("columns left out: Key, Date Added",)


def test_a_broken_quote_costs_only_its_row() -> None:
    found = understood("asreview.csv")
    assert [(paper.line, paper.fields["title"]) for paper in found.candidates] == [
        (2, "Screening cups"),
        (5, "Screening lids"),
    ]
    assert lines(found) == [4, 7]
    first = found.candidates[0].fields
    assert (first["abstract"], first["year"]) == ("An abstract\non two lines, quoted.", "2020")
    assert first["annote"].startswith("asreview_label: 1")
    assert [(each.value, each.line) for each in found.identifiers] == [("10.1000/scr.4", 6)]


def test_rayyan_by_itself_and_in_its_archive() -> None:
    for name in ("articles.csv", "rayyan.zip"):
        (paper,) = understood(name).candidates
        assert paper.citekey is None
        assert (paper.fields["author"], paper.raw["month"]) == ("John Smith and Di Doe", "may")
        assert 'RAYYAN-INCLUSION: {"Kofi"=>"Excluded"' in paper.fields["annote"]


def test_scopus_and_web_of_science_have_full_names_beside_short_ones() -> None:
    first, second = understood("scopus.csv").candidates
    assert first.raw["author"] == "{Smith, John A. and van Dijk, Karel}"
    assert (first.fields["pages"], first.type) == ("201--209", "article")
    assert (second.type, second.fields["eid"]) == ("inproceedings", "17")
    (paper,) = understood("wos.tsv").candidates
    assert (paper.fields["author"], paper.type) == ("John A. Smith and An Lee", "article")
    assert paper.fields["pages"] == "5--12"


def test_other_delimiters_languages_and_encodings() -> None:
    found = understood("europe.csv")
    assert [paper.raw["author"] for paper in found.candidates] == [
        "{Müller, Jörg and Lee, Ana}",
        "{Müller, Jörg}",
    ]
    assert found.remarks == (
        "columns read: Titel as title, Autoren as author, Jahr as year, Zeitschrift as container",
        "columns left out: Bewertung",
    )
    assert understood("hand.tsv").candidates[0].fields["eprint"] == "2001.00009"


def test_columns_without_a_title_are_no_table_of_papers() -> None:
    importer = SheetImporter()
    assert not importer.recognises("year,author\n2020,Lee\n")
    assert not importer.recognises("title\nTea\n")
    assert not importer.recognises("The title, and what follows it\n")


def test_too_many_open_quotes_end_the_reading() -> None:
    text = "title,year\n" + 'a,"b\n' * 20_000
    found = SheetImporter().read(text)
    assert not found.candidates
    assert found.problems[-1].reason == "too much is broken: not read from here"
    assert len(found.problems) < 1_000


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n",;'))


@given(st.lists(cells.filter(str.strip), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_whatever_is_in_a_cell_every_row_is_a_paper(abstracts: list[str], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["title", "abstract"])
    writer.writerows([f"Tea {n}", abstract] for n, abstract in enumerate(abstracts))
    found = SheetImporter().read(out.getvalue())
    assert not found.problems
    assert [paper.fields.get("abstract", "") for paper in found.candidates] == [
        abstract.replace("\ufeff", "").strip() for abstract in abstracts
    ]


@given(st.text(st.sampled_from('ab,"\n;'), max_size=60))
def test_no_table_is_too_broken(text: str) -> None:
    found = SheetImporter().read("title,year\n" + text)
    assert all(paper.fields["title"] for paper in found.candidates)
