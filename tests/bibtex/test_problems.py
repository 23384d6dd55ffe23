"""What is visible of each quirk file, and which problems are told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.consequences import CONSEQUENCES
from reviewkit.bibtex.problems import Finding, findings, lines_of

FILES = sorted((Path(__file__).parents[1] / "corpus" / "bib").glob("*.bib"))
#: By number: the keys that are seen, and line and kind of each problem. All other files
#: show `a1 last` and have no problem.
SEEN: dict[int, tuple[str, list[tuple[int, str]]]] = {
    13: ("a1 last", [(1, "unknown-macro")]),
    14: ("a1 a2 a3 a4 last", []),
    20: ("old1 a1 last", [(2, "commented")]),
    22: ("a1 a2 last", []),
    23: ("old1 a1 last", [(1, "percent-entry")]),
    24: ("a1 last", [(2, "percent-line")]),
    25: ("a1 a2 last", []),
    26: ("a1 last", [(1, "stray-at")]),
    27: ("a1 last", [(3, "missing-comma")]),
    28: ("a1 last", [(1, "missing-comma")]),
    29: ("a1 last", [(1, "repeated-field")]),
    30: ("a1 last", [(1, "repeated-field")]),
    31: ("a1 a1 last", [(2, "repeated-key")]),
    32: ("a1 A1 last", [(2, "key-case")]),
    33: ("doi:10.1000/x_(1)+y&z;a'b last", [(1, "odd-key")]),
    34: ("Doe and Roe 2001 last", [(1, "odd-key")]),
    35: ("Müller2001中 last", []),
    36: (" last", [(1, "no-key")]),
    37: (" last", [(1, "no-key")]),
    42: ("a1 last", [(1, "lone-cr")]),
    45: ("a1 last", [(1, "not-utf-8")]),
    46: ("a1 last", [(1, "not-utf-8")]),
    47: ("a1 a2 last", [(1, "broken-entry")]),
    48: ("a1 a2 last", [(1, "broken-entry")]),
    49: ("a1 a2 last", [(1, "broken-entry")]),
    50: ("a1 a2 last", [(1, "broken-entry")]),
    52: ("a1 a2 last", []),
    60: ("a1 a2 last", []),
    61: ("a1 a2 last", []),
    63: ("a1 a2 last", []),
    64: ("a1 last", [(1, "empty-value")]),
    66: ("a1 last", [(1, "bare-value"), (1, "bare-value")]),
    67: ("x1 s1 o1 last", []),
    71: ("a1 a2 last", []),
    72: ("a1 last", [(1, "extra-comma"), (1, "extra-comma")]),
    73: ("a1 a2 last", [(1, "late-macro")]),
    74: ("a1 a2 last", []),
    75: ("c1 p1 last", []),
    79: ("last a1", []),
    80: ("", []),
    81: ("", []),
    82: ("a1 last", [(1, "nul")]),
    86: ("", [(1, "utf-16")]),
}


def told(document: BibDocument) -> list[tuple[int, str]]:
    found: list[Finding] = findings(document)
    lines = lines_of(document.to_bytes(), [finding.place for finding in found])
    return [(line, finding.kind) for line, finding in zip(lines, found, strict=True)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_seen_and_told_of_a_quirk_file(path: Path) -> None:
    document = BibDocument.from_bytes(path.read_bytes())
    keys, problems = SEEN.get(int(path.name[:2]), ("a1 last", []))
    assert " ".join(entry.citekey for entry in document.entries) == keys
    assert told(document) == problems
    assert all(kind in CONSEQUENCES for _, kind in problems)


TORTURE = b"""% head
@string{bad s = {x}}
@online{site, title={S}, annote={one}, annote={two}, note={three}}
@software{soft, title={T}}
@dataset{site, title={D}}
@article{open, title={never closed
@misc{sound, title={x}, journal = nothing}
@comment{@misc{inside, title={y}}}
@misc{, title={no key}}
@string{open = {x}
@misc{end, title={z}}
"""


def test_every_problem_is_told_at_once_before_and_after_edits() -> None:
    document = BibDocument.from_bytes(TORTURE)
    expected = [
        (2, "broken-block"),
        (3, "repeated-field"),
        (5, "repeated-key"),
        (6, "broken-entry"),
        (7, "unknown-macro"),
        (8, "commented"),
        (9, "no-key"),
        (10, "broken-block"),
    ]
    assert told(document) == expected
    keys = [entry.citekey for entry in document.entries]
    assert keys == ["site", "soft", "site", "open", "sound", "inside", "", "end"]
    assert [field.value for field in document.entries[0].all_fields()] == [
        "S",
        "one",
        "two",
        "three",
    ]
    document.set_field(document.entries[1], "note", "x\n\ny")
    document.add_entry("misc", "new", {"title": "N"})
    added = [2 if line > 4 else 0 for line, _ in expected]
    moved = [(line + more, kind) for (line, kind), more in zip(expected, added, strict=True)]
    assert told(document) == moved
    assert [problem.line for problem in document.problems] == [line for line, _ in moved]


def test_known_problems_keep_to_their_lines_without_another_search() -> None:
    document = BibDocument.from_bytes(TORTURE)
    assert document.known_problems == document.problems
    document.set_field(document.entries[1], "note", "x\n\ny")
    assert document.known_problems == document.problems
    document.remove_entry(document.entries[2])
    assert [p.reason for p in document.known_problems] == [p.reason for p in document.problems]


def test_lines_count_all_line_ends() -> None:
    text = b"a\r\nb\rc\nd\r\n\r\ne"
    starts = [text.index(sign) for sign in (b"a", b"b", b"c", b"d", b"e")]
    assert lines_of(text, starts) == [1, 2, 3, 4, 6]


def test_an_entry_inside_a_value_is_told() -> None:
    text = b"@a{k, t={never closed\n\n@b{l, t={x}}\n\n}}\n@c{m, t={y}}\n"
    document = BibDocument.from_bytes(text)
    assert told(document) == [(3, "swallowed-entry")]
    assert told(BibDocument.from_bytes(b"@a{k, t={Use\n@decorator{x}\nhere}}\n")) == []
