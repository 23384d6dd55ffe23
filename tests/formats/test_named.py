"""Identifiers in any text, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.formats.identifiers import identified, identifiers_in, isbn_of
from tests.formats.corpus import understood


def test_a_mail() -> None:
    found = understood("mail.txt")
    assert not found.candidates
    assert not found.problems
    assert [(each.kind, each.value, each.line) for each in found.identifiers] == [
        ("doi", "10.1000/mail.1", 6),
        ("doi", "10.1000/s0001-1(20)30183-5", 6),
        ("arxiv", "2005.00001", 7),
        ("arxiv", "2005.00002", 7),
        ("openreview", "AbCdEf125", 8),
        ("acl", "P19-1001", 8),
        ("pmid", "31000009", 9),
        ("isbn", "9783161484100", 9),
        ("url", "https://publisher.example.org/articles/one", 11),
        ("doi", "10.1000/mail.2", 12),
        ("doi", "10.1101/2020.01.01.12345", 13),
    ]
    assert [problem.text for problem in found.ignored] == ["https://ana.example.org/"]


def test_a_list_names_each_paper_once() -> None:
    found = understood("dois.txt")
    assert [(each.kind, each.line) for each in found.identifiers] == [
        ("doi", 1),
        ("doi", 2),
        ("arxiv", 5),
    ]


@pytest.mark.parametrize(
    ("url", "kind", "value"),
    [
        ("https://arxiv.org/pdf/2001.00001v3.pdf", "arxiv", "2001.00001"),
        ("https://huggingface.co/papers/2001.00001", "arxiv", "2001.00001"),
        ("https://arxiv.org/abs/math.GT/0309136", "arxiv", "math/0309136"),
        ("https://doi.org/10.48550/arXiv.2001.00001", "arxiv", "2001.00001"),
        ("https://dx.doi.org/10.1000%2Fabc", "doi", "10.1000/abc"),
        ("https://dl.example.org/doi/pdf/10.1000/1.2", "doi", "10.1000/1.2"),
        ("https://www.example.org/content/10.1101/2020.1.2.3v1.full", "doi", "10.1101/2020.1.2.3"),
        ("https://openreview.net/pdf?id=AbCdEf126", "openreview", "AbCdEf126"),
        ("https://aclanthology.org/2020.acl-main.1.pdf", "acl", "2020.acl-main.1"),
        ("https://pubmed.ncbi.nlm.nih.gov/123456/", "pmid", "123456"),
        ("https://example.org/10.html", "url", "https://example.org/10.html"),
    ],
)
def test_what_an_address_names(url: str, kind: str, value: str) -> None:
    assert identified(url) == (kind, value)


def test_isbns_are_checked() -> None:
    assert isbn_of("0-8044-2957-X") == "080442957X"
    assert isbn_of("0-8044-2957-1") is None


@given(st.text(max_size=200) | st.text(st.sampled_from("10./abc()<>&;-: \n"), max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for each, _ in identifiers_in(text):
        assert each.value
        assert 1 <= each.line <= text.count("\n") + 1
