"""Starts processes that edit for ever, kills them, and says which edits were acknowledged.

Run with a folder for each trial's project; prints a JSON list of ids a line. It is a
program of its own because only a process without threads may fork safely.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from reviewkit.ops.fold import Fold
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit, Recorder

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
    ends: dict[int, bytes] = {}
    processes = []
    for by in WRITERS:
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            edit_for_ever(root, by, write_end)
        os.close(write_end)
        processes.append(child)
        ends[read_end] = b""
    for end in ends:
        ends[end] += os.read(end, 1 << 16)
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for end in select.select(list(ends), [], [], left)[0]:
            ends[end] += os.read(end, 1 << 16)
    for process in processes:
        os.kill(process, signal.SIGKILL)
    for process in processes:
        os.waitpid(process, 0)
    for end in ends:
        while data := os.read(end, 1 << 16):
            ends[end] += data
        os.close(end)
    # The pipe may end in half an id: that edit was acknowledged, but not heard of.
    return [line.decode() for said in ends.values() for line in said.split(b"\n")[:-1]]


if __name__ == "__main__":
    rng = random.Random(1)
    for folder in sys.argv[1:]:
        print(json.dumps(run_and_kill(Path(folder), rng.uniform(0.0, 0.06))), flush=True)
