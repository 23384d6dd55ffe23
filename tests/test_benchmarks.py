"""`make bench` runs and prints its table; figures are for people, not for tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import made
from benchmarks.report import HEAD, Figure, percentile, table
from reviewkit.bibtex import BibDocument

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.timeout(420)
def test_a_quick_run_prints_the_table() -> None:
    environment = {**os.environ, "QUICK": "1", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [cell.strip() for cell in rows[0].strip("| ").split("|")] == list(HEAD)
    what = " ".join(rows)
    for part in (
        "change a field, write",
        "peak memory",
        "search",
        "acknowledged",
        "second process",
    ):
        assert part in what
    assert all(re.search(r"\d (CPU s|ms|MB|%|requests) ", row) for row in rows[1:])


def test_the_made_library_is_the_same_every_time_and_sound() -> None:
    text = made.library(50)
    assert text == made.library(50)
    document = BibDocument.from_bytes(text.encode())
    assert len(set(document.citekeys)) == 50
    assert not document.problems
    assert all(entry.fields["title"].value for entry in document.entries)


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1.0)] == [50, 99, 100]
    assert percentile([3.0], 0.5) == 3.0


def test_a_figure_without_a_rival_has_no_ratio() -> None:
    lines = table([Figure("a", 1.0, "s"), Figure("b", 1.0, "s", "c", 4.0)]).splitlines()
    assert [line.split("|")[5].strip() for line in lines[2:]] == ["", "0.25"]
