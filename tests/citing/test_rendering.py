"""Citations and bibliographies as styles show them."""

from typing import Any

import pytest

from reviewkit.citing import citations, style
from reviewkit.citing.rendering import Rendering, render

SMITH = {
    "id": "smith2020",
    "type": "article-journal",
    "title": "On small things",
    "author": [{"family": "Smith", "given": "Jane"}, {"family": "Lee", "given": "Ann"}],
    "issued": {"date-parts": [[2020]]},
    "container-title": "Journal of Things",
    "volume": "7",
    "page": "1-3",
    "DOI": "10.1/abc",
}
ORWELL = {
    "id": "orwell1949",
    "type": "book",
    "title": "1984",
    "author": [{"family": "Orwell", "given": "George"}],
    "issued": {"date-parts": [[1949]]},
    "publisher": "Secker",
}
SECOND = {**SMITH, "id": "smith2020b", "title": "On large things", "DOI": "10.1/abd"}
TEXT = "A [see @smith2020, p. 3; @orwell1949]. @smith2020 [ch. 2] says [-@orwell1949]."


def shown(text: str, name: str, *items: dict[str, Any], **options: Any) -> Rendering:
    return render(citations(text), items or (SMITH, ORWELL), style(name), **options)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("apa", ["(see Smith & Lee, 2020, p. 3; Orwell, 1949)", "Smith & Lee (2020, ch. 2)",
                 "(1949)"]),
        ("ieee", ["see [1, p. 3], [2]", "[1, Ch. 2]", "[2]"]),
        ("nature", ["see 1,2", "1", "2"]),
        ("acm", ["[see 2:3, 1]", "[2, ch. 2]", "[1]"]),
        ("mla", ["(see Smith and Lee 3; Orwell)", "Smith and Lee (ch. 2)", ""]),
    ],
)  # fmt: skip
def test_citations_in_some_styles(name: str, expected: list[str]) -> None:
    got = [one.text for one in shown(TEXT, name).shown]
    assert got == expected


def test_the_bibliography_in_apa() -> None:
    found = shown(TEXT, "apa").bibliography
    assert found.citekeys == ("orwell1949", "smith2020")
    assert found.text == (
        "Orwell, G. (1949). 1984. Secker.\n"
        "Smith, J., & Lee, A. (2020). On small things. Journal of Things, 7, 1–3."
        " https://doi.org/10.1/abc"
    )
    assert found.markdown == (
        "Orwell, G. (1949). *1984*. Secker.\n\n"
        "Smith, J., & Lee, A. (2020). On small things. *Journal of Things*, *7*, 1–3."
        " <https://doi.org/10.1/abc>"
    )
    assert "text-indent" in found.html and "<em>1984</em>" in found.html


def test_the_bibliography_with_numbers() -> None:
    found = shown(TEXT, "ieee").bibliography
    assert found.citekeys == ("smith2020", "orwell1949")
    assert [one.label for one in found.references] == ["[1]", "[2]"]
    assert found.text.startswith("[1] J. Smith and A. Lee, “On small things,” ")
    assert found.markdown.startswith("\\[1\\] J. Smith")
    assert shown(TEXT, "nature").bibliography.markdown.startswith("1\\. Smith, J.")


def test_what_depends_on_the_others() -> None:
    text = "[@smith2020] [@smith2020b]"
    assert [s.text for s in shown(text, "apa", SMITH, SECOND).shown] == [
        "(Smith & Lee, 2020b)", "(Smith & Lee, 2020a)",
    ]  # fmt: skip
    assert shown("[@smith2020]", "apa", SMITH, SECOND).shown[0].text == "(Smith & Lee, 2020)"


def test_a_style_of_notes() -> None:
    found = shown(TEXT, "chicago-notes-bibliography")
    assert [one.text for one in found.shown] == ["[1]", "Smith and Lee[2]", "[3]"]
    assert found.shown[0].html == "<sup>1</sup>"
    assert found.shown[0].note.startswith("See Jane Smith and Ann Lee, “On Small Things,”")


def test_an_unknown_key_is_shown_as_such() -> None:
    (one,) = shown("[@smith2020; @nobody1999]", "apa").shown
    assert one.html == "(Smith &amp; Lee, 2020; <strong>nobody1999?</strong>)"
    assert shown("[@nobody1999]", "apa").bibliography.references == ()


def test_a_former_key_is_its_paper() -> None:
    found = shown("[@old; @smith2020]", "apa", names={"old": "smith2020"})
    assert found.bibliography.citekeys == ("smith2020",)
    assert "?" not in found.shown[0].text


def test_papers_that_are_listed_without_a_citation() -> None:
    found = shown("[@smith2020]", "apa", also=["orwell1949"])
    assert found.bibliography.citekeys == ("orwell1949", "smith2020")


def test_nothing_is_cited() -> None:
    found = shown("no citation", "apa")
    assert (found.shown, len(found.bibliography), str(found.bibliography)) == ((), 0, "")


def test_a_hostile_item() -> None:
    hostile = {
        **SMITH,
        "title": '<script>alert(1)</script> <img src="x" onerror="alert(1)">',
        "author": [{"family": "<b onclick=alert(1)>X</b>", "given": "@y"}],
        "URL": "javascript:alert(1)",
        "DOI": '"><script>',
    }
    found = shown("[<script>@x</script> @smith2020, <i onload=1>p. 3</i>]", "ieee", hostile)
    everything = found.bibliography.html + "".join(one.html for one in found.shown)
    assert "<script" not in everything and "<img" not in everything
    assert "onload=1>" not in everything and "<b onclick" not in everything
    assert 'href="javascript' not in everything
    assert not citations(found.bibliography.markdown)


def test_equal_questions_are_answered_from_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(TEXT, "apa")
    monkeypatch.setattr("reviewkit.citing.rendering.run", None)
    assert shown(TEXT, "apa") is first
