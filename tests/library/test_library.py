import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op

TEXT = """\
@string{venue = {Journal of Small Things}}
@article{smith2021, author={Smith, Zo{\\"e}}, title={On {Small} Things}, journal=venue,
  year={2021}, doi={10.1000/small}, keywords={small; things}, eprint={2101.00001},
  archiveprefix={arXiv}, url={https://example.org/a javascript:alert(1)},
  abstract={See https://github.com/a/b for code.}}
@misc{bare, title={}}
@misc{dup, title={First}}
@misc{dup, title={Second}}
"""


def library(text: str = TEXT, *ops: Op) -> Library:
    return Library(BibDocument.from_bytes(text.encode()), Fold(ops))


def op(number: int, paper: str, field: str, value: object, reviewer: str | None = None,
       seen: tuple[str, ...] = ()) -> Op:  # fmt: skip
    t = f"{number:012x}0000"
    return Op(f"w.{number}", t, "ana", paper, reviewer, field, value, seen, "kernel")


SMITH = paper_id("smith2021")


def test_a_paper_of_the_file_alone() -> None:
    paper = library().paper("smith2021")
    assert (paper.id, paper.type, paper.title) == (SMITH, "article", "On Small Things")
    assert (paper.authors, paper.year, paper.venue) == (
        ("Zoë Smith",), 2021, "Journal of Small Things")  # fmt: skip
    assert (paper.doi, paper.arxiv) == ("10.1000/small", "2101.00001")
    assert paper.keywords == ("small", "things")
    assert paper.urls == ("https://example.org/a",)
    assert [link.kind for link in paper.links] == ["code", "arxiv", "doi", "page"]
    assert all(link.url.startswith("https://") for link in paper.links)
    assert (paper.reviews, paper.tags, paper.score, paper.conflicts) == ((), (), None, ())


def test_a_paper_without_a_title_is_called_by_its_key() -> None:
    assert library().paper("bare").title == "bare"
    assert library().row("bare", None).year is None


def test_a_repeated_key_is_one_paper() -> None:
    assert library().citekeys() == ["smith2021", "bare", "dup"]
    assert library().paper("dup").title == "First"


def test_an_entry_is_its_papers_also_before_the_log_of_its_first_key_comes() -> None:
    found = library(TEXT, op(2, SMITH, "citekey", "small2021", seen=("w.1",)),
                    op(3, SMITH, "rating", 4, "ana"))  # fmt: skip
    assert (found.id_of("smith2021"), found.key_of(SMITH)) == (SMITH, "smith2021")
    assert found.renamed() == [(SMITH, "smith2021", "small2021")]
    assert found.had_key(SMITH, "smith2021") and not found.had_key(SMITH, "bare")


def test_a_paper_is_known_by_the_id_that_its_entry_carries() -> None:
    text = TEXT.replace("smith2021,", f"renamed2021, reviewkit={{{SMITH} abcdefghij}},")
    found = library(text, op(1, SMITH, "citekey", "smith2021"),
                    op(2, SMITH, "rating", 4, "ana"))  # fmt: skip
    assert found.id_of("renamed2021") == SMITH
    assert found.key_of(SMITH) == "renamed2021"
    assert "smith2021" not in found
    assert found.paper("renamed2021").score == 4


def test_a_new_paper_under_a_key_that_another_had() -> None:
    text = f"@misc{{renamed, reviewkit={{{SMITH} abcdefghij}}}}\n@misc{{smith2021, title={{New}}}}"
    found = library(text)
    assert found.id_of("renamed") == SMITH
    assert found.id_of("smith2021") == f"{SMITH}.2"


def test_papers_that_are_not_in_the_file_yet() -> None:
    new = paper_id("new2024")
    found = library(TEXT, op(1, new, "citekey", "new2024"), op(2, new, "type", "book"),
                    op(3, new, "bib:title", "{A {\\\"U}ber Title}"))  # fmt: skip
    assert found.citekeys()[-1] == "new2024"
    paper = found.paper("new2024")
    assert (paper.title, paper.type) == ("A Über Title", "book")
    mentioned = library(TEXT, op(1, new, "citekey", "new2024"))
    assert "new2024" not in mentioned
    assert "new2024" not in mentioned.citekeys()


def test_edited_fields_stand_over_those_of_the_file() -> None:
    found = library(TEXT, op(1, SMITH, "citekey", "smith2021"),
                    op(2, SMITH, "bib:journal", None), op(3, SMITH, "bib:year", "{1999}"),
                    op(4, SMITH, "bib:booktitle", "venue"))  # fmt: skip
    paper = found.paper("smith2021")
    assert (paper.year, paper.venue) == (1999, "Journal of Small Things")
    assert "journal" not in found.fields("smith2021")


def test_deleted_papers_are_not_there() -> None:
    key = op(1, SMITH, "citekey", "smith2021")
    found = library(TEXT, key, op(2, SMITH, "deleted", True, None, ("w.1",)))
    assert found.citekeys() == ["bare", "dup"]
    assert found.id_of("smith2021") is None
    assert "smith2021" not in found


@pytest.mark.parametrize("tags", [("small",), ("new",)])
def test_keywords_are_the_authors_and_tags_the_reviewers(tags: tuple[str, ...]) -> None:
    text = TEXT.replace("{small; things}", "{small; things; new}")
    tagged = [op(n, SMITH, f"tag:{tag}", True, "ana") for n, tag in enumerate(tags, 2)]
    found = library(text, op(1, SMITH, "bib:keywords", "{small; things}"), *tagged)
    paper = found.paper("smith2021")
    assert paper.keywords == ("small", "things")
    assert paper.tags == tags


def test_rows_and_facts_are_of_the_same_papers() -> None:
    found = library(
        TEXT, op(1, SMITH, "citekey", "smith2021"), op(2, SMITH, "status", "read", "bob")
    )
    row = found.row("smith2021", "bob")
    assert (row.authors, row.status, row.readers, row.venue) == (
        "Smith", "read", 1, "Journal of Small Things")  # fmt: skip
    assert found.row("smith2021", "ana").status is None
    assert {key for key, _ in found.facts()} == {"smith2021", "bare", "dup"}
    assert {item.citekey for item in found.searchable()} == {"smith2021", "bare", "dup"}


def test_a_child_shows_year_and_book_of_its_parent_and_no_identifier() -> None:
    text = """
@inproceedings{child, title={A Paper}, author={Wu, Di}, crossref={proc}}
@proceedings{proc, title={Proceedings of Things}, year={2001}, doi={10.1000/all}}
"""
    found = library(text)
    paper, row = found.paper("child"), found.row("child", None)
    assert (paper.title, paper.year, paper.venue) == ("A Paper", 2001, "Proceedings of Things")
    assert (row.year, row.venue, paper.doi) == (2001, "Proceedings of Things", None)
    assert [shown.year for shown in found.searchable()] == [2001, 2001]
    assert "year" not in found.fields("child")


def test_years_are_found_in_dates_of_every_form() -> None:
    text = "@misc{a, date={2017-06/2018}}\n@misc{b, year={in press}}\n@misc{c, year={2017a}}\n"
    found = library(text)
    assert [found.paper(key).year for key in ("a", "b", "c")] == [2017, None, 2017]
    assert [found.row(key, None).year for key in ("a", "b", "c")] == [2017, None, 2017]
