"""The calls by which files change places: what they are given, and what their refusals mean.

The libraries of other systems are not here. Functions of C's calling convention stand for
them: they get just what ctypes makes of the arguments, and do here what the call does there.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reviewkit.store.fs import FS, synced_fully
from reviewkit.store.swapping import exchange_on_linux, exchange_on_mac, replace_on_windows

Pair = tuple[Path, Path]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Two files, one with a name that is no ASCII."""
    one, other = tmp_path / ".réf.tmp", tmp_path / "références.bib"
    one.write_bytes(b"new")
    other.write_bytes(b"old")
    return one, other


def _texts(*paths: Path) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def _swap(one: bytes, other: bytes) -> None:
    kept = other + b".kept"
    os.rename(other, kept)
    os.rename(one, other)
    os.rename(kept, one)


@pytest.mark.skipif(sys.platform != "linux", reason="the call is Linux's")
def test_linux_swaps(pair: Pair) -> None:
    if not exchange_on_linux(ctypes.CDLL(None, use_errno=True), *pair):
        pytest.skip("this file system cannot")
    assert _texts(*pair) == [b"old", b"new"]
    with pytest.raises(FileNotFoundError):
        exchange_on_linux(ctypes.CDLL(None, use_errno=True), pair[0], pair[1].with_name("no"))


def _linux(answer: Callable[[], int], seen: list[Any]) -> Any:
    @ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p,
        ctypes.c_uint, use_errno=True,
    )  # fmt: skip
    def renameat2(*given: Any) -> int:
        seen.append(given)
        return answer()

    return SimpleNamespace(renameat2=renameat2)


def _mac(answer: Callable[[bytes, bytes], int], seen: list[Any]) -> Any:
    @ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint, use_errno=True
    )
    def renamex_np(one: bytes, other: bytes, flags: int) -> int:
        seen.append((one, other, flags))
        return answer(one, other)

    return SimpleNamespace(renamex_np=renamex_np)


def _failing(code: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        ctypes.set_errno(code)
        return -1

    return fail


def test_linux_is_given_the_folder_of_the_process_and_the_flag(pair: Pair) -> None:
    seen: list[Any] = []
    assert exchange_on_linux(_linux(lambda: 0, seen), *pair)
    assert seen == [(-100, os.fsencode(pair[0]), -100, os.fsencode(pair[1]), 2)]


def test_macos_is_given_both_paths_and_the_flag(pair: Pair) -> None:
    seen: list[Any] = []

    def swap(one: bytes, other: bytes) -> int:
        _swap(one, other)
        return 0

    assert exchange_on_mac(_mac(swap, seen), *pair)
    assert _texts(*pair) == [b"old", b"new"]
    # RENAME_SWAP is 2 in macOS's stdio.h.
    assert seen == [(os.fsencode(pair[0]), os.fsencode(pair[1]), 2)]


CANNOT = ["EINVAL", "ENOSYS", "EPERM", "EOPNOTSUPP", "ENOTSUP", "EXDEV"]


@pytest.mark.parametrize("name", CANNOT)
def test_a_file_system_that_cannot_is_no_error(pair: Pair, name: str) -> None:
    fail = _failing(getattr(errno, name))
    assert not exchange_on_linux(_linux(fail, []), *pair)
    assert not exchange_on_mac(_mac(fail, []), *pair)
    assert _texts(*pair) == [b"new", b"old"]


@pytest.mark.parametrize("name", ["EACCES", "ENOENT", "EBUSY", "EROFS"])
def test_other_refusals_are_errors(pair: Pair, name: str) -> None:
    fail = _failing(getattr(errno, name))
    for call, library in (
        (exchange_on_linux, _linux(fail, [])),
        (exchange_on_mac, _mac(fail, [])),
    ):
        with pytest.raises(OSError) as caught:  # noqa: PT011 - the number is what is asked
            call(library, *pair)
        assert caught.value.errno == getattr(errno, name)
        assert caught.value.filename == str(pair[1])


def test_an_old_system_has_no_such_call(pair: Pair) -> None:
    assert not exchange_on_linux(SimpleNamespace(), *pair)
    assert not exchange_on_mac(SimpleNamespace(), *pair)


class _Windows:
    """ReplaceFileW as Windows documents it, and its last error."""

    def __init__(self, code: int = 0, act: Callable[[str, str, str], None] | None = None) -> None:
        self.seen: list[Any] = []
        self.code = code
        self._act = act
        self.ReplaceFileW = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_wchar_p,
            ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p,
        )(self._replace)  # fmt: skip

    def _replace(self, target: str, new: str, old: str, flags: int, *rest: object) -> int:
        self.seen.append((target, new, old, flags, rest))
        if self._act is not None:
            self._act(target, new, old)
        elif not self.code:
            shutil.move(target, old)
            shutil.move(new, target)
        return int(not self.code)

    def call(self, new: Path, target: Path, old: Path) -> bool:
        return replace_on_windows(self, lambda: self.code, new, target, old)


def test_windows_is_given_the_old_name_the_new_file_and_a_backup(pair: Pair) -> None:
    windows, old = _Windows(), pair[0].with_suffix(".old")
    assert windows.call(*pair, old)
    assert _texts(pair[1], old) == [b"new", b"old"]
    # Flags: merge errors and ACL errors are ignored; both last parameters are reserved.
    assert windows.seen == [(str(pair[1]), str(pair[0]), str(old), 0x2 | 0x4, (None, None))]


@pytest.mark.parametrize("code", [5, 32, 33, 1175, 1176])
def test_a_file_that_excel_has_open_is_waited_for(pair: Pair, code: int) -> None:
    with pytest.raises(PermissionError, match="keeps it open"):
        _Windows(code).call(*pair, pair[0].with_suffix(".old"))
    assert _texts(*pair) == [b"new", b"old"]


def test_a_half_done_replacing_is_taken_back(pair: Pair) -> None:
    def half(target: str, new: str, old: str) -> None:
        shutil.move(target, old)

    with pytest.raises(PermissionError):
        _Windows(1177, half).call(*pair, pair[0].with_suffix(".old"))
    assert _texts(*pair) == [b"new", b"old"]


@pytest.mark.parametrize("code", [1, 17, 50, 87, 120])
def test_a_drive_that_cannot_is_no_error(pair: Pair, code: int) -> None:
    assert not _Windows(code).call(*pair, pair[0].with_suffix(".old"))


def test_a_file_that_is_gone_is_said_so(pair: Pair) -> None:
    with pytest.raises(FileNotFoundError):
        _Windows(2).call(*pair, pair[0].with_suffix(".old"))


def test_elsewhere_the_call_of_windows_is_not_made(pair: Pair) -> None:
    if sys.platform != "win32":
        assert not FS().replace_keeping(*pair, pair[0].with_suffix(".old"))


def test_a_drive_that_cannot_empty_its_cache_is_synced_the_usual_way(tmp_path: Path) -> None:
    fd = FS().create(tmp_path / "a")
    try:
        # 51 is F_FULLFSYNC on macOS; here it is no call at all.
        if sys.platform == "linux":
            assert not synced_fully(fd, 51)
            with pytest.raises(OSError, match="Bad file"):
                synced_fully(10_000, 51)
        # A call that is known everywhere stands for one that is done.
        assert synced_fully(fd, 1)
    finally:
        FS().close(fd)
