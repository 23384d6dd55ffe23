"""A new file that is whole on the disk, or not there."""

from __future__ import annotations

from pathlib import Path

from reviewkit.store.fs import FS


def write_whole(path: Path, data: bytes, fs: FS) -> None:
    """Make a new file with these bytes; on return they are on the disk.

    Raises
    ------
    OSError
        It could not be written; there is no such file.
    """
    fd = fs.create(path)
    try:
        view = memoryview(data)
        while view:
            view = view[fs.write(fd, bytes(view[: 1 << 24])) :]
        fs.sync(fd)
    except OSError:
        fs.remove(path)
        raise
    finally:
        fs.close(fd)
