"""One log is made of many old ones, and it says the same."""

import os
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.ops.erasing import erased
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op, encode
from reviewkit.store.fs import FS
from reviewkit.store.logrules import MergedLogs
from reviewkit.store.reader import LogReader
from tests.store.oldlogs import MONTH, NOW, OLD, RULES, Later, age, journal, logs, trash, written
from tests.store.test_log import Process, read_all


def test_many_logs_become_one_and_say_the_same(tmp_path: Path) -> None:
    ops = written(tmp_path)
    before = {line for log in logs(tmp_path) for line in log.read_bytes().splitlines()}
    old = {log.name: log.read_bytes() for log in logs(tmp_path)}
    result = Later(tmp_path).merge()
    assert result == MergedLogs(6, 6, 1, 6, done=True)
    (log,) = logs(tmp_path)
    assert re.fullmatch(r"ana-[a-z2-7]{10}\.jsonl", log.name) and log.parent.name == MONTH
    assert set(log.read_bytes().splitlines()) == before
    assert log.read_bytes().endswith(b"\n")
    found, reader = read_all(tmp_path)
    assert found == {op.id: op for op in ops} and not reader.problems
    # The old ones can be taken back, and the journal knows the new one in their stead.
    assert {path.name[23:]: path.read_bytes() for path in trash(tmp_path)} == old
    (kept,) = journal(tmp_path).iterdir()
    assert (kept.name, kept.read_bytes()) == (log.name, log.read_bytes())


def test_only_looking_changes_nothing(tmp_path: Path) -> None:
    written(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert Later(tmp_path).merge(dry_run=True) == MergedLogs(6, 6, 1)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_few_logs_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path)
    assert Later(tmp_path).merge(replace(RULES, more_than=6)) == MergedLogs(6)
    few = Later(tmp_path).merge(replace(RULES, fewest=7))
    assert few.kept == (("too few to be worth it", 6),)
    assert len(logs(tmp_path)) == 6


def _young(log: Path) -> None:
    os.utime(log, (NOW - 86_400, NOW - 86_400))


def _of_this_month(log: Path) -> None:
    place = log.parents[1] / "2026-09"
    place.mkdir()
    log.rename(place / log.name)


def _of_no_month(log: Path) -> None:
    log.rename(log.parents[1] / log.name)


def _damaged(log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b'"x":5', b'"x":4'))
    os.utime(log, (OLD, OLD))


def _damaged_in_both(log: Path) -> None:
    _damaged(log)
    (journal(log.parents[3]) / log.name).write_bytes(log.read_bytes())


def _torn(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-1])
    os.utime(log, (OLD, OLD))


def _of_another_installation(log: Path) -> None:
    log.rename(log.with_name("ana-aaaaaaaaaa.jsonl"))


def _with_a_line_of_another_installation(log: Path) -> None:
    line = encode(Op("w.1", "0" * 16, "ana", "p.a", "ana", "status", "read", (), "cli"))
    log.write_bytes(log.read_bytes() + line)
    os.utime(log, (OLD, OLD))


def _of_another_branch(log: Path) -> None:
    """The journal has more than this state of the log."""
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    os.utime(log, (OLD, OLD))


def _copied(log: Path) -> None:
    log.rename(log.with_name(f"{log.stem} (conflicted copy).jsonl"))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (_young, "younger than 30 days"),
        (_of_this_month, "younger than 30 days"),
        (_of_no_month, "not in the folder of a month"),
        (_damaged, "not what your journal has"),
        (_damaged_in_both, "damaged"),
        (_torn, "not ended by a whole line"),
        (_of_another_installation, "not written by you in this folder"),
        (_with_a_line_of_another_installation, "not what your journal has"),
        (_of_another_branch, "not what your journal has"),
        (_copied, "not written by you in this folder"),
    ],
)
def test_a_log_that_may_not_be_merged_stays_as_it_is(
    tmp_path: Path, harm: Callable[[Path], None], reason: str
) -> None:
    written(tmp_path)
    harm(logs(tmp_path)[2])
    before = {path.read_bytes() for path in logs(tmp_path)}
    result = Later(tmp_path).merge()
    assert (result.merged, result.into) == (5, 1)
    assert result.kept == ((reason, 1),)
    assert len({path.read_bytes() for path in logs(tmp_path)} & before) == 1


def test_a_large_log_is_not_written_again(tmp_path: Path) -> None:
    written(tmp_path)
    large = max(log.stat().st_size for log in logs(tmp_path))
    assert Later(tmp_path).merge(replace(RULES, largest=large)).merged < 6


def test_each_month_and_person_has_a_log_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, 3)
    written(tmp_path, 3, by="ben")
    other = tmp_path / ".reviewkit" / "ops" / "2026-05"
    other.mkdir()
    for log in [*logs(tmp_path)[:2], *logs(tmp_path)[3:5]]:
        log.rename(other / log.name)
    result = Later(tmp_path).merge()
    assert (result.merged, result.into) == (4, 2)
    assert result.kept == (("the only one of its month", 2),)
    assert sorted(log.name[:3] for log in other.iterdir()) == ["ana", "ben"]


def test_lines_of_a_newer_reviewkit_are_carried_byte_for_byte(tmp_path: Path) -> None:
    written(tmp_path)
    line = encode(Op("w.1", "0" * 16, "ana", "p.a", "ana", "status", "read", (), "cli"))
    newer = line.replace(b'{"v":1,', b'{"v":2,')[:-11]
    newer = newer[: newer.rindex(b',"c"')]
    newer += b',"c":"%08x"}\n' % zlib.crc32(newer)
    log = logs(tmp_path)[0]
    for path in (log, journal(tmp_path) / log.name):
        path.write_bytes(path.read_bytes() + newer)
    os.utime(log, (OLD, OLD))
    assert Later(tmp_path).merge().merged == 6
    (log,) = logs(tmp_path)
    assert newer in log.read_bytes()
    assert read_all(tmp_path)[1].newer == 1


def test_what_was_erased_stays_erased(tmp_path: Path) -> None:
    ops = written(tmp_path)
    process = Later(tmp_path)
    process.recorder.receive()
    process.recorder.erase([erased(ops[0])], "ana")
    # Its bytes are not taken out of the old log yet.
    waits = process.store.merge_logs(process.fold, RULES)
    assert waits.kept[0] == ("not rid of what was erased yet", 1)
    assert process.recorder.take_out()
    found, _ = read_all(tmp_path)
    assert found[ops[0].id].erased
    assert not any(encode(ops[0]) in path.read_bytes() for path in logs(tmp_path))


def test_what_is_erased_later_goes_out_of_the_old_logs_too(tmp_path: Path) -> None:
    ops = written(tmp_path)
    process = Later(tmp_path)
    process.merge()
    process.recorder.receive()
    process.recorder.erase([erased(ops[0])], "ana")
    assert process.recorder.take_out()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    files += list(journal(tmp_path).iterdir())
    assert len(files) > 8
    assert not [path for path in files if encode(ops[0]).strip() in path.read_bytes()]
    assert Later(tmp_path).merge().logs == 2


def test_readers_see_nothing_twice_and_nothing_missing(tmp_path: Path) -> None:
    written(tmp_path)
    reader = Process(tmp_path, by="bob")
    assert len(reader.recorder.receive()) == 12
    Later(tmp_path).merge()
    assert reader.recorder.receive() == []
    assert {op.id for op in reader.store.operations.read_all()} == {op.id for op in reader.fold}
    assert len(reader.fold) == 12


def test_who_has_a_log_open_writes_all_of_it_again(tmp_path: Path) -> None:
    written(tmp_path)
    open_one = Process(tmp_path)
    told = [open_one.rate(value, "p.zzzzzzzzzz") for value in (1, 2)]
    age(tmp_path, *[log for log in logs(tmp_path) if log.parent.name != MONTH])
    # Moving it here is no different from anybody's taking it away; it is as it was again.
    open_one.store.operations._logs[open_one.store.writer("ana")]._path = next(  # type: ignore[attr-defined]
        log for log in logs(tmp_path) if open_one.store.writer("ana").name in log.name
    )
    assert Later(tmp_path).merge().merged == 7
    told.append(open_one.rate(3, "p.zzzzzzzzzz"))
    assert len(logs(tmp_path)) == 2
    found, _ = read_all(tmp_path)
    assert {op.id for op in told} <= found.keys()
    again = [log for log in logs(tmp_path) if log.parent.name != MONTH]
    assert again[0].read_bytes() == b"".join(map(encode, told))


def test_old_logs_that_come_back_do_no_harm(tmp_path: Path) -> None:
    ops = written(tmp_path)
    Later(tmp_path).merge()
    for path in trash(tmp_path):
        path.rename(tmp_path / ".reviewkit" / "ops" / MONTH / path.name[23:])
    found, reader = read_all(tmp_path)
    assert found == {op.id: op for op in ops} and not reader.problems
    assert Fold(found.values()).current("p.0000000000", "ana", "rating")[-1].value == 5


def test_the_old_ones_go_when_the_new_one_has_stood_for_a_day(tmp_path: Path) -> None:
    ops = written(tmp_path)
    rules = replace(RULES, wait=1)
    assert Later(tmp_path).merge(rules) == MergedLogs(6, 6, 1, done=True)
    assert len(logs(tmp_path)) == 7
    (new,) = [log for log in logs(tmp_path) if len(log.read_bytes().splitlines()) == 12]
    for seconds, gone in ((NOW - 86_000, 0), (NOW - 87_000, 6)):
        os.utime(new, (seconds, seconds))
        result = Later(tmp_path).merge(rules)
        assert (result.merged, result.into, result.gone) == (0, 0, gone)
    assert logs(tmp_path) == [new]
    assert [path.name for path in journal(tmp_path).iterdir()] == [new.name]
    assert read_all(tmp_path)[0] == {op.id: op for op in ops}


def test_none_goes_if_the_new_one_lacks_a_line_by_then(tmp_path: Path) -> None:
    written(tmp_path)
    rules = replace(RULES, wait=1)
    Later(tmp_path).merge(rules)
    (new,) = [log for log in logs(tmp_path) if len(log.read_bytes().splitlines()) == 12]
    new.write_bytes(b"".join(new.read_bytes().splitlines(keepends=True)[:-1]))
    os.utime(new, (NOW - 87_000, NOW - 87_000))
    assert Later(tmp_path).merge(rules).gone == 0
    assert len(logs(tmp_path)) == 8


def test_in_git_only_who_asks_has_them_merged(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert Later(tmp_path).merge(asked=False) == MergedLogs(0)
    assert len(logs(tmp_path)) == 6
    assert Later(tmp_path).merge().merged == 6


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 5)), min_size=1, max_size=4),
        min_size=5,
        max_size=9,
    )
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_fold_of_any_logs_is_the_same_after_merging(
    tmp_path_factory: pytest.TempPathFactory, histories: list[list[tuple[str, int]]]
) -> None:
    root = tmp_path_factory.mktemp("group")
    for history in histories:
        process = Process(root, by=f"ana{len(history) % 2}")
        process.recorder.receive()
        for paper, value in history:
            process.rate(value, f"p.{paper}")
        process.store.close()
    age(root)
    before, _ = read_all(root)
    assert Later(root).merge().merged >= 4
    after, _ = read_all(root)
    assert after == before
    reader = LogReader(root / ".reviewkit" / "ops", FS())
    assert len(reader.read()) == len(before)
