"""The thread that keeps an open project in step with the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: A file that changed is read when it has been quiet for so long: editors write in pieces.
SETTLE_SECONDS = 0.12
#: Our files are written so long after the last edit, and no later than twice that.
PROJECT_SECONDS = 1.0


class Live:
    """Calls back when the log may have grown, a file settled, or projecting is due.

    Parameters
    ----------
    receive
        Looks at log and file signatures; whether a file changed.
    take_in, project
        What to do when files have settled, and when it is time to write them.
    """

    def __init__(
        self,
        receive: Callable[[], bool],
        take_in: Callable[[], None],
        project: Callable[[], object],
    ) -> None:
        self._receive = receive
        self._take_in = take_in
        self._project = project
        self._wake = threading.Event()
        self._stopped = False
        self._looked = False
        self._take_in_due: float | None = None
        self._project_due: float | None = None
        self._latest_due: float | None = None
        self._thread = threading.Thread(target=self._run, daemon=True, name="reviewkit-live")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def look(self) -> None:
        """Something on the disk changed, perhaps."""
        self._looked = True
        self._wake.set()

    def edited(self) -> None:
        """The files are to be written soon."""
        moment = time.monotonic()
        self._latest_due = self._latest_due or moment + 2 * PROJECT_SECONDS
        self._project_due = min(moment + PROJECT_SECONDS, self._latest_due)
        self._wake.set()

    def stop(self) -> None:
        """End; what is due is not done any more."""
        self._stopped = True
        self._wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopped:
            self._wake.wait(self._pause())
            self._wake.clear()
            if self._stopped:
                return
            if self._looked:
                self._looked = False
                if self._receive():
                    self._take_in_due = time.monotonic() + SETTLE_SECONDS
            if self._is_due(self._take_in_due):
                self._take_in_due = None
                self._take_in()
            if self._is_due(self._project_due):
                self._project_due = self._latest_due = None
                self._project()

    def _is_due(self, due: float | None) -> bool:
        return due is not None and time.monotonic() >= due

    def _pause(self) -> float | None:
        dues = [due for due in (self._take_in_due, self._project_due) if due is not None]
        return max(0.0, min(dues) - time.monotonic()) if dues else None
