"""Power loss: the disk of a file system, copied while somebody edits, is mounted anew.

The file system is in an image behind a loop device, so what has reached its disk is what the
image holds. Needs root and loop devices; elsewhere it is not tried.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op
from reviewkit.store.fs import FS
from reviewkit.store.reader import LogReader
from tests.torture.outcome import Outcome

_ROOT = Path(__file__).resolve().parents[2]
#: Megabytes of an image, and how its file system is made.
KINDS = {
    "ext4": (24, ("mkfs.ext4", "-q")),
    "xfs": (320, ("mkfs.xfs", "-q")),
    "btrfs": (128, ("mkfs.btrfs", "-q")),
}
#: Each forty edits another process goes on, and all logs of those before are made one.
_EDITS = """
import sys
from reviewkit.project import Project
from tests.torture.member import let_all_logs_be_old
let_all_logs_be_old(wait=0)
number = 0
while True:
    with Project(sys.argv[1], reviewer="ana", watch=True) as project:
        for _ in range(40):
            number += 1
            project.review("a2020", rating=1 + number % 5)
            said = project._sync.fold.current("p." + sys.argv[2], "ana", "rating")[-1].id
            print(said, flush=True)
        project.merge_logs()
"""


def run(folder: Path, trials: int, seed: int = 1, kind: str = "ext4") -> Outcome:
    """Cut the power so many times; how often an acknowledged edit was gone."""
    what = f"power loss on {kind} (loop device)"
    reason = _missing(kind)
    if reason is not None:
        return Outcome(what, 0, 0, f"not tried: {reason}")
    rng = random.Random(seed)
    edits = failures = 0
    for trial in range(trials):
        place = folder / str(trial)
        place.mkdir(parents=True)
        try:
            told, found = _cut(place, rng.uniform(0.05, 1.5), kind)
        except (OSError, subprocess.CalledProcessError) as error:
            return Outcome(what, trial, failures, f"not tried further: {error}")
        finally:
            shutil.rmtree(place, ignore_errors=True)
        edits += len(told)
        failures += not told <= found
    return Outcome(what, trials, failures, f"{edits} edits")


def _missing(kind: str) -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "needs root"
    tools = [
        tool for tool in ("losetup", KINDS[kind][1][0], "mount") if shutil.which(tool) is None
    ]
    return f"no {', '.join(tools)}" if tools else None


def _cut(place: Path, seconds: float, kind: str) -> tuple[set[str], set[str]]:
    """Ids that were acknowledged before the power went, and those that are there after."""
    image, copy = place / "disk", place / "copy"
    megabytes, make = KINDS[kind]
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    subprocess.run([*make, image], check=True, capture_output=True)
    with _mounted(image, place / "before") as root:
        (root / "references.bib").write_text("@misc{a2020, title={A}}\n", encoding="utf-8")
        os.sync()
        told = _edit_until(root, seconds, image, copy)
    with _mounted(copy, place / "after") as root:
        read: list[Op] = LogReader(root / ".reviewkit" / "ops", FS()).read()
        return told, {op.id for op in read}


@contextmanager
def _mounted(image: Path, at: Path) -> Iterator[Path]:
    at.mkdir()
    subprocess.run(["mount", "-o", "loop", image, at], check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True, capture_output=True)


def _edit_until(root: Path, seconds: float, image: Path, copy: Path) -> set[str]:
    private = {name: str(copy.parent / name) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME")}
    editor = subprocess.Popen(
        [sys.executable, "-c", _EDITS, root, paper_id("a2020").removeprefix("p.")],
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        env={**os.environ, **private, "PYTHONPATH": f"{_ROOT / 'src'}{os.pathsep}{_ROOT}"},
    )
    assert editor.stdout is not None
    end, said = editor.stdout.fileno(), b""
    try:
        said += os.read(end, 1 << 16)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([end], [], [], left)[0]:
                said += os.read(end, 1 << 16)
        editor.send_signal(signal.SIGSTOP)
        while select.select([end], [], [], 0)[0]:
            said += os.read(end, 1 << 16)
        _copy_still(image, copy)
    finally:
        editor.kill()
        editor.wait()
        with suppress(OSError):
            editor.stdout.close()
    return {line.decode() for line in said.split(b"\n")[:-1]}


def _copy_still(image: Path, copy: Path) -> None:
    """Copy the image at one moment: a copy like a reading before had no writing between."""
    while True:
        before = zlib.crc32(image.read_bytes())
        # Nearly all of it are holes.
        subprocess.run(["cp", "--sparse=always", image, copy], check=True)
        if zlib.crc32(copy.read_bytes()) == before:
            return
