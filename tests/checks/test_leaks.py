"""Words of private notes in what others are to read."""

from reviewkit.checks import PrivateText
from tests.checks.manuscripts import code, facts, found, notebook, paper, review

NOTE = "The evaluation is weak, and I would not trust the authors here. Ask Ben."
PRIVATE = (PrivateText("a", NOTE),)
KNOWN = facts(paper("a"), private=PRIVATE)


def test_a_sentence_of_a_private_note_is_an_error_for_its_author() -> None:
    data = notebook(
        "# T", "As seen, the evaluation is weak and I would not trust the authors here."
    )
    [one] = found(data, KNOWN, "private")
    assert (one.severity, one.cell, one.private, one.citekey) == ("error", 2, True, "a")
    assert one.quote.startswith("the evaluation is weak")
    assert found(data, facts(paper("a")), "private") == [], "nobody else is told"


def test_slightly_changed_words_are_found_too() -> None:
    for text in (
        "The evaluation is rather weak, and I would not trust the authors here.",
        "*The evaluation is weak*, and I'd not trust the\nauthors here.",
        "THE EVALUATION IS WEAK AND I WOULD NOT TRUST THESE AUTHORS HERE",
    ):
        assert len(found(f"# T\n\n{text}\n", KNOWN, "private")) == 1, text


def test_other_words_are_not() -> None:
    for text in (
        "The evaluation is weak.",
        "I would not trust the weather here, and the authors know that evaluation is hard.",
        "Ask Ben.",
    ):
        assert found(f"# T\n\n{text}\n", KNOWN, "private") == [], text


def test_outputs_and_code_are_looked_at() -> None:
    shown = {"output_type": "stream", "name": "stdout", "text": [NOTE]}
    page = {"output_type": "display_data", "data": {"text/html": f"<b>{NOTE}</b>"}, "metadata": {}}
    data = notebook(code("show()", shown), code("show()", page), code(f"# {NOTE}"))
    assert [one.cell for one in found(data, KNOWN, "private")] == [1, 2, 3]


def test_what_is_open_as_well_is_no_secret() -> None:
    known = facts(paper("a", reviews=(review("ana", NOTE),)), private=PRIVATE)
    assert found(f"# T\n\n{NOTE}\n", known, "private") == []


def test_no_comment_silences_it() -> None:
    text = f"# T\n\n{NOTE} <!-- reviewkit: ignore -->\n"
    assert len(found(text, KNOWN, "private")) == 1
