"""What its owner erases is gone: from the fold, the logs, the files and all copies of them."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import ValueRefusedError
from reviewkit.project import Project
from tests.files.hands import bib, copy_ops, edit_row, row, save, settle, start
from tests.test_second_reader import alike

KEY, OTHER = "smith2021", "zhang2020"
SECRET = "Sieht nach einer Erfindung aus"


def stands(*folders: Path) -> list[str]:
    """Files below the folders that hold a word of what was erased."""
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]


def noted(project: Project) -> str:
    """A note with the secret, which was changed once; its id."""
    (note,) = project.review(KEY, note=f"{SECRET}.", rating=2).notes
    project.flush()
    project.review(KEY, note=f"{SECRET}, wohl.", note_id=note.id, seen=note.seen)
    project.flush()
    return note.id


def again(folder: Path, reviewer: str = "ana") -> Project:
    return Project(folder, reviewer=reviewer, watch=False)


def test_a_note_is_erased_from_everything(project: Project, private_home: Path) -> None:
    name = noted(project)
    project.review(KEY, status="read", reviewer="bob")
    assert len(stands(project.root, private_home)) > 4
    result = project.purge(KEY, note=name)
    assert stands(project.root, private_home) == []
    assert result.done and result.edits == 2 and result.copies >= 1
    assert [e.values for e in result.erased] == [(f"{SECRET}, wohl.", f"{SECRET}.")]
    review = project[KEY].review_of("ana")
    assert (review.notes, review.rating) == ((), 2)
    assert SECRET not in repr(project.log()) + repr(project.actions()) + repr(project.history(KEY))
    settle(project)
    with again(project.root) as other:
        assert other[KEY].review_of("ana").notes == ()
        settle(other)
        assert other.purge(KEY, note=name).edits == 0
    assert stands(project.root, private_home) == []


def test_first_it_is_only_shown(project: Project, private_home: Path) -> None:
    name = noted(project)
    before = sorted(stands(project.root, private_home))
    shown = project.purge(KEY, note=name, dry_run=True)
    assert not shown.done and shown.edits == 2
    assert sorted(stands(project.root, private_home)) == before
    assert shown.erased == project.purge(KEY, note=name).erased


def test_ones_own_words_only(project: Project) -> None:
    name = noted(project)
    with pytest.raises(ValueRefusedError, match="nothing to erase"):
        project.purge(KEY, note=name, reviewer="bob")
    with pytest.raises(ValueRefusedError, match="cannot be erased"):
        project.purge(KEY, kinds=["title"])
    assert project[KEY].review_of("ana").notes


def test_everything_of_a_person(project: Project, private_home: Path) -> None:
    noted(project)
    project.review(OTHER, tags=["geheim"], note=f"{SECRET}!", status="done")
    project.review(OTHER, note=f"{SECRET}?", private=True)
    project.review(OTHER, rating=5, reviewer="bob")
    project.flush()
    result = project.purge(None)
    assert {e.citekey for e in result.erased} == {KEY, OTHER}
    assert stands(project.root, private_home) == []
    assert [r.reviewer for p in project.papers() for r in p.reviews] == ["bob"]
    assert b"geheim" not in b"".join(
        p.read_bytes() for p in project.root.rglob("*") if p.is_file()
    )
    settle(project)


def test_what_others_did_to_the_note_goes_with_it(project: Project, private_home: Path) -> None:
    name = noted(project)
    project.review(KEY, note=f"{SECRET}, sagt Bob.", note_id=name, reviewer="ana", via="cli")
    edit_row(project, KEY, notes=f"[{name}] {SECRET}, per Tabelle.")
    project.purge(KEY, note=name)
    assert stands(project.root, private_home) == []
    settle(project)


def test_it_does_not_come_back_from_another_replica(
    project: Project, tmp_path: Path, private_home: Path
) -> None:
    name = noted(project)
    there = tmp_path / "there"
    shutil.copytree(project.root, there)
    with again(there, "bob") as other:
        other.review(KEY, note=f"{SECRET}, aus der Ferne.", note_id=name, reviewer="ana")
        other.flush()
        project.purge(KEY, note=name)
        copy_ops(there, project.root)
        project.sync()
        assert project[KEY].review_of("ana").notes == ()
        assert stands(project.root) == []
        copy_ops(project.root, there)
        other.sync()
        assert other[KEY].review_of("ana").notes == ()
        assert stands(there) == []
        settle(other)
    settle(project)
    assert stands(private_home) == []


def test_a_conflict_copy_of_a_log_does_not_bring_it_back(
    project: Project, private_home: Path
) -> None:
    name = noted(project)
    logs = list(project.root.glob(".reviewkit/ops/*/*.jsonl"))
    kept = {log.with_name(f"{log.stem} (conflicted copy).jsonl"): log.read_bytes() for log in logs}
    project.purge(KEY, note=name)
    for path, data in kept.items():
        path.write_bytes(data)
    project.sync()
    assert project[KEY].review_of("ana").notes == ()
    assert stands(project.root, private_home) == []
    for path, data in kept.items():
        path.with_stem("once more").write_bytes(data)
    with again(project.root, "bob") as other:
        assert other[KEY].review_of("ana").notes == ()
        assert stands(project.root) == []


@pytest.mark.parametrize("reviewer", ["ana", "bob"])
def test_an_old_folder_that_comes_back_loses_it_again(
    tmp_path: Path, private_home: Path, reviewer: str
) -> None:
    with start(tmp_path / "group") as project:
        name = noted(project)
    shutil.copytree(project.root, tmp_path / "backup")
    with again(project.root) as project:
        project.purge(KEY, note=name)
        project.review(OTHER, rating=1)
    shutil.rmtree(project.root)
    (tmp_path / "backup").rename(project.root)
    with again(project.root, reviewer) as project:
        assert project[KEY].review_of("ana").notes == ()
        assert project[OTHER].review_of("ana").rating == 1
        project.sync()
        assert stands(project.root, private_home) == []
        settle(project)


def test_old_copies_of_the_files_do_not_bring_it_back(
    project: Project, private_home: Path
) -> None:
    name = noted(project)
    project.review(KEY, add_tags=["offen"], status="read")
    project.flush()
    table, library = project.csv_path.read_text(encoding="utf-8"), bib(project)
    project.purge(KEY, note=name)
    # As they were, and with something typed into them.
    save(project.csv_path, table)
    save(project.bib_path, library)
    project.sync()
    assert stands(project.root, private_home) == []
    save(project.csv_path, table.replace(",read,", ",done,"))
    save(project.bib_path, library.replace("On Small Things", "On Smaller Things"))
    project.sync()
    assert stands(project.root / ".reviewkit" / "ops", private_home) == []
    assert project[KEY].review_of("ana").notes == ()
    assert not project.held()
    assert project[KEY].title == "On Smaller Things"
    assert row(project, KEY)["status"] in ("read", "done")
    assert "done" in {op.value for op in project._sync.fold}
    # And without a `rev`.
    save(project.csv_path, f"key,reviewer,notes\n{KEY},ana,{SECRET}.\n")
    project.sync()
    assert project[KEY].review_of("ana").notes == ()
    # Both files are clean; what was replaced is in the trash no more.
    assert SECRET not in bib(project) + project.csv_path.read_text(encoding="utf-8")
    project.purge(KEY, note=name)
    assert stands(project.root, private_home) == []


def test_a_held_change_that_quotes_it_goes_and_what_else_it_says_stays(
    project: Project, private_home: Path
) -> None:
    name = noted(project)
    edit_row(project, KEY, rev="aaaaaaaaaa", status="done")
    project.sync()
    assert project.held()
    project.purge(KEY, note=name)
    assert project.held() == []
    assert project[KEY].review_of("ana").status == "done"
    assert stands(project.root, private_home) == []
    settle(project)


def test_of_a_removed_paper_the_entry_is_kept_without_it(
    project: Project, private_home: Path
) -> None:
    name = noted(project)
    project.remove(KEY)
    project.flush()
    project.purge(None, note=name)
    assert stands(project.root, private_home) == []
    project.undo()
    project.flush()
    assert project[KEY].review_of("ana").rating == 2
    assert "On Small Things" in bib(project) and SECRET not in bib(project)
    settle(project)


def test_after_it_one_may_say_the_same_again(project: Project) -> None:
    name = noted(project)
    project.review(KEY, tags=["core"])
    project.purge(KEY)
    review = project.review(KEY, note=f"{SECRET}.", rating=2, tags=["core"])
    assert (review.notes[0].text, review.rating, review.tags) == (f"{SECRET}.", 2, ("core",))
    assert review.notes[0].id != name
    settle(project)
    assert project[KEY].review_of("ana").notes[0].text == f"{SECRET}."


def test_an_erased_tag_in_an_old_file_is_not_taken_in(project: Project) -> None:
    project.review(KEY, tags=["core", "geheim"], rating=3)
    project.flush()
    table = project.csv_path.read_text(encoding="utf-8")
    library = bib(project)
    project.purge(KEY, tag="geheim")
    save(project.csv_path, table.replace(",3,", ",4,"))
    save(project.bib_path, library)
    project.sync()
    assert project[KEY].review_of("ana").tags == ("core",)
    assert "geheim" not in bib(project) + project.csv_path.read_text(encoding="utf-8")
    settle(project)


def test_another_process_lets_go_of_it_at_once(project: Project, private_home: Path) -> None:
    name = noted(project)
    with again(project.root, "bob") as other:
        other.review(KEY, rating=5)
        other.review(KEY, note=f"{SECRET}, meint Bob", note_id=name, reviewer="ana")
        project.purge(KEY, note=name)
        other.look()
        assert other[KEY].review_of("ana").notes == ()
        # Its own log is taken away: it writes all it said again, but for that.
        for log in project.root.glob(".reviewkit/ops/*/bob-*.jsonl"):
            log.unlink()
        other.review(OTHER, rating=1)
    assert stands(project.root, private_home) == []
    with again(project.root) as third:
        assert third[KEY].review_of("bob").rating == 5
        settle(third)


class _Two:
    """Two replicas, and what people do in them by chance."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir()
        self.folder = folder
        self.rng = random.Random(seed)
        first = start(folder / "r0")
        first.review(OTHER, rating=1)
        first.review(KEY, note="Offen.")
        shutil.copytree(first.root, folder / "r1")
        self.both = [first, again(folder / "r1", "bob")]
        self.purged = False
        self.acts: tuple[Callable[[int, int], None], ...] = (
            self.say, self.change, self.purge, self.table, self.bring, self.bring, self.open,
        )  # fmt: skip

    def secret(self, at: int) -> list[str]:
        notes = self.both[at][KEY].review_of("ana").notes
        return [note.id for note in notes if SECRET in note.text]

    def say(self, at: int, step: int) -> None:
        text = f"Harmlos {step}." if self.purged else f"{SECRET} {step}."
        self.both[at].review(KEY, note=text, rating=self.rng.randint(1, 5), reviewer="ana")

    def change(self, at: int, step: int) -> None:
        for name in self.secret(at)[:1]:
            self.both[at].review(KEY, note=f"{SECRET} neu {step}", note_id=name, reviewer="ana")

    def table(self, at: int, step: int) -> None:
        self.both[at].sync()
        for name in self.secret(at)[:1]:
            edit_row(self.both[at], KEY, notes=f"[{name}] {SECRET} getippt {step}")

    def purge(self, at: int, step: int) -> None:
        for name in self.secret(at):
            self.both[at].purge(KEY, note=name, reviewer="ana")
            self.purged = True

    def bring(self, at: int, step: int) -> None:
        copy_ops(self.both[at].root, self.both[1 - at].root)

    def open(self, at: int, step: int) -> None:
        self.both[at].close()
        self.both[at] = again(self.both[at].root, ("ana", "bob")[at])

    def play(self) -> None:
        for step in range(14):
            at = self.rng.randrange(2)
            self.rng.choice(self.acts)(at, step)
            self.both[at].sync()

    def meet(self) -> None:
        for turn in range(3):
            for at in (0, 1):
                self.purge(at, 0)
                if turn == 1:
                    # Also those that were deleted.
                    self.both[at].purge(KEY, reviewer="ana")
                self.bring(at, 0)
                self.both[1 - at].sync()


@pytest.mark.parametrize("seed", range(12))
def test_in_no_history_does_it_come_back(tmp_path: Path, seed: int) -> None:
    two = _Two(tmp_path / "two", seed)
    two.play()
    two.meet()
    shown = []
    for project in two.both:
        project.sync()
        settle(project)
        shown.append([(p.citekey, p.reviews, p.conflicts) for p in project.papers()])
        logs = [log.read_bytes() for log in project.root.glob(".reviewkit/ops/*/*.jsonl")]
        alike(logs, project._sync.fold)
        project.close()
    assert shown[0] == shown[1]
    assert stands(two.folder) == []
