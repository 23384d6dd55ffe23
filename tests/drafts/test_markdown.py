"""drafts.markdown: plain text that stays plain in Markdown."""

from typing import Any

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.drafts import markdown
from reviewkit.publishing.fragments import read_fragments
from reviewkit.publishing.tree import found, plain_text

_parse = mistune.create_markdown(renderer="ast", plugins=["table", "math", "strikethrough", "url"])
_SIGNS = "\\`*_{}[]<>#$@|~^&-+=:.)(1a!\"' \n\t/"
_text = st.text(alphabet=_SIGNS, max_size=30) | st.text(max_size=30)


def kinds(tokens: list[dict[str, Any]]) -> set[str]:
    found = {token["type"] for token in tokens}
    return found.union(*(kinds(token.get("children", [])) for token in tokens))


@given(_text)
def test_a_line_stays_in_its_paragraph(text: str) -> None:
    tokens: Any = _parse(f"**x {markdown.line(text)}** y")
    assert [token["type"] for token in tokens] == ["paragraph"]
    assert kinds(tokens) <= {"paragraph", "text", "strong", "link", "softbreak"}


@pytest.mark.parametrize(
    ("citekey", "cited"),
    [
        ("ana2020", "[@ana2020]"),
        ("doe:2020/a", "[@doe:2020/a]"),
        ("10.1145/33.44", "[@10.1145/33.44]"),
        ("a+", "[@{a+}]"),
        ("o'brien", "[@{o'brien}]"),
        ("Müller2020", "[@Müller2020]"),
    ],
)
def test_citations(citekey: str, cited: str) -> None:
    assert markdown.citation(citekey) == cited
    assert markdown.named(citekey) == cited[1:-1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("see https://x.org/a_b/@c.", "see <https://x.org/a_b/@c>."),
        ("(https://x.org/a)", "(<https://x.org/a>)"),
        ("javascript:x_y", r"javascript\:x\_y"),
        ("doi:10.1/x_y, a: b", r"doi\:10.1/x\_y, a: b"),
    ],
)
def test_addresses_stay_whole(text: str, written: str) -> None:
    assert markdown.line(text) == written


def test_an_address_is_a_link_only_if_it_is_one() -> None:
    assert markdown.address("https://doi.org/10.1/x") == "<https://doi.org/10.1/x>"
    assert markdown.address("https://x> [@y]") == r"<https://x>\> \[\@y\]"


def test_brackets_and_schemes_are_text_for_pandoc_as_well() -> None:
    said = "[sic] doi:10.1/x_y and (a) […]"
    (blocks,) = read_fragments([("markdown", f"**T** {markdown.line(said)}")])
    assert blocks is not None
    assert not [*found(blocks, "Math"), *found(blocks, "Link")]
    assert plain_text(blocks).strip() == f"T {said}"
