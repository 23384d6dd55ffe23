"""Answers kept on this computer's disk, so that nobody is asked the same thing twice.

One file an answer: a line of JSON about it, then its bytes. A file that is not whole, or
that cannot be read or written, counts as absent: a cache is no reason to fail.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import platformdirs

#: Seconds for which an answer is taken as it is; afterwards the service is asked whether it
#: still holds.
FRESH = 7 * 24 * 3600.0

#: Files that nobody wrote or confirmed for so many seconds are deleted.
_KEPT = 90 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer; `etag` is empty if the service named no version."""

    body: bytes
    etag: str
    stored: float

    def fresh(self, now: float) -> bool:
        """Whether it need not be confirmed; a time in the future is not believed."""
        return 0 <= now - self.stored < FRESH


def folder() -> Path:
    """Where answers are kept; it need not exist."""
    return platformdirs.user_cache_path("reviewkit", appauthor=False) / "lookup"


class Cache:
    """The kept answers in one folder."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or folder()

    def get(self, request: str) -> Kept | None:
        """The answer to a request; None if there is none that is whole."""
        try:
            head, _, body = self._path(request).read_bytes().partition(b"\n")
            about = json.loads(head)
            known = Kept(body, str(about["etag"]), float(about["stored"]))
            whole = about["request"] == request and about["sha256"] == _digest(body)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return known if whole else None

    def put(self, request: str, kept: Kept) -> None:
        """Keep an answer; whoever reads meanwhile sees the old one or this one, whole."""
        about = asdict(replace(kept, body=b"")) | {
            "body": None,
            "request": request,
            "sha256": _digest(kept.body),
        }
        path = self._path(request)
        with contextlib.suppress(OSError):
            self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._place, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(about).encode() + b"\n" + kept.body)
                os.replace(temporary, path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise

    def prune(self, now: float) -> None:
        """Delete what is long past use."""
        with contextlib.suppress(OSError):
            for path in list(self._place.iterdir()):
                if now - path.stat().st_mtime > _KEPT:
                    path.unlink(missing_ok=True)

    def _path(self, request: str) -> Path:
        return self._place / f"{_digest(request.encode())[:32]}.answer"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
