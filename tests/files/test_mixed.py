"""Tables that git merged by lines, in which halves of rows stand together: nobody typed them."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from reviewkit.project import Project
from reviewkit.store.fs import FS
from reviewkit.store.reader import LogReader
from tests.files.hands import LIBRARY, copy_ops, row, save, save_rows, settle, start

KEYS = ("matsubara2022bottlefit", "smith2021", "zhang2020")
LINES = ("More.", "a, b, c, d, e, f", "One", "", 'said "x", yes', "end", ", ,x", "Two, words")
HISTORIES = int(os.environ.get("REVIEWKIT_MERGED_TABLES", "16"))


def say(project: Project, rng: random.Random) -> None:
    """Somebody says something, mostly in several lines."""
    key = rng.choice(KEYS)
    review = project[key].review_of(project.reviewer)
    text = "\n".join(
        [rng.choice("PQR"), *rng.choices(LINES, k=rng.randrange(4)), rng.choice("XY")]
    )
    kind = rng.choice(["note", "note", "change", "rating", "tag", "criterion"])
    if kind == "change" and review is not None and review.notes:
        note = rng.choice(review.notes)
        project.review(key, note=text, note_id=note.id, seen=note.seen)
    elif kind == "rating":
        project.review(key, rating=rng.randrange(1, 6))
    elif kind == "tag":
        project.review(key, add_tags=[rng.choice(["core", "edge"])])
    elif kind == "criterion" and rng.random() < 0.3:
        project.review(key, criteria={"novelty": rng.randrange(1, 6)})
    else:
        project.review(key, note=text, anchor=rng.choice([None, "p4"]))


def diverged(place: Path, rng: random.Random) -> tuple[Path, Path]:
    """A base and two folders in which people went on out of touch; the table of each."""
    folders = [place / name for name in ("base", "one", "other")]
    for folder in folders:
        folder.mkdir()
        (folder / "references.bib").write_text(LIBRARY)
    base, one, other = folders
    for person in ("ana", "bob"):
        with Project(base, reviewer=person, watch=False) as project:
            for _ in range(4):
                say(project, rng)
            project.sync()
    for folder in (one, other):
        copy_ops(base, folder)
        for name in ("references.bib", "reviews.csv"):
            (folder / name).write_bytes((base / name).read_bytes())
        for person in rng.choice([["ana"], ["bob"], ["ana", "bob"]]):
            with Project(folder, reviewer=person, watch=False) as project:
                for _ in range(rng.randrange(1, 4)):
                    say(project, rng)
                project.sync()
    return one, other


def merge(one: Path, other: Path) -> str:
    """Let git merge the other's logs and table into those here."""
    copy_ops(other, one)
    tables = [place / "reviews.csv" for place in (one, one.parent / "base", other)]
    subprocess.run(["git", "merge-file", "--union", *tables], check=True)
    return tables[0].read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_merge_by_lines_is_no_edit(seed: int, tmp_path: Path, private_home: Path) -> None:
    one, other = diverged(tmp_path, random.Random(seed))
    text = merge(one, other)
    said = {op.id for op in LogReader(one / ".reviewkit" / "ops", FS()).read()}
    with Project(one, reviewer="ana", watch=False) as project:
        project.sync()
        new = [op for op in project._sync.fold if op.id not in said]
        assert not new, (new, project.info().held, text)
    with Project(one, reviewer="ana", watch=False) as project:
        # The next writing mended the table.
        assert not project.info().problems


def test_what_is_typed_into_such_a_table_is_an_edit(tmp_path: Path, private_home: Path) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=3, note="One.\n\nTwo, and more, of, this.")
        project.review("zhang2020", rating=2, note="Three.\n\nFour.")
        project.sync()
        text = project.csv_path.read_text(encoding="utf-8-sig")
        old = "Two, and more, of, this."
        half = text[text.index(old) :].splitlines()[0]
        text = text.replace("Four.", "Four and five.").replace(
            "zhang2020,A Study,ana,2", "zhang2020,A Study,ana,4"
        )
        save(project.csv_path, f"{text}{half}\n{old}\n")
        project.sync()
        review = project["zhang2020"].review_of("ana")
        assert review is not None and review.rating == 4
        assert review.notes[0].text == "Three.\n\nFour and five."
        assert project["smith2021"].review_of("ana").rating == 3  # type: ignore[union-attr]
        assert project.info().held == () and not project.conflicts()
        assert half not in project.csv_path.read_text(encoding="utf-8-sig").splitlines()[-1]


def test_a_row_that_stands_there_twice_is_no_merge(tmp_path: Path, private_home: Path) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=3, tags=["core"], note="One.\n\nTwo.")
        project.sync()
        changed = row(project, "smith2021")
        assert changed["tags"] == "core"
        changed["tags"] = ""
        save_rows(project, [changed, changed])
        project.sync()
        assert project["smith2021"].review_of("ana").tags == ()  # type: ignore[union-attr]
        settle(project)
