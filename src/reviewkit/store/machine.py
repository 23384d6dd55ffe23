"""What a process is given by the machine it runs on: disk, clock, chance, private folders.

Everything below `project` takes these from here, so that one seed replays a whole run.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from reviewkit.ops.ids import base32
from reviewkit.store.fs import FS


def wall_ms() -> int:
    """Milliseconds since 1970 by this machine's clock."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Machine:
    """The machine as the log and the files see it.

    `wall_ms` gives milliseconds since 1970, right or wrong; `random(n)` gives n bytes that
    nobody else gets. `state` and `cache` are this user's private folders: what must not be
    shared, and what may be thrown away; None: the system's usual ones.
    """

    fs: FS = field(default_factory=FS)
    wall_ms: Callable[[], int] = wall_ms
    random: Callable[[int], bytes] = secrets.token_bytes
    state: Path | None = None
    cache: Path | None = None

    def name(self, length: int) -> str:
        """A name of `length` letters and digits (at most 16) that nothing else has."""
        return base32(self.random(10), length)

    @property
    def seconds(self) -> float:
        """Seconds since 1970 by this machine's clock."""
        return self.wall_ms() / 1000

    def private_folder(self, library: str) -> Path:
        """The user's private folder for a project's journal; never synchronised."""
        return (self.state or platformdirs.user_state_path("reviewkit")) / library

    def cache_folder(self, library: str, place: str) -> Path:
        """The user's disposable copies for the project in one place, not its clones."""
        return (self.cache or platformdirs.user_cache_path("reviewkit")) / library / place
