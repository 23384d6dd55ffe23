"""Cells that are remembered are those that would be made afresh."""

from hypothesis import given
from hypothesis import strategies as st

from reviewkit import api
from reviewkit.matrix.column import Column
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.project.comparing.cells import Cells
from reviewkit.records import Me

COLUMNS = (Column("c", "Speedup", "number", "x"), Column("r", "Rating", "rating"))
PAPERS = ("p.a", "p.b", "p.c")
ANA = Me("ana", "Ana", "given", locked=False)
FIELDS = (
    ("ana", "cell:c", ({"value": 2}, {"value": 3}, None)),
    ("ben", "cell:c", ({"value": 2}, {"value": 4})),
    ("ana", "rating", (1, 5, None)),
    (None, "alias", (*PAPERS, None)),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Edits of three papers that may be merged, in any order of arrival."""
    made: list[Op] = []
    for number in range(draw(st.integers(0, 12))):
        reviewer, field, values = draw(st.sampled_from(FIELDS))
        earlier = [op.id for op in made if op.field == field]
        seen = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        value, paper = draw(st.sampled_from(values)), draw(st.sampled_from(PAPERS))
        t = f"{draw(st.integers(0, 5)):012x}0000"
        made.append(
            Op(f"w.{number}", t, "ana", paper, reviewer, field, value, tuple(seen), "kernel")
        )
    return draw(st.permutations(made))


@given(histories())
def test_remembered_cells_follow_every_operation(ops: list[Op]) -> None:
    fold = Fold()
    remembered = Cells(fold, COLUMNS)
    for op in ops:
        fold.add(op)
        for paper in PAPERS:
            assert remembered.of(paper) == Cells(fold, COLUMNS).of(paper)
            if not any(fold.stamp(paper)):
                assert list(fold.fields(paper)) == []


def test_rows_stand_in_the_order_of_the_list(project: Project) -> None:
    project.add_column("Speedup", unit="x")
    for sort in ("year", "title", "citekey"):
        asked = {"sort": sort, "limit": "500"}
        listed = api.handle(project, "papers", asked, me=ANA, via="panel")
        compared = api.handle(project, "matrix", asked, me=ANA, via="panel")
        assert [row["citekey"] for row in compared["rows"]] == [
            row["citekey"] for row in listed["rows"]
        ]


def test_the_next_page_tells_of_an_edit_in_between(project: Project) -> None:
    project.add_column("Speedup", unit="x")
    keys = project.columns(), list(project)
    first = project.sheet(*keys)
    assert project.sheet(*keys) is first
    project.fill(keys[1][0], "Speedup", 2)
    assert project.sheet(*keys).counts(keys[0][0]) == (1, len(keys[1]) - 1, 0)
