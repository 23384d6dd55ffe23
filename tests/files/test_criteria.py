"""Ratings of single criteria in both files: written, taken in, held, and left alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.files import bibcriteria
from reviewkit.files.remembered import Remembered
from reviewkit.ops.criteria import is_name
from reviewkit.ops.snapshot import Snapshot
from reviewkit.project import Project
from reviewkit.store.recorder import Edit
from reviewkit.tables import Row
from tests.files.hands import (
    bib,
    copy_ops,
    edit_bib,
    edit_row,
    row,
    rows,
    save,
    save_rows,
    settle,
    start,
    taken_in,
)

KEY = "smith2021"
FIELD = "reviewkit-criteria"
NAMES = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
RATINGS = st.one_of(st.integers(1, 5), st.sampled_from([1.5, 2.25, 4.75]))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = start(tmp_path / "p")
    project.review(KEY, rating=4, criteria={"novelty": 4, "soundness": 3}, note="First.")
    project.review(KEY, criteria={"novelty": 2}, reviewer="bob")
    project.flush()
    yield project
    project.close()


def mine(project: Project, reviewer: str = "ana") -> dict[str, float]:
    return dict(project[KEY].review_of(reviewer).criteria)


def said(project: Project, since: int) -> list[tuple[str | None, str, object, str]]:
    return [(c.reviewer, c.field, c.value, c.via) for c in taken_in(project, since)]


def field_of(project: Project) -> str:
    entry = BibDocument.from_bytes(project.bib_path.read_bytes()).entry(KEY)
    assert entry is not None
    return entry.fields[FIELD].value


def test_both_files_show_them_apart_from_the_rest(project: Project) -> None:
    first = project.csv_path.read_text(encoding="utf-8-sig").split("\n")[0]
    assert first == (
        "key,title,reviewer,rating,rating:novelty,rating:soundness,status,decision,tags,notes,"
        "updated,rev,rev:ratings"
    )
    ana, bob = row(project, KEY), row(project, KEY, "bob")
    assert (ana["rating:novelty"], ana["rating:soundness"]) == ("4", "3")
    assert (bob["rating"], bob["rating:novelty"], bob["rating:soundness"]) == ("", "2", "")
    assert field_of(project).startswith("ana: novelty=4, soundness=3; bob: novelty=2 | ")
    assert "ranking = {rank4}" in bib(project)
    assert "reviewkit-ratings = {ana=4}" in bib(project)
    settle(project)


def test_without_them_both_files_are_as_they_were(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review(KEY, rating=4)
        project.flush()
        assert "rating:" not in project.csv_path.read_text(encoding="utf-8-sig")
        assert FIELD not in bib(project)
        plain = (row(project, KEY)["rev"], bib(project))
        project.review(KEY, criteria={"novelty": 5})
        project.flush()
        # What older readers check stays as it was.
        assert row(project, KEY)["rev"] == plain[0]
        (mark,) = [line for line in plain[1].split("\n") if "reviewkit = {" in line]
        assert mark in bib(project)
        project.review(KEY, criteria={"novelty": None})
        project.flush()
        assert bib(project) == plain[1]
        assert "rating:" not in project.csv_path.read_text(encoding="utf-8-sig")
        settle(project)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"rating:novelty": "5"}, [("ana", "rating:novelty", 5)]),
        ({"rating:novelty": "4,5"}, [("ana", "rating:novelty", 4.5)]),
        ({"rating:novelty": ""}, [("ana", "rating:novelty", None)]),
        ({"rating:novelty": "4.0"}, []),
        ({"rating:novelty": "4,0"}, []),
        ({"rating:novelty": "04"}, []),
        (
            {"rating:novelty": "1", "rating:soundness": "", "rating": "2"},
            [
                ("ana", "rating", 2),
                ("ana", "rating:novelty", 1),
                ("ana", "rating:soundness", None),
            ],
        ),
    ],
)
def test_a_cell_that_somebody_changes_is_one_edit(
    project: Project, cells: dict[str, str], expected: list[tuple[str, str, object]]
) -> None:
    since = len(project.log())
    edit_row(project, KEY, **cells)
    project.sync()
    assert sorted(said(project, since), key=str) == [(*one, "csv") for one in expected]
    settle(project)
    assert not project.conflicts()


@pytest.mark.parametrize("text", ["TRUE", "9", "high", "=4", "#REF!", "2026-11-04"])
def test_what_no_person_would_type_there_waits(project: Project, text: str) -> None:
    since = len(project.log())
    edit_row(project, KEY, **{"rating:novelty": text})
    project.sync()
    assert not [c for c in said(project, since) if not c[1].startswith("held:")]
    assert mine(project) == {"novelty": 4, "soundness": 3}
    held = project.info().held
    assert [(h.reviewer, h.field, h.was, h.now) for h in held] == [
        ("ana", "rating:novelty", "4", text)
    ]
    assert row(project, KEY)["rating:novelty"].lstrip("'") == text
    settle(project)
    project.dismiss([held[0].id])
    project.flush()
    assert row(project, KEY)["rating:novelty"] == "4"
    settle(project)


def test_a_column_that_somebody_adds_is_taken_in(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review(KEY, rating=4)
        project.flush()
        found = [{**one, "Rating: Clarity of Text": "3"} for one in rows(project)]
        since = len(project.log())
        save_rows(project, found)
        project.sync()
        assert said(project, since) == [("ana", "rating:clarity-of-text", 3, "csv")]
        assert row(project, KEY)["rating:clarity-of-text"] == "3"
        settle(project)


def test_an_empty_column_that_somebody_adds_stays(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review(KEY, rating=4)
        project.flush()
        save_rows(project, [{**one, "rating:novelty": ""} for one in rows(project)])
        project.sync()
        settle(project)
        assert row(project, KEY)["rating:novelty"] == ""
        edit_row(project, KEY, **{"rating:novelty": "2"})
        project.sync()
        assert mine(project) == {"novelty": 2}
        settle(project)


@pytest.mark.parametrize(
    "gone", [["rating:novelty"], ["rev:ratings"], ["rating:novelty", "rating:soundness"],
             ["rating:novelty", "rating:soundness", "rev:ratings"]]
)  # fmt: skip
def test_a_missing_column_clears_nothing(project: Project, gone: list[str]) -> None:
    since = len(project.log())
    left = [{k: v for k, v in one.items() if k not in gone} for one in rows(project)]
    save_rows(project, left)
    project.sync()
    assert said(project, since) == []
    assert not project.info().held
    assert mine(project) == {"novelty": 4, "soundness": 3}
    assert row(project, KEY)["rating:novelty"] == "4"
    settle(project)


def test_a_reader_that_does_not_know_of_them_loses_nothing(project: Project) -> None:
    """It keeps the columns as other people's, at the end, with hashes that are old by now."""
    old = rows(project)
    project.review(KEY, criteria={"novelty": 5})
    project.flush()
    since = len(project.log())
    names = [name for name in old[0] if name not in ("rating:novelty", "rev:ratings")]
    moved = [{n: one[n] for n in (*names, "rating:novelty", "rev:ratings")} for one in old]
    moved[0]["rating"] = "1"
    moved[0]["rev"] = tables.row_rev({**tables.read(project.csv_path.read_bytes()).rows[0].cells,
                                      "rating": "1"})  # fmt: skip
    save_rows(project, [{**one, "title": "x"} for one in moved])
    project.sync()
    assert said(project, since) == []
    assert not project.info().held
    assert mine(project)["novelty"] == 5
    settle(project)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("novelty=4", "novelty=5", [("ana", "rating:novelty", 5)]),
        ("novelty=4", "novelty = 4.0", []),
        ("novelty=4, ", "", [("ana", "rating:novelty", None)]),
        ("; bob: novelty=2", "", [("bob", "rating:novelty", None)]),
        ("soundness=3;", "soundness=3, clarity=2;", [("ana", "rating:clarity", 2)]),
        ("; bob:", "; cleo: novelty=1; bob:", [("cleo", "rating:novelty", 1)]),
    ],
)
def test_what_is_typed_into_the_field_is_one_edit(
    project: Project, old: str, new: str, expected: list[tuple[str, str, object]]
) -> None:
    since = len(project.log())
    edit_bib(project, old, new)
    project.sync()
    assert said(project, since) == [(*one, "bib") for one in expected]
    settle(project)
    assert not project.conflicts()


def test_a_field_that_is_gone_clears_nothing_and_comes_back(project: Project) -> None:
    since, text = len(project.log()), bib(project)
    line = next(line for line in text.split("\n") if FIELD in line)
    edit_bib(project, line + "\n", "")
    project.sync()
    assert said(project, since) == []
    assert mine(project) == {"novelty": 4, "soundness": 3}
    project.review(KEY, status="read")
    project.flush()
    assert field_of(project).startswith("ana: novelty=4, soundness=3; bob")
    settle(project)


@pytest.mark.parametrize("new", ["novelty=9", "novelty=high", "newness"])
def test_what_cannot_be_waits_and_the_rest_of_the_entry_does_not(
    project: Project, new: str
) -> None:
    since = len(project.log())
    edit_bib(project, "novelty=4", new)
    edit_bib(project, '"On Small Things"', '"On Things"')
    edit_bib(project, "ana=4", "ana=2")
    project.sync()
    assert project[KEY].title == "On Things"
    assert project[KEY].review_of("ana").rating == 2
    assert new in bib(project)
    (held,) = project.info().held
    assert (held.citekey, held.kind, held.file) == (KEY, "value", "references.bib")
    assert new in (held.now or "")
    assert mine(project) == {"novelty": 4, "soundness": 3}
    settle(project)
    edit_bib(project, new, "novelty=1")
    project.sync()
    assert mine(project) == {"novelty": 1, "soundness": 3}
    assert not project.info().held
    settle(project)
    assert [c for c in said(project, since) if c[1] == "rating:novelty"] == [
        ("ana", "rating:novelty", 1, "bib")
    ]


def test_an_edit_of_an_old_copy_is_in_conflict_with_what_came_since(
    project: Project, tmp_path: Path
) -> None:
    table, text = project.csv_path.read_bytes(), bib(project)
    project.review(KEY, criteria={"novelty": 5, "soundness": 1})
    project.flush()
    save(project.csv_path, table.replace(b",4,4,3,", b",4,1,3,"))
    project.sync()
    (conflict,) = project.conflicts()
    assert (conflict.field, {v.value for v in conflict.values}) == ("rating:novelty", {5, 1})
    project.resolve(KEY, "ana", "rating:novelty", conflict.values[0].id)
    project.flush()
    settle(project)
    save(project.bib_path, text.replace("soundness=3", "soundness=2"))
    project.sync()
    (conflict,) = project.conflicts()
    assert (conflict.field, {v.value for v in conflict.values}) == ("rating:soundness", {1, 2})
    settle(project)


def test_a_file_that_comes_before_its_edits_waits_for_them(
    project: Project, tmp_path: Path
) -> None:
    other = start(tmp_path / "other")
    copy_ops(project.root, other.root)
    other.sync()
    project.review(KEY, criteria={"novelty": 5})
    project.flush()
    edited = project.csv_path.read_bytes().replace(b",4,5,3,", b",4,5,2,")
    save(other.csv_path, edited)
    save(other.bib_path, bib(project).replace("bob: novelty=2", "bob: novelty=3"))
    other.sync()
    assert {h.kind for h in other.info().held} == {"unknown"}
    assert len(other.info().held) == 2
    assert mine(other) == {"novelty": 4, "soundness": 3}
    copy_ops(project.root, other.root)
    other.sync()
    assert not other.info().held
    assert mine(other) == {"novelty": 5, "soundness": 2}
    assert mine(other, "bob") == {"novelty": 3}
    assert not other.conflicts()
    settle(other)
    other.close()


def test_what_an_older_reader_made_of_the_field_is_no_value(project: Project) -> None:
    """It records a field that it does not know as the paper's own."""
    library = project._sync.library
    paper = library.id_of(KEY)
    assert paper is not None
    raw = "{ana: novelty=1 | aaaaaaaaaa}"
    project._record([Edit(paper, None, f"bib:{FIELD}", raw, (), True, "older")], "ana", "bib")
    project.flush()
    assert field_of(project).startswith("ana: novelty=4, soundness=3; bob")
    settle(project)
    edit_bib(project, "novelty=4", "novelty=5")
    project.sync()
    assert mine(project) == {"novelty": 5, "soundness": 3}
    settle(project)


def test_what_an_older_reader_alone_saw_somebody_type_is_taken_in(project: Project) -> None:
    """It remembers the file as it was last seen, and does not know of the field."""
    project.close()
    save(project.bib_path, bib(project).replace("novelty=4", "novelty=1"))
    Remembered(project._sync.store).write(project.bib_path.read_bytes())
    with Project(project.root, reviewer="ana", watch=False) as again:
        again.review(KEY, status="read")
        again.flush()
        assert mine(again) == {"novelty": 1, "soundness": 3}
        assert "novelty=1, soundness=3" in bib(again)
        assert not again.conflicts()
        settle(again)


REVIEWERS = st.sampled_from(["ana", "bob", "zoe-smith"])
GIVEN = st.dictionaries(st.tuples(REVIEWERS, NAMES), RATINGS, max_size=8)


@settings(deadline=None)
@given(GIVEN)
def test_the_field_says_what_was_written(given: dict[tuple[str, str], float]) -> None:
    state = Snapshot({(who, f"rating:{name}"): value for (who, name), value in given.items()}, {})
    raw = bibcriteria.raw_of(state)
    if not given:
        assert raw is None
        return
    entry = BibDocument.from_bytes(f"@misc{{a,\n {FIELD} = {raw}\n}}".encode()).entry("a")
    assert entry is not None
    shown = bibcriteria.of_entry(entry)
    assert shown is not None
    assert shown.clean
    assert shown.rev == bibcriteria.criteria_rev(state)
    read = {(w, n): float(t) for w, said_ in shown.given.items() for n, t in said_.items()}
    assert read == given


@settings(deadline=None)
@given(st.text(alphabet="ab:=,;|4. -\n{}", max_size=40))
def test_any_text_of_the_field_can_be_read(text: str) -> None:
    shown = bibcriteria.read(text)
    assert all(is_name(n) and t for ratings in shown.given.values() for n, t in ratings.items())


@settings(deadline=None)
@given(st.lists(st.dictionaries(NAMES, RATINGS, max_size=4), min_size=1, max_size=5))
def test_the_table_says_what_was_written(given: list[dict[str, float]]) -> None:
    written = []
    for number, ratings in enumerate(given):
        state = Snapshot({("ana", f"rating:{n}"): v for n, v in ratings.items()}, {})
        cells = tables.criteria_of(state, "ana")
        rev = tables.criteria_rev(cells)
        main = {"rating": "4"}
        row = Row(f"k{number}", "ana", main, rev=tables.row_rev(main))
        written.append(replace(row, criteria=cells, criteria_rev=rev))
    table = tables.read(tables.write(written))
    assert [row.criteria for row in table.rows] == [row.criteria for row in written]
    assert all(row.clean and row.criteria_clean for row in table.rows)
    assert set(table.criteria) == {f"rating:{name}" for ratings in given for name in ratings}
