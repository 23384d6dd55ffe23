"""Waiting for what an open project tells, instead of for time to pass."""

import threading
from collections.abc import Callable

from reviewkit.project import Project
from reviewkit.records import ChangedEvent

#: Seconds after which a test gives up.
PATIENCE = 30


class Told:
    """Collects events, and waits for something to be so."""

    def __init__(self, project: Project) -> None:
        self.events: list[ChangedEvent] = []
        self._came = threading.Condition()
        self.project = project
        project.on_change(self._take)

    def _take(self, event: ChangedEvent) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def until(self, true: Callable[[], object]) -> None:
        with self._came:
            assert self._came.wait_for(true, PATIENCE), "it never came to be so"
