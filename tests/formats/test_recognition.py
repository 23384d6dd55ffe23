"""Every file is of one format, and reading never ends in anything but an answer."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import decode_value, encode_value
from reviewkit.errors import FormatError
from reviewkit.formats import IMPORTERS, Understood, read
from reviewkit.formats.archive import unpacked
from reviewkit.formats.decoding import decoded
from tests.formats.corpus import CORPUS

#: What begins as the file's name does is of this format; the others have it as their ending.
FORMATS = {
    ".ris": "RIS",
    ".csl.json": "CSL-JSON",
    ".xml": "EndNote XML",
    ".nbib": "PubMed (nbib)",
    ".csv": "CSV",
    ".tsv": "CSV",
    ".zip": "CSV",
    ".json": "daily papers (JSON)",
    ".md": "a Markdown list with links",
    ".txt": "a list of DOIs, arXiv ids or addresses",
}
FILES = sorted(CORPUS.iterdir())
DIGEST = CORPUS.parent / "digest"
LAST = IMPORTERS[-1].name


def recognised(data: bytes) -> list[str]:
    text, _ = decoded(unpacked(data) or data, "it")
    return [each.name for each in IMPORTERS if each.recognises(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_of_one_format(path) -> None:  # type: ignore[no-untyped-def]
    expected = next(name for ending, name in FORMATS.items() if path.name.endswith(ending))
    names = recognised(path.read_bytes())
    assert names[0] == expected
    # The last resort takes any text with an address in it. A list may say how to cite it.
    others = {LAST, "BibTeX"} if path.name == "awesome.md" else {LAST}
    assert set(names[1:]) <= others


@pytest.mark.parametrize("name", ["demo-106.txt", "invented.txt", "with-counts.txt", "broken.bib"])
def test_what_was_recognised_before_is_still(name: str) -> None:
    expected = "BibTeX" if name.endswith(".bib") else "a pasted trending digest"
    first = recognised((DIGEST / name).read_bytes())[0]
    assert first.startswith(expected)


def test_every_kind_of_bib_file_is_bibtex() -> None:
    for path in sorted((CORPUS.parent / "bib").glob("*.bib")):
        try:
            names = recognised(path.read_bytes())
        except FormatError:
            continue
        assert not names or names[0] in ("BibTeX", LAST), path.name


def check(found: Understood) -> None:
    """Whatever is in a candidate can be written into a file and read back."""
    for paper in found.candidates:
        assert paper.fields["title"]
        for name, text in paper.fields.items():
            raw = paper.raw.get(name) or encode_value(name, text)
            assert decode_value(name, raw)
    assert all(each.value and each.line for each in found.identifiers)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_read_can_be_written(path) -> None:  # type: ignore[no-untyped-def]
    if path.name != "bomb.xml":
        check(read(path.read_bytes()))


pieces = st.sampled_from(
    [piece for path in FILES if path.suffix != ".zip" for piece in path.read_bytes().split(b"\n")]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces | st.binary(max_size=20), max_size=25).map(b"\n".join))
def test_whatever_is_put_together_is_understood_or_refused(data: bytes) -> None:
    try:
        check(read(data))
    except FormatError as error:
        assert error.problems


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 2_000_000,
        b"TY  - " + b"x" * 3_000_000,
        b"10.1000/" * 400_000,
        b"- [" * 600_000,
        b"- " + b"[a](" * 500_000,
        b"<record><ref-type>" * 100_000,
        b"title,year\n" + b'"' * 2_000_000,
        b'[{"type": "book", "title": "' + b'\\"' * 1_000_000,
        b'{"id": "a", "type": "x", "items": [' * 50_000,
        b"PMID- " + b"1" * 2_000_000,
        b"arxiv:" * 400_000,
        b"https://" * 300_000,
        b"(" * 100_000 + b"https://a.b/" + b"(" * 100_000,
    ],
    ids=lambda line: line[:12].decode(),
)
def test_hostile_lines_take_no_time(line: bytes) -> None:
    begun = time.process_time()
    try:
        read(line)
    except FormatError as error:
        assert error.problems
    # Of the processor: a busy computer is not the text's fault.
    assert time.process_time() - begun < 20
