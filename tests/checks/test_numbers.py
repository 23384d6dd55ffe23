"""Numbers of citing sentences against what is known of the cited papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.manuscripts import facts, found, notebook, paper, quotes, review

ABSTRACT = (
    "OFA reduces latency by 60% and is 2.25times faster than MobileNet, with 1.4 billion "
    "parameters. It needs 98.23\\% of 1.5 GB and runs in 12.5 ms; accuracy rises from 71.2 to "
    "77.18 mAP. Energy falls to 21% of the baseline, at up to 250 FPS."
)
KNOWN = facts(paper("k", abstract=ABSTRACT), paper("bare"))


def told(sentence: str) -> list[str]:
    return quotes(found(f"# T\n\n## S\n\n{sentence} [@k].\n", KNOWN, "number"))


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 2.25x faster",
        "It is $2.25\\times$ faster",
        "It is 2.25× faster",
        "It is 2.3x faster",
        "It is about 2x faster",
        "It is more than twice as fast",
        "It is up to 2.25-fold faster",
        "It cuts latency by 60 %",
        "It cuts latency by 60 percent",
        "It reduces latency to 40% of the baseline",
        "Latency is 2.5 times lower",
        "It has 1.4B parameters",
        "It has about 1.5 billion parameters",
        "98.2% is kept",
        "Over 98% is kept",
        "It needs 1500 MB",
        "It takes 0.0125 s",
        "It reaches 77.2% mAP",
        "It gains 6 mAP",
        "It saves 79% of the energy",
        "It runs at 250 frames per second",
        "It was proposed in 2019 and has 5 sections",
        "It uses 64x64 images",
        "We measured 9.9x on our own machine",
    ],
)
def test_what_the_abstract_gives_in_another_form_is_not_told(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It is 3.25x faster", "3.25 x"),
        ("It is $2.52\\times$ faster", "2.52 x"),
        ("It cuts latency by 66%", "66 %"),
        ("It has 2.4B parameters", "2.4 B parameters"),
        ("98.32% is kept", "98.32 %"),
        ("It needs 15 GB", "15 GB"),
        ("It runs in 125 ms", "125 ms"),
        ("It reaches 77.81 mAP", "77.81 mAP"),
        ("It runs at 350 FPS", "350 FPS"),
        ("It is ten times faster", "ten x"),
    ],
)
def test_another_number_is_told_with_what_is_known(sentence: str, quote: str) -> None:
    [one] = found(f"# T\n\n## S\n\n{sentence} [@k].\n", KNOWN, "number")
    assert (one.quote, one.severity, one.citekey) == (quote, "warning", "k")
    assert "known of k, which has" in one.message and "“" in one.message


def test_of_a_kind_that_the_abstract_does_not_tell_it_is_only_a_hint() -> None:
    [one] = found(
        "# T\n\nIt is 3x faster [@q].\n", facts(paper("q", abstract="It is good.")), "number"
    )
    assert one.severity == "hint"


def test_what_cannot_be_known_is_not_told() -> None:
    for text in ("It is 9x faster [@bare].", "It is 9x faster [@k; @bare].", "9x [@unknown1]."):
        assert found(f"# T\n\n{text}\n", KNOWN, "number") == []
    assert found("# T\n\nIt is 9x faster. Others [@k].\n", KNOWN, "number") == []


def test_notes_and_linked_quotes_are_evidence() -> None:
    known = facts(
        paper("k", abstract=ABSTRACT, reviews=(review("ana", "Table 3: 9.5x over the CPU."),))
    )
    assert found("# T\n\nIt is 9.5x faster [@k].\n", known, "number") == []


def test_any_of_the_cited_papers_may_give_the_number() -> None:
    known = facts(paper("k", abstract=ABSTRACT), paper("q", abstract="It is 7x faster."))
    assert found("# T\n\nThey are 7x faster [@k; @q].\n", known, "number") == []


def test_each_row_of_a_table_and_no_drafted_cell() -> None:
    table = "# T\n\n| a | 7x faster [@k] |\n|---|---|\n| b | 2.25x faster [@k] |\n"
    assert quotes(found(table, KNOWN, "number")) == ["7 x"]
    drafted = {
        "cell_type": "markdown",
        "source": "9x [@k]",
        "metadata": {"reviewkit": {"role": "papers"}},
    }
    assert found(notebook("# T", drafted), KNOWN, "number") == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    for one in found(f"# T\n\n{text} [@k].\n", KNOWN):
        assert one.start is None or one.end is None or 0 <= one.start <= one.end
