"""An editor that saves reviews.csv again and again while it is written.

Each save puts a text that never was into one cell. All of them must be in the log afterwards:
replaced by a rename as most editors save, or written in place as some do.
"""

from __future__ import annotations

import csv
import io
import random
import threading
from pathlib import Path

from reviewkit.project import Project
from tests.files.hands import save
from tests.torture.outcome import Outcome

#: So many that we look at a cell before the editor types into it once more.
KEYS = tuple(f"paper{number:03}" for number in range(120))
_LIBRARY = "".join(f"@misc{{{key}, title={{Of {key}}}}}\n" for key in KEYS)


def run(folder: Path, saves: int, *, in_place: bool, seed: int = 1) -> Outcome:
    """Race so many saves against our writing; how many were lost."""
    folder.mkdir()
    (folder / "references.bib").write_text(_LIBRARY, encoding="utf-8")
    rng = random.Random(seed)
    with Project(folder, reviewer="ana", watch=False) as project:
        for key in KEYS:
            project.review(key, rating=3)
        project.sync()
        path, typed, done = project.csv_path, [], threading.Event()

        def edit() -> None:
            for number in range(saves):
                text = _table(path)
                if text is None:
                    continue
                rows = list(csv.DictReader(io.StringIO(text, newline="")))
                rows[number % len(rows)]["decision"] = f"d{number}"
                typed.append(f"d{number}")
                _save(path, rows, in_place=in_place)
                done.wait(rng.random() * 0.004)
            done.set()

        editor = threading.Thread(target=edit)
        editor.start()
        turn = 0
        while not done.is_set():
            turn += 1
            project.review(KEYS[turn % len(KEYS)], rating=1 + turn % 5)
            project.sync()
        editor.join()
        project.sync()
        known = {op.value for op in project._sync.fold if op.field == "decision"}
    lost = [text for text in typed if text not in known]
    how = "in place" if in_place else "by rename"
    return Outcome(f"saves {how} that meet our writing", len(typed), len(lost))


def _table(path: Path) -> str | None:
    """The table as the editor opens it; None while it is half written."""
    text = path.read_text(encoding="utf-8-sig")
    return text if text.count("\n") == len(KEYS) + 1 else None


def _save(path: Path, rows: list[dict[str, str]], *, in_place: bool) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if in_place:
        path.write_text(out.getvalue(), encoding="utf-8-sig")
    else:
        save(path, out.getvalue())
