"""A project that nobody holds is written and lets go of its threads."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import reviewkit as rk

BIB = "@misc{a2020,\n  title = {A Title},\n  year = {2020},\n}\n"


def test_a_forgotten_project_is_written_and_ends_its_threads(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    before = set(threading.enumerate())
    project = rk.open(tmp_path, reviewer="ana")
    project.review("a2020", rating=4)
    mine = set(threading.enumerate()) - before
    assert mine
    del project
    gc.collect()
    # The thread that writes holds the project until it has written.
    for thread in sorted(mine, key=lambda thread: thread.name != "reviewkit-live"):
        gc.collect()
        thread.join(10)
    assert not [thread for thread in mine if thread.is_alive()]
    assert "ana,4" in (tmp_path / "reviews.csv").read_text(encoding="utf-8")
