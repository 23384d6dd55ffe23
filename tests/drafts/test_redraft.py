"""drafts: drafting again leaves a person's work alone."""

import copy
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.drafts import build
from reviewkit.drafts.cells import name_of, source_of
from reviewkit.errors import FormatError, NewerFormatError
from reviewkit.records import Paper, Review

Notebook = dict[str, Any]


def paper(citekey: str, *tags: str, title: str = "A title") -> Paper:
    return Paper(citekey, citekey, "article", title, tags=tags, reviews=(Review("ana", "read"),))


LIBRARY = [paper("one", "NAS"), paper("two", "NAS"), paper("three", "pruning")]


def find(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if name_of(cell) == name)


def names(notebook: Notebook) -> list[str | None]:
    return [name_of(cell) for cell in notebook["cells"]]


def test_nothing_changed_nothing_changes() -> None:
    first = build(LIBRARY).notebook
    before = copy.deepcopy(first)
    again = build(LIBRARY, previous=first)
    assert again.notebook == first == before
    assert (again.added, again.refreshed, again.edited, again.deleted) == ((), (), (), 0)


def test_untouched_cells_are_refreshed_and_outputs_of_changed_code_go() -> None:
    first = build(LIBRARY).notebook
    table = find(first, "table/tag:nas")
    table |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]}
    setup = find(first, "setup/")
    setup |= {"execution_count": 3, "metadata": setup["metadata"] | {"collapsed": True}}
    again = build([*LIBRARY, paper("four", "NAS")], project="elsewhere", previous=first)
    assert "[@four]" in source_of(find(again.notebook, "papers/tag:nas"))
    assert find(again.notebook, "table/tag:nas") == table
    assert find(again.notebook, "setup/")["execution_count"] is None
    assert find(again.notebook, "setup/")["metadata"]["collapsed"] is True
    assert set(again.refreshed) == {
        find(first, name)["id"] for name in ("papers/tag:nas", "setup/", "bibliography/")
    }


def test_edited_cells_stay_and_are_reported() -> None:
    first = build(LIBRARY).notebook
    cell = find(first, "papers/tag:nas")
    cell["source"] = "My own words on [@one]."
    again = build([*LIBRARY, paper("four", "NAS")], previous=first)
    assert find(again.notebook, "papers/tag:nas") == cell
    assert again.edited == (cell["id"],)
    assert "1 left as edited" in again.message


def test_deleted_cells_do_not_come_back_and_new_sections_come_before_the_end() -> None:
    first = build([*LIBRARY, paper("five")]).notebook
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "Mine"}
    first["cells"] = [
        cell
        for cell in first["cells"]
        if name_of(cell) not in ("introduction/", "table/tag:nas", "heading/tag:pruning")
    ]
    first["cells"].insert(3, own)
    again = build([*LIBRARY, paper("five"), paper("six", "quantization")], previous=first)
    assert names(again.notebook) == [
        "title/",
        "setup/",
        "heading/tag:nas",
        None,
        "papers/tag:nas",
        "papers/tag:pruning",
        "table/tag:pruning",
        "heading/tag:quantization",
        "papers/tag:quantization",
        "table/tag:quantization",
        "heading/other",
        "papers/other",
        "table/other",
        "bibliography/",
    ]
    assert again.notebook["cells"][3] == own
    assert again.deleted == 3
    assert len(again.added) == 3
    third = build([*LIBRARY, paper("five")], previous=again.notebook)
    assert names(third.notebook) == names(again.notebook)


def test_a_section_without_papers_stays_and_fills_again() -> None:
    first = build(LIBRARY).notebook
    emptied = build(LIBRARY[:2], previous=first).notebook
    assert source_of(find(emptied, "papers/tag:pruning")) == "*No paper belongs here any more.*"
    assert build(LIBRARY[:2], previous=emptied).notebook == emptied
    assert build(LIBRARY, previous=emptied).notebook == first


def test_a_copy_of_a_cell_belongs_to_who_made_it() -> None:
    first = build(LIBRARY).notebook
    twin = copy.deepcopy(find(first, "papers/tag:nas")) | {"id": "twin"}
    first["cells"].append(twin)
    again = build(LIBRARY[1:], previous=first).notebook
    assert again["cells"][-1] == twin
    assert "[@one]" not in source_of(find(again, "papers/tag:nas"))


def test_a_notebook_of_a_persons_own_keeps_all_it_has() -> None:
    own: Notebook = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Mine"]}],
        "metadata": {"kernelspec": {"name": "ir", "display_name": "R"}},
        "nbformat": 4,
        "nbformat_minor": 2,
    }
    again = build(LIBRARY, previous=own).notebook
    assert again["cells"][0]["source"] == ["# Mine"]
    assert "title/" not in names(again)
    assert "introduction/" not in names(again)
    assert names(again)[1] == "setup/"
    assert again["metadata"]["kernelspec"]["name"] == "ir"
    nbformat.validate(again)
    assert build(LIBRARY, previous=again).notebook == again


@pytest.mark.parametrize(
    "previous",
    [[], 3, {}, {"cells": []}, {"nbformat": 3, "worksheets": []}, {"nbformat": 4, "cells": [1]}],
)
def test_what_is_no_notebook_is_not_drafted_into(previous: Notebook) -> None:
    with pytest.raises(FormatError, match=r"format 4.*save it again"):
        build(LIBRARY, previous=previous)


def test_a_newer_draft_is_not_drafted_into() -> None:
    notebook = build(LIBRARY).notebook
    notebook["metadata"]["reviewkit"]["format"] = 2
    with pytest.raises(NewerFormatError, match="Update reviewkit"):
        build(LIBRARY, previous=notebook)


_papers = st.lists(
    st.builds(
        lambda key, tags, title: paper(key, *tags, title=title),
        st.sampled_from("abcdef"),
        st.lists(st.sampled_from(["NAS", "pruning", "moe"]), max_size=2, unique=True),
        st.sampled_from(["T", "U"]),
    ),
    max_size=5,
    unique_by=lambda each: each.citekey,
)
_edits = st.lists(
    st.tuples(st.sampled_from(["edit", "delete", "add"]), st.integers(0, 20)), max_size=4
)


@given(st.lists(st.tuples(_papers, _edits), min_size=1, max_size=5))
def test_a_persons_work_survives_any_sequence_of_drafts(
    rounds: list[tuple[list[Paper], list[tuple[str, int]]]],
) -> None:
    notebook: Notebook | None = None
    mine: dict[str, dict[str, Any]] = {}
    gone: set[str | None] = set()
    for turn, (papers, edits) in enumerate(rounds):
        notebook = build(papers, previous=notebook).notebook
        nbformat.validate(notebook)
        cells = notebook["cells"]
        by_id = {cell["id"]: cell for cell in cells}
        assert len(by_id) == len(cells)
        assert {key: by_id.get(key) for key in mine} == mine
        assert not gone & set(names(notebook))
        own = [cell["id"] for cell in cells if cell["id"] in mine]
        assert build(papers, previous=notebook).notebook == notebook
        for number, (action, place) in enumerate(edits):
            at = place % (len(cells) or 1)
            if action == "add":
                cell = {"cell_type": "markdown", "id": f"own-{turn}-{number}", "metadata": {},
                        "source": f"Mine {turn}"}  # fmt: skip
                cells.insert(at, cell)
                mine[cell["id"]] = copy.deepcopy(cell)  # type: ignore[index]
            elif cells and action == "edit":
                cells[at]["source"] = f"{source_of(cells[at])} edited {turn} {number}"
                mine[cells[at]["id"]] = copy.deepcopy(cells[at])
            elif cells:
                removed = cells.pop(at)
                mine.pop(removed["id"], None)
                if name_of(removed) is not None:
                    gone.add(name_of(removed))
        assert all(key in [cell["id"] for cell in cells] for key in own if key in mine)
