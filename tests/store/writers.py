"""Starts processes that edit for ever, kills them, and says which edits were acknowledged.

Run with a folder for each trial's project; prints a JSON list of ids a line. It is a
program of its own because only a process without threads may fork safely.
"""

import json
import os
import random
import sys
from functools import partial
from pathlib import Path

from reviewkit.ops.fold import Fold
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit, Recorder
from tests.store.killing import Doomed

WRITERS = ("ana", "ana", "bob", "cem")


def edit_for_ever(root: Path, by: str, pipe: int) -> None:
    recorder = Recorder(FolderStore(Layout(root)), Fold())
    number = 0
    while True:
        number += 1
        edits = [
            Edit("p.aaaaaaaaaa", by, "rating", 1 + number % 5),
            Edit(
                "p.aaaaaaaaaa", by, f"note:aaaaa{'ab'[number % 2]}.text", f"Läuft {number}. " * 9
            ),
        ]
        ops = recorder.record(edits, by=by, via="kernel")
        os.write(pipe, "".join(f"{op.id}\n" for op in ops).encode())


def run_and_kill(root: Path, seconds: float) -> list[str]:
    doomed = Doomed(partial(edit_for_ever, root, by) for by in WRITERS)
    doomed.wait_for_all()
    return doomed.kill_after(seconds)


if __name__ == "__main__":
    rng = random.Random(1)
    for folder in sys.argv[1:]:
        print(json.dumps(run_and_kill(Path(folder), rng.uniform(0.0, 0.06))), flush=True)
