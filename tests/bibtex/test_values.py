from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument, decode_value, encode_value, is_verbatim
from reviewkit.bibtex.values import balanced
from reviewkit.errors import BibtexError

NAMES = ["title", "author", "abstract", "pages", "keywords", "url", "comment-ana", "reviewkit"]
AWKWARD = st.sampled_from(
    [
        "{",
        "}",
        "\\",
        "$",
        "$x^2$",
        "%",
        "@article{a,",
        "\n@x{",
        "\n",
        "\n\n",
        " ",
        "  ",
        "--",
        "---",
        "``",
        "''",
        "?`",
        "!`",
        "_",
        "^",
        "~",
        "#",
        "&",
        "\r",
        "\r\n",
        "\t",
        "é",
        "\x00",
        "$$",
        "\\$",
        "\\textbraceleft{}",
        "\\textbackslash{}",
        "\\char13{}",
        "textbraceleft{}",
        "\\alpha ",
        '{\\"u}',
        '"',
        "{}",
        "\\newline",
        "\xa0",
        "́",
        "\u2028",
        "a b",
        "$O(n^2)$",
        "𝕏",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(AWKWARD, max_size=10).map("".join))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(NAMES), TEXTS)
@example("abstract", "costs $5 and $6\n\nor {x\n")
@example("url", "a}b{c\\textbraceleft{}")
def test_any_text_is_read_back_as_it_was_written(name: str, text: str) -> None:
    raw = encode_value(name, text)
    assert balanced(raw)
    assert decode_value(name, raw) == text


FILES = {
    "utf-8": "@article{a, title = {Ä}, year = 2000}\n@book{last, title={Last}}\n".encode(),
    "crlf": b"@article{a,\r\n  title = {A},\r\n}\r\n@book{last, title={Last}}\r\n",
    "latin-1": "@article{a, title = {Ä}}\n@book{last, title={Last}}\n".encode("latin-1"),
    "quotes": b'@article{a,\n  title = "A",\n  note = "B"\n}\n@book{last, title={Last}}\n',
}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.sampled_from(NAMES), TEXTS)
def test_any_text_set_in_a_file_is_read_back(file: str, name: str, text: str) -> None:
    data = FILES[file]
    document = BibDocument.from_bytes(data)
    entry = document.entries[0]
    try:
        document.set_field(entry, name, text)
    except BibtexError:
        # Links, notes and formulas are never escaped: what Latin-1 lacks is refused.
        assert file == "latin-1"
        assert is_verbatim(name) or "$" in text
        assert document.to_bytes() == data
        return
    assert entry.fields[name].value == text
    again = BibDocument.from_bytes(document.to_bytes())
    assert again.entries[0].fields[name].value == text
    assert again.entries[1].raw == b"@book{last, title={Last}}"
    document.undo()
    assert document.to_bytes() == data


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("year", "2000", "2000"),
        ("month", "jan", "January"),
        ("month", '"10~" # feb', "10 February"),
        ("journal", "acm", "acm"),
        ("title", '"A {"}q{"} w"', 'A "q" w'),
        ("title", "{A\n    B}", "A B"),
        ("abstract", "{A\n B\n\n  C $x_i$}", "A B\n\nC $x_i$"),
        ("pages", "{1--9}", "1--9"),
        ("title", "{a 50% b}", "a 50% b"),
        ("url", "{http://x/~a_b%20{c}\\&}", "http://x/~a_b%20{c}\\&"),
        ("comment-ana", "{*x* \\emph{y} $z$}", "*x* \\emph{y} $z$"),
        ("note", "{}", ""),
    ],
)
def test_right_hand_sides(name: str, raw: str, value: str) -> None:
    assert decode_value(name, raw) == value


@pytest.mark.parametrize(
    ("name", "text", "raw"),
    [
        ("title", "Research & Development", r"{Research \& Development}"),
        ("title", "{BERT}", r"{\{BERT\}}"),
        ("abstract", "in $O(n^2)$ & more", r"{in $O(n^2)$ \& more}"),
        ("keywords", "foo_bar, R&D", "{foo_bar, R&D}"),
        ("pages", "1--9", "{1--9}"),
        ("url", "http://x/a_b%20", "{http://x/a_b%20}"),
        ("comment-ana", "a { b", r"{a \textbraceleft{} b}"),
        ("author", "Müller, J. and Ng, A.", "{Müller, J. and Ng, A.}"),
    ],
)
def test_what_is_written(name: str, text: str, raw: str) -> None:
    assert encode_value(name, text) == raw


def test_strings_hold_from_where_they_stand() -> None:
    document = BibDocument.from_bytes(
        b"@a{x, j = jj}\n@string{jj = {One}}\n@a{y, j = jj # { more}}\n"
        b'@string(JJ = "Two")\n@a{z, j = JJ}\n'
    )
    assert [row[0] for row in document.table(("j",))] == ["One", "One more", "Two"]
    assert [entry.fields["j"].value for entry in document.entries] == ["One", "One more", "Two"]


def test_values_keep_their_own_encodings() -> None:
    data = b"@a{x, t={M\xfcller}, u={\xc3\xbc}}"
    entry = BibDocument.from_bytes(data).entries[0]
    assert (entry.fields["t"].value, entry.fields["u"].value) == ("Müller", "ü")
    declared = b"% Encoding: ISO8859-2\n@a{x, t={\xb9}}"
    assert BibDocument.from_bytes(declared).entries[0].fields["t"].value == "š"


def test_letters_outside_the_encoding_become_tex() -> None:
    document = BibDocument.from_bytes("@a{x, t={Müller}}\n".encode("cp1252"))
    document.set_field(document.entries[0], "author", "Erdős")
    assert document.entries[0].fields["author"].value == "Erdős"
    document.to_bytes().decode("cp1252")


@pytest.mark.parametrize("name", ["comment-ana", "reviewkit-ratings", "url", "title", "note"])
def test_letters_that_the_file_does_not_have_are_spelled_and_read_back(name: str) -> None:
    document = BibDocument.from_bytes("@misc{a, title={Über}}\n".encode("cp1252"))
    (entry,) = document.entries
    text = "α\\char945{} \\β 茶 {\U0001f375 \\textbackslash{}char945{} é"
    document.set_field(entry, name, text)
    assert entry.fields[name].value == text
    again = BibDocument.from_bytes(document.to_bytes())
    assert again.entries[0].fields[name].value == text
    assert "Über".encode("cp1252") in document.to_bytes() or name == "title"


@pytest.mark.parametrize(
    "text", [r"http://a.org/\char126{}x", r"\char55296{}", r"\char9999999{}", r"\char64{}"]
)
def test_other_numbers_in_verbatim_text_stay(text: str) -> None:
    assert decode_value("url", f"{{{text}}}") == text
