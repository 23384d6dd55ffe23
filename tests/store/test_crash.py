import json
import os
import subprocess
import sys
from pathlib import Path

from tests.store.test_log import has_no_gaps, read_all

TRIALS = 20
WRITERS = 4


def test_killed_writers_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    roots = [tmp_path / str(trial) for trial in range(TRIALS)]
    for root in roots:
        root.mkdir()
    top = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.writers", *map(str, roots)],
        capture_output=True,
        timeout=100,
        cwd=top,
        env={**os.environ, "PYTHONPATH": str(top / "src")},
    )
    assert done.returncode == 0, done.stderr.decode()
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(trials) == TRIALS
    assert sum(map(len, trials)) > TRIALS * WRITERS * 2
    for root, acknowledged in zip(roots, trials, strict=True):
        found, reader = read_all(root)
        assert set(acknowledged) <= found.keys(), root
        assert has_no_gaps(list(found)), root
        # Half a line may stand at a log's very end, nowhere else.
        assert {p.reason for p in reader.problems} <= {"the last line is not whole (yet)"}
