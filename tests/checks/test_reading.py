"""Cited papers that nobody read, that were retracted, or of which something waits."""

import pytest

from reviewkit.records import Conflict, ConflictValue
from tests.checks.manuscripts import READ, facts, found, paper, review

TEXT = "# T\n\nIt is so [@a].\n"


def test_a_paper_that_nobody_read_is_told_where_it_is_cited_first() -> None:
    [one] = found("# T\n\nSo [@a]. Again [@a].\n", facts(paper("a")), "unread")
    assert (one.code, one.severity, one.line, one.quote, one.citekey) == (
        "RK102", "warning", 3, "a", "a",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reviews", "rules"),
    [
        ((), {"unread"}),
        ((review("ana", status="to-read"),), {"unread"}),
        ((review("ana", tags=("core",)),), {"unread"}),
        ((review("ana", "Later.", status="to-read"),), {"unread"}),
        ((review("ana", status="skimmed"),), {"one-reader"}),
        ((review("ana", rating=4.0),), {"one-reader"}),
        ((review("ana", "Well done."),), {"one-reader"}),
        (READ, set()),
    ],
)
def test_who_counts_as_a_reader(reviews: tuple[object, ...], rules: set[str]) -> None:
    known = facts(paper("a", reviews=reviews))
    assert {one.rule for one in found(TEXT, known, "unread", "one-reader")} == rules


def test_how_many_readers_are_wanted_can_be_set() -> None:
    known = facts(paper("a", reviews=(review("ana", status="read"),)))
    assert found(TEXT, known, "one-reader", readers=1) == []


@pytest.mark.parametrize(
    ("facts_of_paper", "remark", "told"),
    [
        ({"title": "RETRACTED: On a"}, "", True),
        ({"title": "Retracted article: On a"}, "", True),
        ({"title": "Retracted papers and who cites them"}, "", False),
        ({"tags": ("retracted",)}, "", True),
        ({}, "This article has been retracted.", True),
        ({}, "Withdrawn by the authors", True),
        ({}, "It was not retracted", False),
        ({}, "In press", False),
    ],
)
def test_retracted_papers(facts_of_paper: dict[str, object], remark: str, told: bool) -> None:
    known = facts(paper("a", **facts_of_paper), remarks={"a": remark})
    assert bool(found(TEXT, known, "retracted")) == told


def test_conflicts_and_held_changes_are_to_be_settled_first() -> None:
    values = (
        ConflictValue("x.1", 4, "ana", None, "csv"),
        ConflictValue("x.2", 2, "ana", None, "csv"),
    )
    known = facts(
        paper("a", conflicts=(Conflict("a", "ana", "rating", values),)),
        held={"a": "2-4 became a date"},
    )
    [one] = found(TEXT, known, "unsettled")
    assert "rating" in one.message and "became a date" in one.message


def test_a_paper_rated_high_and_cited_nowhere_is_told_once() -> None:
    known = facts(
        paper("a", reviews=READ),
        paper("b", score=4.5),
        paper("low", score=3.0),
        paper("out", score=5.0),
        paper("there", score=5.0),
        excluded=frozenset({"out"}),
        elsewhere=frozenset({"there"}),
    )
    [one] = found(TEXT, known, "uncited")
    assert (one.citekey, one.severity, one.cell, one.line) == ("b", "hint", None, None)
    assert found("# T\n\nNo citation at all.\n", known, "uncited") == []
    assert found("# T\n\n\\nocite{*} [@a]\n", known, "uncited", name="x.tex") == []
