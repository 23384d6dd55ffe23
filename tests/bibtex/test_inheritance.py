from __future__ import annotations

import time

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.inheritance import aliases

BOOKS = """
@inproceedings{child, title={A Paper}, crossref={proc}}
@inbook{chapter, title={A Chapter}, author={Ann}, crossref={book}}
@incollection{part, title={A Part}, crossref={coll}}
@article{art, title={An Article}, crossref={issue}}
@misc{own, title={Own}, year={1999}, crossref={proc}}
@misc{data, title={Data}, xdata={one, two}}
@inproceedings{grandchild, title={G}, crossref={volume}}
@proceedings{volume, title={Volume}, crossref={all}}
@mvproceedings{all, title={All Volumes}, publisher={P}}
@proceedings{proc, title={Proceedings}, shorttitle={P}, subtitle={Of It}, year=2001, editor={Ed},
  ids={other}, label={x}}
@book{book, title={The Book}, author={Bob}, booktitle={Named}, date={2003}}
@collection{coll, title={The Collection}, year=2004}
@periodical{issue, title={The Journal}, volume={3}}
@xdata{one, publisher={First}, xdata={two}}
@xdata{two, publisher={Second}, location={There}}
"""


def inherited(key: str, text: str = BOOKS) -> dict[str, tuple[str, str]]:
    document = BibDocument.from_bytes(text.encode())
    entry = document.entry(key)
    assert entry is not None
    return {
        name: (item.value, item.source)
        for name, item in document.resolved(entry).items()
        if item.source != key
    }


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (
            "child",
            {
                "booktitle": ("Proceedings", "proc"),
                "booksubtitle": ("Of It", "proc"),
                "year": ("2001", "proc"),
                "editor": ("Ed", "proc"),
            },
        ),
        (
            "chapter",
            {
                "booktitle": ("Named", "book"),
                "bookauthor": ("Bob", "book"),
                "date": ("2003", "book"),
            },
        ),
        ("part", {"booktitle": ("The Collection", "coll"), "year": ("2004", "coll")}),
        ("art", {"journaltitle": ("The Journal", "issue"), "volume": ("3", "issue")}),
        (
            "own",
            {
                "shorttitle": ("P", "proc"),
                "subtitle": ("Of It", "proc"),
                "editor": ("Ed", "proc"),
            },
        ),
        ("data", {"publisher": ("First", "one"), "location": ("There", "two")}),
        (
            "grandchild",
            {
                "booktitle": ("Volume", "volume"),
                "maintitle": ("All Volumes", "all"),
                "publisher": ("P", "all"),
            },
        ),
    ],
)
def test_fields_that_others_hand_down(key: str, found: dict[str, tuple[str, str]]) -> None:
    assert inherited(key) == found


def test_what_the_entry_says_itself_counts() -> None:
    document = BibDocument.from_bytes(BOOKS.encode())
    entry = document.entry("own")
    assert entry is not None
    own = document.resolved(entry)
    assert (own["year"].value, own["title"].value) == ("1999", "Own")
    assert list(own)[:3] == ["title", "year", "crossref"]


def test_circles_and_missing_parents_are_problems_and_nothing_worse() -> None:
    text = (
        "@a{x, crossref={y}}\n@a{y, crossref={x}}\n@a{z, crossref={z}, xdata={gone}}\n"
        "@proceedings{p, title={P}}\n@a{late, crossref={p}}\n@a{w, crossref={nobody}}\n"
        "@a{q, crossref={r}}\n@a{r, title={R}}\n"
    )
    assert inherited("x", text) == {}
    assert inherited("z", text) == {}
    problems = BibDocument.from_bytes(text.encode()).problems
    assert [(problem.line, problem.reason) for problem in problems] == [
        (1, "the crossref 'y' leads back to this entry"),
        (2, "the crossref 'x' leads back to this entry"),
        (3, "the crossref 'z' leads back to this entry"),
        (3, "the xdata 'gone' is no entry of this file"),
        (5, "the crossref 'p' stands before this entry"),
        (6, "the crossref 'nobody' is no entry of this file"),
    ]


def test_long_lines_and_many_parents_are_bounded() -> None:
    text = "".join(f"@a{{k{n}, f{n}={{x}}, crossref={{k{n + 1}}}}}\n" for n in range(2000))
    text += "".join(
        f"@xdata{{d{n}, xdata={{{','.join(f'd{m}' for m in range(60))}}}}}\n" for n in range(60)
    )
    document = BibDocument.from_bytes(text.encode())
    began = time.process_time()
    first = document.entry("k0")
    wide = document.entry("d0")
    assert first is not None and wide is not None
    assert 5 < len(document.resolved(first)) < 20
    assert len(document.resolved(wide)) == 1
    assert len(document.problems) >= 1
    assert time.process_time() - began < 5


def test_other_keys_of_an_entry() -> None:
    document = BibDocument.from_bytes(b"@a{k, ids={old2001, old, old2001 ,}}\n@a{l, t={x}}")
    assert aliases(document.entries[0]) == ("old2001", "old")
    assert aliases(document.entries[1]) == ()
