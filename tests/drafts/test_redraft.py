"""drafts: drafting again leaves a person's work alone."""

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.drafts import (
    Draft,
    Illustration,
    Survey,
    build,
    by_tag,
    by_topic,
    topics_as_json,
)
from reviewkit.drafts.cells import digest_of, id_of, is_edited, name_of, source_of
from reviewkit.errors import FormatError, NewerFormatError
from reviewkit.records import Paper
from reviewkit.topics import Topic, Topics
from tests.drafts.papers import paper

Notebook = dict[str, Any]
LIBRARY = [paper("one", "NAS"), paper("two", "NAS", rating=3), paper("three", "pruning")]


def draft(papers: list[Paper], previous: Notebook | None = None, **about: Any) -> Any:
    return build(by_tag(papers), Survey(**about), previous=previous)


def find(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if name_of(cell) == name)


def names(notebook: Notebook) -> list[str | None]:
    return [name_of(cell) for cell in notebook["cells"]]


def told(made: Any) -> dict[str, list[str]]:
    kinds = ("added", "changed", "moved", "removed", "kept")
    return {kind: found for kind in kinds if (found := [c.what for c in made.cells(kind)])}


def test_nothing_changed_nothing_changes() -> None:
    first = draft(LIBRARY).notebook
    before = copy.deepcopy(first)
    again = draft(LIBRARY, first)
    assert again.notebook == first == before
    assert (again.changes, again.deleted) == ((), 0)
    assert again.message == "2 sections with 3 papers: nothing changed."


def test_untouched_cells_are_renewed_in_their_places() -> None:
    first = draft(LIBRARY).notebook
    setup = find(first, "setup/")
    setup |= {"execution_count": 3, "metadata": setup["metadata"] | {"collapsed": True}}
    new = [*LIBRARY[:2], paper("three", "pruning", notes=("Newer words.",)), paper("four", "NAS")]
    again = draft(new, first, project="elsewhere")
    assert told(again) == {
        "added": ["four"],
        "changed": ["setup", "overview", "facts nas", "three"],
    }
    assert names(again.notebook)[names(again.notebook).index("paper/two") - 1] == "paper/one"
    assert "paper/four" in names(again.notebook)
    assert find(again.notebook, "setup/")["execution_count"] is None
    assert find(again.notebook, "setup/")["metadata"]["collapsed"] is True
    change = again.cells("changed")[-1]
    assert "+> Newer words." in change.diff


def figure(data: str, outputs: tuple[Any, ...] = ({"output_type": "stream", "text": "x"},)) -> Any:
    return Illustration("years", "Years.", "project.figure('years')", data, outputs)


def test_results_are_renewed_only_when_what_they_show_changed() -> None:
    first = draft(LIBRARY, overview=(figure("a"),)).notebook
    cell = find(first, "figure/years")
    cell |= {"execution_count": 7, "outputs": [{"output_type": "stream", "text": "run by hand"}]}
    assert draft(LIBRARY, first, overview=(figure("a"),)).notebook == first
    again = draft(LIBRARY, first, overview=(figure("b"),))
    assert find(again.notebook, "figure/years")["outputs"] == list(figure("b").outputs)
    assert told(again) == {"changed": ["figure years"]}


def test_edited_cells_stay_and_say_what_is_newer() -> None:
    first = draft(LIBRARY).notebook
    cell = find(first, "paper/one")
    cell["source"] = "My own words on [@one]."
    again = draft(LIBRARY, first)
    assert find(again.notebook, "paper/one") == cell
    assert [change.diff for change in again.cells("kept")] == [""]
    again = draft([paper("one", "NAS", notes=("Newer words.",)), *LIBRARY[1:]], first)
    assert find(again.notebook, "paper/one") == cell
    diff = again.cells("kept")[0].diff.splitlines()
    assert diff[:2] == ["--- yours", "+++ draft"]
    assert "-My own words on [@one]." in diff
    assert any("Newer words." in line for line in diff)
    assert "1 left as edited" in again.message


def test_deleted_cells_do_not_come_back_and_new_sections_come_before_the_end() -> None:
    papers = [*LIBRARY, paper("five")]
    first = draft(papers).notebook
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "Mine"}
    gone = ("introduction/", "paper/two", "lead/tag:pruning")
    first["cells"] = [cell for cell in first["cells"] if name_of(cell) not in gone]
    first["cells"].insert(names(first).index("paper/one") + 1, own)
    again = draft([*papers, paper("six", "moe"), paper("seven", "NAS")], first)
    assert names(again.notebook)[names(again.notebook).index("heading/tag:nas") :] == [
        "heading/tag:nas", "lead/tag:nas", "facts/tag:nas", "paper/one", None, "paper/seven",
        "heading/tag:moe", "lead/tag:moe", "facts/tag:moe", "paper/six",
        "heading/tag:pruning", "facts/tag:pruning", "paper/three",
        "heading/other", "lead/other", "facts/other", "paper/five",
        "questions/", "references/", "bibliography/",
    ]  # fmt: skip
    assert again.deleted == 3
    third = draft(papers, again.notebook)
    assert not {"paper/two", "lead/tag:pruning"} & set(names(third.notebook))
    back = build(by_tag(papers), Survey(), previous=third.notebook, restore=True)
    assert [c.what for c in back.cells("added")] == ["introduction", "two", "lead pruning"]
    assert names(back.notebook).index("paper/two") < names(back.notebook).index("lead/tag:pruning")
    assert next(c["source"] for c in back.notebook["cells"] if c["id"] == "own") == "Mine"
    assert build(by_tag(papers), Survey(), previous=back.notebook, restore=True).changes == ()


def test_a_paper_moves_with_its_group_unless_a_person_placed_it() -> None:
    first = draft(LIBRARY).notebook
    moved = [paper("one", "pruning"), *LIBRARY[1:]]
    again = draft(moved, first)
    order = names(again.notebook)
    assert told(again)["moved"] == ["one"]
    assert order.index("paper/one") > order.index("heading/tag:pruning")
    cells = copy.deepcopy(first["cells"])
    cells.insert(2, cells.pop(names(first).index("paper/one")))
    placed = draft(moved, first | {"cells": cells})
    assert names(placed.notebook).index("paper/one") == 2
    assert draft(moved, placed.notebook).changes == ()


def test_an_emptied_section_goes_unless_somebody_wrote_in_it_and_comes_again() -> None:
    first = draft(LIBRARY).notebook
    emptied = draft(LIBRARY[:2], first)
    assert told(emptied)["removed"] == [
        "heading pruning", "lead pruning", "facts pruning", "three",
    ]  # fmt: skip
    assert draft(LIBRARY, emptied.notebook).notebook["cells"] == first["cells"]
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "Mine"}
    first["cells"].insert(names(first).index("paper/three"), own)
    left = draft(LIBRARY[:2], first).notebook
    assert names(left)[-5:-3] == ["heading/tag:pruning", None]


def test_a_copy_of_a_cell_belongs_to_who_made_it() -> None:
    first = draft(LIBRARY).notebook
    twin = copy.deepcopy(find(first, "paper/one")) | {"id": "rk-paper-twin"}
    first["cells"].insert(0, twin)
    again = draft(LIBRARY[1:], first).notebook
    assert source_of(again["cells"][0]) == source_of(twin)
    assert "paper/one" not in names(again)
    assert source_of(draft([], again).notebook["cells"][0]) == source_of(twin)


def test_a_notebook_of_a_persons_own_keeps_all_it_has() -> None:
    own: Notebook = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Mine"]}],
        "metadata": {"kernelspec": {"name": "ir", "display_name": "R"}},
        "nbformat": 4,
        "nbformat_minor": 2,
    }
    made = draft(LIBRARY, own)
    again = made.notebook
    assert again["cells"][0]["source"] == ["# Mine"]
    assert not {"title/", "abstract/", "introduction/"} & set(names(again))
    assert names(again)[1] == "setup/"
    assert made.deleted == 0
    back = build(by_tag(LIBRARY), Survey(), previous=again, restore=True)
    assert back.changes == ()
    assert again["metadata"]["kernelspec"]["name"] == "ir"
    nbformat.validate(again)
    assert draft(LIBRARY, again).notebook == again


@pytest.mark.parametrize(
    "previous",
    [[], 3, {}, {"cells": []}, {"nbformat": 3, "worksheets": []}, {"nbformat": 4, "cells": [1]}],
)
def test_what_is_no_notebook_is_not_drafted_into(previous: Notebook) -> None:
    with pytest.raises(FormatError, match=r"format 4.*save it again"):
        draft(LIBRARY, previous)


def test_a_newer_draft_is_not_drafted_into_and_an_older_one_is_brought_up() -> None:
    notebook = draft(LIBRARY).notebook
    notebook["metadata"]["reviewkit"]["format"] = 3
    with pytest.raises(NewerFormatError, match="Update reviewkit"):
        draft(LIBRARY, notebook)
    memory = {"role": "papers", "section": "tag:nas", "hash": "0"}
    old = {"cell_type": "markdown", "id": "old", "metadata": {"reviewkit": memory}, "source": "X"}
    notebook["metadata"]["reviewkit"] = {"format": 1, "made": ["papers/tag:nas"]}
    again = draft(LIBRARY, notebook | {"cells": [old]})
    assert old in again.notebook["cells"], "edited, so it stays"
    assert "paper/three" in names(again.notebook)
    assert "paper/one" not in names(again.notebook), "it is told in what was edited"
    assert "paper/one" not in names(draft(LIBRARY, again.notebook).notebook)
    assert "+**A title** [@one]" in again.cells("kept")[0].diff


def asked(notebook: Notebook) -> Notebook:
    """The notebook as it was when one cell had all open questions."""
    parts = [c for c in notebook["cells"] if (name_of(c) or "").startswith("question")]
    text = "\n\n".join(source_of(cell) for cell in parts)
    one = parts[0] | {"source": text}
    one["metadata"] = {"reviewkit": {"role": "questions", "section": "", "hash": digest_of(text)}}
    cells = [one if cell is parts[0] else cell for cell in notebook["cells"]]
    cells = [cell for cell in cells if cell not in parts[1:]]
    memory = notebook["metadata"]["reviewkit"]
    made = [name for name in memory["made"] if not name.startswith("question/")]
    return notebook | {"cells": cells, "metadata": {"reviewkit": memory | {"made": made}}}


ASKING = [paper("one", "NAS", notes=("Why?",)), paper("two", "NAS", notes=("How? And why?",))]


def test_questions_of_an_older_draft_that_were_edited_stay_and_are_not_doubled() -> None:
    before = asked(draft(ASKING).notebook)
    mine = find(before, "questions/")
    mine["source"] += "\n\nWe asked the authors of the first."
    again = draft([*ASKING, paper("three", "NAS", notes=("When?",))], before)
    for _ in range(2):
        assert find(again.notebook, "questions/") == mine
        assert not [name for name in names(again.notebook) if f"{name}".startswith("question/")]
        [kept] = again.cells("kept")
        assert "-We asked the authors" in kept.diff
        assert "+- ana asks: “When?”" in kept.diff
        assert again.deleted == 0
        again = draft([*ASKING, paper("three", "NAS", notes=("When?",))], again.notebook)


def test_questions_of_an_older_draft_that_nobody_edited_become_cells() -> None:
    again = draft(ASKING, asked(draft(ASKING).notebook)).notebook
    assert {"question/one", "question/two"} <= set(names(again))
    assert "Why?" not in source_of(find(again, "questions/"))


def test_what_was_written_where_nothing_was_open_does_not_keep_questions_away() -> None:
    before = draft(LIBRARY).notebook
    find(before, "questions/")["source"] = "## Open questions\n\nWhat is a network?"
    assert "question/one" in names(draft(ASKING, before).notebook)


_papers = st.lists(
    st.builds(
        lambda key, tags, title, notes: paper(key, *tags, title=title, notes=tuple(notes)),
        st.sampled_from("abcdef"),
        st.lists(st.sampled_from(["NAS", "pruning", "moe"]), max_size=2, unique=True),
        st.sampled_from(["T", "U"]),
        st.lists(st.sampled_from(["Why?", "Good."]), max_size=1),
    ),
    max_size=5,
    unique_by=lambda each: each.citekey,
)
_edits = st.lists(
    st.tuples(
        st.sampled_from(["type", "replace", "delete", "add", "move", "copy"]),
        st.integers(0, 30),
        st.text(min_size=1, max_size=6),
    ),
    max_size=5,
)


def test_a_topic_with_another_name_keeps_its_section_and_what_was_written_in_it() -> None:
    papers = [paper(key) for key in "abcdef"]
    topics = Topics((Topic("one", (), tuple("abc")), Topic("two", (), tuple("de"))), ("f",))

    def drafted(by: Topics, previous: Notebook | None) -> Draft:
        told = {"topics": topics_as_json(by)}
        return build(by_topic(papers, by), Survey(), previous=previous, remember=told)

    first = drafted(topics, None).notebook
    cells = {name_of(cell): cell for cell in first["cells"]}
    cells["lead/topic:one"]["source"] = "Mine."
    first["cells"].remove(cells["lead/topic:two"])
    # One is renamed, and a paper of two moves to it.
    now = Topics((Topic("New", (), tuple("abcd")), Topic("two", (), ("e",))), ("f",))
    again = drafted(now, first)
    assert names(again.notebook)[names(again.notebook).index("heading/topic:new") :][:7] == [
        "heading/topic:new", "lead/topic:new", "facts/topic:new", "paper/a", "paper/b", "paper/c",
        "paper/d",
    ]  # fmt: skip
    assert source_of(cells["heading/topic:one"]) == "## One"
    texts = {name_of(cell): source_of(cell) for cell in again.notebook["cells"]}
    assert (texts["heading/topic:new"], texts["lead/topic:new"]) == ("## New", "Mine.")
    assert "lead/topic:two" not in texts
    assert not again.cells("added") and not again.cells("removed")
    assert [change.what for change in again.cells("moved")] == ["d"]
    assert drafted(now, again.notebook).notebook == again.notebook
    # Another topic is none that was renamed.
    other = drafted(Topics((Topic("Third", (), tuple("cdf")),), tuple("abe")), again.notebook)
    assert "Mine." in [source_of(cell) for cell in other.notebook["cells"]]
    assert "lead/topic:third" in names(other.notebook)


#: An old heading stays for what is under it, until a new heading comes between the two.
_BETWEEN = [
    ([paper("d", "NAS", "moe"), paper("e", "NAS", "moe"), paper("a", "moe", notes=("Why?",)),
      paper("c"), paper("f", "NAS", title="U")], [("replace", 15, "x"), ("move", 1, "x")]),
    ([paper("a", "pruning", "moe", title="U", notes=("Why?",))], []),
    ([paper("f", "moe", "NAS", title="U", notes=("Good.",)),
      paper("b", "pruning", title="U", notes=("Why?",))], [("move", 1, "x"), ("type", 17, "x")]),
    ([], [("delete", 26, "x"), ("move", 4, "x")]),
    ([paper("b", "NAS", "moe"), paper("d", notes=("Why?",)),
      paper("a", "moe", title="U", notes=("Good.",)), paper("f", "NAS", "moe", title="U"),
      paper("e", title="U", notes=("Why?",))], []),
]  # fmt: skip


@settings(max_examples=60)
@example(_BETWEEN)
@given(st.lists(st.tuples(_papers, _edits), min_size=1, max_size=5))
def test_every_character_that_a_person_typed_survives(
    rounds: list[tuple[list[Paper], list[tuple[str, int, str]]]],
) -> None:
    notebook: Notebook | None = None
    mine: dict[str, str] = {}
    order: list[str] = []
    gone: set[str | None] = set()
    for turn, (papers, edits) in enumerate(rounds):
        notebook = draft(papers, notebook).notebook
        cells = notebook["cells"]
        texts = {cell["id"]: source_of(cell) for cell in cells}
        assert len(texts) == len(cells)
        assert {key: texts.get(key) for key in mine} == mine
        assert [cell["id"] for cell in cells if cell["id"] in mine] == order
        assert not gone & set(names(notebook))
        again = json.dumps(draft(papers, json.loads(json.dumps(notebook))).notebook)
        assert again == json.dumps(notebook)
        for number, (action, place, text) in enumerate(edits):
            at = place % (len(cells) or 1)
            chosen = cells[at] if cells else {}
            if cells and name_of(chosen) == "bibliography/":
                continue  # renewed by others, too; nobody writes there
            if action == "add":
                cell = {"cell_type": "markdown", "id": f"own-{turn}-{number}", "metadata": {},
                        "source": text}  # fmt: skip
                cells.insert(at, cell)
                mine[cell["id"]] = text  # type: ignore[index]
            elif cells and action in ("type", "replace"):
                was = source_of(chosen) if action == "type" else ""
                chosen["source"] = f"{was}{text}{turn}{number}"
                mine[chosen["id"]] = chosen["source"]
            elif cells and action == "copy":
                twin = copy.deepcopy(chosen) | {"id": f"twin-{turn}-{number}"}
                cells.insert(at + 1, twin)
                mine[twin["id"]] = source_of(twin)
            elif cells and action == "move" and chosen["id"] in mine:
                cells.insert(len(text) % len(cells), cells.pop(at))
            elif cells and action == "delete":
                cells.remove(chosen)
                mine.pop(chosen["id"], None)
                name = name_of(chosen)
                if name is not None and name not in names(notebook):
                    gone.add(name)
                # A copy whose original is gone is the original, cut and put elsewhere.
                for twin in cells if chosen["id"] == id_of(name or "") else ():
                    if name_of(twin) == name and not is_edited(twin):
                        mine.pop(twin["id"], None)
        order = [cell["id"] for cell in cells if cell["id"] in mine]
    nbformat.validate(notebook)
