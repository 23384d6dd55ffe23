"""What is written is understood by reviewkit itself, and says the same."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit import formats
from reviewkit.exports import ITEM_WRITERS, write_bib
from reviewkit.formats.importer import Candidate
from reviewkit.records import Paper
from tests.exports.hands import items_of, library_of

LIBRARY = r"""@string{jst = {Journal of Small Things}}
@article{smith2021, author = {Smith, Zo{\"e} and van der Maaten, Laurens and Gates, III, William},
  title = {On {Small} Things: 100\% of $\alpha$}, journal = jst, year = 2021, month = jun,
  volume = 7, number = {3}, pages = {12--34}, doi = {10.1000/abc}, keywords = {nets, caf{\'e}},
  abstract = {We show -- for 3 < 4 -- that "it" holds.}, url = {https://x.org/a}}
@inproceedings{child, crossref = {proc}, author = {Lee, Ana}, title = {A Child of Proceedings}}
@proceedings{proc, title = {Proceedings of the Conference on Things}, year = {2019},
  editor = {Doe, Jane}, publisher = {ACM}}
@phdthesis{roe1999, author = {Roe, Bo}, title = {Theses and Things}, school = {MIT}, year = {1999}}
@misc{kim2022, author = {Kim, Cy}, title = {A Preprint on Things}, year = {2022},
  eprint = {2201.02693}, archiveprefix = {arXiv}}
"""


def read_back(form: str, library_text: str) -> list[Candidate]:
    if form in ITEM_WRITERS:
        data = ITEM_WRITERS[form](items_of(library_text), False)
    else:
        document = library_of(library_text).document
        data, _ = write_bib(form, document, None, lambda key: None, False)
    return list(formats.read(data, "the export").candidates)


def facts(candidate: Candidate) -> tuple[object, ...]:
    fields = candidate.fields
    words = [word.strip() for word in re.split("[,;]", fields.get("keywords", "")) if word]
    authors = tuple(name for name in re.split(r"\s+and\s+", fields.get("author", "")) if name)
    return fields["title"], authors, fields.get("year"), fields.get("doi"), words


def facts_of(paper: Paper) -> tuple[object, ...]:
    year = None if paper.year is None else str(paper.year)
    return paper.title, paper.authors, year, paper.doi, list(paper.keywords)


@pytest.mark.parametrize(
    "form", ["ris", "csl-json", "csv", "asreview", "zotero", "jabref", "clean"]
)
def test_the_same_papers_come_back(form: str) -> None:
    papers = {item.paper.citekey: item.paper for item in items_of(LIBRARY)}
    found = {candidate.citekey: candidate for candidate in read_back(form, LIBRARY)}
    assert found.keys() == papers.keys()
    for key, candidate in found.items():
        if key != "child" or form in ITEM_WRITERS:
            assert facts(candidate) == facts_of(papers[key]), key


def test_numbers_types_and_books_come_back_from_ris_and_csl() -> None:
    for form in ("ris", "csl-json"):
        found = {candidate.citekey: candidate for candidate in read_back(form, LIBRARY)}
        smith, child = found["smith2021"], found["child"]
        told = {name: smith.fields.get(name) for name in ("volume", "number", "journal")}
        assert told == {"volume": "7", "number": "3", "journal": "Journal of Small Things"}, form
        assert smith.fields["pages"].replace("\u2013", "--").replace("--", "-") == "12-34"
        assert smith.fields["abstract"] == 'We show \u2013 for 3 < 4 \u2013 that "it" holds.'
        assert child.fields["booktitle"] == "Proceedings of the Conference on Things"
        assert [found[key].type for key in ("smith2021", "child", "roe1999", "kim2022")] == [
            "article", "inproceedings", "phdthesis", "misc"]  # fmt: skip
        assert "2201.02693" in str(found["kim2022"].fields)


WORD = st.text("abcdéß漢", min_size=2, max_size=8)
TITLE = st.lists(WORD, min_size=2, max_size=6).map(" ".join)
PERSON = st.tuples(WORD, WORD).map(lambda pair: f"{pair[0].title()}, {pair[1].title()}")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            TITLE,
            st.lists(PERSON, min_size=1, max_size=3),
            st.integers(1700, 2099),
            st.lists(WORD, max_size=3, unique=True),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["ris", "csl-json", "csv", "asreview"]),
)
def test_any_paper_comes_back(
    papers: list[tuple[str, list[str], int, list[str]]], form: str
) -> None:
    text = "".join(
        f"@article{{key{number}, title = {{{title}}}, author = {{{' and '.join(people)}}}, "
        f"year = {{{year}}}, journal = {{J}}, keywords = {{{', '.join(words)}}}}}\n"
        for number, (title, people, year, words) in enumerate(papers)
    )
    found = [facts(candidate) for candidate in read_back(form, text)]
    assert found == [facts_of(item.paper) for item in items_of(text)]
