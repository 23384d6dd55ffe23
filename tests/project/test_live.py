"""An open project follows its folder: two processes, and hands in its files."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles

from reviewkit.project import Project
from reviewkit.records import ChangedEvent
from tests.files.hands import bib, copy_ops, edit_bib, edit_row, row, settle
from tests.project.told import PATIENCE, Told

KEY = "smith2021"

OTHER = """
import json, sys, time
import reviewkit as rk

project = rk.open(sys.argv[1], reviewer="bob")
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    rating = json.loads(line)
    project.review("smith2021", rating=rating)
    print(json.dumps(time.time()), flush=True)
project.close()
"""


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The same folder, opened by bob in a process of his own."""
    source = str(Path(__file__).parents[2] / "src")
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    yield process
    process.stdin.close()
    process.stdout.close()
    assert process.wait(PATIENCE) == 0


def test_an_edit_in_another_process_is_seen(
    open_: Callable[..., Project], other: subprocess.Popen[str]
) -> None:
    project = open_(watch=True)
    assert json.loads(other.stdout.readline()) == "ready"
    told = Told(project)
    for rating in (1, 2, 3, 4, 5):
        other.stdin.write(f"{rating}\n")
        other.stdin.flush()
        told.until(lambda wanted=rating: project[KEY].review_of("bob").rating == wanted)
    assert any(event.citekeys and KEY in event.citekeys for event in told.events)
    assert [event.revision for event in told.events] == sorted(e.revision for e in told.events)
    project.review(KEY, rating=3)
    project.flush()
    assert "ana=3; bob=5" in bib(project)


def test_a_save_in_an_editor_is_seen(open_: Callable[..., Project]) -> None:
    project = open_(watch=True)
    project.review(KEY, rating=4)
    project.flush()
    told = Told(project)
    edit_row(project, KEY, rating="2")
    told.until(lambda: project[KEY].review_of("ana").rating == 2)
    project.flush()
    edit_bib(project, "ana=2", "ana=1 read")
    told.until(lambda: project[KEY].review_of("ana").status == "read")
    project.flush()
    assert row(project, KEY)["rating"] == "1"
    settle(project)


def test_edits_are_written_soon_without_being_asked(open_: Callable[..., Project]) -> None:
    project = open_(watch=True)
    changes = watchfiles.watch(project.root, rust_timeout=1000 * PATIENCE, yield_on_timeout=True)
    project.review(KEY, rating=4)
    for _ in changes:
        if "ana=4" in bib(project):
            break
    assert "ana=4" in bib(project)
    assert row(project, KEY)["rating"] == "4"


def test_logs_that_a_synchroniser_brings(open_: Callable[..., Project], tmp_path: Path) -> None:
    project = open_(watch=True)
    told = Told(project)
    place = tmp_path / "elsewhere"
    place.mkdir()
    (place / "references.bib").write_bytes(project.bib_path.read_bytes())
    with open_(place, reviewer="cem") as cem:
        cem.review(KEY, rating=5)
    copy_ops(place, project.root)
    told.until(lambda: project[KEY].review_of("cem").rating == 5)


def test_no_more_is_heard_after_the_end(project: Project) -> None:
    heard: list[ChangedEvent] = []
    end = project.on_change(heard.append)
    project.review(KEY, rating=4)
    assert len(heard) == 1
    assert heard[0].citekeys == (KEY,)
    assert heard[0].project == str(project.root)
    end()
    end()
    project.review(KEY, rating=3)
    assert len(heard) == 1


def test_one_who_is_told_may_hold_a_lock_that_an_editor_waits_for(
    open_: Callable[..., Project],
) -> None:
    project = open_(watch=True)
    theirs = threading.Lock()
    inside = threading.Event()

    def told(_: object) -> None:
        inside.set()
        with theirs:
            pass

    project.on_change(told)
    with theirs:
        editor = threading.Thread(target=lambda: project.review(KEY, rating=2), daemon=True)
        editor.start()
        assert inside.wait(PATIENCE)
        # The editor's thread is calling back; nobody else is kept out meanwhile.
        assert project.review(KEY, status="read").rating == 2
        project.flush()
    editor.join(PATIENCE)
    assert not editor.is_alive()


def test_events_come_in_order_and_from_within_a_callback_too(
    open_: Callable[..., Project],
) -> None:
    project = open_()
    revisions: list[int] = []

    def told(event: ChangedEvent) -> None:
        revisions.append(event.revision)
        if len(revisions) == 1:
            project.review(KEY, rating=5)

    project.on_change(told)
    project.review(KEY, rating=1)
    project.review(KEY, rating=2)
    assert revisions == sorted(revisions)
    assert len(revisions) == 3
