"""Keys that the library lacks, and papers cited by two keys."""

from reviewkit.checks import Facts
from reviewkit.citations.editing import edited
from tests.checks.manuscripts import facts, found, notebook, paper, quotes

KNOWN = facts(paper("smith2021"), paper("doe2020"))


def test_an_unknown_key_names_the_near_ones() -> None:
    [one] = found("See [@smith2012, p. 3].\n", KNOWN, "unknown-key")
    assert one.severity == "error" and "smith2021" in one.message
    assert one.fix is None, "another key is a guess"


def test_every_use_of_it_is_told_and_handles_are_not() -> None:
    text = "See [@nobody1999]. Ask @ana, or mail a@b.org; `[@code2020]`. Or [@nobody1999].\n"
    assert quotes(found(text, KNOWN, "unknown-key")) == ["nobody1999", "nobody1999"]


def test_a_key_that_differs_only_in_case_can_be_mended() -> None:
    data = notebook("# T", "As é “said” [@Smith2021;\n@doe2020].")
    [one] = found(data, KNOWN, "unknown-key")
    assert one.fix is not None
    after = edited("x.ipynb", data, one.fix.edits)
    assert after == data.replace(b"Smith2021", b"smith2021")
    assert found(after, KNOWN, "unknown-key") == []


def test_one_paper_cited_by_two_keys() -> None:
    known = Facts(KNOWN.known, {"sm21": "smith2021"}, KNOWN.papers)
    data = notebook("One [@sm21], two [@smith2021].", "Three [@sm21].")
    told = found(data, known, "two-keys")
    assert [(one.cell, one.quote) for one in told] == [(1, "sm21"), (2, "sm21")]
    edits = [edit for one in told if one.fix for edit in one.fix.edits]
    assert found(edited("x.ipynb", data, edits), known, "two-keys") == []
    assert found(notebook("Only [@sm21]."), known, "two-keys") == []
