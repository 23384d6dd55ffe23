"""kill -9 of members who edit, look and write: what they were told is there afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from tests.torture.outcome import Outcome

WHAT = "kill -9 of four to eight members"
_ROOT = Path(__file__).resolve().parents[2]
_LIBRARY = "\n".join(f"@misc{{paper{n}, title = {{Of {n}}}, year = {{2020}}}}\n" for n in range(9))


def run(folder: Path, trials: int, seed: int = 1) -> Outcome:
    """Kill so many times; in how many trials something was lost, broken or not at rest."""
    failures = edits = 0
    places = [folder / str(trial) for trial in range(trials)]
    for place in places:
        (place / "group").mkdir(parents=True)
        (place / "group" / "references.bib").write_text(_LIBRARY, encoding="utf-8")
    source = f"{Path(tables.__file__).parents[2]}{os.pathsep}{_ROOT}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.killed", str(seed), *map(str, places)],
        stdout=subprocess.PIPE, cwd=_ROOT, env={**os.environ, "PYTHONPATH": source},
    )  # fmt: skip
    assert process.stdout is not None
    with process:
        for place, line in zip(places, process.stdout, strict=False):
            told = set(json.loads(line))
            edits += len(told)
            broken = _broken(place, told)
            if broken:
                print(f"{place}: {broken}", file=sys.stderr)
            else:
                shutil.rmtree(place)
            failures += bool(broken)
    if process.returncode:
        raise RuntimeError("the members could not be started; see above")
    return Outcome(WHAT, trials, failures, f"{edits} edits")


def _broken(place: Path, told: set[str]) -> str:
    """What is not as promised in a project whose processes were killed; empty if all is."""
    machine = Machine(state=place / "state", cache=place / "cache")
    root = place / "group"
    with Project(root, reviewer="ana", watch=False, machine=machine) as project:
        project.sync()
        missing = told - {op.id for op in project._sync.fold}
        if missing:
            return f"{len(missing)} acknowledged edits are missing: {sorted(missing)[:3]}"
        again = project.sync()
        if again.taken_in or again.bib_written or again.csv_written or project.info().held:
            return f"not at rest: {again} {project.info().held}"
    table = tables.read((root / "reviews.csv").read_bytes())
    if BibDocument.from_bytes((root / "references.bib").read_bytes()).problems:
        return "references.bib is broken"
    if table.problems or not table.sound:
        return f"reviews.csv is broken: {table.problems}"
    left = {path.name for path in root.iterdir()} - {"references.bib", "reviews.csv", ".reviewkit"}
    return f"left: {sorted(left)}" if left else ""
