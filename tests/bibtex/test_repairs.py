from __future__ import annotations

import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.bibtex.patches import unified
from reviewkit.bibtex.problems import findings
from reviewkit.bibtex.repairs import Repair, applied, apply, propose
from reviewkit.errors import BibtexError

FILES = sorted((Path(__file__).parents[1] / "corpus" / "bib").glob("*.bib"))


def repaired(text: bytes, *, safe: bool = True) -> bytes:
    document = BibDocument.from_bytes(text)
    return apply(document, [r for r in propose(document) if r.safe or not safe])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"@a{k,\n  t = {x}\n  u = {y}\n}\n", b"@a{k,\n  t = {x},\n  u = {y}\n}\n"),
        (b"@a{k\n  t = {x},\n}\n", b"@a{k,\n  t = {x},\n}\n"),
        (b"@a{k,, t={x},, u={y}}\n", b"@a{k, t={x}, u={y}}\n"),
        (b"@a{k, t={x}, year=}\n", b"@a{k, t={x}, year={}}\n"),
        (b"@a{k, t={x}, year= ,\n u={y}}\n", b"@a{k, t={x}, year={} ,\n u={y}}\n"),
        (b"@a{k, year=2000a, pages=1-10}\n", b"@a{k, year={2000a}, pages={1-10}}\n"),
        (b"@a{k, t={x}\n\n@b{l, t={y}}\n", b"@a{k, t={x}}\n\n@b{l, t={y}}\n"),
        (
            b"@a{k,\n  t = {x},\n  u = {y},\n\n@b{l, t={y}}\n",
            b"@a{k,\n  t = {x},\n  u = {y},\n}\n\n@b{l, t={y}}\n",
        ),
        (b"@a{k,\r\n  t = {x}\r\n", b"@a{k,\r\n  t = {x}\r\n}\r\n"),
        (b"@a{k,\n  note = {n},\n  Note = {n}\n}\n", b"@a{k,\n  note = {n}\n}\n"),
        (
            b"@a{k,\n  % author = {Old},\n  t = {x},\n}\n",
            b"% author = {Old},\n@a{k,\n  t = {x},\n}\n",
        ),
        (b"x @a{k,\n  t = {x}, % why\n u={y}}\n", b"x \n% why\n@a{k,\n  t = {x},\n u={y}}\n"),
        (b"@a{k,\r  t = {x}\r}\r", b"@a{k,\n  t = {x}\n}\n"),
        (b"@a{k, t={M\xfcller}, u={\xc3\xbc}}\n", "@a{k, t={Müller}, u={ü}}\n".encode()),
        ("@a{k, t={ü}}\n".encode("utf-16"), "@a{k, t={ü}}\n".encode()),
        ("\ufeff@a{k, t={ü}}\n".encode("utf-16-be"), "@a{k, t={ü}}\n".encode()),
    ],
)
def test_safe_repairs_change_the_least(before: bytes, after: bytes) -> None:
    assert repaired(before) == after
    assert not findings(BibDocument.from_bytes(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"@a{k,\n  annote = {One},\n  annote = {Two}\n}\n",
            b"@a{k,\n  annote = {One\n\nTwo}\n}\n",
        ),
        (b"@a{k, t={x}}\n@b{k, t={y}}\n", b"@a{k, t={x}}\n@b{ka, t={y}}\n"),
        (
            b"@a{k, t={x}}\n@b{ka, t={}}\n@b{k, t={y}}\n@b{k, t={z}}\n",
            b"@a{k, t={x}}\n@b{ka, t={}}\n@b{kb, t={y}}\n@b{kc, t={z}}\n",
        ),
        (b"@a{k, t={x}}\n\n@a{k, t={x}}\n\n@b{l,}\n", b"@a{k, t={x}}\n\n@b{l,}\n"),
        (b"@a{Doe and Roe 2001, t={x}}\n", b"@a{Doe_and_Roe_2001, t={x}}\n"),
        (b"@a{a(b)c, t={x}}\n@a{abc, t={y}}\n", b"@a{abca, t={x}}\n@a{abc, t={y}}\n"),
        (b"@a{k, journal = jmlr}\n", b"@a{k, journal = {jmlr}}\n"),
        (b"@a{k, t={M\xfcller}}\n", "@a{k, t={Müller}}\n".encode()),
    ],
)
def test_others_are_only_offered(before: bytes, after: bytes) -> None:
    assert not [r for r in propose(BibDocument.from_bytes(before)) if r.safe]
    assert repaired(before) == before
    assert repaired(before, safe=False) == after


@pytest.mark.parametrize(
    "text",
    [
        b"@a{k, t={t {oops}, year={2000}}\n\n@b{l, t={y}}\n",
        b'@a{k, t="t, year={2000}}\n\n@b{l, t={y}}\n',
        b"@a{k, t={t} oops}, year={2000}}\n@b{l, t={y}}\n",
        b"@a{k, title={x}, title={y}}\n",
        b"@a{k,\n % see @b{l, t={y}}\n t={x}}\n",
        b"% Encoding: ISO8859-2\n@a{k, t={\xb9}}\n",
    ],
)
def test_where_it_is_not_certain_nothing_is_proposed(text: bytes) -> None:
    assert propose(BibDocument.from_bytes(text)) == []


def test_edits_of_the_document_are_part_of_what_is_repaired() -> None:
    document = BibDocument.from_bytes(b"@a{k, t={x}}\n@b{l, t={y} u={z}}\n")
    document.set_field(document.entries[0], "note", "new")
    assert apply(document, propose(document)) == (
        b"@a{k, t={x}, note={new}}\n@b{l, t={y}, u={z}}\n"
    )


def test_a_repair_that_would_lose_a_value_is_refused() -> None:
    document = BibDocument.from_bytes(b"@a{k, t={x}, t={y}}\n")
    wrong = Repair("repeated-field", 0, "", "", ((6, 13, b""),), True)
    with pytest.raises(BibtexError, match="together"):
        apply(document, [wrong])


SOUND = [
    b"@article{one,\n  title = {One {x}},\n  year = 2001,\n}",
    b'@book{two, title = "Two", month = jan}',
    b"@misc(three, title = {Three})",
    "@misc{four, author = {Müller, J.}}".encode(),
]
SOUND_KEYS = {"one", "two", "three", "four"}
BROKEN = st.sampled_from(
    [
        b"@article{b1, title={never closed",
        b"@article{b2, title={t {oops}, year={2000}}",
        b"@article{b3, title={t} oops}, year={2000}}",
        b'@article{b4, title="open, year={2000}}',
        b"@article{b5,\n  title = {x}\n  year = {2000}\n}",
        b"@article{b6\n  title = {x}}",
        b"@article{b7,, title={x}, year=}",
        b"@article{b8, % no\n title={x}, title={y}, note={z}, note={z}}",
        b"@article{b9, year=2000a",
        b"@article{, title={x}}",
        b"@article{one, title={again}}",
        b"@article{a key, title={x}}",
        b"@article{",
        b"@article",
        b"@",
        b"@comment{open",
        b"@comment{@misc{inside, title={x}}}",
        b"@string{s = {open}",
        b"@string{bad s = {x}}",
        b"@preamble{",
        b"% @misc{p, title={x}}",
        b"mail me@example.org (now) {x}",
        b"}}}",
        b"{{{",
        b'"',
        b"@misc{enc, title={M\xfcller}}",
        b"@misc{child, crossref={nobody}}",
        b"@misc{m, journal = nothing}",
    ]
)


def file_of(fragments: list[bytes]) -> bytes:
    """Sound entries with broken fragments between them, each on lines of its own."""
    parts: list[bytes] = []
    for number, fragment in enumerate(fragments):
        parts += [fragment, SOUND[number % len(SOUND)] if number < len(SOUND) else b""]
    parts += SOUND[len(fragments) :]
    return b"\n\n".join(parts) + b"\n"


def says(entry: Entry) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    values = ((name, " ".join(field.value.split())) for name, field in entry.fields.items())
    return entry.type, entry.citekey, tuple(values)


FRAGMENTS = st.lists(BROKEN, min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(FRAGMENTS)
@example([b"@string{s = {open}", b"}}}"])
@example([b"@string{s = {open", b"}}}"])
@example([b"@preamble{", b"}}}"])
@example([b"@article{b1, title={never closed"] * 3 + [b"}}}"])
@example(
    [b"@article{b1, title={never closed", *[b"@article{b3, title={t} oops}, year={2000}}"] * 2]
)
@example(
    [
        b"@article{b1, title={never closed",
        b"@article{b2, title={t {oops}}",
        b"@comment{open",
        b"}}}",
    ]
)
def test_what_is_broken_swallows_no_neighbour_and_is_told(fragments: list[bytes]) -> None:
    document = BibDocument.from_bytes(file_of(fragments))
    keys = [entry.citekey for entry in document.entries if entry.problem is None]
    told = document.problems
    # Where a brace too many closes an open one, what lies between is text, and said to be.
    inside = {key for key in SOUND_KEYS if any(f"entry {key!r} stands" in p.reason for p in told)}
    assert SOUND_KEYS - inside <= set(keys)
    told_lines = [problem.line for problem in told]
    for entry in document.entries:
        if entry.problem is not None:
            lines = range(entry.line, entry.line + entry.raw.count(b"\n") + 1)
            assert any(line in lines for line in told_lines), entry
    sound = next((entry for entry in document.entries if entry.problem is None), None)
    if sound is not None:
        document.set_field(sound, "shelf", "x")
    again = Counter(problem.reason for problem in document.problems)
    assert again == Counter(problem.reason for problem in told)


@settings(max_examples=100, deadline=None)
@given(FRAGMENTS)
def test_safe_repairs_lose_nothing_and_leave_fewer_problems(fragments: list[bytes]) -> None:
    text = file_of(fragments)
    document = BibDocument.from_bytes(text)
    had = Counter(finding.kind for finding in findings(document))
    for repair in propose(document):
        if not repair.safe:
            continue
        new = apply(document, [repair])
        after = BibDocument.from_bytes(new)
        has = Counter(finding.kind for finding in findings(after))
        assert has[repair.kind] < had[repair.kind]
        before = Counter(says(entry) for entry in document.entries if entry.problem is None)
        assert not before - Counter(says(entry) for entry in after.entries)
        if repair.kind != "repeated-field":
            letters = Counter(text.decode("cp1252")), Counter(new.decode("cp1252"))
            lost = letters[0] - letters[1]
            assert set(lost) <= set(", \n") or repair.kind == "not-utf-8"
    everything = [repair for repair in propose(document) if repair.safe]
    rest = findings(BibDocument.from_bytes(apply(document, everything)))
    assert len(rest) <= len(findings(document)) - len(everything)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_repair_of_a_quirk_file_can_be_made(path: Path) -> None:
    document = BibDocument.from_bytes(path.read_bytes())
    for repair in propose(document):
        assert apply(document, [repair]) != path.read_bytes()


TEXT = b"".join(b"line %d\n" % n for n in range(60))
EDITS = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.binary(max_size=6)), max_size=6
)


@settings(max_examples=30, deadline=None)
@given(EDITS, st.booleans())
def test_diffs_are_what_patch_takes(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, int, bytes]], ended: bool
) -> None:
    text = TEXT if ended else TEXT[:-1]
    edits: list[tuple[int, int, bytes]] = []
    last = 0
    for start, length, new in sorted(drawn):
        if start >= last and start + length <= len(text):
            edits.append((start, start + length, new.replace(b"\r", b"x").replace(b"\0", b"y")))
            last = start + length + 1
    diff = unified(text, edits, "references.bib")
    new = applied(text, edits)
    assert bool(diff) == (new != text)
    if diff:
        file = tmp_path_factory.mktemp("patch") / "references.bib"
        file.write_bytes(text)
        command = ["git", "apply", "-p0", "--whitespace=nowarn"]
        subprocess.run(command, input=diff, check=True, timeout=60, cwd=file.parent)
        assert file.read_bytes() == new


def test_many_problems_of_a_large_file_are_repaired_quickly() -> None:
    text = b"".join(b"@a{k%d, t={x} u={y}}\n@a{k%d, t={x}}\n" % (n, n) for n in range(5000))
    document = BibDocument.from_bytes(text)
    began = time.process_time()
    found = propose(document)
    assert len(found) == 10_000
    assert apply(document, [r for r in found if r.safe]).count(b"{x}, u") == 5000
    assert time.process_time() - began < 20
