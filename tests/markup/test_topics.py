"""markup: topics as text for a terminal."""

from reviewkit.markup.topics import topics_text


def test_a_long_title_is_cut_with_a_sign() -> None:
    shown = topics_text([("edge", 2, "", ["Short", "word " * 30])])
    assert shown == "    2  edge\n       - Short\n       - " + ("word " * 18).rstrip()[:89] + "…"
