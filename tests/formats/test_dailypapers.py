"""Daily papers as their page's interface gives them."""

import json

from reviewkit.formats import read
from tests.formats.corpus import understood


def test_papers_have_authors_abstract_and_archive() -> None:
    first, second = understood("daily.json").candidates
    wanted = {
        "title": "Trending tea",
        "author": "An Lee and Jan van der Berg",
        "abstract": "We trend.\nWe go on.",
        "year": "2024",
        "eprint": "2401.00001",
        "archiveprefix": "arXiv",
        "code": "https://github.com/tea/trend",
    }
    assert {name: first.fields[name] for name in wanted} == wanted
    assert (first.raw["month"], first.line, second.line) == ("jan", 2, 6)
    assert "author" not in second.fields


def test_one_paper_and_a_page_of_them() -> None:
    (paper,) = understood("daily-one.json").candidates
    assert paper.fields["title"] == "One trending pot"
    page = {"dailyPapers": [{"paper": {"id": "2401.1", "title": "Tea", "summary": "It is."}}]}
    (paper,) = read(json.dumps(page).encode()).candidates
    assert paper.fields == {"title": "Tea", "abstract": "It is."}
