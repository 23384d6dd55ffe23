"""Whatever happens while logs are merged, every line stands in an old log or in the new one."""

import errno
import itertools
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewkit.ops.op import Op, encode
from reviewkit.store.fs import FS
from tests.store.faults import FailingFS
from tests.store.oldlogs import RULES, Later, journal, logs, trash, written
from tests.store.test_log import read_all


class Meanwhile(FS):
    """Somebody does something just before, or after, a call of a kind."""

    def __init__(self, call: str, act: Callable[[Path], None]) -> None:
        self._call, self._act = call, act

    def move(self, path: Path, name: Path) -> None:
        if self._call == "before a log goes" and path.suffix == ".jsonl":
            self._once(path)
        super().move(path, name)

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        data = super().read(path, offset, length)
        if self._call == "new log read" and path.name.endswith(".jsonl.tmp"):
            self._once(path)
            return super().read(path, offset, length)
        return data

    def _once(self, path: Path) -> None:
        self._call = ""
        self._act(path)


def test_what_is_written_to_a_log_as_it_goes_is_not_lost(tmp_path: Path) -> None:
    line = encode(Op("w.9", "0" * 16, "ana", "p.a", "ana", "status", "read", (), "cli"))

    def write(path: Path) -> None:
        with path.open("ab") as file:
            file.write(line)

    written(tmp_path)
    result = Later(tmp_path, Meanwhile("before a log goes", write)).merge()
    assert (result.gone, result.kept) == (5, (("changed meanwhile", 1),))
    assert "w.9" in read_all(tmp_path)[0]
    assert [line in log.read_bytes() for log in logs(tmp_path)].count(True) == 1


def test_a_log_that_changes_before_it_is_compared_keeps_all_as_they_are(tmp_path: Path) -> None:
    ops = written(tmp_path)

    def write(path: Path) -> None:
        logs(tmp_path)[0].write_bytes(b"")

    result = Later(tmp_path, Meanwhile("new log read", write)).merge()
    assert (result.merged, len(logs(tmp_path)), trash(tmp_path)) == (0, 6, [])
    assert len(read_all(tmp_path)[0]) == len(ops) - 2


def test_a_new_log_that_is_not_what_was_written_replaces_nothing(tmp_path: Path) -> None:
    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data)

    ops = written(tmp_path)
    result = Later(tmp_path, Meanwhile("new log read", spoil)).merge()
    assert result.kept == (("changed meanwhile, or not to be read back", 6),)
    assert (len(logs(tmp_path)), trash(tmp_path)) == (6, [])
    assert read_all(tmp_path)[0] == {op.id: op for op in ops}


class Counting(FailingFS):
    """Any of the calls that change something can fail, or the process is struck down there."""

    def __init__(self, at: int, how: str) -> None:
        super().__init__(how=how)
        self.at = at
        self.done = 0
        self.names: list[str] = []

    def _maybe(self, call: str) -> bool:
        self.done += 1
        self.names.append(call)
        if self.how == "kill" and self.done >= self.at:
            raise KeyboardInterrupt
        if self.done == self.at:
            code = getattr(errno, self.how)
            raise OSError(code, os.strerror(code))
        return False


for _name in ("move", "remove", "read", "signature", "scan", "exists", "make_folder", "lock"):

    def _wrapped(self: Any, *args: Any, _name: str = _name) -> Any:
        self._maybe(_name)
        return getattr(FS, _name)(self, *args)

    setattr(Counting, _name, _wrapped)


@pytest.mark.parametrize("how", ["EIO", "ENOSPC", "EXDEV", "EACCES", "kill"])
def test_whatever_call_fails_nothing_is_lost(tmp_path: Path, how: str) -> None:
    few = replace(RULES, more_than=2)
    for at in itertools.count(1):
        root = tmp_path / str(at)
        root.mkdir()
        ops = written(root, 3)
        process = Later(root)
        process.recorder.receive()
        fs = Counting(at, how)
        process.store.fs = process.store.journal._fs = fs
        process.store.machine = replace(process.store.machine, fs=fs)
        process.store.journal._machine = process.store.machine
        # What cannot be listed is an error; all else is told.
        with suppress(OSError, KeyboardInterrupt):
            process.store.merge_logs(process.fold, few)
        found, reader = read_all(root)
        assert found == {op.id: op for op in ops}, (at, fs.names[-1])
        assert not reader.problems
        kept = b"".join(path.read_bytes() for path in journal(root).glob("*.jsonl"))
        assert all(encode(op) in kept for op in ops), (at, fs.names[-1])
        if fs.done < at:
            break
    assert at > 30
    assert len(logs(root)) == 1


def test_a_trash_on_another_file_system_lets_all_stay(tmp_path: Path) -> None:
    class Other(FS):
        def move(self, path: Path, name: Path) -> None:
            if ("trash" in path.parts) != ("trash" in name.parts):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            super().move(path, name)

    written(tmp_path)
    result = Later(tmp_path, Other()).merge()
    assert (result.merged, len(logs(tmp_path)), trash(tmp_path)) == (0, 6, [])
    assert "Invalid cross-device link" in result.kept[0][0]


def test_the_new_log_is_on_the_disk_before_an_old_one_goes(tmp_path: Path) -> None:
    written(tmp_path)
    fs = Counting(0, "EIO")
    Later(tmp_path, fs).merge()
    calls = fs.names[fs.names.index("create") :]
    moves = [number for number, name in enumerate(calls) if name == "move"]
    # The journal's, the new log's, and then those of the old ones.
    assert len(moves) == 8
    assert calls.index("sync") < calls.index("read") < moves[0]
    assert "sync_folder" in calls[moves[1] : moves[2]]
