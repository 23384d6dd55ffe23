"""What is given to be written is looked through first: tested by breaking it."""

from __future__ import annotations

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.edits import Change, change_of
from reviewkit.bibtex.entry import parse
from reviewkit.errors import BibtexError

DATA = b"% head\n@a{k,\n  t = {x},\n}\n\n@b{l,\n  t = {y},\n}\n% foot\n"


def edited() -> BibDocument:
    document = BibDocument.from_bytes(DATA)
    document.set_field(document.entries[0], "note", "seen")
    return document


def test_an_edit_is_written() -> None:
    assert edited().to_bytes() == DATA.replace(b"{x},\n", b"{x},\n  note = {seen},\n")


@pytest.mark.parametrize(
    "text",
    [
        b"@a{k,\n  t = {x},\n}",
        b"@a{k,\n  t = {x},\n  note = {seen?},\n}",
        b"@a{k,\n  t = {X},\n  note = {seen},\n}",
        b"@a{other,\n  t = {x},\n  note = {seen},\n}",
        b"@a{k,\n  t = {x},\n  note = {seen},\n",
        b"@a{k,\n  t = {x},\n  note = {seen},\n}}",
        b"@a{k,\n  t = {x},\n  note = {seen},\n}\n@a{m,}",
        b"",
    ],
)
def test_a_slice_that_is_not_the_wanted_entry_is_not_written(text: bytes) -> None:
    document = edited()
    document.entries[0].replace_text(text)
    with pytest.raises(BibtexError, match="nothing was written"):
        document.to_bytes()


def test_an_entry_that_changed_without_an_edit_is_not_written() -> None:
    document = edited()
    entry = document.entries[1]
    entry.replace_text(b"@b{l,}")
    document.splices.touch(entry, None)
    with pytest.raises(BibtexError, match="nothing was written"):
        document.to_bytes()


@pytest.mark.parametrize("home", [(6, 25), (8, 25), (7, 24), (7, 26), (-1, 25), (7, 6)])
def test_a_splice_at_the_wrong_place_is_not_written(home: tuple[int, int]) -> None:
    document = BibDocument.from_bytes(DATA)
    entry = document.entries[0]
    entry.home = home
    document.set_field(entry, "note", "seen")
    with pytest.raises(BibtexError, match="nothing was written"):
        document.to_bytes()


def test_bytes_outside_the_splices_are_compared_with_those_that_were_read() -> None:
    splices = edited().splices
    text = splices.text
    listed = splices._list()
    assert splices._is_kept(text, listed)
    for at in (0, 6, len(text) - 1, text.index(b"@b")):
        other = text[:at] + b"?" + text[at + 1 :]
        assert not splices._is_kept(other, listed)
    assert not splices._is_kept(text + b"\n", listed)
    assert not splices._is_kept(text[:-1], listed)


def test_a_promise_is_kept_where_it_stands_only() -> None:
    text = b"@a{k, t = {x}}"
    change = change_of(text, parse(text))
    end = 2 + len(text)
    assert change.stands_in(b"% " + text + b"\n", 2, end)
    for place in ((1, end), (3, end), (2, end + 1), (2, end - 1)):
        assert not change.stands_in(b"% " + text + b"\n", *place)
    other = Change(text, parse(text), b"k", ((b"t", b"{y}"),))
    assert not other.stands_in(text, 0, len(text))


def test_a_new_entry_may_stand_where_a_broken_one_begins() -> None:
    document = BibDocument.from_bytes(b"@a{k, t={x}}@b{l, t={y}")
    document.add_entry("misc", "new", {"title": "T"})
    assert BibDocument.from_bytes(document.to_bytes()).citekeys == ("k", "new", "l")


def test_an_entry_is_not_removed_where_its_neighbours_would_make_a_new_one() -> None:
    document = BibDocument.from_bytes(b"@book@misc{k, t={x}}{l, t={y}}")
    with pytest.raises(BibtexError, match="run into"):
        document.remove_entry(document.entries[0])


def test_undone_edits_are_looked_through_too() -> None:
    document = edited()
    document.undo()
    assert document.to_bytes() == DATA
    document.add_entry("misc", "new", {"title": "T"})
    document.remove_entry(document.entries[0])
    document.to_bytes()
    document.undo()
    document.undo()
    assert document.to_bytes() == DATA
