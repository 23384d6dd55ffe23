import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from reviewkit.errors import NotDurableError
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.store.card import ensure_library
from reviewkit.store.folder import FolderStore
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.reader import LogReader
from reviewkit.store.recorder import Edit, Recorder
from tests.store.faults import FailingFS, LeakyFS


class Process:
    """What one process has of a project's log."""

    def __init__(self, root: Path, fs: FS | None = None, by: str = "ana") -> None:
        # Faults are counted from the log's own first call on.
        ensure_library(Layout(root), Machine())
        self.store = FolderStore(Layout(root), Machine(fs=fs or FS()))
        self.fold = Fold()
        self.recorder = Recorder(self.store, self.fold)
        self.by = by

    def rate(self, value: int, paper: str = "p.aaaaaaaaaa") -> Op:
        edit = Edit(paper, self.by, "rating", value)
        return self.recorder.record([edit], by=self.by, via="kernel")[0]


def read_all(root: Path) -> tuple[dict[str, Op], LogReader]:
    reader = LogReader(Layout(root).ops, FS())
    return {op.id: op for op in reader.read()}, reader


def has_no_gaps(ids: list[str]) -> bool:
    numbers = defaultdict(set)
    for name in ids:
        writer, number = name.split(".")
        numbers[writer].add(int(number))
    return all(found == set(range(1, len(found) + 1)) for found in numbers.values())


def test_an_edit_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    one = Process(tmp_path).rate(4)
    found, reader = read_all(tmp_path)
    assert found == {one.id: one}
    assert reader.problems == []
    (log,) = tmp_path.glob(".reviewkit/ops/*/*.jsonl")
    assert re.fullmatch(r"ana-[a-z2-7]{10}\.jsonl", log.name)
    assert log.stem == f"ana-{one.id.split('.')[0]}"
    assert (tmp_path / ".reviewkit" / ".gitignore").read_text() == "/trash/\n"


def test_every_step_reaches_the_disk_before_an_edit_is_acknowledged(tmp_path: Path) -> None:
    fs = FailingFS()
    process = Process(tmp_path, fs)
    process.rate(4)
    assert fs.calls[-1] == "same_file"
    assert fs.calls.count("sync") == 1
    assert fs.calls.index("write") < fs.calls.index("sync") < fs.calls.index("same_file")
    made = [".reviewkit", "ops", "2026-11"]
    assert fs.calls.count("sync_folder") >= len(made) + 1


FAULTS = [
    (call, number, how)
    for call, how in (
        ("create", "ENOSPC"), ("create", "EACCES"), ("write", "ENOSPC"), ("write", "EIO"),
        ("write", "short"), ("sync", "EIO"), ("sync_folder", "EIO"), ("same_file", "ESTALE"),
    )
    for number in (1, 2, 3)
]  # fmt: skip


@pytest.mark.parametrize(("call", "number", "how"), FAULTS)
@pytest.mark.parametrize("kind", [FailingFS, LeakyFS])
def test_a_failing_disk_loses_nothing_acknowledged(
    tmp_path: Path, call: str, number: int, how: str, kind: type[FailingFS]
) -> None:
    fs = kind(call, number, how)
    process = Process(tmp_path, fs)
    acknowledged, refused = [], 0
    for value in (1, 2, 3, 4, 5):
        try:
            acknowledged.append(process.rate(value))
        except NotDurableError as error:
            refused += 1
            assert "save again" in error.message
    assert refused == fs.failed
    found, _ = read_all(tmp_path)
    assert {op.id: op for op in acknowledged}.items() <= found.items()
    assert has_no_gaps([op.id for op in acknowledged])
    assert process.fold.current("p.aaaaaaaaaa", "ana", "rating")[-1].value == 5
    assert Fold(found.values()).current("p.aaaaaaaaaa", "ana", "rating")[-1].value == 5


@pytest.mark.parametrize("how", ["ENOSPC", "short", "EIO"])
def test_the_log_ends_at_its_last_good_line(tmp_path: Path, how: str) -> None:
    process = Process(tmp_path, FailingFS("write", 2, how))
    process.rate(1)
    (log,) = tmp_path.glob(".reviewkit/ops/*/*.jsonl")
    before = log.read_bytes()
    with pytest.raises(NotDurableError):
        process.rate(2)
    assert log.read_bytes() == before
    process.rate(3)
    assert log.read_bytes().startswith(before)
    assert read_all(tmp_path)[1].problems == []


def test_an_id_that_others_may_have_read_never_comes_again(tmp_path: Path) -> None:
    class Watched(FailingFS):
        def truncate(self, fd: int, length: int) -> None:
            seen.update(read_all(tmp_path)[0])
            super().truncate(fd, length)

    seen: dict[str, Op] = {}
    process = Process(tmp_path, Watched("sync", 2, "EIO"))
    process.rate(1)
    with pytest.raises(NotDurableError):
        process.rate(2)
    assert len(seen) == 2
    later = process.rate(3)
    assert later.id not in seen


def test_nothing_of_a_refused_group_is_folded(tmp_path: Path) -> None:
    process = Process(tmp_path, FailingFS("write", 1, "short"))
    edits = [
        Edit("p.aaaaaaaaaa", "ana", "rating", 4),
        Edit("p.aaaaaaaaaa", "ana", "status", "read"),
    ]
    with pytest.raises(NotDurableError):
        process.recorder.record(edits, by="ana", via="kernel")
    assert len(process.fold) == 0
    assert read_all(tmp_path)[0] == {}
    ops = process.recorder.record(edits, by="ana", via="kernel")
    assert [op.group for op in ops] == [None, ops[0].id]


def _remove(log: Path) -> None:
    log.unlink()


def _replace(log: Path) -> None:
    other = log.with_suffix(".tmp")
    other.write_bytes(log.read_bytes())
    other.replace(log)


def _shorten(log: Path) -> None:
    log.write_bytes(b"")


def _move_folder(log: Path) -> None:
    log.parents[1].rename(log.parents[2] / "moved-away")


@pytest.mark.parametrize("harm", [_remove, _replace, _shorten, _move_folder])
def test_a_log_taken_away_is_written_anew(tmp_path: Path, harm: object) -> None:
    process = Process(tmp_path)
    acknowledged = [process.rate(value) for value in (1, 2, 3)]
    (log,) = tmp_path.glob(".reviewkit/ops/*/*.jsonl")
    harm(log)  # type: ignore[operator]
    acknowledged += [process.rate(value) for value in (4, 5)]
    found, _ = read_all(tmp_path)
    assert {op.id for op in acknowledged} <= found.keys()
    assert has_no_gaps(list(found))


@pytest.mark.parametrize("harm", [_remove, _replace, _shorten, _move_folder])
def test_a_log_taken_away_comes_back_when_the_log_is_looked_at(
    tmp_path: Path, harm: object
) -> None:
    process = Process(tmp_path)
    acknowledged = [process.rate(value) for value in (1, 2, 3)]
    (log,) = tmp_path.glob(".reviewkit/ops/*/*.jsonl")
    harm(log)  # type: ignore[operator]
    process.recorder.receive()
    found, _ = read_all(tmp_path)
    assert {op.id for op in acknowledged} <= found.keys()
    count = len(list(tmp_path.glob(".reviewkit/ops/*/*.jsonl")))
    process.recorder.receive()
    assert len(list(tmp_path.glob(".reviewkit/ops/*/*.jsonl"))) == count


def test_a_log_that_vanishes_again_and_again_is_an_error(tmp_path: Path) -> None:
    class Vanishing(FS):
        def same_file(self, fd: int, path: Path, size: int) -> bool:
            path.unlink()
            return super().same_file(fd, path, size)

    process = Process(tmp_path, Vanishing())
    with pytest.raises(NotDurableError, match="vanishes"):
        process.rate(4)


def test_a_full_home_does_not_refuse_an_edit(tmp_path: Path, private_home: Path) -> None:
    (private_home / "reviewkit").write_text("in the way")
    process = Process(tmp_path)
    op = process.rate(4)
    assert op.id in read_all(tmp_path)[0]


def test_a_second_copy_goes_to_the_private_journal(tmp_path: Path) -> None:
    process = Process(tmp_path)
    op = process.rate(4)
    library = json.loads((tmp_path / ".reviewkit/library.json").read_bytes())["id"]
    (log,) = tmp_path.glob(".reviewkit/ops/*/*.jsonl")
    (kept,) = Machine().private_folder(library).glob(f"*/journal/{log.name}")
    assert op.id.encode() in kept.read_bytes()
    assert kept.read_bytes() == log.read_bytes()


def test_two_processes_never_share_a_log(tmp_path: Path) -> None:
    one, two = Process(tmp_path), Process(tmp_path)
    one.rate(4)
    two.rate(5)
    assert len(list(tmp_path.glob(".reviewkit/ops/*/*.jsonl"))) == 2
    one.recorder.receive()
    # In the same millisecond they may stand in either order.
    found = one.fold.current("p.aaaaaaaaaa", "ana", "rating")
    assert sorted(op.value for op in found) == [4, 5]


def test_a_folder_that_was_renamed_is_not_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "group"
    folder.mkdir()
    process = Process(folder)
    acknowledged = [process.rate(value) for value in (1, 2)]
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(NotDurableError, match="open the project where it is now"):
        process.rate(3)
    process.recorder.receive()
    assert not folder.exists()
    assert read_all(tmp_path / "elsewhere")[0].keys() == {op.id for op in acknowledged}
    # A drive that is back.
    (tmp_path / "elsewhere").rename(folder)
    acknowledged.append(process.rate(4))
    assert read_all(folder)[0].keys() == {op.id for op in acknowledged}
