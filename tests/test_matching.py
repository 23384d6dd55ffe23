"""The same paper is found however it is written; different ones are kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.matching import (
    Facts,
    Index,
    facts_of,
    normal_arxiv,
    normal_doi,
    normal_title,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BottleFit: Learning", "BOTTLEFIT -- learning"),
        (r"D{$\epsilon$}pS: Delayed $\varepsilon$-Shrinking", "DεpS: Delayed ε-Shrinking"),
        (r"{\"U}ber S{\"a}tze", "Über Sätze"),
        (r"\v{C}ech {\o}re \textsc{Bert} \emph{x} CO$_2$", "Čech øre BERT x CO₂"),
        (r"{\AA}ngstr\"om {\aa}", "Ångström å"),
        (r"Cats \& Dogs", "Cats and Dogs"),
        ("Cats &amp; <i>Dogs</i>", "Cats & Dogs"),
        (r"\'{\i}ndice", "índice"),
        ("state-of-the-art", "stateof-the-art"),
        ("DAMO-YOLO : A Report", "DAMO-YOLO: a report"),
        ("e\u0301tude", "étude"),
        ("“Why” it’s slow", '"Why" it\'s slow'),
    ],
)
def test_titles_that_are_equal(one: str, other: str) -> None:
    assert normal_title(one) == normal_title(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GraphVite", "GraphHash"),
        ("C++ for Tea", "C for Tea"),
        ("Tea, Part 1", "Tea, Part 2"),
        ("茶の研究", "水の研究"),
        ("<projektor> for Data", "For Data"),
    ],
)
def test_titles_that_differ(one: str, other: str) -> None:
    assert normal_title(one) != normal_title(other)


@given(st.text())
def test_normal_titles_stay_as_they_are(text: str) -> None:
    once = normal_title(text)
    assert normal_title(once) == once


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1109/TITS.2024.3371177", "10.1109/tits.2024.3371177"),
        ("https://doi.org/10.1145/3609385", "10.1145/3609385"),
        ("http://dx.doi.org/10.1007%2F978-3", "10.1007/978-3"),
        ("doi: 10.1145/3609385.", "10.1145/3609385"),
        (r"10.1007/978-3\_34", "10.1007/978-3_34"),
        ("https://publisher.example/10.1145/3609385", None),
        ("", None),
        (None, None),
    ],
)
def test_doi(text: str | None, doi: str | None) -> None:
    assert normal_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2201.02693", "2201.02693"),
        ("2201.02693v3", "2201.02693"),
        ("arXiv:2201.02693 [cs.LG]", "2201.02693"),
        ("https://arxiv.org/abs/2201.02693v1", "2201.02693"),
        ("http://arxiv.org/pdf/math.GT/0309136v1.pdf", "math/0309136"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("10.48550/arXiv.2201.02693", "2201.02693"),
        ("arXiv preprint arXiv:2201.02693", "2201.02693"),
        ("10.1234/2201.02693", None),
        ("Nature 2201", None),
        (None, None),
    ],
)
def test_arxiv_id(text: str | None, arxiv: str | None) -> None:
    assert normal_arxiv(text) == arxiv


def test_facts_come_from_the_fields_where_people_write_them() -> None:
    scholar = {"journal": "arXiv preprint arXiv:1706.03762", "year": "2017", "title": "T"}
    assert facts_of(scholar).arxiv == "1706.03762"
    assert facts_of({"journal": "CoRR", "volume": "abs/1706.03762"}).arxiv == "1706.03762"
    assert facts_of({"eprint": "12345", "archiveprefix": "PubMed"}).arxiv is None
    assert facts_of({"url": "https://doi.org/10.1/x"}).doi is None
    assert facts_of({"url": "https://doi.org/10.1145/X"}).doi == "10.1145/x"
    people = facts_of({"author": "Ana Smith and others", "date": "2020-03"})
    assert (people.authors, people.year) == (("Ana Smith",), 2020)


TEA = Facts(
    doi="10.1000/tea", arxiv="2201.00001", title="Tea at Scale", year=2022, authors=("Ana Smith",)
)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(doi="https://doi.org/10.1000/TEA", title="Something Else"),
        Facts(arxiv="arXiv:2201.00001v4", title="Earlier Title"),
        Facts(title="TEA at {S}cale"),
        Facts(title="Tea at Scale", year=2020, authors=("A. Smith", "Bo Li")),
        Facts(title="Tea at Scale", doi="10.48550/arXiv.2201.00001"),
        Facts(title="Tea at Scale", doi="10.1101/2021.1.1"),
    ],
)
def test_the_same_paper_is_found(facts: Facts) -> None:
    assert Index([("tea", TEA)]).find(facts) == "tea"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(title="Tea at Small Scale"),
        Facts(title="Tea at Scale", doi="10.1000/other"),
        Facts(title="Tea at Scale", arxiv="2305.00001"),
        Facts(title="Tea at Scale", authors=("Bo Li",)),
        Facts(),
    ],
)
def test_another_paper_is_not(facts: Facts) -> None:
    assert Index([("tea", TEA)]).find(facts) is None


def test_a_title_that_names_a_kind_of_text_needs_authors_and_year() -> None:
    index = Index([("ed1", Facts(title="Editorial", year=2020, authors=("Ana Smith",)))])
    assert index.find(Facts(title="Editorial")) is None
    assert index.find(Facts(title="Editorial", year=2021, authors=("Ana Smith",))) is None
    assert index.find(Facts(title="Editorial", year=2020, authors=("Ana Smith",))) == "ed1"
    bare = Index([("ed", Facts(title="Editorial"))])
    assert bare.find(Facts(title="Editorial")) == "ed"


def test_of_several_with_one_title_the_one_with_a_common_author_is_found() -> None:
    index = Index([("a", Facts(title="Tea")), ("b", Facts(title="Tea", authors=("Ana Smith",)))])
    assert index.find(Facts(title="Tea", authors=("Ana Smith",))) == "b"
    assert index.find(Facts(title="Tea")) == "a"
