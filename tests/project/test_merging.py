"""Two papers become one, with all that was said of both, and two again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import UnknownPaperError, ValueRefusedError
from reviewkit.project import Project
from tests.files.hands import bib, copy_ops, row, rows, save, settle, start, taken_in

KEEP, OTHER = "smith2021", "smithPreprint"
TEXT = """\
% The group's library.
@string{venue = {Journal of Small Things}}

@article{zhang2020, author={Zhang, Li}, title={A Study}, year={2020}}

% A comment that stays.
@misc{smithPreprint,
  TITLE         = {On small  things},
  author        = {Smith, Zo{\\"e}},
  eprint        = {2101.00001},
  archiveprefix = {arXiv},
  abstract      = {Said at length.},
}


@article{smith2021,
  author = "Smith, Zo{\\"e}",
  title  = "On Small Things",
  journal = venue,
  doi    = {10.1000/small},
  year   = 2021
}

@comment{jabref-meta: databaseType:bibtex;}
"""


@pytest.fixture
def papers(tmp_path: Path) -> Project:
    project = start(tmp_path / "merging", TEXT)
    project.flush()
    return project


@pytest.fixture
def twice(tmp_path: Path) -> Project:
    """The same with a title that says enough for both to be taken for one paper."""
    text = re.sub(r"(?i)on small +things", "On Small Things and What Becomes of Them", TEXT)
    return start(tmp_path / "twice", text)


def test_the_kept_paper_has_what_it_lacked_and_keeps_what_it_had(papers: Project) -> None:
    settled = papers.merge(KEEP, OTHER)
    assert (settled.keep, settled.other, settled.conflicts) == (KEEP, OTHER, 0)
    paper = papers[KEEP]
    assert (paper.title, paper.doi, paper.arxiv) == ("On Small Things", "10.1000/small",
                                                     "2101.00001")  # fmt: skip
    assert paper.abstract == "Said at length."
    papers.flush()
    text = bib(papers)
    assert "smithPreprint," not in text
    assert "ids = {smithPreprint}" in " ".join(text.split())
    assert "archiveprefix = {arXiv}" in " ".join(text.split())
    assert text.startswith(TEXT[: TEXT.index("@misc")])
    assert list(papers) == ["zhang2020", KEEP]
    settle(papers)


def test_the_former_key_leads_to_the_paper_before_and_after_writing(papers: Project) -> None:
    papers.merge(KEEP, OTHER)
    assert papers[OTHER].citekey == KEEP
    papers.flush()
    papers.review(OTHER, rating=3)
    assert papers[KEEP].reviews[0].rating == 3
    with pytest.raises(ValueRefusedError):
        papers.merge(KEEP, OTHER)


def test_fields_are_taken_as_chosen(papers: Project) -> None:
    papers.merge(KEEP, OTHER, {"title": "other", "Abstract": "keep", "year": "2020"})
    paper = papers[KEEP]
    assert (paper.title, paper.abstract, paper.year) == ("On small things", None, 2020)
    papers.flush()
    assert "title  = {On small  things}" in bib(papers)
    with pytest.raises(ValueRefusedError, match="colour"):
        papers.merge(KEEP, "zhang2020", {"colour": "keep"})


def test_all_opinions_stay_and_nobodys_are_chosen_over_anybodys(papers: Project) -> None:
    papers.review(KEEP, rating=4, status="read", tags=["core"], note="Mine on one.")
    papers.review(OTHER, rating=2, status="read", tags=["edge"], note="Mine on the other.")
    papers.review(OTHER, rating=5, note="Ben's.", reviewer="ben")
    settled = papers.merge(KEEP, OTHER)
    assert settled.conflicts == 1
    (conflict,) = papers[KEEP].conflicts
    assert (conflict.reviewer, conflict.field) == ("ana", "rating")
    assert sorted(value.value for value in conflict.values) == [2, 4]
    ana = papers[KEEP].review_of("ana")
    assert (ana.status, ana.tags) == ("read", ("core", "edge"))
    assert [note.text for note in ana.notes] == ["Mine on one.", "Mine on the other."]
    assert papers[KEEP].review_of("ben").rating == 5
    papers.flush()
    assert {r["key"] for r in rows(papers)} == {KEEP}
    settle(papers)
    low = next(value for value in conflict.values if value.value == 2)
    papers.resolve(KEEP, "ana", "rating", low.id)
    assert papers[KEEP].conflicts == ()
    assert papers[KEEP].review_of("ana").rating == 2


@pytest.mark.parametrize("again", [False, True], ids=["at-once", "opened-anew"])
def test_undo_gives_both_back_byte_for_byte_but_for_the_rev(papers: Project, again: bool) -> None:
    papers.review(KEEP, rating=4, note="One.")
    papers.review(OTHER, rating=2, note="Two.", reviewer="ben")
    papers.flush()
    text, table = bib(papers), papers.csv_path.read_bytes()
    papers.merge(KEEP, OTHER)
    papers.flush()
    assert bib(papers) != text
    if again:
        papers.close()
        papers = Project(papers.root, reviewer="ana", watch=False)
    assert papers.undo().undone == f"merging {OTHER} into {KEEP}"
    assert papers[OTHER].title == "On small  things".replace("  ", " ")
    assert papers[OTHER].type == "misc"
    papers.flush()
    assert without_revs(bib(papers)) == without_revs(text)
    assert papers.csv_path.read_bytes() == table
    assert list(papers) == ["zhang2020", OTHER, KEEP]
    settle(papers)
    papers.close()


def without_revs(text: str) -> str:
    """Our mark counts the fields that the log has come to know; all else is as it was."""
    return re.sub(r"(p\.[a-z2-7]{10}) [a-z2-7]{10}", r"\1", text)


def test_a_merge_takes_no_stars_for_the_entrys_own(papers: Project) -> None:
    papers.review(KEEP, rating=4)
    papers.review(OTHER, rating=4, reviewer="ben")
    papers.flush()
    papers.merge(KEEP, OTHER)
    papers.flush()
    papers.review(KEEP, rating=None)
    papers.review(KEEP, rating=None, reviewer="ben")
    papers.flush()
    assert "ranking" not in bib(papers)


def test_undo_without_opinions_leaves_nothing_but_our_mark(papers: Project) -> None:
    papers.merge(KEEP, OTHER)
    papers.flush()
    papers.undo()
    papers.flush()
    lines = [line for line in bib(papers).splitlines() if "reviewkit" not in line]
    assert [line.rstrip(",") for line in lines] == [line.rstrip(",") for line in TEXT.splitlines()]
    settle(papers)


def test_a_merge_can_be_undone_and_done_again(papers: Project) -> None:
    papers.review(OTHER, rating=2)
    papers.flush()
    for _ in range(3):
        papers.merge(KEEP, OTHER)
        papers.flush()
        assert papers[KEEP].reviews[0].rating == 2
        papers.undo()
        papers.flush()
        assert papers[KEEP].reviews == ()
        assert papers[OTHER].reviews[0].rating == 2
    settle(papers)


def test_three_papers_become_one(papers: Project) -> None:
    papers.review("zhang2020", rating=1)
    papers.merge(OTHER, "zhang2020")
    papers.merge(KEEP, OTHER)
    papers.flush()
    assert list(papers) == [KEEP]
    assert papers["zhang2020"].citekey == papers[OTHER].citekey == KEEP
    assert papers[KEEP].reviews[0].rating == 1
    assert papers.bib_path.read_text().count("{smithPreprint, zhang2020}") == 1
    settle(papers)


def test_further_keys_that_the_entry_has_stay(tmp_path: Path) -> None:
    text = TEXT.replace("year   = 2021", "year   = 2021,\n  ids = {old, older}")
    papers = start(tmp_path / "merging", text)
    papers.merge(KEEP, OTHER)
    papers.flush()
    assert "ids = {old, older, smithPreprint}" in bib(papers)
    assert papers["older"].citekey == KEEP


def test_an_entry_that_refers_to_the_other_refers_to_the_kept_one(tmp_path: Path) -> None:
    text = TEXT + "\n@inbook{part, title={A Part}, crossref={smithPreprint}}\n"
    papers = start(tmp_path / "merging", text)
    papers.merge(KEEP, OTHER)
    papers.flush()
    assert "crossref={smith2021}" in bib(papers)
    papers.undo()
    papers.flush()
    assert "crossref={smithPreprint}" in bib(papers)


def test_a_part_is_not_merged_with_its_whole(tmp_path: Path) -> None:
    papers = start(
        tmp_path / "merging", TEXT + "\n@inbook{part, title={P}, crossref={smith2021}}\n"
    )
    with pytest.raises(ValueRefusedError, match="crossref"):
        papers.merge("part", KEEP)
    with pytest.raises(UnknownPaperError):
        papers.merge(KEEP, "nobody")


def test_a_published_doi_comes_before_the_preprints(tmp_path: Path) -> None:
    text = TEXT.replace("eprint        = {2101.00001},\n  archiveprefix = {arXiv},",
                        "doi = {10.48550/arXiv.2101.00001},")  # fmt: skip
    papers = start(tmp_path / "merging", text)
    papers.merge(OTHER, KEEP)
    paper = papers[OTHER]
    assert (paper.doi, paper.arxiv) == ("10.1000/small", "2101.00001")
    papers.flush()
    assert "eprint = {2101.00001}" in " ".join(bib(papers).split())


def test_pairs_are_told_with_all_that_differs_until_they_are_settled(twice: Project) -> None:
    found = twice.duplicates()
    assert (found.sure + found.maybe, found.searching) == (1, False)
    (pair,) = found.pairs
    assert (pair.keep, pair.other) == (KEEP, OTHER)
    fields = {choice.name: choice for choice in pair.fields}
    assert fields["abstract"].take == "other"
    assert fields["title"].take == "keep"
    assert fields["doi"].other is None
    twice.merge(pair.keep, pair.other)
    assert twice.duplicates().pairs == ()
    twice.undo()
    assert len(twice.duplicates().pairs) == 1


def test_what_is_kept_apart_is_told_no_more(twice: Project, open_: Callable[..., Project]) -> None:
    assert twice.duplicates().pairs
    twice.keep_apart(OTHER, KEEP)
    assert twice.duplicates().pairs == ()
    other = open_(twice.root, "ben")
    assert other.duplicates().pairs == ()
    assert twice.undo().undone is not None
    assert len(twice.duplicates().pairs) == 1


def test_looking_in_the_background_tells_when_it_is_done(twice: Project) -> None:
    told: list[object] = []
    twice.on_change(told.append)
    assert twice.duplicates(wait=False).searching
    thread = twice._search._thread
    assert thread is not None
    thread.join(30)
    assert told
    found = twice.duplicates(wait=False)
    assert (found.searching, len(found.pairs)) == (False, 1)


def test_an_old_file_with_the_other_entry_brings_what_was_typed_into_it(papers: Project) -> None:
    papers.review(OTHER, rating=2)
    papers.flush()
    text, table = bib(papers), papers.csv_path.read_bytes()
    papers.merge(KEEP, OTHER)
    papers.flush()
    typed = text.replace("ana=2", "ana=3").replace("Said at length.", "Said better.")
    save(papers.bib_path, typed)
    papers.sync()
    assert papers[KEEP].review_of("ana").rating == 3
    assert OTHER not in list(papers)
    (conflict,) = papers[KEEP].conflicts
    assert {v.value for v in conflict.values} == {"{Said at length.}", "{Said better.}"}
    settle(papers)
    save(papers.csv_path, table.replace(b",2,", b",5,"))
    papers.sync()
    assert 5 in {v.value for c in papers.conflicts() for v in c.values} | {
        papers[KEEP].review_of("ana").rating
    }
    assert {r["key"] for r in rows(papers)} == {KEEP}
    settle(papers)


def test_edits_of_the_other_paper_made_elsewhere_meanwhile_reach_the_kept_one(
    papers: Project, tmp_path: Path, open_: Callable[..., Project]
) -> None:
    papers.review("zhang2020", rating=1)
    papers.flush()
    place = tmp_path / "copy"
    place.mkdir()
    (place / "references.bib").write_bytes(papers.bib_path.read_bytes())
    (place / "reviews.csv").write_bytes(papers.csv_path.read_bytes())
    copy_ops(papers.root, place)
    away = open_(place, "ben")
    away.review(OTHER, rating=5, tags=["away"], note="From the train.")
    away.edit(OTHER, {"abstract": "Mended on the train.", "year": "1999"})
    away.edit(KEEP, {"year": "2022"})
    away.flush()
    papers.merge(KEEP, OTHER)
    papers.flush()
    for _ in range(2):
        copy_ops(papers.root, place)
        copy_ops(place, papers.root)
        for project in (papers, away):
            project.sync()
    for project in (papers, away):
        ben = project[OTHER].review_of("ben")
        assert (project[OTHER].citekey, ben.rating, ben.tags) == (KEEP, 5, ("away",))
        found = {c.field: {v.value for v in c.values} for c in project[KEEP].conflicts}
        assert found["bib:abstract"] == {"{Said at length.}", "{Mended on the train.}"}
        assert found["bib:year"] == {"{1999}", "{2022}"}
        settle(project)
    assert bib(papers).count("@") == bib(away).count("@")
    assert papers.csv_path.read_bytes() == away.csv_path.read_bytes()


def test_merged_both_ways_at_once_all_agree(
    papers: Project, tmp_path: Path, open_: Callable[..., Project]
) -> None:
    papers.review(KEEP, rating=1)
    papers.review(OTHER, rating=2, reviewer="ben")
    papers.flush()
    place = tmp_path / "copy"
    place.mkdir()
    (place / "references.bib").write_bytes(papers.bib_path.read_bytes())
    copy_ops(papers.root, place)
    away = open_(place, "ben")
    papers.merge(KEEP, OTHER)
    away.merge(OTHER, KEEP)
    for project in (papers, away):
        project.flush()
    for _ in range(2):
        copy_ops(papers.root, place)
        copy_ops(place, papers.root)
        for project in (papers, away):
            project.sync()
    assert list(papers) == list(away)
    assert len(papers) == 2
    assert papers[KEEP].citekey == papers[OTHER].citekey == away[KEEP].citekey
    assert [r.rating for r in papers[KEEP].reviews] == [1, 2]
    settle(papers)
    settle(away)


def test_a_table_and_a_library_from_while_they_were_one_paper(papers: Project) -> None:
    """Somebody had both open while the merging was undone, and types into them then."""
    papers.review(KEEP, status="reading", add_tags=["core"], criteria={"novelty": 3})
    papers.review(OTHER, rating=4, note="Of the preprint.", criteria={"rigour": 2})
    papers.merge(KEEP, OTHER)
    papers.sync()
    table, library = papers.csv_path.read_text("utf-8-sig"), bib(papers)
    assert row(papers, KEEP)["rating"] == "4" and "ana=4 reading" in library
    papers.undo()
    settle(papers)
    number = len(papers.log())
    save(papers.csv_path, table.replace(",reading,", ",done,"))
    papers.sync()
    assert [(c.field, c.value) for c in taken_in(papers, number)] == [("status", "done")]
    assert papers.held() == []
    text = library.replace("ana=4 reading", "ana=5 reading").replace("novelty=3", "novelty=1")
    save(papers.bib_path, text)
    papers.sync()
    found = {(c.citekey, c.field, c.value) for c in taken_in(papers, number)}
    assert found == {
        (KEEP, "status", "done"),
        (KEEP, "rating", 5),
        (KEEP, "rating:novelty", 1),
    }
    assert papers.held() == []
    settle(papers)
    # What was said of the other paper is what it was: nobody typed over it there.
    assert (papers[OTHER].review_of("ana").rating, papers[KEEP].review_of("ana").rating) == (4, 5)
    assert papers.conflicts() == []
