"""Each service's answers in its own format, as papers in BibTeX's fields.

The samples have the shapes of real answers; the papers in them do not exist.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import decode_value
from reviewkit.errors import SourceError
from reviewkit.lookup.sources import arxiv, crossref, dblp, doi, openalex, semanticscholar
from reviewkit.lookup.web import Web
from tests.lookup.samples import (
    ATOM,
    ATOM_ERROR,
    ATOM_NONE,
    CROSSREF_ARTICLE,
    CROSSREF_CHAPTER,
    CSL_DATACITE,
    DBLP_HITS,
    OPENALEX_WORK,
    SEMANTIC_PAPER,
    crossref_answer,
)
from tests.lookup.service import Answer, Service

Make = Callable[..., Web]


def atom(body: str) -> Answer:
    return Answer(body.encode(), kind="application/atom+xml; charset=utf-8")


def test_crossref_article(web: Make, service: Service) -> None:
    service.says("/works/10.5555/Steep(2021).7", crossref_answer(CROSSREF_ARTICLE))
    paper = crossref.by_doi(web(), "10.5555/Steep(2021).7")
    assert paper is not None
    assert (paper.type, paper.citekey) == ("article", None)
    assert paper.fields == {
        "title": "Steeping of CO₂-free tea: A study in vivo & in vitro",
        "author": "Anna van der Blatt and John Kanne, Jr. and {Tea Working Group}",
        "editor": "Q. Löffel",
        "journal": "Journal of Small Drinks",
        "year": "2021",
        "month": "March",
        "volume": "12",
        "number": "3",
        "pages": "101--119",
        "publisher": "Leaf Press",
        "issn": "0000-0000",
        "doi": "10.5555/steep(2021).7",
        "abstract": "Aim: We steep tea.\n\nIt gets dark when t > 3 min.",
    }
    assert paper.raw["author"] == (
        "{van der Blatt, Anna and Kanne, Jr., John and {Tea Working Group}}"
    )


def test_crossref_chapter_of_proceedings(web: Make, service: Service) -> None:
    service.says("/works/10.5555/c1", crossref_answer(CROSSREF_CHAPTER))
    paper = crossref.by_doi(web(), "10.5555/c1")
    assert paper is not None
    assert paper.type == "inproceedings"
    assert paper.fields["booktitle"] == "Tea 2020, 4th Conference on Tea"
    assert paper.fields["series"] == "Lecture Notes in Tea"
    assert paper.fields["publisher"] == "Leaf"
    assert "journal" not in paper.fields


def test_crossref_finds_books_by_isbn(web: Make, service: Service) -> None:
    chapter = CROSSREF_CHAPTER | {"ISBN": ["9783161484100"]}
    book = {"type": "book", "title": ["Tea"], "ISBN": ["9783161484100"], "DOI": "10.5555/B"}
    answer = {"status": "ok", "message-type": "work-list", "message": {"items": [chapter, book]}}
    service.says("/works", json.dumps(answer).encode())
    paper = crossref.by_isbn(web(), "9783161484100")
    assert paper is not None
    assert (paper.type, paper.fields["isbn"]) == ("book", "9783161484100")
    assert service.asked[0].query["filter"] == "isbn:9783161484100"


def test_doi_org_answers_for_other_agencies(web: Make, service: Service) -> None:
    service.says("/10.5281/zenodo.99", Answer(json.dumps(CSL_DATACITE).encode()))
    paper = doi.by_doi(web(), "10.5281/zenodo.99")
    assert paper is not None
    assert paper.fields["title"] == "Leaf data"
    assert paper.fields["author"] == "Mia de Souza and {Leaf Lab}"
    assert paper.fields["year"] == "2023"
    assert service.asked[0].headers["accept"] == "application/vnd.citationstyles.csl+json"


def test_arxiv_gives_many_at_once(web: Make, service: Service) -> None:
    service.says("/api/query", atom(ATOM))
    found = arxiv.by_ids(web(), ["2101.00001", "math/0309136", "2101.99999"])
    assert set(found) == {"2101.00001", "math/0309136"}
    assert service.asked[0].query["id_list"] == "2101.00001,math/0309136,2101.99999"
    paper = found["2101.00001"]
    assert paper.type == "misc"
    assert paper.fields["title"] == "Fast ϵ-steeping of tea & milk for Erdős"
    assert paper.raw["title"] == r"{Fast $\epsilon$-steeping of tea \& milk for Erd\H{o}s}"
    assert paper.fields["author"] == "Anna van der Blatt and John Kanne, Jr"
    assert paper.fields["doi"] == "10.5555/tea.1"
    assert paper.fields["note"] == "J. Small Drinks 12 (2021) 101"
    assert paper.fields["year"] == "2021"
    assert paper.fields["eprint"] == "2101.00001"
    assert (paper.fields["archiveprefix"], paper.fields["primaryclass"]) == ("arXiv", "cs.DC")
    assert paper.fields["abstract"].startswith("We gain 50% in time.")


def test_arxiv_knows_nothing_or_says_what_is_wrong(web: Make, service: Service) -> None:
    service.says("/api/query", atom(ATOM_NONE))
    assert arxiv.by_ids(web(), ["2101.99999"]) == {}
    service.says("/api/query", atom(ATOM_ERROR))
    with pytest.raises(SourceError, match="incorrect id format") as caught:
        arxiv.by_ids(web(), ["x"])
    assert not caught.value.temporary


@pytest.mark.parametrize("body", ["<html/>", "<rss/>", ATOM[:-20]])
def test_arxiv_answers_that_are_no_feed(web: Make, service: Service, body: str) -> None:
    service.says("/api/query", atom(body))
    with pytest.raises(SourceError, match="arXiv answered"):
        arxiv.by_ids(web(), ["2101.00001"])


def test_openalex(web: Make, service: Service) -> None:
    service.says("/works/pmid:29456894", json.dumps(OPENALEX_WORK).encode())
    paper = openalex.by_pmid(web(), "29456894")
    assert paper is not None
    assert paper.type == "article"
    assert paper.fields == {
        "title": "The state of tea",
        "author": "Anna Blatt and John Kanne",
        "journal": "TeaJ",
        "year": "2018",
        "volume": "6",
        "pages": "e4375",
        "doi": "10.5555/teaj.4375",
        "pmid": "29456894",
        "abstract": "Despite growing thirst for tea, tea is rare.",
    }


def test_semantic_scholar(web: Make, service: Service) -> None:
    service.says("/graph/v1/paper/ARXIV:2101.00001", json.dumps(SEMANTIC_PAPER).encode())
    paper = semanticscholar.by_arxiv(web(), "2101.00001")
    assert paper is not None
    assert paper.type == "inproceedings"
    assert paper.fields["booktitle"] == "International Conference on Tea"
    assert paper.fields["eprint"] == "2101.00001"
    assert paper.fields["doi"] == "10.5555/tea.1"
    missing = {"error": "Paper with id ARXIV:2101.00002 not found"}
    service.says("/graph/v1/paper/ARXIV:2101.00002", Answer(json.dumps(missing).encode(), 404))
    assert semanticscholar.by_arxiv(web(), "2101.00002") is None


def test_dblp(web: Make, service: Service) -> None:
    service.says("/search/publ/api", json.dumps(DBLP_HITS).encode())
    paper, preprint = dblp.by_title(web(), "Tea: a (short) history")
    assert service.asked[0].query["q"] == "Tea a short history"
    assert paper.type == "inproceedings"
    assert paper.fields == {
        "title": "Tea: a short history",
        "author": "Wei Wang and Jean-Luc Dupont",
        "booktitle": "TEA",
        "year": "2019",
        "pages": "10--17",
        "doi": "10.5555/tea.7",
    }
    assert (preprint.type, preprint.fields["eprint"]) == ("misc", "1901.00001")


def test_dblp_without_hits(web: Make, service: Service) -> None:
    service.says("/search/publ/api", b'{"result": {"hits": {"@total": "0", "@sent": "0"}}}')
    assert dblp.by_title(web(), "Tea") == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(
    st.sampled_from([CROSSREF_ARTICLE, CROSSREF_CHAPTER, CSL_DATACITE, OPENALEX_WORK,
                     SEMANTIC_PAPER, DBLP_HITS["result"]["hits"]["hit"][0]["info"]]),
    st.data(),
)  # fmt: skip
def test_values_of_the_wrong_type_cost_the_value_at_most(
    sample: dict[str, Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(sample)))
    harmed = sample | {name: data.draw(json_values)}
    for read in (crossref.work, openalex._work, semanticscholar._paper, dblp._paper):
        paper = read(harmed)
        for field, value in paper.fields.items() if paper is not None else ():
            assert value.strip()
            raw = paper.raw.get(field) if paper is not None else None
            assert raw is None or decode_value(field, raw)
