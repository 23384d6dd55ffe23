"""BibTeX: sound entries become candidates, broken ones problems."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.formats import read
from reviewkit.formats.bib import BibImporter

CORPUS = Path(__file__).parents[1] / "corpus" / "digest"


def test_sound_entries_are_taken_and_broken_ones_named_with_their_lines() -> None:
    found = read((CORPUS / "broken.bib").read_bytes(), "broken.bib")
    assert found.format == "bibtex"
    assert [(p.line, p.type, p.citekey) for p in found.candidates] == [
        (4, "article", "smith2020tea"),
        (16, "misc", None),
        (21, "book", "last2022"),
    ]
    assert 12 in [problem.line for problem in found.problems]


def test_fields_are_text_and_raw_is_exact_but_for_macros() -> None:
    paper = read((CORPUS / "broken.bib").read_bytes()).candidates[0]
    assert paper.fields["author"] == "Ana Smith and José Éclair"
    assert paper.fields["title"] == "TEA: A Study"
    assert paper.raw["title"] == "{{TEA}: A Study}"
    assert paper.raw["journal"] == "{Journal of Tea}"
    assert (paper.raw["month"], paper.raw["year"]) == ("jun", "2020")


def test_concatenations_with_macros_are_put_together_and_others_kept() -> None:
    text = '@string{t = "Tea"}\n@misc{a, title = t # " at {S}cale", note = "x" # {y}}\n'
    (paper,) = read(text.encode()).candidates
    assert paper.raw == {"title": "{Tea at {S}cale}", "note": '"x" # {y}'}


def test_entries_within_a_comment_are_no_papers() -> None:
    text = "@comment{@misc{old, title = {Old}}}\n@misc{new, title = {New}}\n"
    found = read(text.encode())
    assert [paper.citekey for paper in found.candidates] == ["new"]


def test_old_encodings_are_read_and_noted() -> None:
    data = "@misc{a, title = {Caf\u00e9}}\n@misc{b, title = {Th\u00e9}}\n"
    first, second = data.split("\n")[:2]
    mixed = first.encode("cp1252") + b"\n" + second.encode("utf-8") + b"\n"
    found = read(mixed)
    assert [paper.fields["title"] for paper in found.candidates] == ["Café", "Thé"]
    assert (found.problems[0].line, "Windows-1252" in found.problems[0].reason) == (1, True)


tokens = st.sampled_from(
    [
        "@misc",
        "{",
        "}",
        "key,",
        "title",
        "=",
        '"',
        "#",
        ",",
        "\n",
        "@string",
        "@comment",
        "jan",
        "\\",
    ]
)


@given(st.lists(tokens, max_size=30).map(" ".join))
def test_no_text_is_too_broken(text: str) -> None:
    importer = BibImporter()
    assert isinstance(importer.recognises(text), bool)
    for paper in importer.read(text).candidates:
        assert paper.fields.keys() == paper.raw.keys()
