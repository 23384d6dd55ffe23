import csv
import io
from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit import tables
from reviewkit.ops import anchors, values
from reviewkit.ops.ids import revision
from reviewkit.tables import COLUMNS, Row

TEXT = st.text(
    alphabet=st.characters(exclude_categories=("Cs",))
    | st.sampled_from("=+-@',;\"\n\t[]abcdef\\"),
    max_size=40,
)
NOTE = TEXT.map(lambda text: values.text(text, "note").strip()).filter(bool)
NOTES = st.dictionaries(st.text("abcdef234567", min_size=6, max_size=6), NOTE, max_size=3)
TAGS = st.lists(TEXT, max_size=3).map(
    lambda words: sorted({" ".join(w.split()) for w in words if w.strip() and ";" not in w})
)


def row(key: str = "smith2021", reviewer: str = "ana", **cells: str) -> Row:
    cells = tables.normal_cells(cells)
    return Row(key, reviewer, cells, rev=tables.row_rev(cells))


def told(text: str) -> list[tuple[str | None, str]]:
    return [(note.id, note.text) for note in tables.split_notes(text)]


@given(NOTES)
@settings(max_examples=300)
def test_notes_come_back_with_their_ids(notes: Mapping[str, str]) -> None:
    assert told(tables.join_notes(notes)) == list(notes.items())


@pytest.mark.parametrize(
    "text",
    ["[abcdef] looks like an id", "one\n\n[abcdef] two", "\\[abcdef] x", "\\\\[abcdef]", "[ab] x",
     "one\n\n\n[abcdef]", "[abcdef]", "'=1+1", "===", "<<<<<<< ours"],
)  # fmt: skip
def test_a_note_that_looks_like_our_own_marks(text: str) -> None:
    notes = {"aaaaaa": text, "bbbbbb": "two"}
    assert told(tables.join_notes(notes)) == list(notes.items())
    assert read_one(row(notes=tables.join_notes(notes))).clean


def read_one(given_row: Row) -> Row:
    table = tables.read(tables.write([given_row]))
    assert table.problems == ()
    assert len(table.rows) == 1
    return table.rows[0]


@given(TAGS, NOTES, st.sampled_from(["", "1", "3.5", "5"]), st.sampled_from(["", "read"]), TEXT)
@settings(max_examples=300)
def test_a_row_comes_back_clean(
    tags: list[str], notes: Mapping[str, str], rating: str, status: str, title: str
) -> None:
    written = row(
        rating=rating, status=status, tags="; ".join(tags), notes=tables.join_notes(notes)
    )
    found = read_one(Row(written.key, written.reviewer, written.cells, title, "", written.rev))
    assert found.cells == written.cells
    assert found.clean


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=x", "''=x", "=cmd|' /C calc'!A0"]
)
def test_a_spreadsheet_runs_nothing(cell: str) -> None:
    written = Row("k", "ana", {"notes": cell, "status": cell}, title=cell, rev="r")
    data = tables.write([written]).decode("utf-8-sig")
    for record in list(csv.reader(io.StringIO(data)))[1:]:
        assert not any(text[:1] in "=+-@\t\r" for text in record if text)
    found = read_one(written)
    assert found.cells["notes"] == cell.strip()
    assert found.title == cell


@pytest.mark.parametrize("key", ["=x", "-x", "+y", "'=z", "=======", "plain", "a;b"])
def test_hostile_keys_come_back(key: str) -> None:
    assert read_one(row(key=key, rating="4")).key == key


def test_an_apostrophe_that_a_person_typed_stays() -> None:
    assert read_one(Row("k", "ana", {"notes": "'tis"})).cells["notes"] == "'tis"


def _reencoded(data: bytes, delimiter: str, newline: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline)
    writer.writerows(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_spreadsheet_of_any_country(delimiter: str, newline: str, encoding: str) -> None:
    notes = tables.join_notes({"aaaaaa": 'Zoë said "hm";\nthen, more.', "bbbbbb": "two"})
    data = tables.write([row(rating="4", tags="a b; c", notes=notes), row("other", status="read")])
    table = tables.read(_reencoded(data, delimiter, newline, encoding))
    assert [found.key for found in table.rows] == ["other", "smith2021"]
    assert all(found.clean for found in table.rows)
    assert bool(table.problems) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_listed_not_guessed(encoding: str) -> None:
    data = tables.write([row(rating="4")]).decode("utf-8-sig").encode(encoding)
    table = tables.read(data)
    assert table.rows == () or all(found.clean for found in table.rows)
    assert table.problems or table.rows


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    tables.read(data)
    tables.read(tables.write([]) + data)


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_bytes_within_a_table_are_read(data: bytes, at: int) -> None:
    whole = tables.write([row(rating="4", notes="[aaaaaa] x"), row("b", status="read")])
    tables.read(whole[:at] + data + whole[at:])


def test_conflict_markers_leave_both_sides() -> None:
    lines = tables.write([row("a", rating="4"), row("b", rating="2")]).splitlines()
    # A branch may have commas in its name: nothing of the line is a row.
    theirs = b">>>>>>> one,of,ana"
    marked = [lines[0], b"<<<<<<< HEAD", lines[1], b"=======", lines[2], theirs, b""]
    table = tables.read(b"\n".join(marked))
    assert table.problems == ()
    assert [(found.key, found.clean) for found in table.rows] == [("a", True), ("b", True)]


def test_conflict_markers_around_the_first_lines() -> None:
    ours, theirs = tables.write([row("a", rating="4")]), tables.write([row("b", rating="2")])
    marked = b"".join([b"<<<<<<< HEAD\n", ours, b"=======\n", theirs, b">>>>>>> ana\n"])
    table = tables.read(marked)
    assert table.sound and table.problems == ()
    assert [(found.key, found.clean) for found in table.rows] == [("a", True), ("b", True)]


def test_lines_like_markers_within_a_note_stay() -> None:
    text = "before\n=======\n<<<<<<< x\nafter"
    written = row(notes=tables.join_notes({"aaaaaa": text}))
    assert read_one(written).clean


HEAD = tables.write([])


def _lines(written: Row) -> list[bytes]:
    return tables.write([written])[len(HEAD) :].splitlines(keepends=True)


def test_rows_that_a_merge_by_lines_mixed_are_not_taken_for_edits() -> None:
    one = _lines(row(rating="5", notes="[aaaaaa] first\nmiddle\nlast"))
    two = _lines(row(rating="3", notes="[aaaaaa] first\nmiddle\nend"))
    mixed = [one[0], two[0], one[1], one[2], two[2]]
    other = row("zhang2020", rating="2")
    table = tables.read(HEAD + b"".join(mixed + _lines(other)))
    assert all(found.clean or not found.cells for found in table.rows)
    assert other.key in [found.key for found in table.rows]
    assert table.problems


def test_one_broken_row_leaves_the_others() -> None:
    before, after = row("a", rating="1"), row("z", rating="2")
    data = HEAD + b"".join([*_lines(before), b'b,,ana,"4" x,,,\n', *_lines(after)])
    table = tables.read(data + b'y,,ana,,,,,"never closed\n')
    assert [found.key for found in table.rows] == ["a", "z"]
    assert [problem.line for problem in table.problems] == [3, 5]


def test_columns_of_other_people_are_kept() -> None:
    written = Row("k", "ana", {"rating": "4"}, extra={"priority": "=1", "note to self": " x "})
    data = tables.write([written], ["priority", "note to self"])
    table = tables.read(data)
    assert table.extra == ("priority", "note to self")
    assert tables.write(table.rows, table.extra) == data


def test_their_columns_keep_their_capitals() -> None:
    data = b"key,reviewer,rating,Priority\nk,ana,4,High\n"
    table = tables.read(data)
    assert table.extra == ("Priority",)
    assert table.rows[0].extra == {"Priority": "High"}


def test_rows_are_sorted_and_lines_end_alike() -> None:
    data = tables.write([row("b"), row("a", "zoe"), row("a", "ana")])
    assert data.startswith(b"\xef\xbb\xbfkey,title,reviewer,rating,status,decision,tags,notes")
    assert b"\r" not in data
    keys = [line.split(b",")[0] for line in data.splitlines()[1:]]
    assert keys == [b"a", b"a", b"b"]


def test_what_is_not_a_table_is_a_problem_not_an_error() -> None:
    for data in (b"", b"\n", b"a,b\n1,2\n", b"\x00\x00", b'key,reviewer\n"', b"\xef\xbb\xbf"):
        table = tables.read(data)
        assert table.rows == ()
    assert tables.read(b"a,b\n1,2\n").problems[0].line == 1


def test_a_row_without_key_is_listed_with_its_line() -> None:
    table = tables.read(b"key,reviewer,rating\n,ana,4\nk,ana,4\n")
    assert [found.key for found in table.rows] == ["k"]
    assert [problem.line for problem in table.problems] == [2]


@pytest.mark.parametrize(
    ("typed", "kept"), [("4.0", "4"), ("4", "4"), ("3.5", "3.5"), (" 4 ", "4")]
)
def test_a_rating_is_the_same_number_however_written(typed: str, kept: str) -> None:
    assert tables.normal_cells({"rating": typed}) == {"rating": kept}
    assert tables.row_rev({"rating": typed}) == tables.row_rev({"rating": kept})


def test_the_rev_sees_every_value_and_nothing_else() -> None:
    cells = {"rating": "4", "status": "read", "tags": "a; b", "notes": "[aaaaaa] x\n\n[bbbbbb] y"}
    rev = tables.row_rev(cells)
    same = (
        {"tags": "b;a;"}, {"notes": "[aaaaaa] x \r\n\r\n[bbbbbb] y\n"}, {"decision": " "},
        {"notes": "[bbbbbb] y\n\n[aaaaaa] x"}, {"title": "z"},
    )  # fmt: skip
    other = (
        {"rating": "5"}, {"status": ""}, {"tags": "a"}, {"notes": "[aaaaaa] x"},
        {"decision": "in"}, {"notes": "[aaaaaa] x\n\n[bbbbbb] z"}, {"notes": "x\n\n[bbbbbb] y"},
    )  # fmt: skip
    assert all(tables.row_rev({**cells, **change}) == rev for change in same)
    assert all(tables.row_rev({**cells, **change}) != rev for change in other)


def _rows() -> list[Row]:
    notes = tables.join_notes({"aaaaaa": 'First, with "quotes"\nand lines.', "bbbbbb": "=2+2"})
    return [
        Row("010", "ana", {"rating": "4"}, "Title", "2026-11-24T10:00:00Z"),
        Row("a", "bob", {"status": "read", "tags": "null; x"}),
        Row("b", "ana", {"rating": "3.5", "notes": notes}),
        Row("c", "cem", {"tags": "1e5"}),
    ]


@pytest.mark.parametrize("dtype", [None, str])
def test_pandas_reads_and_writes_and_nothing_changed(dtype: type | None) -> None:
    rows = [Row(r.key, r.reviewer, r.cells, r.title, r.updated, tables.row_rev(r.cells))
            for r in _rows() if r.key != "010" or dtype]  # fmt: skip
    data = tables.write(rows)
    frame = pd.read_csv(io.BytesIO(data), dtype=dtype)
    saved = io.StringIO()
    frame.to_csv(saved, index=False)
    table = tables.read(saved.getvalue().encode())
    assert table.problems == ()
    assert [(r.key, r.reviewer) for r in table.rows] == [(r.key, r.reviewer) for r in rows]
    assert all(found.clean for found in table.rows)


def test_pandas_with_its_index_written() -> None:
    rows = [Row("a", "ana", {"rating": "4"}, rev=tables.row_rev({"rating": "4"}))]
    frame = pd.read_csv(io.BytesIO(tables.write(rows)))
    saved = io.StringIO()
    frame.to_csv(saved)
    assert all(found.clean for found in tables.read(saved.getvalue().encode()).rows)


def test_all_columns_are_written() -> None:
    head = tables.write([]).decode("utf-8-sig").splitlines()[0]
    assert head == ",".join(COLUMNS)


def test_a_merge_by_lines_may_keep_both_first_lines() -> None:
    row = tables.Row("a2020", "ana", {"rating": "4"}, rev=tables.row_rev({"rating": "4"}))
    once = tables.write([row])
    table = tables.read(once + once.replace(b"\n", b"\r\n"))
    assert table.sound
    assert not table.problems
    assert {(found.key, found.clean) for found in table.rows} == {("a2020", True)}


ANCHORS = st.sampled_from(["p4", "p4-6", "§4.2", '"two [12] words"'])
HEADED = st.builds(
    "{}[{} {}]{}{}".format,
    st.sampled_from(["", "one\n\n", "one\n", "\\"]),
    st.text("abcdef234567", min_size=6, max_size=6),
    st.from_regex(anchors.PATTERN, fullmatch=True) | st.just("figure 2"),
    st.sampled_from(["", " "]),
    TEXT,
).map(tables.normal_text)


@given(st.dictionaries(st.text("abcdef", min_size=6, max_size=6), NOTE | HEADED), st.data())
@settings(max_examples=300, deadline=None)
def test_notes_come_back_with_where_they_belong(
    notes: Mapping[str, str], data: st.DataObject
) -> None:
    places = {name: data.draw(ANCHORS) for name in notes if data.draw(st.booleans())}
    cell = tables.join_notes(notes, places)
    expected = [(name, text, places.get(name)) for name, text in notes.items()]
    assert tables.split_notes(cell) == expected
    assert read_one(row(notes=cell)).clean


def test_a_rev_without_an_anchor_is_what_it_was_and_one_with_it_another() -> None:
    plain = tables.row_rev({"notes": "[aaaaaa] one"})
    assert plain == revision([[], [["aaaaaa", "one"]]])
    assert tables.row_rev({"notes": "[aaaaaa p4] one"}) == revision(
        [[], [["aaaaaa", "one", "p4"]]]
    )
    assert tables.row_rev({"notes": "[aaaaaa pp. 4] one"}) != plain


@pytest.mark.parametrize(
    "looks",
    ["[figure 2] b", "[tables two] b", "[abcdef p] b", "[Figure p4] b", "[p4] b", "[abcde p4] b"],
)
def test_a_paragraph_that_only_looks_anchored_stays_in_its_note(looks: str) -> None:
    text = f"a\n\n{looks}"
    assert tables.join_notes({"aaaaaa": text}) == f"[aaaaaa] {text}"
    assert tables.split_notes(f"[aaaaaa p4] {text}") == [("aaaaaa", text, "p4")]
    assert tables.split_notes(looks) == [(None, looks, None)]
