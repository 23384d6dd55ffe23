"""The pasted digest: exactly its pairs, whatever the page puts around them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.formats import read
from reviewkit.formats.digest import DigestImporter
from reviewkit.formats.importer import Understood

CORPUS = Path(__file__).parents[1] / "corpus" / "digest"

HEADERS = [
    (
        "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
        "byAK and the research community\n\nApr 24\n\n"
    ),
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\n",
    (
        "Hugging Face\nModels\nDatasets\nnew\nSubscribe\nTrending Papers\n"
        "by AK and the research community\nDecember 11, 2025\n\n"
    ),
    "",
]
WORDS = ["tea", "harbour", "clock", "of", "the", "parrot", "measures", "a", "slow", "camera"]


def pairs_of(found: Understood) -> list[tuple[str, str]]:
    return [(paper.fields["title"], paper.fields["abstract"]) for paper in found.candidates]


def test_the_demo_list_is_106_papers_with_their_lines() -> None:
    text = (CORPUS / "demo-106.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    found = read(text.encode())
    assert pairs_of(found) == [(lines[10 + 4 * n], lines[12 + 4 * n]) for n in range(106)]
    assert [paper.line for paper in found.candidates] == [11 + 4 * n for n in range(106)]
    assert found.problems == ()
    assert [part.line for part in found.ignored] == [1, 3, 5, 7, 9]
    assert all(p.citekey is None and not p.raw for p in found.candidates)


def test_counts_names_dates_and_paragraphs_between_the_pairs() -> None:
    plain = dict(pairs_of(read((CORPUS / "invented.txt").read_bytes())))
    found = read((CORPUS / "with-counts.txt").read_bytes())
    assert found.problems == ()
    assert len(plain) == 5
    assert {t: a.replace("\n\n", " ") for t, a in pairs_of(found)} == plain


def test_a_title_whose_abstract_is_missing_is_a_problem_with_its_line() -> None:
    found = read((CORPUS / "half-title.txt").read_bytes())
    assert len(found.candidates) == 2
    (problem,) = found.problems
    assert problem.line == 19
    assert "Bakery" in problem.text
    assert "without an abstract" in problem.reason


def test_an_abstract_that_the_text_cuts_off_is_not_taken() -> None:
    found = read((CORPUS / "cut-abstract.txt").read_bytes())
    assert len(found.candidates) == 2
    (problem,) = found.problems
    assert problem.line == 21
    assert "ends within" in problem.reason


def test_any_cut_of_the_list_takes_only_whole_papers() -> None:
    text = (CORPUS / "demo-106.txt").read_text(encoding="utf-8")
    whole = pairs_of(DigestImporter().read(text))
    for length in range(len(text) // 3, len(text) // 3 + 1500, 37):
        cut = text[:length]
        got = pairs_of(DigestImporter().read(cut))
        complete = sum(abstract in cut for _, abstract in whole)
        # A cut right behind a sentence or within a link cannot be told from an end.
        if cut.rstrip()[-1] not in ".])" and "://" not in cut.split()[-1]:
            assert got == whole[:complete]


@pytest.mark.parametrize("missing", [0, 2, 7])
def test_a_missing_abstract_within_the_list_costs_that_paper_only(missing: int) -> None:
    lines = (CORPUS / "demo-106.txt").read_text(encoding="utf-8").split("\n")
    del lines[12 + 4 * missing : 14 + 4 * missing]
    found = read("\n".join(lines).encode())
    assert len(found.candidates) == 105
    assert [problem.line for problem in found.problems] == [11 + 4 * missing]


@pytest.mark.parametrize("missing", [3, 8])
def test_a_missing_title_never_lengthens_the_abstract_above(missing: int) -> None:
    lines = (CORPUS / "demo-106.txt").read_text(encoding="utf-8").split("\n")
    whole = {(lines[10 + 4 * n], lines[12 + 4 * n]) for n in range(106)}
    del lines[10 + 4 * missing : 12 + 4 * missing]
    found = read("\n".join(lines).encode())
    assert set(pairs_of(found)) < whole
    assert [problem.line for problem in found.problems] == [11 + 4 * missing]


titles = st.lists(st.sampled_from(WORDS), min_size=4, max_size=14).map(
    lambda words: " ".join(words).title()[:110].strip()
)
abstracts = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=8, max_size=15).map(
        lambda words: " ".join(words).capitalize() + "."
    ),
    min_size=8,
    max_size=20,
).map(lambda sentences: " ".join(sentences)[:1900].rsplit(".", 1)[0] + ".")


@given(
    st.lists(st.tuples(titles, abstracts), min_size=2, max_size=6, unique_by=lambda pair: pair[0]),
    st.sampled_from(HEADERS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\n\n  \n"]),
    st.sampled_from(["", "  ", "\t"]),
    st.sampled_from([[], ["12"], ["Submitted by", "ana"], ["Upvote 3", "2 authors"]]),
)
def test_generated_digests_give_exactly_their_pairs(
    pairs: list[tuple[str, str]],
    header: str,
    newline: str,
    end: str,
    blanks: str,
    furniture: list[str],
) -> None:
    blocks = [block for title, text in pairs for block in (*furniture, title, text + blanks)]
    text = header + "\n\n".join(blocks) + end
    found = read(text.replace("\n", newline).encode())
    assert pairs_of(found) == pairs
    assert found.problems == ()
