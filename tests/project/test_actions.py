"""What was done can be listed, and any single action taken back and done again."""

import random

import pytest

from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.project import Project
from tests.files.hands import bib, edit_bib, edit_row, rows, settle

KEY, OTHER = "smith2021", "zhang2020"


def test_actions_are_told_latest_first(project: Project) -> None:
    project.review(KEY, rating=4, status="read")
    project.edit(OTHER, {"year": "2001"}, reviewer="bob")
    project.review(OTHER, note="Words.")
    found = project.actions()
    assert [(a.by, a.what, a.citekeys, a.undone, a.can_undo) for a in found] == [
        ("ana", f"note of {OTHER}", (OTHER,), False, True),
        ("bob", f"year of {OTHER}", (OTHER,), False, True),
        ("ana", f"rating, status of {KEY}", (KEY,), False, True),
    ]
    assert [a.by for a in project.actions(by="bob")] == ["bob"]
    assert len(project.actions(limit=2)) == 2
    assert found[0].at is not None and found[0].via == "kernel"


def test_any_action_is_taken_back_and_the_others_stay(project: Project) -> None:
    project.review(KEY, rating=4)
    project.review(KEY, status="read")
    project.review(OTHER, tags=["core"], reviewer="bob")
    done = project.undo(project.actions()[2].id)
    assert (done.undone, done.citekey, done.left) == (f"rating of {KEY}", KEY, ())
    review = project[KEY].review_of("ana")
    assert (review.rating, review.status) == (None, "read")
    # Somebody else's too: that is in the history as well.
    project.undo(next(a for a in project.actions(by="bob")))
    assert project[OTHER].tags == ()
    settle(project)


def test_undoing_an_undo_does_the_thing_again(project: Project) -> None:
    project.review(KEY, rating=4, note="Words.")
    first = project.actions()[0]
    for _ in range(3):
        undo = project.undo(first.id)
        assert project[KEY].reviews == ()
        assert [(a.what, a.undone) for a in project.actions() if a.id == first.id] == [
            (first.what, True)
        ]
        with pytest.raises(StaleError, match=undo.action):
            project.undo(first.id)
        redo = project.undo(undo.action)
        assert redo.undone == f"undo: note, rating of {KEY}"
        assert project.actions()[0].what == f"redo: note, rating of {KEY}"
        review = project[KEY].review_of("ana")
        assert (review.rating, [note.text for note in review.notes]) == (4, ["Words."])
    settle(project)


def test_a_redone_action_is_the_last_one_to_undo(project: Project) -> None:
    project.review(KEY, rating=4)
    project.undo(project.undo().action)
    assert project[KEY].review_of("ana").rating == 4
    assert project.undo().undone == f"rating of {KEY}"
    assert project[KEY].reviews == ()


def test_parts_that_others_changed_since_are_named_and_stay(project: Project) -> None:
    project.edit(KEY, {"year": "2000", "doi": "10.1000/x"})
    project.edit(KEY, {"year": "2001"}, reviewer="bob")
    (action,) = project.actions(by="ana")
    assert action.can_undo
    done = project.undo(action.id)
    assert done.left == (f"year of {KEY} (changed since by bob)",)
    assert (project[KEY].year, project[KEY].doi) == (2001, None)


def test_an_action_of_which_nothing_is_left_cannot_be_undone(project: Project) -> None:
    project.edit(KEY, {"year": "2000"})
    project.edit(KEY, {"year": "2001"}, reviewer="bob")
    (action,) = project.actions(by="ana")
    assert not action.can_undo
    done = project.undo(action.id)
    assert (done.undone, done.action) == (None, None)
    assert done.left == (f"year of {KEY} (changed since by bob)",)
    assert not project.actions(by="ana")[0].undone


def test_there_is_no_such_action(project: Project) -> None:
    project.review(KEY, rating=4)
    with pytest.raises(ValueRefusedError, match="no action"):
        project.undo("nobody.1")


def test_a_change_in_an_action_names_it(project: Project) -> None:
    project.review(KEY, rating=4, status="read")
    second = project.history(KEY)[-1]
    assert second.group is not None
    assert project.undo(second.id).undone == f"rating, status of {KEY}"


def test_removing_a_paper_can_be_undone_and_done_again(project: Project) -> None:
    project.review(KEY, rating=4, note="Mine.")
    project.flush()
    project.remove(KEY)
    assert project.actions()[0].what == f"removing {KEY}"
    undo = project.undo()
    project.flush()
    assert project[KEY].review_of("ana").rating == 4
    project.undo(undo.action)
    project.flush()
    assert KEY not in project
    assert KEY not in bib(project)
    assert [row["key"] for row in rows(project)] == []
    settle(project)


def test_doing_a_removal_again_spares_what_was_said_meanwhile(project: Project) -> None:
    project.remove(KEY)
    undo = project.undo()
    project.review(KEY, rating=2, reviewer="bob")
    project.undo(undo.action)
    assert project[KEY].review_of("bob").rating == 2


def test_adding_can_be_undone_and_done_again(project: Project) -> None:
    project.add("@misc{a2020, title={A}, year={2020}}\n@misc{b2020, title={B}, year={2020}}")
    undo = project.undo()
    assert "a2020" not in project
    project.undo(undo.action)
    project.flush()
    assert (project["a2020"].title, project["b2020"].year) == ("A", 2020)
    assert bib(project).count("a2020") == 1
    project.undo()
    assert "a2020" not in project
    settle(project)


def test_merging_can_be_undone_and_done_again(project: Project) -> None:
    project.review(KEY, rating=4)
    project.review(OTHER, rating=2, reviewer="bob")
    project.merge(KEY, OTHER)
    project.flush()
    merged = project[KEY]
    undo = project.undo()
    project.flush()
    assert project[OTHER].title == "A Study"
    project.undo(undo.action)
    project.flush()
    assert project[KEY].reviews == merged.reviews
    assert (project[KEY].title, project[KEY].conflicts) == (merged.title, ())
    settle(project)


def test_a_renaming_is_undone_and_done_again_in_the_manuscripts(project: Project) -> None:
    manuscript = project.root / "paper.md"
    manuscript.write_text(f"As @{KEY} says.", encoding="utf-8")
    project.rename(KEY, "new2021")
    undo = project.undo()
    assert KEY in manuscript.read_text(encoding="utf-8")
    project.undo(undo.action)
    project.flush()
    assert "@new2021" in manuscript.read_text(encoding="utf-8")
    assert "@article{new2021" in bib(project)
    settle(project)


def test_what_one_look_at_a_file_found_is_one_action(project: Project) -> None:
    project.review(KEY, rating=4)
    project.review(OTHER, rating=2)
    project.flush()
    edit_row(project, KEY, rating="1", status="done")
    project.sync()
    edit_row(project, OTHER, rating="5")
    edit_row(project, KEY, status="read")
    project.sync()
    first, second = project.actions(limit=2)
    assert (first.via, first.citekeys) == ("csv", (KEY, OTHER))
    assert first.what == "rating, status of 2 papers"
    project.undo(first.id)
    assert project[OTHER].review_of("ana").rating == 2
    assert project[KEY].review_of("ana").status == "done"
    project.undo(second.id)
    assert project[KEY].review_of("ana").rating == 4
    assert project[KEY].review_of("ana").status is None
    settle(project)


def test_an_entry_typed_into_the_file_is_taken_out_and_comes_back_whole(project: Project) -> None:
    text = bib(project)
    typed = "@misc{typed2020,\n  title = {Typed},\n  annote = {By hand},\n}\n"
    edit_bib(project, text, f"{text}\n{typed}")
    project.sync()
    (action,) = project.actions()
    assert (action.what, action.via) == ("adding 1 paper", "bib")
    undo = project.undo(action.id)
    project.flush()
    assert "typed2020" not in bib(project)
    project.undo(undo.action)
    project.flush()
    assert "annote = {By hand}" in bib(project)
    settle(project)


def test_the_first_row_of_a_paper_does_not_make_it(project: Project) -> None:
    project.review(OTHER, rating=2)
    project.flush()
    text = project.csv_path.read_text(encoding="utf-8-sig")
    row = f"{KEY},,ana,3,,,,,,\n"
    project.csv_path.write_text(text + row, encoding="utf-8-sig")
    project.sync()
    project.undo(project.actions()[0].id)
    project.flush()
    assert project[KEY].reviews == ()
    assert KEY in bib(project)


@pytest.mark.parametrize("seed", range(12))
def test_undoing_all_from_the_last_to_the_first_gives_the_beginning(
    project: Project, seed: int
) -> None:
    rng = random.Random(seed)
    before = project[KEY], project[OTHER]
    for number in range(12):
        key, who = rng.choice((KEY, OTHER)), rng.choice(("ana", "bob"))
        rng.choice(
            [
                lambda k=key, w=who: project.review(k, rating=rng.randint(1, 5), reviewer=w),
                lambda k=key, w=who: project.review(k, add_tags=["t"], status="read", reviewer=w),
                lambda k=key, w=who, n=number: project.review(k, note=f"Note {n}.", reviewer=w),
                lambda k=key, w=who, n=number: project.edit(k, {"year": f"19{n}0"}, reviewer=w),
                project.undo,
                lambda: (
                    project.undo(rng.choice(acts).id)
                    if (acts := [a for a in project.actions() if a.can_undo])
                    else None
                ),
            ]
        )()
    for _ in range(40):
        left = [action for action in project.actions(limit=None) if action.can_undo]
        if not any(action.via != "undo" for action in left):
            break
        project.undo(next(action.id for action in left if action.via != "undo"))
    after = project[KEY], project[OTHER]
    assert [(p.reviews, p.year) for p in after] == [(p.reviews, p.year) for p in before]
    settle(project)
