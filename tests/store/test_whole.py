"""A new file that is whole on the disk, or not there."""

import random
from pathlib import Path

import pytest

from reviewkit.store.whole import write_whole
from tests.simulation.disk import Disk
from tests.simulation.inode import TroubleError


def test_its_bytes_are_on_the_disk_before_it_can_have_a_name() -> None:
    disk = Disk(random.Random(1))
    folder = Path("/f")
    disk.make_folder(folder)
    write_whole(folder / "part", b"all of it", disk)
    disk.move(folder / "part", folder / "name")
    disk.sync_folder(folder)
    disk.left = "synced"
    disk.power_off()
    assert disk.read(folder / "name") == b"all of it"


def test_a_write_that_is_cut_short_goes_on(tmp_path: Path) -> None:
    disk = Disk(random.Random(1))
    disk.make_folder(tmp_path)
    disk.short = True
    write_whole(tmp_path / "name", b"all of it", disk)
    assert disk.read(tmp_path / "name") == b"all of it"


@pytest.mark.parametrize("call", ["write", "sync"])
def test_what_cannot_be_written_is_not_there(call: str) -> None:
    disk = Disk(random.Random(1))
    disk.make_folder(Path("/f"))

    def fail(name: str) -> None:
        if name == call:
            raise TroubleError(28, "full")

    disk.hook = fail
    with pytest.raises(OSError, match="full"):
        write_whole(Path("/f/name"), b"all of it", disk)
    assert not disk.exists(Path("/f/name"))
