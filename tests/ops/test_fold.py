import random

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.ops import opinions
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op, encode
from reviewkit.ops.snapshot import now

FIELDS = (
    ("ana", "rating", (1, 3, 5, None)),
    ("ana", "tag:core", (True, None)),
    ("bob", "note:aaaaaa.text", ("One.", "Two.", None)),
    ("ana", "note:bbbbbb.text", ("Three.", None)),
    ("ana", "note:cccccc.text", ("Four.",)),
    (None, "bib:year", ("{2020}", "{2021}")),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Edits by several writers, each having seen some of the field's earlier ones."""
    made: list[Op] = []
    for number in range(draw(st.integers(0, 14))):
        reviewer, field, values = draw(st.sampled_from(FIELDS))
        earlier = [op.id for op in made if op.field == field]
        seen = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        t = f"{draw(st.integers(0, 5)):012x}0000"
        made.append(
            Op(
                f"w{draw(st.integers(0, 2))}.{number}",
                t,
                "ana",
                "p.x",
                reviewer,
                field,
                draw(st.sampled_from(values)),
                tuple(seen),
                "kernel",
            )
        )
    return made


def state(fold: Fold) -> object:
    return (
        opinions.reviews(fold, "p.x"),
        opinions.conflicts(fold, "p.x", "x"),
        dict(now(fold, "p.x").values),
        {who: list(now(fold, "p.x").notes_of(who).items()) for who in ("ana", "bob")},
        fold.paper_history("p.x"),
    )  # fmt: skip


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(ops: list[Op], rng: random.Random) -> None:
    expected = state(Fold(ops))
    shuffled = ops + rng.choices(ops, k=len(ops)) if ops else []
    rng.shuffle(shuffled)
    assert state(Fold(shuffled)) == expected


@given(histories())
def test_a_value_is_current_until_an_edit_names_it(ops: list[Op]) -> None:
    fold = Fold(ops)
    named = {seen for op in ops for seen in op.seen}
    current = {
        op.id for found in fold.current_of_paper("p.x").values() for op in found
    }  # fmt: skip
    assert current == {op.id for op in ops if op.id not in named}


def _op(op_id: str, t: int = 0, value: object = 4, seen: tuple[str, ...] = ()) -> Op:
    return Op(op_id, f"{t:012x}0000", "ana", "p.x", "ana", "rating", value, seen, "kernel")


def test_of_two_copies_of_an_operation_the_smaller_line_stands() -> None:
    early, late = _op("x.a", 1), _op("x.a", 2)
    assert encode(early) < encode(late)
    for order in ((early, late), (late, early)):
        fold = Fold(order)
        assert fold.get("x.a") == early
        assert fold.current("p.x", "ana", "rating") == [early]
        assert len(fold) == 1


def test_a_copy_that_saw_more_replaces_what_the_better_copy_names() -> None:
    first = _op("w.1")
    better, worse = _op("x.a", 1, 5, ()), _op("x.a", 2, 5, ("w.1",))
    assert encode(better) < encode(worse)
    one, two = Fold([first, better, worse]), Fold([worse, first, better])
    assert state(one) == state(two)


def test_clocks_order_what_is_shown_and_decide_nothing_else() -> None:
    late_but_seen = _op("w.1", 100, 3)
    after = _op("v.1", 1, 5, ("w.1",))
    assert [op.value for op in Fold([late_but_seen, after]).current("p.x", "ana", "rating")] == [5]


def test_unknown_papers_and_fields_are_empty() -> None:
    fold = Fold()
    assert fold.current("p.x", None, "citekey") == []
    assert fold.history("p.x", None, "citekey") == []
    assert fold.paper_history("p.x") == []
    assert list(fold.fields("p.x")) == []
    assert list(fold.papers()) == []
    assert "a.1" not in fold


def _paper_op(op_id: str, field: str, value: object, seen: tuple[str, ...] = ()) -> Op:
    t = f"{int(op_id.split('.')[1]):012x}0000"
    return Op(op_id, t, "ana", "p.x", None, field, value, seen, "kernel")


def test_a_deletion_hides_what_it_named_and_replaces_nothing() -> None:
    title, key = _paper_op("w.1", "bib:title", "{A}"), _paper_op("w.2", "citekey", "a")
    gone = _paper_op("w.3", "deleted", True, ("w.1", "w.2"))
    assert Fold([title, key, gone]).is_deleted("p.x")
    unaware = _op("v.1")
    revived = Fold([title, key, gone, unaware])
    assert not revived.is_deleted("p.x")
    assert revived.current("p.x", None, "bib:title") == [title]
    back = Fold([title, key, gone, _paper_op("w.4", "deleted", None, ("w.3",))])
    assert not back.is_deleted("p.x")
    again = _paper_op("w.5", "deleted", True, ("w.1", "w.2", "w.4"))
    assert Fold([*back, again]).is_deleted("p.x")


def test_a_cleared_value_does_not_bring_a_deleted_paper_back() -> None:
    gone = _paper_op("w.3", "deleted", True, ())
    assert Fold([gone, _op("v.1", value=None)]).is_deleted("p.x")
