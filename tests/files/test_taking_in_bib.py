import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.project import Project
from tests.files.hands import (
    LIBRARY,
    bib,
    copy_ops,
    edit_bib,
    row,
    save,
    settle,
    start,
    state,
    taken_in,
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = start(tmp_path / "p")
    project.review("smith2021", rating=4, status="reading", tags=["core", "edge"], note="First.")
    project.review("smith2021", note="Second.")
    project.review("smith2021", rating=2, tags=["core"], reviewer="bob")
    project.flush()
    yield project
    project.close()


def mine(project: Project, reviewer: str = "ana") -> object:
    return project["smith2021"].review_of(reviewer)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ana=4 reading", "ana=5 reading", [("ana", "rating", 5)]),
        ("ana=4 reading", "ana=reading", [("ana", "rating", None)]),
        ("ana=4 reading", "ana=4 done", [("ana", "status", "done")]),
        ("ana=4 reading", "ana=4", [("ana", "status", None)]),
        ("; bob=2", "", [("bob", "rating", None)]),
        ("; bob=2", "; bob=2; cem=3", [("cem", "rating", 3)]),
        ("core, edge", "core", [("ana", "tag:edge", None)]),
        ("core, edge", "edge", [("ana", "tag:core", None), ("bob", "tag:core", None)]),
        ("First.", "First, mended.", [("ana", "note", "First, mended.")]),
        ("Second.", "Second.\n\nwith more", [("ana", "note", "Second.\n\nwith more")]),
        ("small, things", "small", [(None, "bib:keywords", "{small}")]),
        ("core, edge", "core, edge, typed", [(None, "bib:keywords", None)]),
    ],
)
def test_each_of_our_fields_is_taken_in_exactly_once(
    project: Project, old: str, new: str, expected: list[tuple[str | None, str, object]]
) -> None:
    since = len(project.log())
    edit_bib(project, old, new)
    result = project.sync()
    found = taken_in(project, since)
    assert result.taken_in == len(found)
    assert [(c.reviewer, re.sub(r":.{6}\.text", "", c.field)) for c in found] == [
        (who, field) for who, field, _ in expected
    ]
    for change, (_, field, value) in zip(found, expected, strict=True):
        assert change.value == value or field == "bib:keywords"
        assert (change.by, change.via) == ("ana", "bib")
        assert re.match(r"references\.bib smith2021, rev [a-z2-7]{10}$", change.origin or "")
    settle(project)
    # A keyword of the entry's own is put before the tags.
    assert new in bib(project) or new == "core, edge, typed"


def test_a_new_keyword_joins_the_entrys_own(project: Project) -> None:
    edit_bib(project, "core, edge", "core, edge, typed")
    project.sync()
    settle(project)
    assert project["smith2021"].keywords == ("small", "things", "typed")
    assert project["smith2021"].tags == ("core", "edge")


def test_a_note_cut_out_of_its_field(project: Project) -> None:
    text = bib(project)
    cut = re.sub(r"\n\n\[[a-z2-7]{6}\] Second\.", "", text)
    assert cut != text
    save(project.bib_path, cut)
    assert project.sync().taken_in == 1
    assert [note.text for note in mine(project).notes] == ["First."]
    settle(project)


def test_all_our_fields_taken_out_is_another_programs_export(project: Project) -> None:
    before = state(project)
    save(project.bib_path, LIBRARY)
    assert project.sync().taken_in == 0
    settle(project)
    assert state(project)[0] == before[0]
    assert "ana=4 reading; bob=2" in bib(project)


def test_a_stale_clean_copy_changes_nothing_and_is_written_anew(project: Project) -> None:
    old = project.bib_path.read_bytes()
    project.review("smith2021", rating=1, tags=["other"])
    project.flush()
    before = state(project)
    since = len(project.log())
    save(project.bib_path, old)
    project.sync()
    assert len(project.log()) == since
    settle(project)
    assert state(project) == before


def test_an_edit_in_a_stale_copy(project: Project) -> None:
    old = bib(project)
    project.review("smith2021", rating=1)
    project.flush()
    save(project.bib_path, old.replace("ana=4 reading", "ana=4 done"))
    assert project.sync().taken_in == 1
    assert (mine(project).rating, mine(project).status) == (1, "done")
    settle(project)


def test_an_entry_of_an_unknown_state_is_held_as_it_stands(project: Project) -> None:
    text = bib(project)
    rev = re.search(r"reviewkit\s+= \{p\.\S+ (\S+)\}", text)
    assert rev is not None
    changed = text.replace(rev[1], "aaaaaaaaaa").replace("ana=4", "ana=1")
    save(project.bib_path, changed)
    result = project.sync()
    assert (result.taken_in, result.held) == (0, 1)
    assert bib(project) == changed
    (held,) = project.info().held
    assert (held.file, held.citekey) == ("references.bib", "smith2021")
    settle(project)
    assert mine(project).rating == 4


def test_a_held_entry_is_taken_in_when_the_edits_arrive(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("references.bib", "reviews.csv"):
        (other / name).write_bytes((project.root / name).read_bytes())
    copy_ops(project.root, other)
    with Project(other, reviewer="cem", watch=False) as cem:
        cem.review("smith2021", rating=5)
        cem.flush()
        save(project.bib_path, bib(cem).replace("cem=5", "cem=5 done"))
    assert project.sync().held == 1
    copy_ops(other, project.root)
    project.sync()
    assert project.info().held == ()
    assert (mine(project, "cem").rating, mine(project, "cem").status) == (5, "done")
    settle(project)


@pytest.mark.parametrize(("old", "new"), [("ana=4", "ana=9"), ("4 reading", "4 finished")])
def test_what_cannot_be_is_held_and_let_go_when_put_right(
    project: Project, old: str, new: str
) -> None:
    edit_bib(project, old, new)
    assert project.sync().held == 1
    settle(project)
    assert new in bib(project)
    assert mine(project).rating == 4
    edit_bib(project, new, old)
    project.sync()
    assert project.info().held == ()
    settle(project)


def test_a_rating_that_is_not_understood_is_not_dropped(project: Project) -> None:
    edit_bib(project, "bob=2", "bob: two")
    project.sync()
    settle(project)
    assert mine(project, "bob").rating == 2
    assert "bob: two" in bib(project)
    assert len(project.info().held) == 1


def test_an_entry_with_opinions_comes_back_and_one_without_goes(project: Project) -> None:
    before = bib(project)
    smith = re.search(r"@article\{smith2021.*?\n\}\n", before, re.DOTALL)
    assert smith is not None
    without = before.replace(smith[0], "").replace(
        "@article{zhang2020, author={Zhang, Li}, title={A Study}, year={2020}}", ""
    )
    save(project.bib_path, without)
    project.sync()
    settle(project)
    assert list(project) == ["matsubara2022bottlefit", "smith2021"]
    assert smith[0] in bib(project)
    assert mine(project).rating == 4


def test_a_papers_own_edits_bring_its_entry_back_whole(project: Project) -> None:
    project.edit("zhang2020", {"year": "2019"})
    project.flush()
    zhang = re.search(r"@article\{zhang2020.*\n", bib(project))
    assert zhang is not None
    save(project.bib_path, bib(project).replace(zhang[0], ""))
    project.sync()
    settle(project)
    assert zhang[0].strip() in bib(project)


def test_an_emptied_file_comes_back(project: Project) -> None:
    before = state(project)
    save(project.bib_path, "")
    project.sync()
    settle(project)
    assert state(project) == before


def test_a_renamed_key_keeps_its_opinions(project: Project) -> None:
    edit_bib(project, "@article{smith2021,", "@article{smith2021small,")
    project.sync()
    settle(project)
    assert list(project) == ["matsubara2022bottlefit", "smith2021small", "zhang2020"]
    assert project["smith2021small"].review_of("ana").rating == 4
    assert row(project, "smith2021small")["rating"] == "4"
    assert "smith2021," not in bib(project)
    with Project(project.root, reviewer="bob", watch=False) as bob:
        assert bob["smith2021small"].review_of("ana").rating == 4
        assert "smith2021" not in bob


def test_a_rename_while_nobody_looked(project: Project) -> None:
    project.close()
    edit_bib(project, "@article{smith2021,", "@article{smith2021small,")
    with Project(project.root, reviewer="bob", watch=False) as bob:
        settle(bob)
        assert bob["smith2021small"].review_of("ana").rating == 4
        assert list(bob) == ["matsubara2022bottlefit", "smith2021small", "zhang2020"]
        assert row(bob, "smith2021small")["rating"] == "4"


def test_a_field_of_the_paper_edited_in_an_editor(project: Project) -> None:
    edit_bib(project, '"On Small Things"', '"On Tiny Things"')
    project.sync()
    (change,) = taken_in(project, 0)
    assert (change.field, change.value) == ("bib:title", '"On Tiny Things"')
    assert (change.by, change.reviewer, change.via) == ("ana", None, "bib")
    assert project["smith2021"].title == "On Tiny Things"
    settle(project)
    former = [c.value for c in project.history("smith2021") if c.field == "bib:title"]
    assert former == ['"On Small Things"', '"On Tiny Things"']


def test_a_field_edited_while_nobody_looked(project: Project) -> None:
    project.close()
    edit_bib(project, "year     = 2021", "year     = 2022")
    with Project(project.root, reviewer="bob", watch=False) as bob:
        (change,) = taken_in(bob, 0)
        assert (change.field, change.value, change.by) == ("bib:year", "2022", "bob")
        settle(bob)
        assert bob["smith2021"].year == 2022


def test_a_field_edited_here_and_then_in_an_editor(project: Project) -> None:
    project.edit("smith2021", {"year": "2019", "doi": "10.1000/x"})
    project.flush()
    edit_bib(project, "2019", "2018")
    project.sync()
    assert project["smith2021"].year == 2018
    settle(project)
    edit_bib(project, "10.1000/x", "10.1000/y")
    project.sync()
    assert project["smith2021"].doi == "10.1000/y"
    settle(project)
    assert project.conflicts() == []


def test_a_field_added_and_one_removed_in_an_editor(project: Project) -> None:
    edit_bib(project, "  journal  = venue,\n", "  volume   = {7},\n")
    project.sync()
    found = {c.field: c.value for c in taken_in(project)}
    assert found == {"bib:journal": None, "bib:volume": "{7}"}
    settle(project)
    assert "venue," not in bib(project)
    assert project["smith2021"].venue is None


def test_lines_wrapped_anew_are_no_edit(project: Project) -> None:
    edit_bib(project, '"On Small Things"', '"On\n      Small   Things"')
    assert project.sync().taken_in == 0
    settle(project)


def test_a_new_entry_typed_in(project: Project) -> None:
    entry = "\n@misc{typed2024,\n  title = {Typed},\n}\n"
    save(project.bib_path, bib(project) + entry)
    project.sync()
    assert project["typed2024"].title == "Typed"
    assert "typed2024" in project
    settle(project)
    assert bib(project).endswith(entry)
    save(project.bib_path, bib(project).replace(entry, ""))
    project.sync()
    settle(project)
    assert "typed2024" not in project
    assert "typed2024" not in list(project)
    assert "typed2024" not in bib(project)


def test_jabrefs_comment_of_a_user_becomes_a_note(project: Project) -> None:
    for text in ("Read in JabRef.", "Two paragraphs.\n\nReally."):
        edit_bib(project, "year={2020}", f"year={{2020}}, comment-dana = {{{text}}}")
        project.sync()
        notes = project["zhang2020"].review_of("dana").notes
        assert text in [note.text for note in notes]
        settle(project)
        assert re.search(r"comment-dana = \{\[[a-z2-7]{6}\] ", bib(project))
        edit = re.sub(r", comment-dana = \{.*?\}", "", bib(project), flags=re.DOTALL)
        save(project.bib_path, edit)
        project.sync()
        assert project["zhang2020"].review_of("dana").notes == ()
        settle(project)


def test_a_comment_of_a_user_with_capitals(project: Project) -> None:
    edit_bib(project, "year={2020}", "year={2020}, comment-Dana = {Hello.}")
    project.sync()
    assert [n.text for n in project["zhang2020"].review_of("dana").notes] == ["Hello."]
    settle(project)
    assert bib(project).lower().count("comment-dana") == 1


def test_another_entrys_copy_does_not_take_its_opinions(project: Project) -> None:
    """Copying an entry as a template is how people write the next one."""
    text = bib(project)
    smith = re.search(r"@article\{smith2021.*?\n\}\n", text, re.DOTALL)
    assert smith is not None
    save(project.bib_path, text + smith[0].replace("smith2021", "copied2022"))
    project.sync()
    settle(project)
    assert mine(project).rating == 4
    assert project["smith2021"].id != project["copied2022"].id
    assert row(project, "smith2021")["rating"] == "4"
    assert project.conflicts() == []


def test_a_copy_put_before_the_entry_does_not_take_its_opinions_either(project: Project) -> None:
    text = bib(project)
    smith = re.search(r"@article\{smith2021.*?\n\}\n", text, re.DOTALL)
    assert smith is not None
    save(project.bib_path, smith[0].replace("smith2021", "copied2022") + text)
    project.sync()
    settle(project)
    assert mine(project).rating == 4
    assert row(project, "smith2021")["rating"] == "4"


def test_merge_markers_in_the_bib_lose_nothing(project: Project) -> None:
    text = bib(project)
    ours = next(line for line in text.splitlines(keepends=True) if "reviewkit-ratings" in line)
    theirs = ours.replace("bob=2", "bob=3")
    save(project.bib_path,
         text.replace(ours, f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"))  # fmt: skip
    project.sync()
    project.sync()
    assert mine(project).rating == 4
    assert len(mine(project).notes) == 2


def test_a_whole_new_export_is_not_thousands_of_edits(tmp_path: Path) -> None:
    def library(year: int) -> str:
        return "".join(
            f"@misc{{k{n}, title = {{T{n}}}, year = {{{year}}}}}\n\n" for n in range(2100)
        )

    with start(tmp_path / "q", library(2020)) as project:
        project.review("k1", rating=4)
        project.flush()
        save(project.bib_path, library(2021))
        project.sync()
        assert taken_in(project) == []
        assert project["k7"].year == 2021
        assert project["k1"].review_of("ana").rating == 4
        assert any("new export" in p.reason for p in project.info().problems)
        settle(project)


def test_an_edit_of_a_second_entry_under_a_key_is_none_of_the_first(tmp_path: Path) -> None:
    text = "@misc{dup, title = {First}}\n\n@misc{dup, title = {Second}}\n"
    with start(tmp_path / "q", text) as project:
        project.review("dup", rating=4)
        project.flush()
        save(project.bib_path, bib(project).replace("Second", "Third"))
        project.sync()
        assert project["dup"].title == "First"
        settle(project)
        assert "{First}" in bib(project) and "{Third}" in bib(project)
