import json
from collections.abc import Callable
from typing import Any

import pytest

from reviewkit.errors import SourceError
from reviewkit.formats.importer import Identifier
from reviewkit.lookup.resolver import Outcome, Resolver
from reviewkit.lookup.web import Web
from tests.lookup.samples import (
    ATOM,
    CROSSREF_ARTICLE,
    CSL_DATACITE,
    DBLP_HITS,
    SEMANTIC_PAPER,
    crossref_answer,
)
from tests.lookup.service import Answer, Service

Make = Callable[..., Web]


def find(web: Web, *identifiers: tuple[Any, str]) -> list[Outcome]:
    return list(Resolver(web).find(Identifier(kind, value, 1) for kind, value in identifiers))


def test_many_preprints_are_one_request(web: Make, service: Service) -> None:
    service.says("/api/query", ATOM.encode())
    done = find(
        web(), ("arxiv", "2101.00001"), ("arxiv", "math/0309136"), ("doi", "10.5555/none"),
        ("doi", "10.48550/arxiv.2101.00001"),
    )  # fmt: skip
    assert [outcome.paper is not None for outcome in done] == [True, True, True, False]
    assert done[3].reason == "not found: is it right?"
    assert not done[3].temporary
    assert service.paths() == ["/api/query", "/works/10.5555/none", "/10.5555/none",
                               "/works/doi:10.5555/none"]  # fmt: skip


def test_a_busy_arxiv_is_gone_round(web: Make, service: Service) -> None:
    service.says("/api/query", Answer(b"Rate exceeded.", 429, "text/plain"))
    service.says("/10.48550/arxiv.2101.00001", json.dumps(CSL_DATACITE).encode())
    service.says("/graph/v1/paper/ARXIV:2101.00002", json.dumps(SEMANTIC_PAPER).encode())
    done = find(web(), ("arxiv", "2101.00001"), ("arxiv", "2101.00002"), ("arxiv", "2101.00003"))
    assert [outcome.paper is not None for outcome in done] == [True, True, False]
    assert done[2].temporary
    assert "arXiv is asked too often" in done[2].reason
    assert service.paths().count("/api/query") == 3, "then it is left alone"


def test_who_else_knows_a_doi(web: Make, service: Service) -> None:
    service.says("/10.5281/zenodo.99", json.dumps(CSL_DATACITE).encode())
    (done,) = find(web(), ("doi", "10.5281/zenodo.99"))
    assert done.paper is not None
    assert service.paths() == ["/works/10.5281/zenodo.99", "/10.5281/zenodo.99"]


def test_a_work_without_a_title_is_no_paper(web: Make, service: Service) -> None:
    service.says("/works/10.5555/x", crossref_answer({"DOI": "10.5555/x", "title": []}))
    (done,) = find(web(), ("doi", "10.5555/x"))
    assert done.paper is None


@pytest.mark.parametrize("kind", ["url", "openreview"])
def test_kinds_that_nobody_takes_are_not_asked_for(web: Make, service: Service, kind: str) -> None:
    (done,) = find(web(), (kind, "abc"))
    assert kind in done.reason
    assert service.asked == []


def test_offline_is_said_once_and_fast(web: Make, service: Service) -> None:
    service.close()
    done = find(web(), *(("doi", f"10.5555/{n}") for n in range(30)))
    assert all(outcome.temporary and "online" in outcome.reason for outcome in done)


def works(*found: dict[str, Any]) -> bytes:
    return json.dumps({"status": "ok", "message": {"items": list(found)}}).encode()


TITLE = "Steeping of CO2-free tea: a study in vivo and in vitro"


def test_a_title_must_be_the_same(web: Make, service: Service) -> None:
    other = CROSSREF_ARTICLE | {"title": ["Steeping of tea"], "DOI": "10.5555/other"}
    service.says("/works", works(other, CROSSREF_ARTICLE))
    assert Resolver(web()).titled(TITLE).fields["doi"] == "10.5555/steep(2021).7"
    assert service.asked[0].query["query.bibliographic"] == TITLE
    with pytest.raises(SourceError, match="no service knows"):
        Resolver(web()).titled("Steeping of coffee")


def test_one_title_of_two_papers_is_not_decided(web: Make, service: Service) -> None:
    other = CROSSREF_ARTICLE | {"DOI": "10.5555/other", "author": [{"family": "Unlike"}]}
    service.says("/works", works(CROSSREF_ARTICLE, other))
    with pytest.raises(SourceError, match="2 papers have this title"):
        Resolver(web()).titled(TITLE)


def test_titles_that_crossref_lacks_are_asked_of_dblp(web: Make, service: Service) -> None:
    service.says("/works", works())
    service.says("/search/publ/api", json.dumps(DBLP_HITS).encode())
    assert Resolver(web()).titled("Tea: a short history").fields["doi"] == "10.5555/tea.7"
    service.says("/search/publ/api", Answer(b"<!DOCTYPE html><p>robot?", kind="text/html"))
    with pytest.raises(SourceError, match="web page"):
        Resolver(web()).titled("Tea: another history")
