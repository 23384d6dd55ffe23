"""The table of papers out of the archive that Rayyan exports."""

from __future__ import annotations

import io
import zipfile
import zlib

#: Largest table that is unpacked, in bytes: an archive may promise anything.
_LARGEST = 200_000_000
_TABLE = "articles.csv"


def unpacked(data: bytes) -> bytes | None:
    """Bytes of ``articles.csv``; None if this is no archive that holds one whole."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.filename.split("/")[-1] == _TABLE and member.file_size <= _LARGEST:
                    with archive.open(member) as table:
                        content = table.read(_LARGEST + 1)
                    return content if len(content) <= _LARGEST else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ):
        return None
    return None
