"""Links of a text end where their sentence goes on."""

from __future__ import annotations

import pytest

from reviewkit.claims import links


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code: https://github.com/a/b2.1.", "https://github.com/a/b2.1"),
        ("Code (https://github.com/a/b).", "https://github.com/a/b"),
        ("Code [https://github.com/a/b].", "https://github.com/a/b"),
        ("See https://x.org/a_(b), too", "https://x.org/a_(b)"),
    ],
)
def test_punctuation_of_the_sentence_is_left_out(text: str, url: str) -> None:
    (link,) = links(text)
    assert link.url == url == text[link.start : link.end]


def test_code_is_told_from_pages() -> None:
    found = links("https://github.com/a/b and https://a.github.io and https://zenodo.org/r/1")
    assert [link.code for link in found] == [True, False, True]
