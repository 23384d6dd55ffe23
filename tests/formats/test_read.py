"""Formats are told by content; what is no text of papers is refused with its reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import FormatError
from reviewkit.formats import read

CORPUS = Path(__file__).parents[1] / "corpus" / "digest"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.txt", "is empty"),
        ("binary.bin", "line 1 holds byte 0x00"),
        ("page.html", "web page (HTML, line 1)"),
        ("prose.txt", "line 1 ('Dear group,')"),
        ("header-only.txt", "Line 7"),
    ],
)
def test_what_holds_no_paper_is_refused_with_a_line(name: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read((CORPUS / name).read_bytes(), name)
    assert said in caught.value.message
    assert caught.value.message.startswith(name)
    assert "othing was added" in caught.value.message
    assert caught.value.problems


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"PK\x03\x04....",
        b"TY  - JOUR\nAU  - Tea, A\nER  - \n",
        b"citekey,title\na,\n",
        b"citekey,rating\na,5\n",
        b'{"title": "Tea"}',
        b"# Heading\n\nText.\n\n## More\n\nText.\n",
        b"@string{a = {b}}\n",
        b"\xff\xfe\x00",
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read(data)


def test_an_article_with_headings_is_no_digest() -> None:
    paragraph = "This is a sentence of an ordinary article. Another one follows it. " * 8
    article = (
        f"A Title\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n\nHow it ends:\n\n{paragraph}"
    )
    with pytest.raises(FormatError):
        read(article.encode())


def test_the_name_does_not_decide() -> None:
    assert read(b"@misc{a, title = {Tea}}", "digest.txt").format == "bibtex"
    assert read((CORPUS / "invented.txt").read_bytes(), "library.bib").format == "digest"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_obeyed(encoding: str) -> None:
    text = (CORPUS / "invented.txt").read_text(encoding="utf-8")
    assert read(text.encode(encoding)) == read(text.encode())


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8")))
def test_bytes_are_understood_or_refused(data: bytes) -> None:
    refused: tuple[dict[str, object], ...] = ()
    papers = 0
    try:
        found = read(data)
        papers = len(found.candidates) + len(found.identifiers)
    except FormatError as error:
        refused = error.problems
    assert bool(refused) != bool(papers)


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    rows = "".join(f"Tea {n},What is said of tea number {n} in an abstract.\n" for n in range(50))
    found = read(f"title,abstract\n{rows}Cups,A stray \x01 one.\n".encode())
    assert len(found.candidates) == 51
    assert found.candidates[-1].fields["abstract"] == "A stray  one."
