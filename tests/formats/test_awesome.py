"""Lists in Markdown: titles, links, badges, tables, headings."""

import pytest

from reviewkit.formats.awesome import AwesomeImporter
from tests.formats.corpus import titled, understood


def test_items_and_rows_are_papers() -> None:
    found = understood("awesome.md")
    assert [(paper.line, paper.fields["title"]) for paper in found.candidates] == [
        (10, "Brewing at scale (in one pot)"),
        (11, "Cold brews for everybody"),
        (12, "Steeping without a clock"),
        (22, "Saucers are enough"),
        (23, "Cups that hold"),
        (25, "Handles considered"),
    ]


def test_links_become_identifiers_and_the_heading_a_keyword() -> None:
    found = understood("awesome.md")
    first = titled(found, "Brewing").fields
    assert (first["eprint"], first["year"], first["keywords"]) == ("2002.00001", "2020", "Brewing")
    assert first["code"] == "https://github.com/tea/brew"
    assert titled(found, "Cold").fields["doi"] == "10.1000/cold.1"
    steeping = titled(found, "Steeping").fields
    assert steeping["url"] == "https://openreview.net/forum?id=AbCdEf124"
    assert steeping["url-2"] == "https://aclanthology.org/2021.tea-main.7/"
    assert titled(found, "Saucers").fields["keywords"] == "Cups & saucers"


def test_what_is_no_paper_is_said() -> None:
    found = understood("awesome.md")
    assert [(each.kind, each.value) for each in found.identifiers] == [("arxiv", "2002.00002")]
    assert [problem.line for problem in found.ignored] == [15]
    assert found.remarks == (
        "passed over: list items without a link to a paper (1)",
        "passed over: BibTeX entries within the list (1)",
    )


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("- [paper](https://arxiv.org/abs/2001.00001) Tea for two. Lee et al.", "Tea for two"),
        ("- (CupConf 2020) [Tea *for* two](https://arxiv.org/abs/2001.00001)", "Tea for two"),
        ("- Tea for two [[Paper]](https://arxiv.org/abs/2001.00001)", "Tea for two"),
        ("- \"Tea for two\" [pdf](https://a.example.org/t.pdf)", "Tea for two"),
        ("- `2020` **[Tea for two](https://arxiv.org/abs/2001.00001)** :fire:", "Tea for two"),
        ("1. Tea for two. An Lee. [doi](https://doi.org/10.1000/t)", "Tea for two"),
        ("* [![b](https://i.example.org/b.svg)](https://arxiv.org/abs/2001.00001) Tea for two",
         "Tea for two"),
        ("- [Tea [for] two](https://arxiv.org/abs/2001.00001)", "Tea [for] two"),
    ],
)  # fmt: skip
def test_titles_wherever_they_stand(item: str, title: str) -> None:
    (paper,) = AwesomeImporter().read(item + "\n").candidates
    assert paper.fields["title"] == title
