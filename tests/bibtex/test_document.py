from __future__ import annotations

import pytest

from reviewkit.bibtex import BibDocument, Raw
from reviewkit.errors import BibtexError

LIBRARY = b"""% Encoding: UTF-8

@String{jmlr = {J. Mach. Learn. Res.}}
@string{unused = "x"}
@preamble{"\\newcommand{\\x}{y}" # jmlr}

@Article{one,
  author  = {Ng, Andrew},
  title   = {On {BERT}},
  journal = jmlr,
  year    = 2001,
}

@InProceedings{two,
  author   = {Lee, Bo},
  title    = {Second},
  crossref = {proc},
  year     = 2002,
}

@Proceedings{proc,
  title = {Proceedings},
  year  = 2002,
}

@Comment{jabref-meta: databaseType:bibtex;}
"""


def test_a_new_entry_stands_after_the_last_in_its_style() -> None:
    document = BibDocument.from_bytes(LIBRARY)
    entry = document.add_entry("article", "three", {"author": "Wu, Di", "title": Raw("{A {B}}")})
    text = document.to_bytes()
    added = b"\n\n@Article{three,\n  author = {Wu, Di},\n  title  = {A {B}},\n}"
    at = LIBRARY.index(b"\n\n@Comment")
    assert text == LIBRARY[:at] + added + LIBRARY[at:]
    assert text[slice(*entry.span)] == entry.raw
    assert document.citekeys == ("one", "two", "proc", "three")
    assert document.entry("three") is entry
    document.set_field(entry, "year", "2003")
    document.remove_entry(entry)
    assert document.to_bytes() == LIBRARY
    document.undo()
    assert document.entry("three") is entry


def test_entries_can_be_added_to_nothing() -> None:
    document = BibDocument.from_bytes(b"")
    document.add_entry("misc", "k", {"title": "T", "url": "http://x/_"})
    document.add_entry("misc", "l", raw="@misc{l, title = {U}}")
    again = BibDocument.from_bytes(document.to_bytes())
    assert again.citekeys == ("k", "l")
    assert again.entries[0].fields["url"].value == "http://x/_"
    assert document.to_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    "raw", ["@misc{other, t={x}}", "@misc{k, t={x}", "@misc{k} @misc{l}", "x"]
)
def test_a_raw_entry_that_is_not_that_entry_is_refused(raw: str) -> None:
    document = BibDocument.from_bytes(LIBRARY)
    with pytest.raises(BibtexError):
        document.add_entry("misc", "k", raw=raw)
    assert document.to_bytes() == LIBRARY


def test_a_subset_has_what_its_entries_need() -> None:
    document = BibDocument.from_bytes(LIBRARY)
    both = document.subset(["two", "one", "missing"])
    again = BibDocument.from_bytes(both)
    assert again.citekeys == ("one", "two", "proc")
    assert again.to_bytes().count(b"@string") == 0
    assert again.entries[0].raw == document.entries[0].raw
    assert again.entries[0].fields["journal"].value == "J. Mach. Learn. Res."
    assert b"jabref" not in both
    assert document.subset([]) == b""
    assert b"proc," not in document.subset(["one"])


def test_parents_stand_after_their_children_even_when_asked_for() -> None:
    document = BibDocument.from_bytes(
        b"@a{p, t={x}}\n@a{c, crossref={p}}\n@a{p2, crossref={p2}}\n"
    )
    assert BibDocument.from_bytes(document.subset(["p", "c"])).citekeys == ("c", "p")
    assert BibDocument.from_bytes(document.subset(["p2"])).citekeys == ("p2",)


def test_a_table_is_what_the_entries_say_before_and_after_edits() -> None:
    document = BibDocument.from_bytes(LIBRARY)
    names = ("title", "year", "journal", "none")
    for number in range(2):
        rows = [
            tuple(entry.fields[name].value if name in entry.fields else None for name in names)
            for entry in document.entries
        ]
        assert document.table(names) == rows
        document.set_field(document.entries[1], "journal", "A & B")
        document.remove_entry(document.entries[0])
        document.add_entry("misc", f"new{number}", {"title": "N"})
    assert document.table(("title",), tex=True)[0] == ("Proceedings",)


def test_places_and_lines_follow_the_edits() -> None:
    document = BibDocument.from_bytes(LIBRARY)
    first, last = document.entries[0], document.entries[2]
    assert (first.line, last.line) == (7, 21)
    document.set_field(first, "note", "x")
    assert last.line == 22
    assert document.to_bytes()[slice(*last.fields["title"].span)] == b"{Proceedings}"


def test_an_edit_that_is_not_made_leaves_no_trace() -> None:
    data = b"@a{k, t={x}"
    document = BibDocument.from_bytes(data)
    with pytest.raises(BibtexError) as caught:
        document.set_field(document.entries[0], "note", "x")
    assert caught.value.line == 1
    assert document.to_bytes() is data
    assert document.undo() is False
