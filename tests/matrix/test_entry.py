import pytest

from reviewkit.errors import ValueRefusedError
from reviewkit.matrix.column import Column, column_id, made
from reviewkit.matrix.entry import Entry, alike, entered, entry_of, fits, normal, shown

TIME = made("Latency", "number", unit="ms")
FACTOR = made("Speed-up", "number", unit="x")
PLAIN = made("GPUs", "number")
SIZE = made("Size", "number", unit="M parameters")
KIND = made("Training", "choice", choices=["supervised", "Self-supervised"])
OPEN = made("Open", "yes/no")


def value(column: Column, given: object) -> object:
    entry = entered(column, given)
    return entry and (entry.value, entry.unit)


def test_numbers_are_read_with_their_unit() -> None:
    assert value(TIME, "12") == (12, "ms")
    assert value(TIME, " 1.5 s ") == (1500, "ms")
    assert value(TIME, "250µs") == (0.25, "ms")
    assert value(FACTOR, "2.5x") == value(FACTOR, "2.5 ×") == value(FACTOR, 2.5) == (2.5, "x")
    assert value(PLAIN, "1,000,000") == (1_000_000, "")
    assert value(PLAIN, "1e3") == (1000, "")
    assert value(PLAIN, "−3") == (-3, "")
    assert value(SIZE, "7B") == value(SIZE, "7 B parameters") == (7000, "M parameters")
    assert value(TIME, "") is None and value(TIME, None) is None


@pytest.mark.parametrize(
    ("column", "given", "words"),
    [
        (FACTOR, "12 ms", "'12 ms' cannot be: the column 'Speed-up' is in x, and 'ms' does not"),
        (TIME, "fast", "takes one number in ms"),
        (TIME, "up to 12", "belong in the quote"),
        (TIME, "1,5", "write 15 or 1.5"),
        (PLAIN, "4 ms", "give the column a unit"),
        (PLAIN, float("nan"), "finite"),
        (PLAIN, True, "takes a number"),
        (KIND, "selfsupervised", "Did you mean Self-supervised?"),
        (OPEN, "perhaps", "takes yes or no"),
        (made("Score", "rating"), 3, "computed from reviews"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(
    column: Column, given: object, words: str
) -> None:
    with pytest.raises(ValueRefusedError) as refusal:
        entered(column, given)
    assert words in refusal.value.message
    assert refusal.value.field == column.name


def test_choices_and_answers_are_spelled_as_the_column_has_them() -> None:
    assert value(KIND, "SELF-supervised") == ("Self-supervised", "")
    assert value(OPEN, "Yes") == (True, "") and value(OPEN, "no") == (False, "")
    assert [shown(OPEN, Entry(v)) for v in (True, False)] == ["yes", "no"]


def test_a_value_is_shown_in_the_column_s_unit_of_today_where_that_is_exact() -> None:
    entry = entry_of({"value": 2, "unit": "s"})
    assert (shown(TIME, entry), fits(TIME, entry)) == ("2000", True)
    assert (shown(FACTOR, entry), fits(FACTOR, entry)) == ("2 s", False)
    assert normal(FACTOR, entry) == entry


def test_the_same_said_otherwise_is_no_difference() -> None:
    assert alike(TIME, Entry(2, "s"), Entry(2000.0, "ms"))
    assert not alike(TIME, Entry(2, "s"), Entry(2, "ms"))
    text = made("Data", "text")
    assert alike(text, Entry("COCO; ImageNet"), Entry("imagenet;  coco"))
    assert not alike(text, Entry("COCO"), Entry("coco; ImageNet"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"name": "  "}, "has 1 to 80 characters"),
        ({"name": "a", "kind": "date"}, "is one of number, choice"),
        ({"name": "a", "kind": "text", "unit": "ms"}, "Only a number has a unit"),
        ({"name": "a", "kind": "choice"}, "needs its choices"),
        ({"name": "a", "kind": "text", "choices": ["b"]}, "Only a choice has choices"),
        ({"name": "a", "kind": "choice", "choices": "b"}, "a list of words"),
    ],
)
def test_what_cannot_be_a_column_is_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueRefusedError, match=words):
        made(**arguments)  # type: ignore[arg-type]


def test_ids_of_columns_are_readable_and_the_same_everywhere() -> None:
    assert (
        column_id("Speed-up") == column_id(" speed-UP ") == "speed-up-" + column_id("Speed-up")[9:]
    )
    assert column_id("C") != column_id("C++")
    assert column_id("C", [column_id("C")]) != column_id("C")


def test_what_a_later_version_put_into_a_cell_does_no_harm() -> None:
    entry = entry_of({"value": "x", "start": "a", "end": None, "quote": None, "new": 1})
    assert entry == Entry("x")
