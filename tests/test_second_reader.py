"""A reader that was written from docs/format.md sees what reviewkit sees."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit import tables
from reviewkit.matrix import columns_of
from reviewkit.ops.fold import Fold
from tests import criteriareader, notesreader, reader
from tests.simulation.criteria import FIRST_SEED
from tests.simulation.run import run
from tests.simulation.world import BIB, CSV
from tests.test_tables import HEADED, NOTE

READER = Path(reader.__file__)
NOTES = Path(notesreader.__file__)


@pytest.mark.parametrize("first", [5000, 5010, 5020, 5030, FIRST_SEED, FIRST_SEED + 10])
def test_both_fold_simulated_histories_alike(first: int) -> None:
    for seed in range(first, first + 10):
        for replica in run(seed).replicas:
            logs = [replica.disk.read(log) for log in replica.logs()]
            first: Fold = replica.begin()._sync.fold
            replica.kill()
            alike(logs, first)


@pytest.mark.parametrize("first", [FIRST_SEED + 200, FIRST_SEED + 220])
def test_both_read_the_same_ratings_of_criteria_in_the_files(first: int) -> None:
    rated = 0
    for seed in range(first, first + 20):
        for replica in run(seed).replicas:
            lines = reader.operations(replica.disk.read(log) for log in replica.logs())
            state = reader.State(lines)
            bodies = [body for _, body in lines]
            project = replica.begin()
            held = {item.citekey for item in project.info().held}
            library = project._sync.library
            table = criteriareader.of_table(replica.disk.read(CSV))
            entries = criteriareader.of_library(replica.disk.read(BIB))
            for paper in state.papers():
                key = library.key_of(paper)
                if key is None or key in held or library.is_deleted(paper):
                    continue
                given = criteriareader.of_log(state, bodies, paper)
                assert table.get(key, {}) == given, (seed, key)
                if library.entry_of(paper) is not None:
                    assert entries.get(key, {}) == given, (seed, key)
                rated += len(given)
            replica.kill()
    assert rated > 20


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


def test_both_read_the_notes_of_simulated_tables_alike() -> None:
    anchored = 0
    for seed in range(60_000, 60_012):
        for replica in run(seed).replicas:
            data = replica.disk.read(CSV) if replica.disk.exists(CSV) else b""
            for row in (row for row in tables.read(data).rows if row.clean):
                assert notesreader.rev(row.cells) == row.rev
                anchored += any(
                    anchor for _, _, anchor in notesreader.notes(row.cells.get("notes", ""))
                )
    assert anchored > 5


@given(st.lists(NOTE | HEADED, max_size=4).map("\n\n".join))
def test_both_read_any_cell_alike(cell: str) -> None:
    ours = [(note.id or "", note.text, note.anchor) for note in tables.split_notes(cell)]
    assert notesreader.notes(cell) == ours


def test_the_second_reader_is_small_and_stands_alone() -> None:
    for place in (READER, NOTES, Path(criteriareader.__file__)):
        text = place.read_text(encoding="utf-8")
        assert "import reviewkit" not in text and "from reviewkit" not in text
        assert len(text.splitlines()) < 150
