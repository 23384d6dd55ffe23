import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import (
    NotDurableError,
    ReviewkitError,
    StaleError,
    ValueRefusedError,
)
from reviewkit.project import Project
from reviewkit.store.fs import FS
from tests.files.hands import bib, rows, settle

KEY = "smith2021"


def test_a_review_says_what_was_given_and_keeps_the_rest(project: Project) -> None:
    review = project.review(KEY, rating=4, status="To read", tags=["core"], note="Clear.")
    assert (review.rating, review.status, review.tags) == (4, "to-read", ("core",))
    assert [note.text for note in review.notes] == ["Clear."]
    assert review.updated is not None
    assert review.updated.endswith("Z")
    review = project.review(KEY, rating=3)
    assert (review.rating, review.status, review.tags) == (3, "to-read", ("core",))
    review = project[KEY].review(rating=None, status="unread")
    assert (review.rating, review.status) == (None, None)
    assert project[KEY].review_of("ana") == review


def test_running_the_cell_twice_changes_nothing(project: Project) -> None:
    def cell() -> None:
        project.review(KEY, rating=4, status="read", tags=["b", "a"], note="Clear.")
        project.review(KEY, add_tags=["c"], remove_tags=["zzz"])
        project.review("zhang2020", note="Other.", reviewer="bob")

    cell()
    before = project.log()
    revision = project.revision
    review = project[KEY].reviews
    cell()
    assert [c.field for c in project.log()[len(before) :]] == ["tag:c", "tag:c"]
    assert project[KEY].reviews[0].tags == review[0].tags
    project.review(KEY, rating=4, status="read", add_tags=["a"], note="Clear.")
    assert len(project.log()) == len(before) + 2
    assert project.revision > revision


def test_tags_are_set_added_and_removed(project: Project) -> None:
    assert project.review(KEY, tags=["b", "a"]).tags == ("a", "b")
    assert project.review(KEY, add_tags=["c", "c"]).tags == ("a", "b", "c")
    assert project.review(KEY, remove_tags=["a", "never"]).tags == ("b", "c")
    assert project.review(KEY, tags="one tag").tags == ("one tag",)
    assert project.review(KEY, tags=[], add_tags=["x"]).tags == ("x",)
    assert project.review(KEY, tags=[]).tags == ()
    project.review(KEY, tags=["mine"])
    project.review(KEY, tags=["theirs"], reviewer="bob")
    assert project[KEY].tags == ("mine", "theirs")


def test_a_tag_that_is_a_keyword_already_leaves_the_keywords(project: Project) -> None:
    project.review(KEY, tags=["small", "new"])
    project.flush()
    assert "keywords = {small, things, new}" in " ".join(bib(project).split())
    project.review(KEY, tags=[])
    project.flush()
    assert "keywords = {small, things}" in " ".join(bib(project).split())
    assert project[KEY].keywords == ("small", "things")


def test_notes_are_added_edited_and_deleted(project: Project) -> None:
    project.review(KEY, note="One.")
    review = project.review(KEY, note="Two.")
    one, two = review.notes
    assert [one.text, two.text] == ["One.", "Two."]
    review = project.review(KEY, note_id=one.id, note="One, mended.", seen=one.seen)
    assert [note.text for note in review.notes] == ["One, mended.", "Two."]
    assert review.notes[0].id == one.id
    review = project.review(KEY, delete_note=two.id)
    assert [note.id for note in review.notes] == [one.id]
    assert project.review(KEY, delete_note=two.id).notes == review.notes
    project.review(KEY, note="Two.")
    assert len(project[KEY].review_of("ana").notes) == 2
    settle(project)


def test_an_edit_of_an_old_version_of_a_note_keeps_both(project: Project) -> None:
    (note,) = project.review(KEY, note="One.").notes
    project.review(KEY, note_id=note.id, note="One, by the panel.", seen=note.seen)
    project.review(KEY, note_id=note.id, note="One, by the kernel.", seen=note.seen)
    (conflict,) = project[KEY].conflicts
    assert {value.value for value in conflict.values} == {
        "One, by the panel.", "One, by the kernel."}  # fmt: skip


def test_a_note_that_is_not_there(project: Project) -> None:
    project.review(KEY, note="Bob's.", reviewer="bob")
    bobs = project[KEY].review_of("bob").notes[0].id
    for name in ("aaaaaa", bobs, "../..", ""):
        with pytest.raises(StaleError, match="Reload"):
            project.review(KEY, note="x", note_id=name)
        with pytest.raises(StaleError):
            project.review(KEY, delete_note=name)


@pytest.mark.parametrize(
    "opinion",
    [
        {"rating": 9}, {"status": "finished"}, {"tags": ["a;b"]}, {"note": " "}, {"note": 5},
        {"add_tags": [""]}, {"rating": "x", "status": "read"}, {"reviewer": "…"},
    ],
)  # fmt: skip
def test_a_refused_value_changes_nothing(project: Project, opinion: dict[str, object]) -> None:
    with pytest.raises(ValueRefusedError):
        project.review(KEY, **{"status": "read", **opinion})
    assert project.log() == []
    assert project[KEY].reviews == ()


def test_an_edit_that_cannot_be_saved_is_not_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.review("zhang2020", rating=1)
    with monkeypatch.context() as patched:
        patched.setattr(FS, "write", lambda *_: 3)
        with pytest.raises(NotDurableError, match="save again"):
            project.review(KEY, rating=4)
        assert project[KEY].reviews == ()
    assert project.review(KEY, rating=4).rating == 4


def test_fields_of_the_paper(project: Project) -> None:
    paper = project.edit(KEY, {"Year": "2023", "doi": "10.1000/x_y", "journal": None})
    assert (paper.year, paper.doi, paper.venue) == (2023, "10.1000/x_y", None)
    project.flush()
    assert "year     = {2023}" in bib(project) or "year     = 2023" in bib(project)
    assert "journal" not in bib(project)
    settle(project)
    for name in ("reviewkit", "comment-ana", "ranking", "reviewkit-ratings"):
        with pytest.raises(ValueRefusedError, match="reviews"):
            project.edit(KEY, {name: "x"})


@pytest.mark.parametrize("name", ["", "a b", "a=b", "}", "title}, x = {"])
def test_a_name_that_can_be_no_field(project: Project, name: str) -> None:
    with pytest.raises(ValueRefusedError, match="field's name"):
        project.edit(KEY, {"year": "2000", name: "x"})
    project.flush()
    assert project.log() == []


@pytest.mark.parametrize("text", ["{", "}", "100% & more_\\", "{\\", "a\n\nb", "@x{", "$x_1$"])
def test_any_text_of_a_field_comes_back(project: Project, text: str) -> None:
    project.edit(KEY, {"title": text, "abstract": text, "url": "https://x.example/%20_#"})
    project.flush()
    settle(project)
    assert project.info().problems == ()
    with Project(project.root, reviewer="bob", watch=False) as again:
        assert again[KEY].abstract == text
        assert again[KEY].title == " ".join(text.split())


def test_eight_threads_at_once_lose_nothing(project: Project) -> None:
    failed: list[BaseException] = []
    begin = threading.Barrier(8)

    def work(number: int) -> None:
        try:
            begin.wait()
            for turn in range(12):
                project.review(KEY, add_tags=[f"t{number}-{turn}"], reviewer=f"r{number}")
                project.review("zhang2020", note=f"Note {number} {turn}.")
                if turn % 4 == 0:
                    project.flush()
                    project.find("note")
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    project.flush()
    assert len(project[KEY].tags) == 96
    assert len(project["zhang2020"].review_of("ana").notes) == 96
    settle(project)
    assert len(rows(project)) == 9
    ids = [json.loads(line)["i"] for log in project.root.glob(".reviewkit/ops/*/*.jsonl")
           for line in log.read_bytes().splitlines()]  # fmt: skip
    assert len(set(ids)) == len(ids)


def test_closing_writes_what_is_pending(folder: Path, open_: Callable[..., Project]) -> None:
    with open_() as project:
        project.review(KEY, rating=4)
    assert "ana=4" in (folder / "references.bib").read_text()
    with pytest.raises(ReviewkitError, match="open it again"):
        project.review(KEY, rating=3)
    project.close()


def test_a_folder_without_a_library(tmp_path: Path, open_: Callable[..., Project]) -> None:
    project = open_(tmp_path)
    assert len(project) == 0
    project.add("@article{new2020, title={New}, author={A, B}, year={2020}}")
    project.review("new2020", rating=4)
    project.close()
    assert "@article{new2020," in (tmp_path / "references.bib").read_text()
    again = open_(tmp_path)
    assert again["new2020"].review_of("ana").rating == 4


def test_a_folder_that_was_renamed_is_told(project: Project) -> None:
    project.review(KEY, rating=4)
    project.root.rename(project.root.with_name("elsewhere"))
    with pytest.raises(NotDurableError, match="open the project where it is now"):
        project.review(KEY, rating=5)
    told = f"{project.root} is not there any more: nothing can be saved"
    assert told in project.sync().message
    assert told in project.info(me=None, path="p").waiting
    project.close()
    assert not project.root.exists()
