import os
import zlib
from pathlib import Path

import pytest

from reviewkit.ops.op import Op, encode
from reviewkit.store.fs import FS, Signature
from reviewkit.store.reader import LogReader


def op(number: int, value: object = "Clear.") -> Op:
    return Op(f"w.{number}", f"{number:012x}0000", "ana", "p.aaaaaaaaaa", "ana",
              "note:aaaaaa.text", value, (), "kernel")  # fmt: skip


LINES = [encode(op(number, f"Läuft {number}.")) for number in range(1, 6)]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    month = tmp_path / "2026-11"
    month.mkdir()
    return month / "ana-aaaaaaaaaa.jsonl"


def read(folder: Path) -> tuple[set[str], list[int | None]]:
    reader = LogReader(folder, FS())
    ids = {found.id for found in reader.read()}
    return ids, [problem.line for problem in reader.problems]


class OneLog(FS):
    """A folder with one log whose bytes are given; as fast as forty thousand looks need."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def scan(self, folder: Path) -> list[tuple[str, bool]]:
        return [("ana-aaaaaaaaaa.jsonl", False)]

    def signature(self, path: Path) -> Signature | None:
        return Signature(1, 1, len(self.data))

    def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
        return self.data[offset:] if length < 0 else self.data[offset : offset + length]


def read_bytes(data: bytes) -> tuple[set[str], list[int | None]]:
    reader = LogReader(Path("/ops"), OneLog(data))
    return {found.id for found in reader.read()}, [p.line for p in reader.problems]


FORTY = [
    encode(Op(f"w.{n}", f"{n:012x}0000", "ana", "p.a", "ana", "status", "read", (), "cli"))
    for n in range(1, 41)
]


def test_every_cut_is_noticed() -> None:
    whole = b"".join(FORTY)
    ends = {len(b"".join(FORTY[:n])) for n in range(len(FORTY) + 1)}
    for cut in range(len(whole)):
        ids, problems = read_bytes(whole[:cut])
        complete = whole[: cut + 1].count(b"\n")
        assert ids == {f"w.{n + 1}" for n in range(complete)}, cut
        if cut not in ends and cut + 1 not in ends:
            assert problems == [complete + 1], cut


def test_every_bit_flip_is_noticed_and_only_its_line_is_missing() -> None:
    whole = b"".join(FORTY)
    everything = {f"w.{n}" for n in range(1, 41)}
    for at in range(len(whole)):
        number = whole[:at].count(b"\n")
        # All lines for one bit of each byte; for the others those beside it will do.
        beside = slice(max(number - 1, 0), number + 2)
        start = len(b"".join(FORTY[: beside.start]))
        near = b"".join(FORTY[beside])
        for bit in range(8):
            full = bit == at % 8
            harmed = bytearray(whole if full else near)
            harmed[at if full else at - start] ^= 1 << bit
            present = everything if full else {f"w.{n + 1}" for n in range(40)[beside]}
            ids, problems = read_bytes(bytes(harmed))
            assert present - {f"w.{number + 1}"} <= ids, (at, bit)
            if whole[at : at + 1] != b"\n":
                assert ids == present - {f"w.{number + 1}"}, (at, bit)
                assert problems, (at, bit)


def test_a_lost_line_feed_behind_a_harmed_line_costs_only_that_line() -> None:
    harmed = FORTY[3].replace(b'{"v":', b'{"w":')[:-1] + b"!"
    ids, problems = read_bytes(b"".join([*FORTY[:3], harmed, *FORTY[4:]]))
    assert ids == {f"w.{n}" for n in range(1, 41)} - {"w.4"}
    assert problems == [4]


def test_only_what_is_new_is_read(tmp_path: Path, log: Path) -> None:
    class Counting(FS):
        def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
            offsets.append(offset)
            return super().read(path, offset, length)

    offsets: list[int] = []
    log.write_bytes(b"".join(LINES[:2]))
    reader = LogReader(tmp_path, Counting())
    assert [found.id for found in reader.read()] == ["w.1", "w.2"]
    offsets.clear()
    assert reader.read() == []
    assert offsets == []
    with log.open("ab") as file:
        file.write(LINES[2])
    assert [found.id for found in reader.read()] == ["w.3"]
    assert len(LINES[0] + LINES[1]) in offsets


def test_a_line_still_being_written_waits(tmp_path: Path, log: Path) -> None:
    reader = LogReader(tmp_path, FS())
    with log.open("ab", buffering=0) as file:
        file.write(LINES[0] + LINES[1][:30])
        assert [found.id for found in reader.read()] == ["w.1"]
        assert [problem.line for problem in reader.problems] == [2]
        file.write(LINES[1][30:])
        assert [found.id for found in reader.read()] == ["w.2"]
        assert reader.problems == []


def test_a_file_that_shrank_or_was_replaced_is_read_anew(tmp_path: Path, log: Path) -> None:
    reader = LogReader(tmp_path, FS())
    log.write_bytes(b"".join(LINES[:3]))
    reader.read()
    log.write_bytes(LINES[0])
    assert [found.id for found in reader.read()] == ["w.1"]
    log.write_bytes(LINES[3] + LINES[4])
    assert [found.id for found in reader.read()] == ["w.4", "w.5"]
    other = tmp_path / "other"
    other.write_bytes(b"".join(LINES))
    other.replace(log)
    assert len(reader.read()) == 5


def test_problems_go_when_the_file_is_mended(tmp_path: Path, log: Path) -> None:
    reader = LogReader(tmp_path, FS())
    log.write_bytes(LINES[0] + b"garbage\n" + LINES[1])
    assert [found.id for found in reader.read()] == ["w.1", "w.2"]
    assert [(p.line, p.path) for p in reader.problems] == [(2, "2026-11/ana-aaaaaaaaaa.jsonl")]
    log.write_bytes(LINES[0] + LINES[1])
    reader.read()
    assert reader.problems == []
    log.write_bytes(b"garbage\n")
    reader.read()
    assert len(reader.problems) == 1
    log.unlink()
    reader.read()
    assert reader.problems == []


def test_conflict_copies_are_logs(tmp_path: Path, log: Path) -> None:
    log.write_bytes(LINES[0])
    log.with_name("ana-aaaaaaaaaa (conflicted copy 2026-11-24).jsonl").write_bytes(LINES[1])
    (tmp_path / "ana.sync-conflict-20261124-101010-ABC.jsonl").write_bytes(LINES[2])
    assert read(tmp_path)[0] == {"w.1", "w.2", "w.3"}


def test_a_lost_line_feed_loses_no_line(tmp_path: Path, log: Path) -> None:
    log.write_bytes(LINES[0].strip() + LINES[1] + LINES[2].strip())
    assert read(tmp_path) == ({"w.1", "w.2", "w.3"}, [])


def test_what_a_newer_version_wrote_is_counted(tmp_path: Path, log: Path) -> None:
    head = LINES[0][:-17].replace(b'"v":1', b'"v":2')
    log.write_bytes(head + b',"c":"%08x"}\n' % zlib.crc32(head) + LINES[1])
    reader = LogReader(tmp_path, FS())
    assert [found.id for found in reader.read()] == ["w.2"]
    assert (reader.newer, reader.problems) == (1, [])


def test_a_value_that_cannot_be_is_a_problem(tmp_path: Path, log: Path) -> None:
    bad = Op("w.9", "0" * 16, "eve", "p.aaaaaaaaaa", "eve", "rating", "<b>", (), "kernel")
    log.write_bytes(encode(bad) + LINES[0])
    ids, problems = read(tmp_path)
    assert ids == {"w.1"}
    assert problems == [1]


def test_no_folder_is_no_operations(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == (set(), [])


def test_a_log_that_cannot_be_read_is_listed(tmp_path: Path, log: Path) -> None:
    class Refusing(FS):
        def read(self, path: Path, offset: int = 0, length: int = -1) -> bytes:
            if path == log:
                raise PermissionError(13, os.strerror(13), str(path))
            return super().read(path, offset, length)

    log.write_bytes(LINES[0])
    log.with_name("bob-bbbbbbbbbb.jsonl").write_bytes(LINES[1])
    reader = LogReader(tmp_path, Refusing())
    assert [found.id for found in reader.read()] == ["w.2"]
    assert "Permission denied" in reader.problems[0].reason


def test_a_loop_of_links_is_not_followed(tmp_path: Path, log: Path) -> None:
    log.write_bytes(LINES[0])
    (tmp_path / "loop").symlink_to(tmp_path)
    assert read(tmp_path)[0] == {"w.1"}
