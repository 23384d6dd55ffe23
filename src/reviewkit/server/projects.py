"""The projects that a server holds open: one per folder, shared by all its browsers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewkit.project import Project, open_project
from reviewkit.records import ChangedEvent


@dataclass(slots=True)
class _Held:
    lock: threading.Lock = field(default_factory=threading.Lock)
    project: Project | None = None
    inode: tuple[int, int] = (0, 0)
    users: int = 0
    used: float = 0.0


class OpenProjects:
    """Opens each project once, tells its changes to `tell`, and closes what is idle.

    Methods block and may be called from any thread. `tell` gets the event with the name
    under which browsers know the project; it is called from a background thread.
    """

    def __init__(self, tell: Callable[[ChangedEvent], None]) -> None:
        self._tell = tell
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    @contextmanager
    def use(self, name: str, folder: Path) -> Iterator[Project]:
        """The open project of the folder; it is not closed while it is used."""
        with self._lock:
            held = self._held.setdefault(name, _Held())
            held.users += 1
        try:
            with held.lock:
                project = self._opened(held, name, folder)
            yield project
        finally:
            with self._lock:
                held.users -= 1
                held.used = time.monotonic()

    def _opened(self, held: _Held, name: str, folder: Path) -> Project:
        status = folder.stat()
        inode = (status.st_dev, status.st_ino)
        if held.project is not None and held.inode == inode:
            return held.project
        if held.project is not None:
            # The folder was deleted or moved, and another one has its name now.
            held.project.close()
            held.project = None
        project = open_project(folder, watch=True)
        project.on_change(lambda event: self._tell(replace(event, project=name)))
        held.project, held.inode = project, inode
        return project

    def idle(self, seconds: float) -> list[str]:
        """Names of the open projects that nobody has asked for in so many seconds."""
        now = time.monotonic()
        with self._lock:
            return [
                name
                for name, held in self._held.items()
                if held.users == 0 and now - held.used >= seconds
            ]

    def revision(self, name: str) -> int | None:
        """The revision of an open project; None if it is not open."""
        with self._lock:
            held = self._held.get(name)
        return held.project.revision if held and held.project else None

    def close(self, name: str) -> None:
        """Close the project unless it is being used."""
        with self._lock:
            held = self._held.get(name)
            if held is None or held.users:
                return
            del self._held[name]
        if held.project is not None:
            held.project.close()

    def close_all(self) -> None:
        """Close every project, after the requests that are using one."""
        with self._lock:
            everything = list(self._held.values())
            self._held.clear()
        for held in everything:
            with held.lock:
                if held.project is not None:
                    held.project.close()
                    held.project = None
