import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from reviewkit.exports import Item
from reviewkit.exports.sheets import label, write_asreview, write_csv
from reviewkit.records import Review
from tests.exports.hands import REVIEWS, items_of, paper_with

TEXT = r"""@article{smith2021, author = {Smith, Zo{\"e} and {CERN}}, title = {=HYPERLINK("x")},
  journal = {J}, year = 2021, doi = {10.1000/x}, keywords = {a, b}, abstract = {-1 is "odd"

  here}, url = {https://x.org}}"""


def said(*reviews: Review, decisions: tuple[str, ...] = ()) -> Item:
    (plain,) = items_of(TEXT)
    paper = paper_with(reviews, title="=HYPERLINK", year=2021, keywords=("a", "b"))
    return Item(paper, plain.fields, decisions)


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_of_papers() -> None:
    (row,) = rows(write_csv([said(*REVIEWS)], opinions=False))
    assert row == {
        "key": "smith2021",
        "type": "article",
        "title": '\'=HYPERLINK("x")',
        "authors": "Smith, Zoë; CERN",
        "year": "2021",
        "venue": "J",
        "doi": "10.1000/x",
        "arxiv": "",
        "url": "https://x.org",
        "abstract": '\'-1 is "odd"\n\nhere',
        "keywords": "a; b",
    }


def test_opinions_are_columns_where_asked_for() -> None:
    (row,) = rows(write_csv([said(*REVIEWS)], opinions=True))
    assert (row["tags"], row["score"]) == ("core; edge", "4.5")
    assert (row["disagreement"], row["readers"]) == ("1", "2")


def test_asreview_knows_its_columns() -> None:
    data = write_asreview([said(*REVIEWS), said()], opinions=True)
    table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert list(table.columns[:8]) == [
        "key", "title", "abstract", "authors", "keywords", "year", "doi", "url"]  # fmt: skip
    assert list(table["asreview_label"]) == ["1", ""]
    assert table["asreview_note"][0] == "ana: First.\n\nTable *3* & 50%."
    without = rows(write_asreview([said(*REVIEWS)], opinions=False))
    assert not {"asreview_label", "asreview_note", "tags", "score"} & without[0].keys()


@pytest.mark.parametrize(
    ("ratings", "decisions", "expected"),
    [
        ((), (), ""),
        ((5, 4), (), "1"),
        ((1, 2), (), "0"),
        ((3,), (), ""),
        ((5, 1), (), ""),
        ((1,), ("Include: novel",), "1"),
        ((5,), ("exclude, wrong population",), "0"),
        ((5,), ("include", "reject"), ""),
        ((5,), ("to be discussed",), "1"),
        ((), ("in the meeting of May",), ""),
        ((), ("not included",), "0"),
        ((), ("no decision yet",), ""),
        ((), ("Included",), "1"),
    ],
)
def test_labels(ratings: tuple[int, ...], decisions: tuple[str, ...], expected: str) -> None:
    reviews = [Review(f"r{number}", rating=rating) for number, rating in enumerate(ratings)]
    assert label(said(*reviews, decisions=decisions)) == expected


def test_having_read_it_says_nothing() -> None:
    assert label(said(replace(REVIEWS[0], rating=None))) == ""


def test_ratings_of_criteria_are_columns_with_their_means() -> None:
    novel = Review("ana", criteria={"novelty": 4.0, "=1+1": 2.0})
    data = write_csv(
        [said(novel, Review("ben", criteria={"novelty": 3.0})), said()], opinions=True
    )
    first, second = rows(data)
    assert (first["score:novelty"], second["score:novelty"]) == ("3.5", "")
    assert first["score:=1+1"] == "2"
    assert "score:novelty" not in rows(write_csv([said(novel)], opinions=False))[0]
