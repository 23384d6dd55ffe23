"""Whatever is in the fields, every file that is written can be read."""

import csv
import io
import json

import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument
from reviewkit.exports import FORMATS, ITEM_WRITERS, Item, write_bib
from reviewkit.exports.plain import one_line, sound, sound_values
from reviewkit.exports.said import review_json
from reviewkit.records import Note, Review
from tests.exports.hands import paper_with
from tests.exports.test_csl import check

TEXT = st.text(
    st.sampled_from("aZ 9=+-@'\"{}\\$%#,;:/<>~&\n\r\t\0\x0b\x0c\x1b\x85\u2028\ud800é漢😀")
    | st.characters(exclude_categories=()),
    max_size=40,
) | st.sampled_from(
    ["x\nER  - ", "x\r\nTY  - BOOK", "a\u2028AU  - Evil, A", "=1+1", "-2", "@a", "10.1000/x",
     "2020-01/2021", "{A and B} and others", "https://x.org/a", "2201.02693", "1--2"]
)  # fmt: skip
NAMES = """title subtitle author editor translator year month day date journal booktitle series
    number issue volume pages publisher school doi url eprint note abstract annote keywords
    howpublished type langid isbn urldate entrysubtype pubstate edition""".split()
FIELDS = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(TEXT, TEXT), max_size=8
)  # fmt: skip
REVIEW = st.builds(
    Review,
    reviewer=st.sampled_from(["ana", "bob"]),
    status=st.sampled_from([None, "read"]),
    rating=st.none() | st.integers(1, 5),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, id=st.just("abcdef"), text=TEXT), max_size=2).map(tuple),
)
KINDS = st.sampled_from(["article", "inproceedings", "phdthesis", "misc", "odd", "techreport"])


@st.composite
def items(draw: st.DrawFn) -> Item:
    paper = paper_with(
        draw(st.lists(REVIEW, max_size=2)),
        citekey=draw(st.text("ab:1é\0\ud800", min_size=1, max_size=6)),
        type=draw(KINDS),
        keywords=tuple(draw(st.lists(TEXT, max_size=3))),
    )
    return Item(paper, draw(FIELDS), tuple(draw(st.lists(TEXT, max_size=2))))


def test_every_format_has_a_writer() -> None:
    assert {*ITEM_WRITERS, "bibtex", "clean", "zotero", "jabref"} == FORMATS.keys()


@settings(deadline=None, max_examples=80)
@given(st.lists(items(), max_size=3), st.booleans())
def test_csl_is_json_after_its_schema(papers: list[Item], opinions: bool) -> None:
    found = check(ITEM_WRITERS["csl-json"](papers, opinions).decode("utf-8"))
    assert [value["id"] for value in found] == [sound(item.paper.citekey) for item in papers]


@settings(deadline=None, max_examples=80)
@given(st.lists(items(), max_size=3), st.booleans())
def test_ris_has_the_records_and_lines_that_were_meant(papers: list[Item], opinions: bool) -> None:
    text = ITEM_WRITERS["ris"](papers, opinions).decode("utf-8")
    lines = text.splitlines()
    assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines if line)
    assert sum(line.startswith("TY  - ") for line in lines) == len(papers)
    records = rispy.loads(text)
    assert len(records) == len(papers)
    for record, item in zip(records, papers, strict=True):
        title = ": ".join(filter(None, map(item.texts.line, ("title", "subtitle"))))
        assert record.get("title", "") == title.strip()
        assert record.get("keywords", []) == [word.strip() for word in item.keywords(opinions)]
        told = [line for line in record.get("notes", []) if line.startswith("reviewkit_review")]
        values = [json.loads(line.partition(": ")[2]) for line in told]
        reviews = item.paper.reviews if opinions else ()
        assert values == [sound_values(review_json(review)) for review in reviews]


@settings(deadline=None, max_examples=80)
@given(st.lists(items(), max_size=3), st.booleans(), st.sampled_from(["csv", "asreview"]))
def test_no_cell_is_a_formula(papers: list[Item], opinions: bool, form: str) -> None:
    text = ITEM_WRITERS[form](papers, opinions).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(papers) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell[:1] in tuple("=+-@\t\r") for row in rows for cell in row if cell)


@settings(deadline=None, max_examples=80)
@given(st.lists(REVIEW, max_size=3), st.sampled_from(["bibtex", "clean", "zotero", "jabref"]))
def test_bibtex_can_be_read_whatever_was_said(reviews: list[Review], form: str) -> None:
    entry = b"@misc{smith2021, title = {T}, annote = {Old}, keywords = {own}}"
    paper = paper_with(reviews)
    library = BibDocument.from_bytes(entry)
    data, problems = write_bib(form, library, None, lambda key: paper, form != "clean")
    found = BibDocument.from_bytes(data)
    assert not problems and not found.problems
    (made,) = found.entries
    assert made.fields["title"].value == "T"
    if form == "zotero":
        note = made.fields["annote"].value
        assert note.startswith("Old")
        assert note.count("**ana**") >= sum(review.reviewer == "ana" for review in reviews)


@given(TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)
    sound(text).encode("utf-8")
