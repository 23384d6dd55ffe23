"""A reader that was written from docs/format.md sees what reviewkit sees."""

from pathlib import Path

import pytest

from reviewkit.matrix import columns_of
from reviewkit.ops.fold import Fold
from tests import reader
from tests.simulation.run import run

READER = Path(reader.__file__)


@pytest.mark.parametrize("block", range(6))
def test_both_fold_simulated_histories_alike(block: int) -> None:
    for seed in range(5000 + block * 10, 5010 + block * 10):
        for replica in run(seed).replicas:
            logs = [replica.disk.read(log) for log in replica.logs()]
            first: Fold = replica.begin()._sync.fold
            replica.kill()
            alike(logs, first)


def alike(logs: list[bytes], first: Fold) -> None:
    """Both see the same in these logs."""
    second = reader.State(reader.operations(logs))
    assert second.papers() == sorted(first.papers())
    assert {name: value["name"] for name, value in second.columns().items()} == {
        column.id: column.name for column in columns_of(first)
    }
    for paper in second.papers():
        assert second.root(paper) == first.root(paper), paper
        assert second.is_deleted(paper) == first.is_deleted(paper), paper
        assert second.fields(paper) == set(first.current_of_paper(paper))
        for reviewer, field in second.fields(paper):
            ours = [op.id for op in first.current(paper, reviewer, field)]
            assert second.current(paper, reviewer, field) == ours, (paper, field)


def test_the_second_reader_is_small_and_stands_alone() -> None:
    text = READER.read_text(encoding="utf-8")
    assert "import reviewkit" not in text and "from reviewkit" not in text
    assert len(text.splitlines()) < 150
