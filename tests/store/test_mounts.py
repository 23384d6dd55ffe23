"""Whether a folder is on a network, by what each system tells."""

import ctypes
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from reviewkit.store.mounts import (
    is_remote,
    is_remote_in,
    is_remote_on_mac,
    is_remote_on_windows,
)

TABLE = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /groups rw - nfs4 server:/groups rw,vers=4.2
31 30 0:41 / /groups/local rw - xfs /dev/sdb1 rw
32 22 0:42 / /mnt/Shared\040Files rw master:2 - cifs //server/group rw
33 22 0:43 / /media/drive rw - fuse.sshfs ana@host: rw
34 22 0:44 / /run/user rw - tmpfs tmpfs rw
35 22 0:45 / /over rw - ext4 /dev/sdc rw
36 35 0:46 / /over rw - fuse.rclone remote: rw
broken
"""


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/srv/p", False), ("/groups/p", True), ("/groups/local/p", False),
        ("/mnt/Shared Files/p", True), ("/mnt/Shared", False), ("/media/drive", True),
        ("/run/user/1", False), ("/over/p", True), ("/groups2", False),
    ],
)  # fmt: skip
def test_linux_by_its_table_of_mounts(path: str, remote: bool) -> None:
    assert is_remote_in(TABLE, Path(path)) is remote


def test_without_a_table_it_is_taken_for_local() -> None:
    assert not is_remote_in("", Path("/srv"))


def test_this_machine_tells(tmp_path: Path) -> None:
    assert isinstance(is_remote(tmp_path), bool)
    if sys.platform == "linux":
        assert not is_remote(Path("/proc"))


@pytest.mark.parametrize(("flags", "remote"), [(0x1000 | 0x4000, False), (0x4000, True)])
def test_macos_by_the_flag_of_local_file_systems(flags: int, remote: bool) -> None:
    seen: list[bytes] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
    def statfs(path: bytes, buffer: int) -> int:
        seen.append(path)
        # f_flags of struct statfs with 64-bit inodes.
        ctypes.c_uint32.from_address(buffer + 64).value = flags
        return 0

    statfs.argtypes = None
    assert is_remote_on_mac(SimpleNamespace(statfs=statfs), Path("/Volumes/p")) is remote
    assert seen == [b"/Volumes/p"]


@pytest.mark.parametrize(("kind", "remote"), [(3, False), (4, True), (2, False)])
def test_windows_by_the_kind_of_drive(kind: int, remote: bool) -> None:
    seen: list[str] = []

    @ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_wchar_p)
    def drive_type(drive: str) -> int:
        seen.append(drive)
        return kind

    kernel: Any = SimpleNamespace(GetDriveTypeW=drive_type)
    path: Any = PureWindowsPath("C:/p")
    assert is_remote_on_windows(kernel, path) is remote
    assert seen == ["C:\\"]
    assert is_remote_on_windows(kernel, PureWindowsPath("//server/group/p"))  # type: ignore[arg-type]
