from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError

FILES = sorted((Path(__file__).parents[1] / "corpus" / "bib").glob("*.bib"))
Edit = Callable[[BibDocument, Entry], None]


def _middle(entry: Entry) -> str | None:
    names = list(entry.fields)
    return names[len(names) // 2] if names else None


def _set(document: BibDocument, entry: Entry) -> None:
    name = _middle(entry)
    if name is not None:
        document.set_field(entry, name, "New & old_1")


def _remove(document: BibDocument, entry: Entry) -> None:
    name = _middle(entry)
    if name is not None:
        document.remove_field(entry, name)


EDITS: dict[str, Edit] = {
    "add": lambda document, entry: document.set_field(entry, "reviewkit", "p.1 {x}\n@misc{y,}"),
    "set": _set,
    "remove": _remove,
    "rename": lambda document, entry: document.rename(entry, "other2024"),
    "remove_entry": lambda document, entry: document.remove_entry(entry),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_edit_is_exact_or_refused(path: Path, edit: str) -> None:
    data = path.read_bytes()
    document = BibDocument.from_bytes(data)
    for number, entry in enumerate(document.entries[:]):
        start, end = entry.span
        before = [other.raw for other in document.entries]
        try:
            EDITS[edit](document, entry)
        except BibtexError:
            assert document.to_bytes() == data
            continue
        changed = document.to_bytes()
        assert changed.startswith(data[:start])
        again = [other.raw for other in BibDocument.from_bytes(changed).entries]
        if edit == "remove_entry":
            assert data.endswith(changed[start:])
            assert again == before[:number] + before[number + 1 :]
        else:
            assert changed == data[:start] + entry.raw + data[end:]
            assert again == [*before[:number], entry.raw, *before[number + 1 :]]
        document.undo()
        assert document.to_bytes() == data


def test_only_broken_or_doubtful_entries_are_refused() -> None:
    refused = set()
    for path in FILES:
        document = BibDocument.from_bytes(path.read_bytes())
        for entry in document.entries[:]:
            try:
                document.set_field(entry, "reviewkit", "x")
            except BibtexError:
                refused.add(path.stem[:2])
    assert refused == {"47", "48", "49", "50"}


def test_a_hundred_edits_and_their_undoing_give_the_same_bytes() -> None:
    choose = random.Random(3)
    for path in FILES[:70:3]:
        data = path.read_bytes()
        document = BibDocument.from_bytes(data)
        for number in range(100):
            if not len(document.entries):
                break
            entry = choose.choice(document.entries)
            try:
                match choose.randrange(5):
                    case 0:
                        document.set_field(entry, f"field{choose.randrange(5)}", "x" * number)
                    case 1 if len(entry.fields):
                        document.remove_field(entry, choose.choice(list(entry.fields)))
                    case 2:
                        document.rename(entry, f"key{number}")
                    case 3:
                        document.add_entry("misc", f"new{number}", {"title": "T {x}"})
                    case _ if len(document.entries) > 1:
                        document.remove_entry(entry)
            except BibtexError:
                continue
            now = document.to_bytes()
            for other in document.entries:
                assert now[slice(*other.span)] == other.raw
        while document.undo():
            pass
        assert document.to_bytes() == data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@a{k, title={T}}", "@a{k, title={T}, note={N}}"),
        ("@a{k,\n  title = {T},\n}", "@a{k,\n  title = {T},\n  note = {N},\n}"),
        ("@a{k,\n\ttitle = {T}}", "@a{k,\n\ttitle = {T},\n\tnote = {N}}"),
        (
            '@a{k,\r\n  TITLE = "T",\r\n  YEAR = 2000\r\n}',
            '@a{k,\r\n  TITLE = "T",\r\n  YEAR = 2000,\r\n  NOTE = "N"\r\n}',
        ),
        (
            "@a{k,\n  title   = {T},\n  year    = 2000,\n}",
            "@a{k,\n  title   = {T},\n  year    = 2000,\n  note    = {N},\n}",
        ),
        (
            "@a{k,\n  title=   {T},\n  year=    2000\n}",
            "@a{k,\n  title=   {T},\n  year=    2000,\n  note=    {N}\n}",
        ),
        ("@a{k\n, title = {T}\n, year = 1\n}", "@a{k\n, title = {T}\n, year = 1\n, note = {N}\n}"),
        ("@a(k, title={T})", "@a(k, title={T}, note={N})"),
        ("@a{k,\n}", "@a{k,\n  note = {N}\n}"),
        (
            "@a{k,\n  Title = {T},\n  Year = 1,\n}",
            "@a{k,\n  Title = {T},\n  Year = 1,\n  Note = {N},\n}",
        ),
    ],
)
def test_a_new_field_follows_the_entry(before: str, after: str) -> None:
    document = BibDocument.from_bytes(before.encode())
    document.set_field(document.entries[0], "note", "N")
    assert document.to_bytes().decode() == after
    document.remove_field(document.entries[0], "note")
    assert document.to_bytes().decode() == before


def test_an_entry_without_fields_gets_one_and_keeps_its_comma() -> None:
    document = BibDocument.from_bytes(b"@a{k}")
    document.set_field(document.entries[0], "note", "N")
    assert document.to_bytes() == b"@a{k, note = {N}}"
    document.remove_field(document.entries[0], "note")
    assert document.to_bytes() == b"@a{k,}"


def test_a_changed_field_keeps_its_delimiters() -> None:
    document = BibDocument.from_bytes(b'@a{k, t="x", year=2000, u={y}}')
    entry = document.entries[0]
    document.set_field(entry, "t", "z")
    document.set_field(entry, "year", "2001")
    document.set_field(entry, "u", 'a "b"')
    assert document.to_bytes() == b'@a{k, t="z", year=2001, u={a "b"}}'
    document.set_raw(entry, "t", 'jan # " x"')
    assert entry.fields["t"].value == "January x"
    document.set_field(entry, "t", 'a "b"')
    assert entry.fields["t"].value == 'a "b"'


@pytest.mark.parametrize("raw", ["{a}}", "{a", "a b", "", " {x}", "{x}, y = {z}", '"a', "{x} # "])
def test_a_raw_value_that_is_none_is_refused(raw: str) -> None:
    document = BibDocument.from_bytes(b"@a{k, t={x}}")
    with pytest.raises(BibtexError):
        document.set_raw(document.entries[0], "t", raw)
    assert document.to_bytes() == b"@a{k, t={x}}"


def test_a_repeated_field_is_removed_only_by_its_number() -> None:
    document = BibDocument.from_bytes(b"@a{k, note={1}, note={2}}")
    entry = document.entries[0]
    with pytest.raises(BibtexError, match="2 times"):
        document.remove_field(entry, "note")
    document.remove_field(entry, "note", occurrence=1)
    assert document.to_bytes() == b"@a{k, note={1}}"


@pytest.mark.parametrize("key", ["taken", "a b", "", "a,b", "a{", "a\n", "ä\\"])
def test_a_key_that_is_taken_or_none_is_refused(key: str) -> None:
    data = b"@a{k, t={x}}\n@a{taken, t={x}}"
    document = BibDocument.from_bytes(data)
    with pytest.raises(BibtexError):
        document.rename(document.entries[0], key)
    with pytest.raises(BibtexError):
        document.add_entry("misc", key, {"title": "x"})
    assert document.to_bytes() == data
