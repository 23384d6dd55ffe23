"""The shipped references.bib: sound, without abstracts, and the digest's papers."""

from pathlib import Path

from reviewkit.citekeys import Citekeys, make
from reviewkit.formats import read
from reviewkit.matching import Index, facts_of

TESTS = Path(__file__).parents[1]
LIBRARY = read((TESTS.parent / "references.bib").read_bytes())


def test_it_is_106_sound_entries_without_abstracts() -> None:
    assert len(LIBRARY.candidates) == 106
    assert LIBRARY.problems == ()
    assert not any("abstract" in paper.fields for paper in LIBRARY.candidates)
    assert all(paper.fields["title"] and paper.fields["author"] for paper in LIBRARY.candidates)


def test_its_citekeys_are_those_that_would_be_made() -> None:
    taken = Citekeys()
    for paper in LIBRARY.candidates:
        people = paper.fields["author"].split(" and ")
        key = make(people, int(paper.fields["year"]), paper.fields["title"], taken)
        assert paper.citekey == key
        taken.add(key)


def test_every_paper_of_the_demo_digest_is_found_in_it() -> None:
    index = Index((paper.citekey or "", facts_of(paper.fields)) for paper in LIBRARY.candidates)
    digest = read((TESTS / "corpus" / "digest" / "demo-106.txt").read_bytes())
    found = [index.find(facts_of(paper.fields)) for paper in digest.candidates]
    assert found == [paper.citekey for paper in LIBRARY.candidates]


def test_capitals_that_a_style_would_lose_are_in_braces() -> None:
    titles = {paper.citekey: paper.raw["title"] for paper in LIBRARY.candidates}
    assert titles["matsubara2022bottlefit"].startswith("{{BottleFit}: Learning")
    assert "{DNN} Server" in titles["abouelhamayed2024beyond"]
    assert "{Nvidia} {Hopper} {GPU}" in titles["luo2024benchmarking"]
    assert "{Adam's} Convergence" in titles["tang20211bit"]
